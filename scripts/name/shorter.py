"""Finds what to call components whose keys say more than what they are.

io.k8s.api.core.v1.Pod                          Pod
io.k8s.api.core.v1.Event                        CoreV1Event, where there is io.k8s.api.events.v1.Event, too
Body_add_voice_v1_voices__id__post              AddVoiceRequest, the body of POST /v1/voices/{id}
Body_add_voice_v2_voices__id__post              AddVoiceV2VoicesIdRequest, where there is that of /v1/voices/{id}, too
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from .calls import calls
from .words import parts, without_tail, words

_BODY = "Body_"
_FEWEST = 3
"""Steps of a dotted key from which on the first ones only tell where the code stands."""


def shorter(document: dict[str, Any]) -> dict[str, str]:
    """The text to name a component by, by the key of those that have a better one than their key."""
    schemas = document["components"]["schemas"]
    return dict([*_without_packages(schemas), *_bodies(document)])


def _without_packages(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The last steps of dotted keys, as many as tell one from all others."""
    split = {key: tuple(key.lower().split(".")) for key in keys}
    known = Counter(steps[-count:] for steps in split.values() for count in range(1, len(steps) + 1))
    for key, steps in split.items():
        if len(steps) >= _FEWEST and all(steps):
            count = next((count for count in range(1, len(steps)) if known[steps[-count:]] == 1), len(steps))
            yield key, " ".join(key.split(".")[-count:])


def _bodies(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What to call the bodies that a framework names by the operation, with its path and method."""
    schemas = document["components"]["schemas"]
    found: set[str] = set()
    for _, verb, path, value in calls(document):
        given = value.get("operationId")
        key = f"{_BODY}{given}"
        if isinstance(given, str) and key in schemas:
            said = words(given)
            short = without_tail(said, path, verb)
            if short != said:
                text, whole = (" ".join((*parts(given)[:count], "Request")) for count in (len(short), -1))
                yield key, whole if text in found else text
                found.add(text)
