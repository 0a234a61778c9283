# Made from templates/testing by `python -m scripts generate`; changes here are lost.
"""What a test says of one operation: how it is answered, and how it should have been called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, ParamSpec, Self, TypeVar

from .._runtime.client import SyncClient
from .._runtime.encode import encode
from .._runtime.errors import APIConnectionError, APIError, APITimeoutError, IncompleteError, status_error
from .answer import Answer
from .asked import Asked
from .board import Board, Make
from .calls import Call, differences
from .check import Checker
from .document import Operation
from .pages import Pages
from .scenarios import Scenario, connection_refused, cut, timeout

P = ParamSpec("P")
T = TypeVar("T")

_FAILURES: Mapping[type[APIError], Callable[[], Scenario]] = {
    APIConnectionError: connection_refused,
    APITimeoutError: timeout,
    IncompleteError: cut,
}
_STATUSES = (400, 401, 403, 404, 409, 422, 429, 500)


class BaseStub(Generic[P]):
    """One operation of a mock."""

    def __init__(self, board: Board, operation: Operation, client: Callable[[], SyncClient]) -> None:
        self._board = board
        self._operation = operation
        self._client = client

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._operation.id}, which was called {len(self.calls)} times>"

    @property
    def calls(self) -> list[Call]:
        """The calls of this operation, each once, however often the client had to send it."""
        return [call for call in self.requests if call.attempt == 1]

    @property
    def requests(self) -> list[Call]:
        """The requests for this operation, with those that the client sent again."""
        return [call for call in self._board.calls if call.operation == self._operation.id]

    def first(self, *scenarios: Scenario) -> Self:
        """Let each of these happen once, in their order, before the operation is answered again as it was."""
        self._board.queue(self._operation.id, scenarios)
        return self

    def raises(self, error: type[APIError] | int, body: object = None, *, headers: Mapping[str, str] = {}) -> Self:
        """Let the call fail: with an error of this class, or of this HTTP status.

        `body` is the error's JSON, a model or a dict; by default one is made as it is documented.
        """
        if isinstance(error, int):
            return self._failing(error, body, headers)
        if not (isinstance(error, type) and issubclass(error, Exception)):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"expected an error class of this package or a status, not {error!r}")
        if error in _FAILURES:
            scenario = _FAILURES[error]()
            return self._set(lambda asked, call: scenario(self._board.answerer.usual(self._operation)))
        status = next((code for code in _STATUSES if status_error(code) is error), None)
        if status is None:
            raise TypeError(f"no answer leads to {error.__name__}; give a status, or see `scenarios`")
        return self._failing(status, body, headers)

    def _failing(self, status: int, body: object, headers: Mapping[str, str]) -> Self:
        if not 400 <= status <= 599:
            raise ValueError(f"expected a status from 400 to 599, not {status}")
        answerer = self._board.answerer
        made = answerer.of_status(self._operation, status) if body is None else self._given(body, status)
        if not made.headers:
            made = Answer(
                status, {"Content-Type": "application/json"}, (b'{"message":"This is what the test wants."}',)
            )
        return self._set(lambda asked, call: made.with_headers(headers))

    def _given(self, value: object, status: int) -> Answer:
        return self._board.answerer.given(self._operation, status, value)

    def _set(self, make: Make) -> Self:
        self._board.standing[self._operation.id] = make
        return self

    def _checked(self, answer: Answer) -> Answer:
        """The answer. Raises `ValueError` if it is not what the document says of this operation's answers."""
        if self._board.check and answer.schema is not None and answer.media_type.endswith("json"):
            checker = Checker(self._board.document.resolve, "writeOnly")
            if faults := checker.faults(answer.schema, answer.json):
                told = "".join(f"\n  {fault}" for fault in faults[:10])
                raise ValueError(f"{self._operation.id} does not answer so, as it is documented:{told}")
        return answer

    def assert_not_called(self) -> None:
        """Raises `AssertionError` if the operation was called."""
        __tracebackhide__ = True
        if self.calls:
            raise AssertionError(f"{self._operation.id} was called {len(self.calls)} times{_listed(self.calls)}")

    def assert_called_once(self) -> None:
        """Raises `AssertionError` unless the operation was called, and once."""
        __tracebackhide__ = True
        if len(self.calls) != 1:
            told = f"{self._operation.id} was called {len(self.calls)} times, not once"
            raise AssertionError(told + _listed(self.calls))

    def assert_called_with(self, *args: P.args, **arguments: P.kwargs) -> None:
        """Raises `AssertionError` unless one call sent what the method would send for these arguments."""
        __tracebackhide__ = True
        self._compare(self.calls, args, arguments)

    def assert_called_once_with(self, *args: P.args, **arguments: P.kwargs) -> None:
        """Raises `AssertionError` unless there was one call, which sent what the method would send for these."""
        __tracebackhide__ = True
        self.assert_called_once()
        self._compare(self.calls, args, arguments)

    def _compare(self, calls: list[Call], args: tuple[Any, ...], arguments: Mapping[str, Any]) -> None:
        __tracebackhide__ = True
        client = self._client()
        method: Any = client
        for name in self._operation.id.split("."):
            method = getattr(method, name)
        expected = client.dry_run(method, *args, **arguments)
        found = [differences(call, expected) for call in calls]
        if not found:
            raise AssertionError(f"{self._operation.id} was not called")
        if all(found):
            told = "".join(f"\n  {line}" for line in min(found, key=len))
            raise AssertionError(f"{self._operation.id} was not called like this:{told}")


