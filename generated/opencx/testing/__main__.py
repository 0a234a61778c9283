# Made from templates/testing by `python -m scripts generate`; changes here are lost.
"""`python -m <package>.testing serve`: a server on this machine that answers as the API does."""

from __future__ import annotations

import argparse
import signal
import sys
from importlib import import_module
from typing import NoReturn

from .._runtime.operation import ApiSpec
from .document import PACKAGE
from .scenarios import NAMED
from .server import LocalServer


def main(arguments: list[str] | None = None) -> int:
    """Serves until it is interrupted; the exit code."""
    wanted = _parser().parse_args(arguments)
    spec: ApiSpec = import_module(f"{PACKAGE}._client")._SPEC
    try:
        server = LocalServer(spec, wanted.host, wanted.port, wanted.scenario, check=wanted.check)
    except (OSError, OverflowError) as error:
        print(f"{wanted.host} port {wanted.port} cannot be listened on: {error}", file=sys.stderr)
        return 1
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell that starts it with `&` has the first one ignored
        signal.signal(number, _interrupt)
    print(f"{spec.name} is answered at {server.url}; Ctrl-C ends it.", flush=True)
    try:
        server.serve_forever(poll_interval=0.1)
    except KeyboardInterrupt:
        pass
    finally:
        server.stopped.set()
        server.server_close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m {PACKAGE}.testing", description="Tests without the API.")
    commands = parser.add_subparsers(required=True, metavar="serve")
    serve = commands.add_parser(
        "serve",
        help="answer as the API does, on this machine",
        description="Answers from recordings and examples, and checks what it is asked. "
        "A request can ask for more: `Prefer: code=404` or `Prefer: scenario=cut`.",
    )
    serve.add_argument("--port", type=int, default=8000, help="0 takes a free one (default: 8000)")
    serve.add_argument("--host", default="127.0.0.1", help="where to listen (default: 127.0.0.1, this machine only)")
    serve.add_argument("--scenario", choices=NAMED, default="", help="what the first request for each operation meets")
    serve.add_argument("--no-check", dest="check", action="store_false", help="answer requests that are wrong, too")
    return parser


def _interrupt(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
