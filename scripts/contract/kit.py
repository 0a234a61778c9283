"""The recordings that the test kit in the package answers from: those that passed, one for each status."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from .recordings import Recording
from .trial import Verdict

FILE = "generated/{}/testing/recordings.json"
MAX_BODY = 64_000
"""Characters of one body; a longer one is left out, and the kit makes an example."""
MAX_TOTAL = 1_000_000
"""Characters of all bodies; the longest are left out first."""


def answers(verdicts: Iterable[Verdict]) -> str:
    """The text of `recordings.json`: by operation status, media type and body of each answer, successes first.

    No header of a recording goes into the package.
    """
    best: dict[tuple[str, int], Recording] = {}
    for verdict in sorted(verdicts, key=_rank):
        recording = verdict.recording
        if verdict.word == "passes" and len(recording.response_text) <= MAX_BODY:
            best.setdefault((recording.operation, recording.status), recording)
    found: dict[str, list[tuple[int, str, str]]] = {}
    for recording in _bounded([best[key] for key in sorted(best)]):
        answer = recording.status, recording.response_type, recording.response_text
        found.setdefault(recording.operation, []).append(answer)
    lines = (f"{json.dumps(key)}:{json.dumps(value, separators=(',', ':'))}" for key, value in found.items())
    return "{" + ",\n".join(lines) + "}\n"


def _rank(verdict: Verdict) -> tuple[bool, float, str]:
    """Live recordings come first, then newer ones."""
    recording = verdict.recording
    age = float("inf") if recording.age is None else recording.age
    return not recording.live, -age, recording.file


def _bounded(recordings: Sequence[Recording]) -> list[Recording]:
    """As many of the recordings as there is room for, in their order."""
    kept, room = set(), MAX_TOTAL
    for recording in sorted(recordings, key=lambda one: (len(one.response_text), one.file)):
        room -= len(recording.response_text)
        if room >= 0:
            kept.add(recording.file)
    return [recording for recording in recordings if recording.file in kept]
