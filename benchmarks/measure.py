"""Medians of interleaved rounds: everything is measured in turn, again and again, so that a busy moment hits all alike.

What counts is the processor's time that this process takes, also where it talks to a server in another one: it does not
depend on what else the machine does. The garbage collector stays on, as it is in a user's process.
"""

from __future__ import annotations

import asyncio
import gc
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping

import attrs

ROUNDS = 11
_SECONDS = 0.02
"""How long one measurement takes, about."""


@attrs.frozen
class Result:
    """Seconds per call, by contestant, and which one the others are compared with."""

    title: str
    unit: str
    base: str
    seconds: dict[str, float]
    limit: float | None = None
    """What our own ratio is to stay below."""
    about: str = ""

    def ratio(self, name: str) -> float:
        return self.seconds[name] / self.seconds[self.base]


def in_turn(contestants: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Seconds per call of each; the first is what the others are compared with."""
    counts = {name: _calibrate(call) for name, call in contestants.items()}
    gc.collect()
    gc.freeze()  # what is loaded by now is not looked through again before each measurement
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name, call in contestants.items():
            times[name].append(_timed(call, counts[name]))
    return typical(times)


def typical(times: Mapping[str, list[float]]) -> dict[str, float]:
    """The median of the first contestant, and of each other's ratios to it, round by round.

    So a machine that is slower in some rounds than in others is so for both sides of each ratio.
    """
    first = next(iter(times.values()))
    usual = statistics.median(first)
    return {
        name: usual * statistics.median(one / other for one, other in zip(measured, first, strict=True))
        for name, measured in times.items()
    }


def _calibrate(call: Callable[[], object]) -> int:
    for _ in range(5):
        call()
    return max(1, round(_SECONDS / max(_timed(call, 3), 1e-9)))


def _timed(call: Callable[[], object], count: int) -> float:
    gc.collect()
    turns = range(count)
    start = time.process_time()
    for _ in turns:
        call()
    return (time.process_time() - start) / count


async def in_turn_async(contestants: Mapping[str, Callable[[], Awaitable[object]]], flight: int) -> dict[str, float]:
    """Seconds per call of each, with so many in flight; the first is what the others are compared with."""
    times: dict[str, list[float]] = {name: [] for name in contestants}
    gc.collect()
    gc.freeze()
    for turn in range(ROUNDS + 2):
        for name, call in contestants.items():
            gc.collect()
            start = time.process_time()
            await asyncio.gather(*(_repeat(call, 10) for _ in range(flight)))
            if turn >= 2:
                times[name].append((time.process_time() - start) / (10 * flight))
    return typical(times)


async def _repeat(call: Callable[[], Awaitable[object]], count: int) -> None:
    for _ in range(count):
        await call()
