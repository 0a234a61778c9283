"""A second process for what need not wait: work goes on there while this one does something else."""

from __future__ import annotations

import gc
import os
import pickle
import selectors
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from importlib import import_module
from typing import IO, Any, TypeVar

_T = TypeVar("_T")
_YIELDING = 5
"""How much a process that loads a module yields to the others: where there are fewer cores, nobody waits for it yet."""
_In = TypeVar("_In")
_MANY = 100
"""So many inputs are worth a second process."""
_R = TypeVar("_R")
_MOST = 4
"""Copies that share pieces: each takes memory of its own."""


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
    child = _fork(lambda: _answer(work, reader, writer))
    _lead(child)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        try:
            yield lambda: _result(answer, work)
        finally:
            with suppress(OSError):  # all have ended
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


def _fork(work: Callable[[], object]) -> int:
    """The number of a copy that works and ends, without what others would do at its end.

    An interrupt waits meanwhile: what hangs on a fork would swallow it, and the copy must not go on with the program.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        child = os.fork()
        if not child:
            try:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
                gc.freeze()  # nobody is to look through what is not the copy's own
                work()
            finally:
                os._exit(0)
        return child
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _lead(process: int) -> None:
    """Makes a copy the first of a group of its own, with what it will begin; both sides do, as either may be first."""
    with suppress(OSError):  # it is already
        os.setpgid(process, process)


def _answer(work: Callable[[], Any], reader: int, writer: int) -> None:
    """Works, and says what came of it."""
    _lead(os.getpid())
    os.close(reader)
    try:
        said: tuple[Any, Exception | None] = work(), None
    except Exception as error:
        said = None, error
    with os.fdopen(writer, "wb") as answer:
        pickle.dump(said, answer)


def spread(opened: Callable[[], AbstractContextManager[Callable[[_T], _R]]], pieces: Sequence[_T]) -> list[_R]:
    """What the function that is opened makes of each piece; copies of this process open it, and share the pieces.

    A copy takes the next piece when it is done with one, so a result must not hang on the pieces before it.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    copies = min(cores, _MOST, len(pieces))
    found = dict(_shared(opened, pieces, copies) if copies > 1 and hasattr(os, "fork") else ())
    left = [at for at in range(len(pieces)) if at not in found]  # all, or those of a copy that was killed
    if left:
        with opened() as work:
            found |= {at: work(pieces[at]) for at in left}
    return [found[at] for at in range(len(pieces))]


def _shared(
    opened: Callable[[], AbstractContextManager[Callable[[_T], _R]]], pieces: Sequence[_T], copies: int
) -> Iterator[tuple[int, _R]]:
    """Which piece, and what was made of it, as copies are done with them."""
    todo = iter(range(len(pieces)))
    started: list[_Copy] = []
    done = False
    try:
        with selectors.DefaultSelector() as selector:
            for _ in range(copies):
                started.append(_Copy(opened, pieces, started))
                selector.register(started[-1].answers, selectors.EVENT_READ, started[-1])
                started[-1].take(next(todo))
            while selector.get_map():
                for key, _ in selector.select():
                    copy: _Copy = key.data
                    said = copy.said()
                    if said is not None:
                        yield said
                    at = None if said is None else next(todo, None)
                    if at is None:
                        selector.unregister(copy.answers)
                    else:
                        copy.take(at)
        done = True
    finally:
        for copy in started:
            copy.end(at_once=not done)
        for copy in started:
            os.waitpid(copy.child, 0)


class _Copy:
    """A copy of this process that works on pieces as it is told which."""

    told: int
    answers: IO[bytes]

    def __init__(self, opened: Callable[[], Any], pieces: Sequence[Any], before: Sequence[_Copy]) -> None:
        heard, told = os.pipe()
        answered, said = os.pipe()
        theirs = [told, answered, *(end for copy in before for end in (copy.told, copy.answers.fileno()))]
        self.child = _fork(lambda: _work(opened, pieces, theirs, heard, said))
        os.close(heard)
        os.close(said)
        self.told = told
        self.answers = os.fdopen(answered, "rb")

    def take(self, at: int) -> None:
        """Tells the copy which piece is next."""
        with suppress(BrokenPipeError):  # that it was killed is heard
            os.write(self.told, at.to_bytes(4, "big"))

    def said(self) -> tuple[int, Any] | None:
        """Which piece it is done with, and what it made of it; None where it was killed.

        Raises:
            Exception: What the work raised.
        """
        try:
            at, made, error = pickle.load(self.answers)
        except EOFError:
            return None
        if error is not None:
            raise error
        return at, made

    def end(self, at_once: bool) -> None:
        """Lets the copy end, which closes what it opened; `at_once` also where it is at work."""
        os.close(self.told)
        self.answers.close()
        if at_once:
            os.kill(self.child, signal.SIGINT)


def _work(opened: Callable[[], Any], pieces: Sequence[Any], theirs: Iterable[int], heard: int, said: int) -> None:
    """Works on pieces until nobody tells of another; `theirs` are the ends of who tells."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for end in theirs:  # so that each copy learns when nobody tells any more
        os.close(end)
    at = -1
    with os.fdopen(said, "wb") as answers, suppress(BrokenPipeError):
        try:
            with opened() as work:
                while told := os.read(heard, 4):
                    at = int.from_bytes(told, "big")
                    pickle.dump((at, work(pieces[at]), None), answers)
                    answers.flush()
        except Exception as error:
            pickle.dump((at, None, error), answers)


class Loaded:
    """A module that takes long to load, in a process of its own that begins to load it at once."""

    def __init__(self, module: str) -> None:
        self.module = module
        self._child = 0
        if not hasattr(os, "fork"):
            return
        heard, self._asked = os.pipe()
        self._answered, said = os.pipe()
        self._child = _fork(lambda: _serve(module, (self._asked, self._answered), heard, said))
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


def _serve(module: str, theirs: Iterable[int], heard: int, said: int) -> None:
    """Answers until nobody can ask any more; `theirs` are the ends of who asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks decides what an interrupt means
    for end in theirs:
        os.close(end)
    os.nice(_YIELDING)
    import_module(module)
    with os.fdopen(heard, "rb") as questions, os.fdopen(said, "wb") as answers:
        while True:
            _reply(module, questions, answers)


def _reply(module: str, questions: IO[bytes], answers: IO[bytes]) -> None:
    function, values = pickle.load(questions)
    try:
        reply: tuple[Any, Exception | None] = called(module, function)(*values), None
    except Exception as error:
        reply = None, error
    pickle.dump(reply, answers)
    answers.flush()
