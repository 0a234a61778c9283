# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Many calls at a time, but not too many: the results in the order of the items."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextvars import copy_context
from typing import Any, TypeVar

from anyio import create_task_group

from .errors import APIError, ConfigurationError
from .narrow import is_object, is_tuple

T = TypeVar("T")


def map_in_threads(method: Callable[..., T], items: Iterable[Any], concurrency: int) -> list[T | APIError]:
    """The results, with an `APIError` in the place of each call that failed.

    Any other exception stops what has not begun, and is raised when the calls under way have come to their end.
    """
    _check(concurrency)

    def one(item: Any) -> T | APIError:
        try:
            return _call_with(method, item)
        except APIError as error:
            return error

    with ThreadPoolExecutor(concurrency) as threads:
        try:
            futures = [threads.submit(copy_context().run, one, item) for item in items]
            for future in as_completed(futures):
                future.result()
            return [future.result() for future in futures]
        finally:
            threads.shutdown(wait=False, cancel_futures=True)


async def map_in_tasks(
    method: Callable[..., Awaitable[T]], items: Iterable[Any], concurrency: int
) -> list[T | APIError]:
    """The same in tasks; a cancellation from outside reaches the calls under way."""
    _check(concurrency)
    todo = list(items)
    results: dict[int, T | APIError] = {}
    failures: list[Exception] = []
    places = iter(range(len(todo)))

    async def work() -> None:
        for place in places:
            try:
                results[place] = await _call_with(method, todo[place])
            except APIError as error:
                results[place] = error
            except Exception as error:
                failures.append(error)
                group.cancel_scope.cancel()

    async with create_task_group() as group:
        for _ in range(min(concurrency, len(todo))):
            group.start_soon(work)
    if failures:
        raise failures[0]
    return [results[place] for place in range(len(todo))]


def _call_with(method: Callable[..., T], item: Any) -> T:
    """Call with an item: a dict as named arguments, a tuple as arguments by their place, else the only argument."""
    if is_object(item):
        return method(**item)
    return method(*item) if is_tuple(item) else method(item)


def _check(concurrency: int) -> None:
    if type(concurrency) is not int or concurrency < 1:
        raise ConfigurationError(f"concurrency: expected a number of calls from 1 on, not {concurrency!r}")
