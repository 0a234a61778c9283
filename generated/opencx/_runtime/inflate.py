# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Bodies that came compressed."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Any, TypeAlias

ACCEPTED = b"gzip, deflate"
_MOST = 1 << 20
"""The size of a piece, however much a small one stands for."""

Inflater: TypeAlias = Callable[[bytes], Iterator[bytes]]
"""Gives the plain pieces of a compressed one. An empty one is the end; raises `DecodingError` if it comes too early."""


class DecodingError(Exception):
    """A body is not compressed in the way it says."""


def inflater(encodings: str) -> Inflater | None:
    """What makes plain pieces of compressed ones, in turn; None where nothing is compressed.

    Raises `DecodingError` for a compression other than `ACCEPTED`.
    """
    steps: list[Inflater] = []
    for encoding in encodings.lower().split(","):
        if (name := encoding.strip()) in ("gzip", "x-gzip"):
            steps.insert(0, partial(_inflate, [], 16 + zlib.MAX_WBITS))
        elif name == "deflate":
            steps.insert(0, partial(_inflate, [], 0))
        elif name not in ("", "identity"):
            raise DecodingError("its Content-Encoding is one that this client does not read")
    if len(steps) < 2:
        return steps[0] if steps else None
    return lambda piece: _through(steps, piece)


def _through(steps: list[Inflater], piece: bytes) -> Iterator[bytes]:
    if not piece:
        return chain.from_iterable(step(piece) for step in steps)
    pieces: Iterable[bytes] = [piece]
    for step in steps:
        pieces = chain.from_iterable(map(step, pieces))
    return iter(pieces)


def _inflate(state: list[Any], form: int, piece: bytes) -> Iterator[bytes]:
    """Plain pieces; `state` holds what decompresses. Without a `form` the first byte tells which `deflate` has."""
    if not piece:
        if state and not state[0].eof:
            raise DecodingError("it breaks off")
        return
    if not state:
        state.append(zlib.decompressobj(form or (zlib.MAX_WBITS if piece[0] & 0x0F == 8 else -zlib.MAX_WBITS)))
    try:
        while plain := state[0].decompress(piece, _MOST):
            yield plain
            piece = state[0].unconsumed_tail
    except zlib.error as error:
        raise DecodingError(str(error)) from error