class Stub(BaseStub[P], Generic[P, T]):
    """One operation of a mock, whose answer is one value."""

    def returns(
        self, value: T | Mapping[str, Any] | list[Any], *, status: int | None = None, headers: Mapping[str, str] = {}
    ) -> Self:
        """Answer every call with this value: a model, or what its JSON is. Raises `ValueError` if it cannot be one."""
        answer = self._answer(value, status).with_headers(headers)
        return self._set(lambda asked, call: answer)

    def answers(self, function: Callable[[Call], T | Mapping[str, Any] | list[Any]]) -> Self:
        """Answer each call with what a function makes of it."""
        return self._set(lambda asked, call: self._answer(function(call), None))

    def _answer(self, value: object, status: int | None) -> Answer:
        status = self._operation.success if status is None else status
        if not 200 <= status <= 299:
            raise ValueError(f"expected a status from 200 to 299, not {status}; errors are told by raises()")
        if self._board.check and not self._operation.documents(status):
            told = ", ".join(sorted(self._operation.answers))
            raise ValueError(f"{self._operation.id} is not documented to answer {status}; there are {told}")
        if value is None and not self._operation.answer(status).media_type:
            return Answer(204 if status == 200 else status)
        return self._checked(self._given(value, status))


class PageStub(BaseStub[P], Generic[P, T]):
    """One operation of a mock, whose answer is a list in pages."""

    def returns(
        self, items: Iterable[T | Mapping[str, Any]], *, size: int | None = None, headers: Mapping[str, str] = {}
    ) -> Self:
        """Answer with these items, in pages of `size`; by default in one page."""
        every: list[Any] = [encode(item) for item in items]
        usual = self._board.answerer.usual(self._operation).with_headers(headers)
        most = max(len(every), 1) if size is None else size
        if most < 1:
            raise ValueError(f"size: expected at least 1, not {size}")
        pages = Pages(self._board.document, self._operation, usual, every, most)
        self._checked(pages.answer(Asked(self._operation.method, self._operation.path, {}, b"")))
        return self._set(lambda asked, call: pages.answer(asked))


class StreamStub(BaseStub[P], Generic[P, T]):
    """One operation of a mock, whose answer is a stream."""

    def returns(self, items: Iterable[T | object]) -> Self:
        """Answer with these items: events, or only their data."""
        answer = self._board.answerer.stream(self._operation, self._operation.success, list(items))
        return self._set(lambda asked, call: answer)


class FileStub(BaseStub[P]):
    """One operation of a mock, whose answer is a file."""

    def returns(self, content: bytes, *, headers: Mapping[str, str] = {}) -> Self:
        """Answer with this content."""
        answer = self._given(content, self._operation.success).with_headers(headers)
        return self._set(lambda asked, call: answer)


def _listed(calls: list[Call]) -> str:
    return "".join(f"\n  {call}" for call in calls[:10])
