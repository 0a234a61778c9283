"""Reads paths as a person does: which segments name things, which only say where the API lives, which are verbs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from .verbs import CORE, NOUNS, VERBS
from .words import is_plural, singular, words

_HOLE = re.compile(r"\{[^{}]*\}")
_VERSION = re.compile(r"v\d+((alpha|beta|rc)?\d*|(\.\d+)*)|\d+(\.\d+)+|\d{4}-\d\d-\d\d", re.IGNORECASE)
_WHERE = frozenset({"api", "rest"})
_ENDING = re.compile(r"(\.(json|xml|php)|(?<=[^/])/(json|xml))$", re.IGNORECASE)
_DOTTED = re.compile(r"[a-z]\w*(\.[a-z]\w*)+", re.IGNORECASE)
_RANDOM = re.compile(r"[-_.](?=[a-z]*\d)(?=\d*[A-Z]*[a-z]+[A-Z])(?!.*[a-z]{5})[0-9A-Za-z]{8,}$")
"""An id that a server made up, behind what it is the id of: `classification-6VMVochwUWo`."""
_JOINTS_TEXT = """
by with for from to in on of
"""
JOINTS = frozenset(_JOINTS_TEXT.split())
HOLE = ("{}",)
Steps = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Segment:
    """One step of a path."""

    text: str
    """As it stands in the path."""
    words: tuple[str, ...]
    """Of what is fixed in it; empty for a mere parameter, and for a number that stands in place of one."""
    has_hole: bool
    is_custom: bool = False
    """Whether it is surely a method: after a colon, `/pets/{id}:feed`, or the last of a dotted name, `/pets.feed`."""

    @property
    def is_fixed(self) -> bool:
        """Whether it says something itself."""
        return bool(self.words)

    @property
    def is_version(self) -> bool:
        """Whether it is a version of the API."""
        return bool(_VERSION.fullmatch(self.text))

    @property
    def plural(self) -> bool:
        """Whether it looks like a collection's name."""
        return self.is_fixed and is_plural(self.words[-1])

    @property
    def is_verb(self) -> bool:
        """Whether it says what to do, not with what."""
        if not self.is_fixed or self.words[0] not in VERBS or (self.plural and self.words[0] in NOUNS):
            return False
        return self.words[0] in CORE or not self.plural or (len(self.words) > 1 and self.words[1] in JOINTS)

    @property
    def spoken(self) -> tuple[str, tuple[str, ...]] | None:
        """Verb and thing of a segment such as `create-agent`."""
        if len(self.words) < 2 or self.words[0] not in VERBS or self.words[1] in JOINTS:
            return None
        return self.words[0], singular(self.words[1:])


@dataclass(frozen=True)
class Path:
    """A path without what all paths share."""

    text: str
    segments: tuple[Segment, ...]
    version: str | None = None
    """That of the API, where it is not among the segments as most paths have it."""

    @property
    def plain(self) -> str:
        """The path that is sent."""
        return re.split(r"[?#]", self.text)[0]

    @property
    def mark(self) -> tuple[str, ...]:
        """The words with which some tell apart what has the same path: `/files/{id}#add_link`, `/chats?beta=true`.

        What only repeats how the parameter is called, as `/files/{file_id}#id`, is none.
        """
        found = re.search(r"#([\w-]+)$|\?([\w-]+)=true$", self.text)
        said = words(found[1] or found[2]) if found else ()
        return () if any(hole[-len(said) :] == said for hole in self.holes if said) else said

    @cached_property
    def fixed(self) -> tuple[Segment, ...]:
        return tuple(segment for segment in self.segments if segment.is_fixed)

    @cached_property
    def steps(self) -> Steps:
        """The words of each segment, however parameters are called."""
        return tuple(segment.words or HOLE for segment in self.segments)

    @property
    def ends_in_hole(self) -> bool:
        """Whether it leads to one thing of many."""
        return bool(self.segments) and self.segments[-1].has_hole

    @property
    def holes(self) -> tuple[tuple[str, ...], ...]:
        """The words of each parameter, in order."""
        return tuple(words(hole[1:-1]) for hole in _HOLE.findall(self.text))


