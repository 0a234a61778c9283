"""An operation that can answer in one piece or as a stream becomes two methods, each with a result of its own.

POST /chat -> application/json: Chat, text/event-stream: Chunk

chat.create(…) -> Chat                                   sends nothing more
chat.create_stream(…) -> Stream[ServerSentEvent[Chunk]]  sends {"stream": true}, where there is such a flag
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .plan import Answer, Operation

_FLAG = "stream"


def with_stream(operation: Operation, streams: tuple[Answer, ...], lock: Mapping[str, str]) -> Operation:
    """The operation, with the stream that it documents beside another answer as an operation of its own.

    The flag is not the caller's to set: with it, a method would return what its type does not say.
    """
    worked = tuple(answer for answer in streams if answer.reads and answer.success)
    if not worked or operation.reads in ("events", "lines"):
        return operation
    flag = next((a for a in operation.arguments if a.wire == _FLAG and _is_flag(a.schema)), None)
    rest = tuple(argument for argument in operation.arguments if argument is not flag)
    streamed = replace(
        operation,
        id=_name(operation, lock),
        arguments=rest,
        answers=(*worked, *(answer for answer in operation.answers if not answer.success)),
        fixed=((flag.place, flag.wire, True),) if flag else (),
    )
    off = flag is not None and (flag.required or flag.schema.get("default") is True)
    return replace(
        operation, arguments=rest, fixed=((flag.place, flag.wire, False),) if flag and off else (), streamed=streamed
    )


def _is_flag(schema: Mapping[str, Any]) -> bool:
    """Whether a schema is of `true` or `false`, or null beside that."""
    kinds = schema.get("type", ())
    arms = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    values = [value for value in schema.get("enum", ()) if value is not None]
    if values:
        return all(isinstance(value, bool) for value in values)
    return "boolean" in ([kinds] if isinstance(kinds, str) else kinds) or any(map(_is_flag, arms))


def _name(operation: Operation, lock: Mapping[str, str]) -> str:
    """`chat.create_stream` for `chat.create`, unless the document has that already."""
    home = f"{operation.resource}."
    taken = {name.removeprefix(home).partition(".")[0] for name in lock.values() if name.startswith(home)}
    names = [f"{operation.method}_stream", f"stream_{operation.method}", f"{operation.method}_as_stream"]
    while names[-1] in taken:
        names.append(f"{names[-1]}_")
    return home + next(name for name in names if name not in taken)
