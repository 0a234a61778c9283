"""Finds what to call components whose keys say more than what they are.

CaptionStyleModel                               CaptionStyle, where there is AddCaptionResponseModel, too
io.k8s.api.core.v1.Pod                          Pod
io.k8s.api.core.v1.Event                        CoreV1Event, where there is io.k8s.api.events.v1.Event, too
IoK8sApiCoreV1PodStatus                         PodStatus, what stands within it
Body_add_voice_v1_voices__id__post              AddVoiceRequest, the body of POST /v1/voices/{id}
Body_add_voice_v2_voices__id__post              AddVoiceV2VoicesIdRequest, where there is that of /v1/voices/{id}, too
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .calls import calls
from .words import parts, pascal, without_tail, words

_BODY = "Body_"
_PREFIX = "#/components/schemas/"
_CAPITAL = re.compile(r"[A-Z]")
_MODELS = ("RequestModel", "ResponseModel")
_MODEL = re.compile(r"(?<=[a-z\d])Model(?=$|[-_. ](Input|Output)$)")
_FEWEST = 3
"""Steps of a dotted key from which on the first ones only tell where the code stands."""


def shorter(document: dict[str, Any]) -> dict[str, str]:
    """The text to name a component by, by the key of those that have a better one than their key."""
    schemas = document["components"]["schemas"]
    short = dict([*_without_packages(schemas), *_without_model(schemas)])
    return dict([*short.items(), *_within(schemas, short), *_bodies(document)])


def _without_packages(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The last steps of dotted keys, as many as tell one from all others."""
    split = {key: tuple(key.lower().split(".")) for key in keys}
    known = Counter(steps[-count:] for steps in split.values() for count in range(1, len(steps) + 1))
    for key, steps in split.items():
        if len(steps) >= _FEWEST and all(steps):
            count = next((count for count in range(1, len(steps)) if known[steps[-count:]] == 1), len(steps))
            yield key, " ".join(key.split(".")[-count:])


def _without_model(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Keys without `Model`, where the server's code calls all its classes so: those of requests and answers, too."""
    known = list(keys)
    if any(key.endswith(_MODELS) for key in known):
        for key in known:
            rest = _MODEL.sub("", key)
            if rest != key:
                yield key, rest


def _within(keys: Iterable[str], short: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What to call that which stands within such a component and has a key that is made of the owner's."""
    owners = {pascal(parts(key)): text for key, text in short.items()}
    for key in keys if owners else ():
        ends = [found.start() for found in _CAPITAL.finditer(key)] if "." not in key else []
        end = next((end for end in reversed(ends) if key[:end] in owners), None)
        if end:
            yield key, f"{owners[key[:end]]} {key[end:]}"


def _bodies(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What to call the bodies that a framework names by the operation, with its path and method."""
    found: set[str] = set()
    for _, verb, path, value in calls(document):
        for media in value.get("requestBody", {}).get("content", {}).values():
            key = media.get("schema", {}).get("$ref", "").removeprefix(_PREFIX)
            given = key.removeprefix(_BODY)
            said = words(given)
            short = without_tail(said, path, verb)
            if given != key and short != said:
                ending = () if short[-1:] == ("request",) else ("Request",)
                text, whole = (" ".join((*parts(given)[:count], *ending)) for count in (len(short), -1))
                yield key, whole if text in found else text
                found.add(text)
