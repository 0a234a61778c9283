"""Calls operations of a generated package through its own test kit, sync and async, and tells which failed.

    python mocked.py FOLDER PACKAGE < jobs.json

Each job is an operation with its arguments, and is answered as the kit does by itself. Runs in a process of its own,
which must not open a socket.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import json
import re
import sys
from typing import Any


def _no_sockets(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind"):
        raise PermissionError(f"{event}{arguments[1:]}")


def _prepared(client: Any, job: dict[str, Any]) -> tuple[Any, list[Any], dict[str, Any]]:
    method = client
    for name in job["operation"].split("."):
        method = getattr(method, name)
    hints = method.__annotations__
    named = {key: _with_content(value, hints.get(key, "")) for key, value in job["arguments"].items()}
    known = inspect.signature(method).parameters.items()
    places = [named.pop(key) for key, one in known if one.kind is one.POSITIONAL_ONLY and key in named]
    return method, places, named


def _with_content(value: Any, hint: str) -> Any:
    """The value with bytes for texts where the method takes files."""
    if not re.search(r"\bFile(Input|Content)\b", hint) or "str" in hint.split(" | "):
        return value
    if isinstance(value, list):
        return [_with_content(item, hint) for item in value]
    return value.encode() if isinstance(value, str) else value


def _use(result: Any) -> None:
    if hasattr(result, "write_to"):
        assert result.read()
    elif hasattr(result, "iter_pages") or _is_stream(result):
        assert len(list(result)) < 100


def _is_stream(result: Any) -> bool:
    """Whether it is a stream; a model may have a field of the same name as a stream's attribute."""
    return hasattr(result, "last_event_id") and callable(getattr(result, "close", None))


async def _use_async(result: Any) -> None:
    if hasattr(result, "iter_pages"):
        assert len([item async for item in result]) < 100
        return
    result = await result
    if hasattr(result, "write_to"):
        assert await result.read()
    elif _is_stream(result):
        assert [item async for item in result]


async def _calls(testing: Any, jobs: list[dict[str, Any]]) -> list[dict[str, str]]:
    failed = []
    with testing.mock(strict=True, max_retries=0) as api:
        for job in jobs:
            try:
                method, places, named = _prepared(api.client, job)
                _use(method(*places, **named))
                api.on(method).assert_called_with(*places, **named)
                method, places, named = _prepared(api.async_client, job)
                await _use_async(method(*places, **named))
            except Exception as error:
                failed.append({"operation": job["operation"], "error": f"{type(error).__name__}: {error}"})
            api.reset()
    return failed


def main(folder: str, package: str) -> None:
    """Prints what failed, as JSON."""
    sys.path.insert(0, folder)
    sys.addaudithook(_no_sockets)
    testing = importlib.import_module(f"{package}.testing")
    print(json.dumps(asyncio.run(_calls(testing, json.load(sys.stdin)))))


if __name__ == "__main__":
    main(*sys.argv[1:])
