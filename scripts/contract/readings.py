"""Which answers are read alike: what is about reading alone is tried with the first of them.

An answer is read by what the documents say of its body and by nothing else of its operation, except that pages are told
by the query's arguments. So answers are alike where the original says the same of them in the same words, the canonical
document too, and the queries have the same arguments.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .catalog import Operation
from .drift import status_key
from .recordings import Recording

_SAID = ("$ref", "schema", "content")
"""What a document says of a response's body by, in one version or another."""
_SHOWN = ("example", "examples")


class Readings:
    """Tells the first answer of each kind."""

    def __init__(self, written: Any) -> None:
        """`written` is the original document."""
        self._paths = written.get("paths") if isinstance(written, dict) else None
        self._known: set[str] = set()

    def is_first(self, operation: Operation, status: str, media_type: str) -> bool:
        """Whether no answer that was asked about before is read as this one."""
        return self._is_new([self._of(operation, status), media_type])

    def is_first_recorded(self, recording: Recording, operation: Operation) -> bool:
        """Whether no recording that was asked about before has this answer, to be read as this one."""
        answers = map(str, operation.data.get("responses") or ())
        status = status_key(recording.status, answers) or str(recording.status)
        said = recording.status, recording.response_type, recording.response_text
        return self._is_new([self._of(operation, status), *said])

    def _is_new(self, said: list[Any]) -> bool:
        text = json.dumps(said, ensure_ascii=False, default=str)
        new = text not in self._known
        self._known.add(text)
        return new

    def _of(self, operation: Operation, status: str) -> list[Any]:
        """All that tells how an answer of this status is read."""
        asked = sorted(one.wire for one in operation.plan.arguments if one.place == "query")
        written = _at(self._paths, *operation.place, "responses", status)
        said = operation.id if written is None else _body(written)  # what stands elsewhere is like no other
        return [status[:1] == "2" and asked, _body(_at(operation.data, "responses", status)), said]


def _at(node: Any, *keys: str) -> Any:
    """What stands there; None where nothing does. A status may be a number."""
    for key in keys:
        held = node.items() if isinstance(node, Mapping) else ()
        node = next((value for name, value in held if str(name) == key), None)
    return node


def _body(response: Any) -> Any:
    """What is said of a response's body, without what is shown of it."""
    said = {key: response[key] for key in _SAID if key in response} if isinstance(response, dict) else response
    content = said.get("content") if isinstance(said, dict) else None
    if not isinstance(content, dict):
        return said
    kinds = {str(kind): _without_shown(media) for kind, media in content.items()}
    return {**said, "content": kinds}


def _without_shown(media: Any) -> Any:
    return {key: value for key, value in media.items() if key not in _SHOWN} if isinstance(media, dict) else media
