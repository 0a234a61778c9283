"""Calls a generated package one step after the other and prints what went over the wire: run by itself.

It imports nothing but the standard library, the package, and the HTTP library that the package uses. What it prints
holds the key and whatever servers said; it goes to the process that started it, and nowhere else.

    python -I caller.py FOLDER < job.json
"""

from __future__ import annotations

import base64
import importlib
import inspect
import json
import logging
import sys
from typing import Any

LONGEST = 10_000_000
"""Bytes of an answer that are read."""
TIMEOUT = 30.0


class TooLong(Exception):
    """An answer that is not read to its end."""


def recorder(http: Any) -> tuple[Any, list[dict[str, Any]]]:
    """A transport that sends requests and keeps what was sent and answered, byte for byte; and what it kept."""
    kept: list[dict[str, Any]] = []

    class Recorder(http.BaseTransport):  # type: ignore[misc]
        def __init__(self) -> None:
            self.inner = http.HTTPTransport()

        def handle_request(self, request: Any) -> Any:
            sent = request.read()
            response = self.inner.handle_request(request)
            pieces, length = [], 0
            for piece in response.stream:
                length += len(piece)
                if length > LONGEST:
                    response.close()
                    raise TooLong(f"the answer is longer than {LONGEST // 1_000_000} MB")
                pieces.append(piece)
            response.close()
            answered = b"".join(pieces)
            kept.append(exchange(request, sent, response, answered))
            return http.Response(response.status_code, headers=response.headers, stream=http.ByteStream(answered))

        def close(self) -> None:
            self.inner.close()

    return Recorder(), kept


def exchange(request: Any, sent: bytes, response: Any, answered: bytes) -> dict[str, Any]:
    """What went over the wire, as JSON."""
    return {
        "method": request.method,
        "url": str(request.url),
        "request_headers": list(request.headers.items()),
        "sent": base64.b64encode(sent).decode(),
        "status": response.status_code,
        "response_headers": list(response.headers.items()),
        "answered": base64.b64encode(answered).decode(),
        "json": parsed(response, answered),
    }


def parsed(response: Any, answered: bytes) -> Any:
    """The answer's JSON of a call that worked; None where there is none."""
    try:
        if response.headers.get("content-encoding", "") in ("gzip", "deflate"):
            import zlib

            answered = zlib.decompress(answered, 47)
        return json.loads(answered) if response.status_code < 300 else None
    except (ValueError, OSError, Exception):  # whatever it is, it gives no ids
        return None


def value_in(answer: Any, wire: str) -> Any:
    """The id that an argument of that name stands for in an answer: of its first item, if it has several."""
    for item in items_of(answer):
        for key in sorted(item, key=lambda key: fit(key, wire)):
            if fit(key, wire) < 3 and isinstance(item[key], str | int) and not isinstance(item[key], bool):
                return item[key]
    return None


def items_of(answer: Any) -> list[dict[str, Any]]:
    """The first of the items of a list, wherever it stands, then the answer itself."""
    if isinstance(answer, list):
        return [item for item in answer[:1] if isinstance(item, dict)]
    if not isinstance(answer, dict):
        return []
    inner = [value[0] for value in answer.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
    nested = [value for value in answer.values() if isinstance(value, dict)]
    return [*inner[:1], answer, *nested]


def fit(key: str, wire: str) -> int:
    """How well a field's name fits a parameter's: 0 is the same, 3 is not at all."""
    left, right = (name.lower().replace("_", "").replace("-", "") for name in (key, wire))
    if left == right:
        return 0
    if left in ("id", "uuid"):
        return 1
    return 2 if len(left) > 3 and right.endswith(left) else 3


def main(folder: str) -> None:
    """Makes the calls of the job on standard input."""
    sys.path[:0] = [folder]
    logging.disable(logging.CRITICAL)
    job = json.load(sys.stdin)
    package = importlib.import_module(job["package"])
    options: dict[str, Any] = {"max_retries": 0, "timeout": TIMEOUT, **job["credentials"]}
    if job["base_url"]:
        options["base_url"] = job["base_url"]
    kept: list[dict[str, Any]] = []
    if not job["dry"]:
        http = http_library(package)
        transport, kept = recorder(http)
        options["http_client"] = http.Client(transport=transport, timeout=TIMEOUT, follow_redirects=False)
    client = getattr(package, job["client"])(**options)
    answers: dict[str, Any] = {}
    for step in job["steps"]:
        row = dry(client, step) if job["dry"] else made(client, step, answers, kept)
        print(json.dumps(row), flush=True)


def http_library(package: Any) -> Any:
    """The HTTP library whose clients the package takes."""
    for name in ("httpx2", "httpx"):
        source = inspect.getsource(importlib.import_module(f"{package.__name__}._runtime.pool"))
        if f"import {name}\n" in source or f"from {name} " in source:
            return importlib.import_module(name)
    return importlib.import_module("httpx")


def method_of(client: Any, name: str) -> Any:
    """The method of the operation."""
    for part in name.split("."):
        client = getattr(client, part)
    return client


def called(method: Any, arguments: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """The arguments by place and by name."""
    known = inspect.signature(method).parameters.items()
    positional = [arguments[key] for key, one in known if one.kind is one.POSITIONAL_ONLY and key in arguments]
    by_place = {key for key, one in known if one.kind is one.POSITIONAL_ONLY}
    return positional, {key: value for key, value in arguments.items() if key not in by_place}


def dry(client: Any, step: dict[str, Any]) -> dict[str, Any]:
    """What the call would send; what earlier answers would give is told in words."""
    given = {name: f"<{need['wire']} from {' or '.join(need['sources'])}>" for name, need in step["needs"].items()}
    method = method_of(client, step["operation"])
    positional, named = called(method, {**step["arguments"], **given})
    try:
        sent = client.dry_run(method, *positional, **named)
    except Exception as error:
        return {"why": f"{type(error).__name__}: {error}"}
    body = sent.body.decode("utf-8", "replace") if sent.body else ""
    return {"method": sent.method, "url": sent.url, "headers": list(sent.headers), "body": body}


def made(client: Any, step: dict[str, Any], answers: dict[str, Any], kept: list[dict[str, Any]]) -> dict[str, Any]:
    """What the call came to."""
    arguments = dict(step["arguments"])
    for name, need in step["needs"].items():
        found = [value_in(answers.get(source), need["wire"]) for source in need["sources"]]
        value = next((one for one in found if one is not None), None)
        if value is None:
            return {"why": f"no earlier answer gave {need['wire']}", "harmless": True}
        arguments[name] = value
    method = method_of(client, step["operation"])
    positional, named = called(method, arguments)
    kept.clear()
    try:
        result = method(*positional, **named)
        getattr(result, "close", lambda: None)()
    except Exception as error:
        if not kept:
            return {"why": f"{type(error).__name__}: {str(error)[:200]}"}
    if not kept:
        return {"why": "nothing was sent"}
    answers[step["operation"]] = kept[0].pop("json")
    return {"exchange": kept[0]}


if __name__ == "__main__":
    main(sys.argv[1])
