"""Runs a recording session in a process of its own, and reads the exchanges from it; they are in no file."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ...name import pins
from ...name.client import client_of
from ...problems import BadInput, Problem
from ...project import Api
from ...scratch import scratch
from ...tree import Tree
from ..capture import Exchange, Skipped
from ..capture.exchange import Unusable, header, unpacked
from ..catalog import Catalog
from ..replay import bare_environment, fake_credential
from .plan import Step

CALLER = Path(__file__).with_name("caller.py")
SECONDS = 60.0
"""What one call may take."""
_KEPT = ("SSL_CERT_FILE", "SSL_CERT_DIR")
_REFUSED, _BUSY = 401, frozenset({429, 500, 502, 503, 504})


def environment(api: Api, whole: Mapping[str, str]) -> dict[str, str]:
    """What the package may see of the environment: its own variables, and where certificates are."""
    own = {*api.credential_variables.values(), *api.client_variables, api.base_url_variable, *_KEPT}
    prefix = f"{api.package.upper()}_"
    return bare_environment() | {key: value for key, value in whole.items() if key in own or key.startswith(prefix)}


def dry_run(tree: Tree, api: Api, catalog: Catalog, steps: Sequence[Step], base_url: str) -> list[dict[str, Any]]:
    """What each call would send, credentials blanked out; nothing is sent, and no key is needed.

    Raises:
        BadInput: The package cannot be used.
    """
    credentials = {name: fake_credential(scheme) for name, scheme in catalog.credentials.items()}
    return list(_rows(tree, api, steps, {"dry": True, "credentials": credentials, "base_url": base_url}, {}))


def exchanges(
    tree: Tree, api: Api, steps: Sequence[Step], base_url: str, date: str
) -> Iterator[tuple[Step, Exchange | Skipped]]:
    """What each call came to.

    Raises:
        BadInput: The package cannot be used, there is no key, or it is refused.
    """
    work = {"dry": False, "credentials": {}, "base_url": base_url}
    for number, (step, row) in enumerate(zip(steps, _rows(tree, api, steps, work, os.environ), strict=False), 1):
        found = _exchange(row, number, date)
        if isinstance(found, Exchange) and found.status == _REFUSED:
            what = f"The server refuses the key: {step.operation.key} gives 401."
            raise BadInput(Problem("", what, "Set the right key in the environment; see the package's README."))
        yield step, found


def _exchange(row: Mapping[str, Any], number: int, date: str) -> Exchange | Skipped:
    said = row.get("exchange")
    if not said:
        return Skipped(number, row.get("why", "nothing was sent"), harmless=bool(row.get("harmless")))
    if said["status"] in _BUSY:
        return Skipped(number, f"the server answers {said['status']}; try again later", harmless=False)
    asked = tuple((name, value) for name, value in said["request_headers"])
    told = tuple((name, value) for name, value in said["response_headers"])
    try:
        return Exchange(
            number=number,
            date=date,
            method=said["method"],
            url=said["url"],
            request_headers=asked,
            request_type=header(asked, "content-type") if said["sent"] else "",
            request_content=base64.b64decode(said["sent"]),
            status=said["status"],
            response_headers=told,
            response_type=header(told, "content-type"),
            response_content=unpacked(base64.b64decode(said["answered"]), told),
        )
    except Unusable as error:
        return Skipped(number, str(error), harmless=False)


def _rows(
    tree: Tree, api: Api, steps: Sequence[Step], work: Mapping[str, Any], whole: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """One row for each step, as `caller.py` prints them."""
    calls = [
        {
            "operation": step.operation.id,
            "arguments": dict(step.arguments),
            "needs": {name: {"wire": need.wire, "sources": need.sources} for name, need in step.needs.items()},
        }
        for step in steps
    ]
    job = {**work, "package": api.package, "client": client_of(pins.read(tree), api), "steps": calls}
    with scratch() as folder:
        tree.export("generated", folder)
        command = [sys.executable, "-I", "-B", str(CALLER), str(folder)]
        seconds = SECONDS * (len(steps) + 1)
        try:
            ended = subprocess.run(
                command,
                input=json.dumps(job),
                env=environment(api, whole),
                capture_output=True,
                text=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            what = f"The calls did not end within {seconds:.0f} seconds."
            raise BadInput(Problem("", what, "Name fewer operations.")) from None
    if ended.returncode:
        told = ended.stderr.strip().splitlines()[-1:] or [f"exit code {ended.returncode}"]
        what = f"The generated client cannot be used: {told[0][:300].rstrip('.')}."
        raise BadInput(Problem("generated", what, "Set the key that its README names, or run regenerate."))
    yield from map(json.loads, ended.stdout.splitlines())