class Map:
    """All paths of an API, read together."""

    def __init__(self, texts: list[str]) -> None:
        dotted = sum(bool(_DOTTED.fullmatch(_last(text))) for text in texts) * 2 > len(texts)
        split = {text: _segments(text, dotted) for text in texts}
        versions = _drop_place(split)
        self.paths = {text: Path(text, tuple(segments), versions.get(text)) for text, segments in split.items()}
        firsts = [path.fixed[0] for path in self.paths.values() if path.fixed]
        self.speaks = sum(bool(first.spoken) and first.words[0] in CORE for first in firsts) * 3 > len(firsts)
        """Whether paths are sentences: `/create-agent`, `/get-agent/{id}`."""
        self._longer = Counter(path.steps[:end] for path in self.paths.values() for end in range(1, len(path.steps)))
        self._things = {
            path.steps[:index]
            for path in self.paths.values()
            for index, segment in enumerate(path.segments)
            if segment.has_hole and not segment.is_fixed
        }
        self._collections = {tuple(step for step in steps if step != HOLE) for steps in self._things}

    def is_leaf(self, path: Path) -> bool:
        """Whether no other path goes on from here."""
        return not self._longer[path.steps]

    def has_things(self, path: Path) -> bool:
        """Whether another path leads to one thing of this collection."""
        return path.steps in self._things

    def is_collection(self, path: Path) -> bool:
        """Whether this or another path that says the same words leads to one thing of a collection."""
        return tuple(segment.words for segment in path.fixed) in self._collections


def _last(text: str) -> str:
    """The last step of a path without what only says how it answers."""
    return _ENDING.sub("", re.split(r"[?#]", text)[0]).rpartition("/")[2]


def _segments(text: str, dotted: bool) -> list[Segment]:
    """The steps of a path; where paths are `dotted`, the last one says resource and method: `/chat.postMessage`."""
    plain = _ENDING.sub("", re.split(r"[?#]", text)[0])
    result = []
    for part in plain.split("/"):
        pieces = re.split(r":(?![^{]*\})", part) if ":" in part else [part]
        result += [_segment(piece, bool(index)) for index, piece in enumerate(pieces) if piece]
    if dotted and result and _DOTTED.fullmatch(result[-1].text):
        *things, method = result.pop().text.split(".")
        result += [*(_segment(thing, False) for thing in things), _segment(method, True)]
    return result


def _segment(text: str, is_custom: bool) -> Segment:
    if text.isdecimal():  # `/folders/0` is one of the folders
        return Segment(text, (), True)
    return Segment(text, _fixed_words(_HOLE.sub(" ", text)), bool(_HOLE.search(text)), is_custom)


def without_random(text: str) -> str:
    """A step of a path without the id that a server made up for it."""
    return _RANDOM.sub("", text)


def _fixed_words(text: str) -> tuple[str, ...]:
    if _VERSION.fullmatch(text.strip()):
        return (text.strip().lower().replace("-", "_").replace(".", "_"),)
    return words(without_random(text))


def _drop_place(split: dict[str, list[Segment]]) -> dict[str, str]:
    """Takes from the front what says where the API lives: `api`, a version, and what all paths begin with.

    Returns the version of those paths that had the usual one.
    """
    dropped = {}
    versions = Counter(s.text for segments in split.values() for s in _front(segments) if _VERSION.fullmatch(s.text))
    usual = versions.most_common(1)[0][0] if versions else None
    for text, segments in split.items():
        for segment in _front(segments):
            if (segment.text == usual or segment.text.lower() in _WHERE) and any(
                s.is_fixed for s in segments if s is not segment
            ):
                segments.remove(segment)
                if segment.is_version:
                    dropped[text] = segment.words[0]
    while _all_share_first(list(split.values())):
        for segments in split.values():
            del segments[0]
    return dropped


def _front(segments: list[Segment]) -> list[Segment]:
    front = []
    for segment in segments[:3]:
        if not (_VERSION.fullmatch(segment.text) or segment.text.lower() in _WHERE):
            break
        front.append(segment)
    return front


def _all_share_first(all_segments: list[list[Segment]]) -> bool:
    """Whether all begin alike, and name at least three different things after that."""
    if not all(len(segments) > 1 and segments[1].is_fixed for segments in all_segments):
        return False
    firsts = {segments[0].text for segments in all_segments}
    return len(firsts) == 1 and len({segments[1].text for segments in all_segments}) > 2
