# Made from templates/testing by `python -m scripts generate`; changes here are lost.
"""What answers requests and remembers them: for the clients of a mock, and for the local server."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from .answer import Answer, Answerer
from .asked import Asked, RequestChecker
from .calls import Call, call_of
from .check import Fault
from .document import Document, Operation
from .pages import Pages, paging
from .scenarios import Scenario, expect_scenarios

Make: TypeAlias = Callable[[Asked, Call], Answer]
"""Makes the answer to a request."""


class UnexpectedRequest(AssertionError):
    """A request that the API has no operation for, or that differs from what the document says of it."""

    call: Call


class Board:
    """Answers each request by what it was told to answer, else as usual, and keeps it: all, or the last `most`."""

    def __init__(
        self, document: Document, secrets: Iterable[str] = (), *, check: bool = True, most: int | None = None
    ) -> None:
        self.document: Document = document
        self.answerer: Answerer = Answerer(document)
        self.check: bool = check
        self._secrets = frozenset(name.lower() for name in secrets)
        self._checker = RequestChecker(document)
        self._most = most
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        """Forget every call, and whatever was told to be answered."""
        with self._lock:
            self.calls: deque[Call] = deque(maxlen=self._most)
            self.unexpected: deque[str] = deque(maxlen=self._most)
            self.standing: dict[str, Make] = {}
            self._next: dict[str, deque[Scenario]] = defaultdict(deque)

    def queue(self, operation: str, scenarios: Sequence[Scenario]) -> None:
        """Let each of the scenarios happen once, in their order; to any operation if its name is empty."""
        expect_scenarios(scenarios)
        with self._lock:
            self._next[operation].extend(scenarios)

    def answer(self, asked: Asked, known: str = "", attempt: int = 1) -> tuple[Call, Answer]:
        """The call and its answer; `known` is the operation, where the client told.

        Raises `UnexpectedRequest` for a request that is not as documented, if requests are checked.
        """
        __tracebackhide__ = True
        operation, faults = self._chosen(asked, known)
        call = call_of(asked, operation.id if operation else "", attempt, faults, self._secrets)
        with self._lock:
            self.calls.append(call)
            scenario = self._pending(call.operation)
        if operation is None or (faults and self.check):
            told = refusal(call, self.document.near(asked.url) if operation is None else ())
            self.unexpected.append(told)
            error = UnexpectedRequest(told)
            error.call = call
            raise error
        answer = self._made(operation, asked, call)
        return call, scenario(answer) if scenario else answer

    def _chosen(self, asked: Asked, known: str) -> tuple[Operation | None, list[Fault]]:
        operation = self.document.operations.get(known)
        if operation is None:
            return self._checker.chosen(asked)
        inside = dict(self.document.at(asked.method, asked.url)).get(operation, {})
        return operation, self._checker.faults(operation, inside, asked)

    def _pending(self, operation: str) -> Scenario | None:
        for name in (operation, ""):
            if self._next[name]:
                return self._next[name].popleft()
        return None

    def _made(self, operation: Operation, asked: Asked, call: Call) -> Answer:
        make = self.standing.get(operation.id)
        if make is not None:
            return make(asked, call)
        usual = self.answerer.usual(operation)
        page = paging(operation)
        if page is None:
            return usual
        items = page.items_of(usual.json)
        return Pages(self.document, operation, usual, items, max(len(items), 1)).answer(asked)


def refusal(call: Call, near: Sequence[str]) -> str:
    """Why a request was not answered, for the eyes of the one who sent it; `near` are paths that may be meant."""
    if not call.operation:
        there = f"; there is {' and '.join(near)}" if near else ""
        return f"{call.method} {call.path}: the API has no such operation{there}"
    lines = "".join(f"\n  {fault}" for fault in call.faults)
    return f"{call.operation} ({call.method} {call.path}) is not called as documented:{lines}"
