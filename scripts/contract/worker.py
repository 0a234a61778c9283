"""Calls a generated package and tells what it sent, returned and raised: run by itself, in a process of its own.

It answers each call on loopback with the answer of the job, so that everything from the arguments to the socket is
the package's own work. It imports nothing but the standard library and the package, so that it runs wherever the
package is installed.

    python -I worker.py [folder of the package]

The first line of its input says which package and clients; each line after that is a job, and is answered by a line
with a result for each of the job's answers, from the synchronous client and from the asynchronous one.
"""

from __future__ import annotations

import asyncio
import functools
import gc
import importlib
import inspect
import json
import logging
import re
import socket
import sys
import threading
import warnings
from collections.abc import Callable, Iterable
from http.client import responses
from typing import Any, BinaryIO, TextIO

TIMEOUT = 10.0
"""Seconds that a call may take."""
FILE = "a file of a recording"
"""The key of an object that stands for a file, as `forms.py` writes it."""
SHOWN_HEADERS = frozenset({"content-type", "accept"})


class Server:
    """Answers every request with the answer at hand, and keeps what was asked; `port` is where.

    It reads no more of HTTP than the package's own client writes, as it answers tens of thousands of requests in a run.
    """

    def __init__(self) -> None:
        self.answer: dict[str, Any] = {}
        self.sent: dict[str, Any] | None = None
        self.headers_of_interest: frozenset[str] = SHOWN_HEADERS
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            threading.Thread(target=self._converse, args=(connection,), daemon=True).start()

    def _converse(self, connection: socket.socket) -> None:
        """One connection, until the client closes it."""
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with connection, connection.makefile("rb") as stream:
            while line := stream.readline():
                method, target, _ = line.decode("latin-1").split(" ")
                headers = dict(iter(lambda: header(stream.readline()), ("", "")))
                text = body(stream, headers).decode("utf-8", "replace")
                shown = {name: value for name, value in headers.items() if name in self.headers_of_interest}
                self.sent = {"method": method, "target": target, "headers": shown, "text": text}
                connection.sendall(message(self.answer, method))


def header(line: bytes) -> tuple[str, str]:
    """A header's name, in lower case, and its value; both are empty where the line is the last one."""
    name, _, value = line.decode("latin-1").partition(":")
    return name.strip().lower(), value.strip()


def body(stream: BinaryIO, headers: dict[str, str]) -> bytes:
    """The body of the request whose headers were read."""
    if "chunked" not in headers.get("transfer-encoding", ""):
        return stream.read(int(headers.get("content-length") or 0))
    chunks = []
    while size := int(stream.readline().split(b";")[0], 16):
        chunks.append(stream.read(size))
        stream.readline()
    stream.readline()
    return b"".join(chunks)


def message(answer: dict[str, Any], method: str) -> bytes:
    """The whole response, as it goes over the wire."""
    status, content = answer["status"], answer["text"].encode()
    bodiless = status in (204, 304) or method == "HEAD"
    lines = [f"HTTP/1.1 {status} {responses.get(status, '')}"]
    lines += [f"{name}: {value}" for name, value in answer["headers"]]
    lines += [] if bodiless else [f"Content-Length: {len(content)}"]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + (b"" if bodiless else content)


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
    positional = [named.pop(key) for key in positional_only(method.__func__) if key in named]
    extra = {key: job[key] for key in ("extra_query", "extra_body", "extra_headers") if job.get(key)}
    return method, positional, {**named, **extra}


@functools.cache
def positional_only(function: Callable[..., Any]) -> list[str]:
    """The arguments that are given without their names."""
    known = inspect.signature(function).parameters.items()
    return [key for key, one in known if one.kind is one.POSITIONAL_ONLY]


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

    def __init__(self, mode: str, clients: Clients, server: Server) -> None:
        self.mode = mode
        self.clients = clients
        self.server = server

    def results(self, job: dict[str, Any]) -> list[dict[str, Any]]:
        """The result of each answer of a job, through the synchronous client; empty where it is not read."""
        found: list[dict[str, Any]] = []
        for answer in job["answers"]:
            if self.mode not in answer["modes"]:
                found.append({})
                continue
            call, drifts = self._ready(job, answer)
            try:
                result = {"value": plain(whole(call()), is_raw(answer))}
            except Exception as error:
                result = raised(error)
            found.append({**result, "sent": self.server.sent, "drifts": drifts})
        return found

    async def results_async(self, job: dict[str, Any]) -> list[dict[str, Any]]:
        """The same through the asynchronous client."""
        found: list[dict[str, Any]] = []
        for answer in job["answers"]:
            if self.mode not in answer["modes"]:
                found.append({})
                continue
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


def serve(sync: Runner, asynchronous: Runner, jobs: Iterable[str], out: TextIO) -> None:
    """Answers jobs; the loop of the asynchronous client stands still while the synchronous one is at work."""
    with asyncio.Runner() as runner:
        loop = runner.get_loop()  # the runner's own `run` minds Ctrl-C, which takes it a tenth of the time of a call
        for line in jobs:
            job = json.loads(line)
            rows = {"sync": sync.results(job), "async": loop.run_until_complete(asynchronous.results_async(job))}
            print(json.dumps(rows), file=out, flush=True)
        for client in asynchronous.clients.made.values():
            loop.run_until_complete(client.close())
    for client in sync.clients.made.values():
        client.close()


def main(*folder: str) -> None:
    """Answers the jobs of standard input."""
    sys.path[:0] = folder
    gc.set_threshold(100_000, 50, 100)  # a package's classes stay, and there are thousands to be looked through
    logging.disable(logging.CRITICAL)  # drift is what the jobs are about; the results tell it
    warnings.simplefilter("ignore")  # that a method is deprecated is no result, nor why the process ended
    out, sys.stdout = sys.stdout, sys.stderr  # what the package prints is no result
    work = json.loads(sys.stdin.readline())
    server = Server()
    sys.addaudithook(stay_home)
    kinds = (("sync", ""), ("async", "Async"))
    sync, asynchronous = (Runner(mode, Clients(work, prefix, server.port), server) for mode, prefix in kinds)
    serve(sync, asynchronous, sys.stdin, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
