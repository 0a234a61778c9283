"""Finds what a `$ref` refers to: in the merged document, or in a file beside it within the project's `spec/` folder."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from ..documents import Document, escape, read, unescape
from ..problems import BadInput
from ..tree import Tree

FOLDER = "spec"


class NoTarget(Exception):
    """A reference that leads nowhere; the message says why."""


class NoFile(NoTarget):
    """A reference into a file of the project that cannot be read."""


@dataclass(frozen=True)
class Place:
    """A value in a file."""

    file: str
    pointer: str


class Sources:
    """The files of a description, read on first use."""

    def __init__(self, tree: Tree, entry: Document) -> None:
        self.tree = tree
        base = entry.data.get("x-base", entry.where)
        base = posixpath.normpath(base) if isinstance(base, str) else FOLDER
        self.entry = base if tree.exists(base) else posixpath.join(base, "openapi.merged")
        self.documents = {self.entry: entry}
        self.are_pointers = True
        """Whether all references so far are pointers into the entry file."""
        self._places: dict[tuple[str, str, bool], Place] = {}
        """Where references lead, by what they say, the file, and whether it is a schema's."""
        self._anchors: dict[str, dict[str, str]] = {}
        self._repeated: set[tuple[str, str]] = set()
        """Files, and the names that several `$dynamicAnchor`s of theirs share."""
        self._open: set[Place] = set()
        """The places that are being looked for through references."""

    def value(self, place: Place) -> Any:
        """What stands there.

        Raises:
            NoTarget: Nothing does.
        """
        node = self.document(place.file).data
        for raw in place.pointer.split("/")[1:]:
            key = raw.replace("~1", "/").replace("~0", "~")
            if isinstance(node, dict) and key in node:
                node = node[key]
            elif isinstance(node, list) and key.isdecimal() and int(key) < len(node):
                node = node[int(key)]
            else:
                raise NoTarget(f"there is no {place.pointer!r} in {self.label(place.file)}")
        return node

    def label(self, file: str) -> str:
        """How messages call the file."""
        return self.documents[file].where

    def document(self, file: str) -> Document:
        """The parsed file.

        Raises:
            NoFile: It lies outside of the project's folder, is missing, or cannot be parsed.
        """
        if file not in self.documents:
            if not file.startswith(f"{FOLDER}/"):
                raise NoFile(f"the file lies outside of {FOLDER}/, and only files within are read")
            inside = (self.tree.root / file).resolve().is_relative_to((self.tree.root / FOLDER).resolve())
            if not inside or not self.tree.exists(file):
                raise NoFile(f"there is no file {file}")
            try:
                self.documents[file] = read(self.tree.text(file), file)
            except BadInput as error:
                raise NoFile(f"the file cannot be read: {error}") from None
        return self.documents[file]

    def find(self, ref: Any, file: str, schema: bool = False) -> Place:
        """The place that a reference in a file leads to.

        Raises:
            NoTarget: It leads nowhere, or to where we do not go.
        """
        if not isinstance(ref, str) or not ref:
            raise NoTarget("a reference is text that is not empty")
        if (ref, file, schema) not in self._places:
            self._places[ref, file, schema] = self._found(ref, file, schema)
        return self._places[ref, file, schema]

    def _found(self, ref: str, file: str, schema: bool) -> Place:
        self.are_pointers &= ref.startswith("#/")
        address, _, fragment = ref.partition("#")
        target = self._file(address, file, ref)
        if isinstance(target, Place):
            return target
        fragment = unquote(fragment)
        if fragment and not fragment.startswith("/"):
            return self._anchor(target, fragment)
        place = Place(target, fragment.rstrip("/"))
        try:
            self.value(place)
        except NoTarget:
            if schema and not fragment and address:
                return self._by_name(ref, file)
            if through := self._through(place, schema):
                return through
            raise
        return place

    def _through(self, place: Place, schema: bool) -> Place | None:
        """The place that a pointer leads to where it goes on below a value that only refers to another."""
        steps = place.pointer.split("/")
        for count in range(len(steps) - 1, 0, -1):
            above = Place(place.file, "/".join(steps[:count]))
            try:
                value = self.value(above)
            except NoTarget:
                continue
            if not isinstance(value, dict) or "$ref" not in value:
                return None
            if place in self._open:
                raise NoTarget("it leads back to itself")
            self._open.add(place)
            try:
                target = self.find(value["$ref"], place.file, schema)
            finally:
                self._open.discard(place)
            rest = "/".join(map(escape, map(unescape, steps[count:])))
            return self.find(f"#{quote(target.pointer)}/{quote(rest)}", target.file, schema)
        return None

    def _file(self, address: str, file: str, ref: str) -> str | Place:
        if not address:
            return file
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            for known, document in self.documents.items():
                if isinstance(document.data, dict) and document.data.get("$self") == address:
                    return known
                if address in self._index(known):
                    return Place(known, self._index(known)[address] + unquote(ref.partition("#")[2]))
            raise NoTarget("it is remote, and only files of the project are read")
        if address in self._index(file):
            return Place(file, self._index(file)[address] + unquote(ref.partition("#")[2]))
        if "\0" in (path := unquote(address)):
            raise NoTarget("no file has such a name")
        return posixpath.normpath(posixpath.join(posixpath.dirname(file), path))

    def by_id(self, ref: Any, place: Place) -> Place | None:
        """The schema whose `$id` a reference means that stands within a schema with an `$id` of its own."""
        address, _, fragment = ref.partition("#") if isinstance(ref, str) else ("", "", "")
        if not address or (fragment and not fragment.startswith("/")) or not self._index(place.file):
            return None
        base, node = "", self.document(place.file).data
        for step in place.pointer.split("/")[1:]:
            if isinstance(node, list):
                node = node[int(step)] if step.isdecimal() and int(step) < len(node) else None
            else:
                node = node.get(unescape(step)) if isinstance(node, dict) else None
            if isinstance(node, dict) and isinstance(node.get("$id"), str):
                base = urljoin(base, node["$id"])
        found = self._index(place.file).get(urljoin(base, address)) if base else None
        return None if found is None else Place(place.file, found + unquote(fragment))

    def _by_name(self, name: str, file: str) -> Place:
        """The component of that name: some write `$ref: Pet` and mean it."""
        for place in (Place(file, f"/components/schemas/{escape(name)}"), Place(file, f"/definitions/{escape(name)}")):
            try:
                self.value(place)
            except NoTarget:
                continue
            return place
        raise NoTarget(f"there is neither a file nor a schema {name!r}")

    def _anchor(self, file: str, name: str) -> Place:
        self.document(file)
        if name not in self._index(file):
            raise NoTarget(f"{self.label(file)} has no $anchor {name!r}")
        return Place(file, self._index(file)[name])

    def is_ambiguous(self, ref: Any, file: str) -> bool:
        """Whether a `$dynamicRef` can lead to several places, by the way on which its schema is reached."""
        if not isinstance(ref, str) or not ref.startswith("#"):
            return False
        return bool(self._index(file)) and (file, ref[1:]) in self._repeated

    def _index(self, file: str) -> dict[str, str]:
        """Pointers of a file by `$anchor`, `$dynamicAnchor` and `$id`; the first of a name counts."""
        if file not in self._anchors:
            found: dict[str, str] = {}
            todo = [("", self.document(file).data)]
            while todo:
                pointer, node = todo.pop()
                if isinstance(node, dict):
                    for key in ("$anchor", "$dynamicAnchor", "$id"):
                        if isinstance(node.get(key), str) and not node[key].startswith("#"):
                            if key == "$dynamicAnchor" and node[key] in found:
                                self._repeated.add((file, node[key]))
                            found.setdefault(node[key], pointer)
                    todo.extend((f"{pointer}/{escape(key)}", value) for key, value in reversed(node.items()))
                elif isinstance(node, list):
                    todo.extend((f"{pointer}/{index}", value) for index, value in enumerate(node))
            self._anchors[file] = found
        return self._anchors[file]
