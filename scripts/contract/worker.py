"""Calls a generated package and tells what it sent, returned and raised: run by itself, in a process of its own.

It answers each call on loopback with the answer of the job, so that everything from the arguments to the socket is
the package's own work. It imports nothing but the standard library and the package, so that it runs wherever the
package is installed.

    python -I worker.py sync|async [folder of the package]

The first line of its input says which package and clients; each line after that is a job, and is answered by a line
with a result for each of the job's answers.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import json
import logging
import re
import sys
import threading
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TextIO

TIMEOUT = 10.0
"""Seconds that a call may take."""
FILE = "a file of a recording"
"""The key of an object that stands for a file, as `forms.py` writes it."""
SHOWN_HEADERS = frozenset({"content-type", "accept"})


class Server(ThreadingHTTPServer):
    """Answers every request with the answer at hand, and keeps what was asked."""

    daemon_threads = True
    answer: dict[str, Any]
    sent: dict[str, Any] | None = None
    headers_of_interest: frozenset[str] = SHOWN_HEADERS


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: Server

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._exchange
        raise AttributeError(name)

    def _exchange(self) -> None:
        text = self._body().decode("utf-8", "replace")
        interest = self.server.headers_of_interest
        headers = {name.lower(): value for name, value in self.headers.items() if name.lower() in interest}
        self.server.sent = {"method": self.command, "target": self.path, "headers": headers, "text": text}
        answer = self.server.answer
        content = answer["text"].encode()
        self.send_response(answer["status"])
        for name, value in answer["headers"]:
            self.send_header(name, value)
        bodiless = answer["status"] in (204, 304) or self.command == "HEAD"
        if not bodiless:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(b"" if bodiless else content)

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing is logged: results are told once, at the end."""


def plain(value: Any, raw: bool = False) -> Any:
    """The value as JSON, models and moments by the package's own word; bytes are text where the answer is `raw`."""
    if hasattr(value, "to_json"):
        return json.loads(value.to_json())
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, bytes) and raw:
        return value.decode("utf-8", "replace")
    encode = next((one.encode for name, one in sys.modules.items() if name.endswith("._runtime.encode")), str)
    return encode(value)


def is_raw(answer: dict[str, Any]) -> bool:
    """Whether the answer is no JSON."""
    kind = dict(answer["headers"]).get("Content-Type", "").partition(";")[0]
    return not kind.endswith(("/json", "+json"))


def raised(error: BaseException) -> dict[str, Any]:
    """What a call raised."""
    model = getattr(error, "model", None)
    return {
        "raised": type(error).__name__,
        "status": getattr(error, "status", None),
        "model": type(model).__name__,
        "bases": [base.__name__ for base in type(model).__mro__],
        "value": plain(getattr(error, "body", None) if model is None else model),
        "message": str(error)[:300],
    }


class Clients:
    """The package's clients of one kind: lenient and strict, for its own servers and for others; they are kept."""

    def __init__(self, work: dict[str, Any], prefix: str, port: int) -> None:
        package = importlib.import_module(work["package"])
        self.kind = getattr(package, prefix + work["client"])
        base_url = f"http://127.0.0.1:{port}{work['base']}"
        self.options = {"base_url": base_url, "max_retries": 0, "timeout": TIMEOUT, **work["credentials"]}
        self.prefix = prefix
        self.port = port
        self.made: dict[tuple[bool, bool], Any] = {}
        self.get(False, False)

    def get(self, elsewhere: bool, strict: bool) -> Any:
        """The client that calls operations on other servers or not, and that is strict or not."""
        if (elsewhere, strict) not in self.made:
            options = {"http_client": diverted(self.prefix, self.port)} if elsewhere else {}
            self.made[elsewhere, strict] = self.kind(**self.options, **options, strict=strict)
        return self.made[elsewhere, strict]


def diverted(prefix: str, port: int) -> Any:
    """An HTTP client that sends requests for any server to the one on loopback."""
    httpx = importlib.import_module("httpx")

    async def divert_async(request: Any) -> None:
        divert(request)

    def divert(request: Any) -> None:
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=port)

    hooks = {"request": [divert_async if prefix else divert]}
    return getattr(httpx, f"{prefix}Client")(event_hooks=hooks, timeout=TIMEOUT)


