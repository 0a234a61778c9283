"""Calls every operation through the test kit of the package itself, which must take the call and answer it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .exchanges import Exchange

PROGRAM = Path(__file__).with_name("mocked.py")


def jobs(exchanges: Iterable[Exchange]) -> list[dict[str, Any]]:
    """The calls of those exchanges that could be made, of an operation that can stream both ways."""
    return [
        {"operation": planned.id, "arguments": {**made.call.arguments, **_more(made)}}
        for made in exchanges
        for planned in (made.planned, made.planned.streamed)
        if planned is not None and not made.unmade
    ]


def _more(made: Exchange) -> dict[str, Any]:
    return {"extra_body": made.call.extra_body} if made.call.extra_body else {}


def failures(folder: Path, package: str, work: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The operations that cannot be called through the kit of a package below a folder, each with its `error`."""
    command = [sys.executable, "-B", str(PROGRAM), str(folder), package]
    done = subprocess.run(command, input=json.dumps(work), capture_output=True, text=True, check=False, cwd=folder)
    if done.returncode:
        return [{"operation": package, "error": done.stderr.strip()[-300:]}]
    found: list[dict[str, str]] = json.loads(done.stdout)
    return found
