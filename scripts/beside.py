"""A second process for what need not wait: work goes on there while this one does something else."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import IO, Any, NoReturn, TypeVar

_T = TypeVar("_T")
_YIELDING = 10
"""How much a process that loads a module yields to the others: where there are fewer cores, nobody waits for it yet."""
_In = TypeVar("_In")
_MANY = 100
"""So many inputs are worth a second process."""


@contextmanager
def beside(work: Callable[[], _T]) -> Iterator[Callable[[], _T]]:
    """Begins the work in a copy of this process; the function that is given waits for its result, or raises what it
    raised. With the block the copy ends, asked or not, and what it began ends with it.

    The copy sees everything as it is now, and what it changes in memory stays with it. It must not print.
    """
    if not hasattr(os, "fork"):
        yield work
        return
    reader, writer = os.pipe()
    child = _fork()
    if not child:
        os.close(reader)
        _answer(work, writer)
    _lead(child)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        try:
            yield lambda: _result(answer, work)
        finally:
            os.killpg(child, signal.SIGKILL)  # it has answered, or nobody will ask
            os.waitpid(child, 0)


def _result(answer: IO[bytes], work: Callable[[], _T]) -> _T:
    said = answer.read()
    if not said:
        return work()  # it was killed
    made, error = pickle.loads(said)
    if error is not None:
        raise error
    found: _T = made
    return found


def shared(inputs: list[_In], make: Callable[[list[_In]], dict[_In, _T]]) -> dict[_In, _T]:
    """What is made of the inputs; of many, every other one in a copy of this process at the same time."""
    if len(inputs) < _MANY:
        return make(inputs)
    with beside(lambda: make(inputs[1::2])) as others:
        return make(inputs[::2]) | others()


def _fork() -> int:
    """The copy's number, 0 in the copy; an interrupt waits meanwhile, as what hangs on a fork would swallow it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return os.fork()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _lead(process: int) -> None:
    """Makes a copy the first of a group of its own, with what it will begin; both sides do, as either may be first."""
    with suppress(OSError):  # it is already
        os.setpgid(process, process)


def _answer(work: Callable[[], Any], writer: int) -> None:
    """Works, says what came of it, and ends the process without what others would do at its end."""
    try:
        _lead(os.getpid())
        try:
            said: tuple[Any, Exception | None] = work(), None
        except Exception as error:
            said = None, error
        with os.fdopen(writer, "wb") as answer:
            pickle.dump(said, answer)
    finally:
        os._exit(0)


class Loaded:
    """A module that takes long to load, in a process of its own that begins to load it at once."""

    def __init__(self, module: str) -> None:
        self.module = module
        self._child = 0
        if not hasattr(os, "fork"):
            return
        heard, self._asked = os.pipe()
        self._answered, said = os.pipe()
        self._child = _fork()
        if not self._child:
            os.close(self._asked)
            os.close(self._answered)
            _serve(module, heard, said)
        os.close(heard)
        os.close(said)

    def __call__(self, function: str | Callable[..., Any], *values: Any) -> Any:
        """What a function says of the values, or raises: one of that module by its name, or one that uses the module.

        There is one call at a time.
        """
        try:
            with open(self._asked, "wb", closefd=False) as questions:
                pickle.dump((function, values), questions)
            with open(self._answered, "rb", closefd=False) as answers:
                said, error = pickle.load(answers)
        except (AttributeError, OSError, EOFError):  # no process can be made here, or it was killed
            return called(self.module, function)(*values)
        if error is not None:
            raise error
        return said

    def end(self) -> None:
        """Ends the process, whatever it is doing."""
        if self._child:
            os.close(self._asked)
            os.close(self._answered)
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)


def called(module: str, function: str | Callable[..., Any]) -> Callable[..., Any]:
    """The function itself, or the one of that name in a module."""
    return getattr(import_module(module), function) if isinstance(function, str) else function


def _serve(module: str, heard: int, said: int) -> NoReturn:
    """Answers until nobody can ask any more."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks decides what an interrupt means
        os.nice(_YIELDING)
        import_module(module)
        with os.fdopen(heard, "rb") as questions, os.fdopen(said, "wb") as answers:
            while True:
                _reply(module, questions, answers)
    finally:
        os._exit(0)


def _reply(module: str, questions: IO[bytes], answers: IO[bytes]) -> None:
    function, values = pickle.load(questions)
    try:
        reply: tuple[Any, Exception | None] = called(module, function)(*values), None
    except Exception as error:
        reply = None, error
    pickle.dump(reply, answers)
    answers.flush()
