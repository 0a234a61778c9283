"""The docstring of a method, from what the document says of its operation."""

from __future__ import annotations

from .method_types import MethodTypes
from .plan import Answer, Argument, Operation
from .prose import entry, paragraphs

_WALKED = (
    "Iterate it for the items of all pages, with the async client by `async for`; `await` there gives the first page. "
    "`max_items` and `max_pages` end the walk early."
)
_ANY_WIDTH = 1_000_000


def method_doc(operation: Operation, types: MethodTypes) -> list[str]:
    """The lines of the docstring: what the method does, what it takes, gives back and raises, and its source."""
    lines = paragraphs(operation.summary or operation.description or f"Calls `{operation.id}`.", 92)
    if operation.summary and operation.description and operation.summary.strip() != operation.description.strip():
        lines += ["", *paragraphs(operation.description, 92)]
    lines += ["", f"`{operation.verb} {operation.path}`"]
    explained = [
        (a.name, text) for a in _in_order(operation) if (text := "\n\n".join(filter(None, (a.text, *a.notes))))
    ]
    if explained:
        lines += ["", "Args:"]
        lines += [f"    {line}".rstrip() for name, text in explained for line in entry(name, text, 12)]
    for section in (_returns(operation, types), _raises(operation, types)):
        lines += ["", *section] if section else []
    if operation.deprecated:
        lines += ["", deprecation(operation)]
    return [*lines, *(["", f"Source: {operation.source}"] if operation.source else [])]


def _returns(operation: Operation, types: MethodTypes) -> list[str]:
    text = next((answer.text for answer in operation.successes if len(answer.text.split()) > 2), "")  # no "OK"
    result = types.result(operation)
    if operation.id in types.pages:
        text = f"{text} {_WALKED}".strip()
    return ["Returns:", *(f"    {line}" for line in entry(f"`{result}`", text, 12))] if result != "None" else []


def _raises(operation: Operation, types: MethodTypes) -> list[str]:
    lines = ["Raises:"]
    for answer in operation.failures:
        name = error_class(answer.status)
        hint = types.answer_hint(operation, answer)
        body = f"Its `model` is `{hint}`." if hint else ""
        lines += [f"    {line}".rstrip() for line in entry(name, _failure(answer, body), 12)]
    return lines if len(lines) > 1 else []


def _failure(answer: Answer, body: str) -> str:
    """`500, Internal Server Error.` and what is said of its body; lists and paragraphs stay such."""
    text = answer.text.strip()
    if len(paragraphs(text, _ANY_WIDTH)) > 1:
        return f"{answer.status}, {text}\n\n{body}".rstrip()
    text = " ".join(text.split()).rstrip(".")
    return " ".join(filter(None, (f"{answer.status}, {text}." if text else f"{answer.status}.", body)))


_ERRORS = {
    "400": "BadRequestError",
    "401": "AuthenticationError",
    "403": "PermissionDeniedError",
    "404": "NotFoundError",
    "409": "ConflictError",
    "422": "UnprocessableEntityError",
    "429": "RateLimitError",
}


def error_class(status: str) -> str:
    """The runtime's exception for a documented status."""
    return _ERRORS.get(status, "InternalServerError" if status[:1] == "5" else "APIStatusError")


def deprecation(operation: Operation) -> str:
    """What callers are told of a method that they should not use any more."""
    if operation.instead:
        return f"Deprecated: now called `{operation.instead}`."
    return "Deprecated by the API" + (f", which ends it on {operation.sunset}." if operation.sunset else ".")


def _in_order(operation: Operation) -> list[Argument]:
    return sorted(operation.arguments, key=lambda a: (a.place != "path", not a.required))