def stay_home(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuses every connection that leaves the machine: a key, even a false one, goes nowhere."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if host not in (None, "", "localhost", "127.0.0.1", b"127.0.0.1", "::1"):
        raise PermissionError(f"{host!r} is not on this machine")


def whole(value: Any) -> Any:
    """What a file, a stream or a page holds, where the package returned one; any other value as it is."""
    if hasattr(value, "iter_pages"):
        return value.response
    if hasattr(value, "write_to"):
        return value.read().decode("utf-8", "replace")
    return [item_of(item) for item in value] if is_stream(value) else value


def is_stream(value: Any) -> bool:
    """Whether it is a stream; a model may have a field of the same name as a stream's attribute."""
    return hasattr(value, "last_event_id") and callable(getattr(value, "close", None))


async def whole_async(value: Any) -> Any:
    """The same from an asynchronous client."""
    if hasattr(value, "write_to"):
        return (await value.read()).decode("utf-8", "replace")
    return [item_of(item) async for item in value] if is_stream(value) else whole(value)


def item_of(item: Any) -> Any:
    """An item of a stream; of an event, its data."""
    return item.data if type(item).__name__ == "ServerSentEvent" else item


def prepared(client: Any, job: dict[str, Any]) -> tuple[Any, list[Any], dict[str, Any]]:
    """The method with its positional and named arguments."""
    method = client
    for name in job["operation"].split("."):
        method = getattr(method, name)
    hints = getattr(method, "__annotations__", {})
    named = {key: with_content(with_files(value), hints.get(key, "")) for key, value in job["arguments"].items()}
    known = inspect.signature(method).parameters.items()
    positional = [named.pop(key) for key, one in known if one.kind is one.POSITIONAL_ONLY and key in named]
    extra = {key: job[key] for key in ("extra_query", "extra_body", "extra_headers") if job.get(key)}
    return method, positional, {**named, **extra}


def with_files(value: Any) -> Any:
    """The value with a file where an object stands for one."""
    if isinstance(value, list):
        return [with_files(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {FILE}:
        name, text, media_type = value[FILE]
        return (name, text.encode(), media_type)
    return {key: with_files(item) for key, item in value.items()}


def with_content(value: Any, hint: str) -> Any:
    """The value with bytes for texts where the method takes files: it takes no text for one."""
    if not re.search(r"\bFile(Input|Content)\b", hint) or "str" in hint.split(" | "):
        return value
    if isinstance(value, list):
        return [with_content(item, hint) for item in value]
    return value.encode() if isinstance(value, str) else value


def ready(server: Server, job: dict[str, Any], answer: dict[str, Any]) -> None:
    """Lays the answer out for the next request."""
    server.answer, server.sent = answer, None
    server.headers_of_interest = SHOWN_HEADERS | set(job.get("headers", ()))


class Runner:
    """Runs jobs; what differs between sync and async is how a call is awaited."""

    def __init__(self, clients: Clients, server: Server) -> None:
        self.clients = clients
        self.server = server

    def results(self, job: dict[str, Any]) -> list[dict[str, Any]]:
        """The result of each answer of a job, through the synchronous client."""
        found = []
        for answer in job["answers"]:
            call, drifts = self._ready(job, answer)
            try:
                result = {"value": plain(whole(call()), is_raw(answer))}
            except Exception as error:
                result = raised(error)
            found.append({**result, "sent": self.server.sent, "drifts": drifts})
        return found

    async def results_async(self, job: dict[str, Any]) -> list[dict[str, Any]]:
        """The same through the asynchronous client."""
        found = []
        for answer in job["answers"]:
            call, drifts = self._ready(job, answer)
            try:
                result = {"value": plain(await whole_async(await call()), is_raw(answer))}
            except Exception as error:
                result = raised(error)
            found.append({**result, "sent": self.server.sent, "drifts": drifts})
        return found

    def _ready(self, job: dict[str, Any], answer: dict[str, Any]) -> tuple[Callable[[], Any], list[str]]:
        """The call, with the answer laid out for its request; and the places of drift that it is told of."""
        ready(self.server, job, answer)
        client = self.clients.get(job["elsewhere"], answer["strict"])
        drifts: list[str] = []
        if answer["watched"]:
            client = client.with_options(on_drift=lambda drift: drifts.append(drift.path))

        def call() -> Any:
            method, positional, named = prepared(client, job)
            return method(*positional, **named)

        return call, drifts


async def serve_async(runner: Runner, jobs: Iterable[str], out: TextIO) -> None:
    """Answers jobs through the asynchronous client; nothing else runs in its loop while the next one is awaited."""
    for line in jobs:
        print(json.dumps(await runner.results_async(json.loads(line))), file=out, flush=True)
    for client in runner.clients.made.values():
        await client.close()


def serve(runner: Runner, jobs: Iterable[str], out: TextIO) -> None:
    """Answers jobs through the synchronous client."""
    for line in jobs:
        print(json.dumps(runner.results(json.loads(line))), file=out, flush=True)
    for client in runner.clients.made.values():
        client.close()


def main(mode: str, *folder: str) -> None:
    """Answers the jobs of standard input through the client of one kind."""
    sys.path[:0] = folder
    logging.disable(logging.CRITICAL)  # drift is what the jobs are about; the results tell it
    out, sys.stdout = sys.stdout, sys.stderr  # what the package prints is no result
    work = json.loads(sys.stdin.readline())
    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    sys.addaudithook(stay_home)
    is_async = mode == "async"
    runner = Runner(Clients(work, "Async" if is_async else "", server.server_port), server)
    if is_async:
        asyncio.run(serve_async(runner, sys.stdin, out))
    else:
        serve(runner, sys.stdin, out)
    server.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
