"""What a process pays before its first result: time to import, time to the first answer, memory after it.

Modules are byte-compiled before anything is measured, as an installer leaves them.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import NamedTuple, TypeAlias

from .decoding import OURS
from .measure import Result

_ROUNDS = 5
_LIMIT = 1.2
_BASE = "httpx + json.loads"
_FIRST_LINE = "import sys, time; begin = time.process_time(); url = sys.argv[1]"
_LAST_LINE = """
import re, sys
status = open("/proc/self/status").read()
print(time.process_time() - begin, int(re.search(r"VmRSS:\\s+(\\d+)", status)[1]) * 1024)
"""


class _Program(NamedTuple):
    """A program of two parts, so that the first can be measured alone."""

    imports: str
    call: str


Programs: TypeAlias = Mapping[str, _Program]


def _bare(path: str) -> _Program:
    return _Program("import httpx, json", f"with httpx.Client() as c: json.loads(c.get(f'{{url}}{path}').content)")


_SMALL: Programs = {
    _BASE: _bare("/phone/1"),
    OURS: _Program(
        "from bench import Bench", "with Bench(api_key='k', base_url=url) as client: client.phone.retrieve('1')"
    ),
    "openapi-python-client": _Program(
        "import opc_client; from opc_client.api.phone import get_phone",
        "get_phone.sync('1', client=opc_client.AuthenticatedClient(base_url=url, token='k'))",
    ),
    "openai": _Program(
        "import openai; from openai_models import PhoneAgent",
        "openai.OpenAI(base_url=url, api_key='k').get('/phone/1', cast_to=PhoneAgent)",
    ),
    "anthropic": _Program(
        "import anthropic; from anthropic_models import PhoneAgent",
        "anthropic.Anthropic(base_url=url, api_key='k').get('/phone/1', cast_to=PhoneAgent)",
    ),
}
_OPENAI: Programs = {
    _BASE: _bare("/models"),
    OURS: _Program(
        "from big_openai import Client", "with Client(api_key_auth='k', base_url=url) as client: client.models.list()"
    ),
    "openai": _Program("import openai", "openai.OpenAI(base_url=url, api_key='k').models.list()"),
}
_GITHUB: Programs = {
    _BASE: _bare("/repos/acme/anvil/labels"),
    OURS: _Program(
        "from big_github import Client",
        "with Client(base_url=url) as client: list(client.repos.labels.list('acme', 'anvil').items)",
    ),
    "githubkit": _Program(
        "from githubkit import GitHub",
        "client = GitHub('k', base_url=url); client.rest.issues.list_labels_for_repo('acme', 'anvil').parsed_data",
    ),
}


def starts(url: str) -> Iterator[Result]:
    """Import, first result, and resident memory after it, each in processes of their own."""
    imports = {name: _Program(program.imports, "") for name, program in _SMALL.items()}
    yield Result("Import", "ms", _BASE, _measured(imports, url)[0], _LIMIT)
    yield from _first("", _SMALL, url)
    if find_spec("big_openai"):
        yield from _first(" of the openai API, 288 operations", _OPENAI, url)
    if find_spec("big_github"):
        yield from _first(" of the github API, 1,223 operations", _GITHUB, url)


def _first(of: str, programs: Programs, url: str) -> tuple[Result, Result]:
    times, sizes = _measured(programs, url)
    return (
        Result(f"Import and first call{of}, to the decoded result", "ms", _BASE, times, _LIMIT),
        Result(f"Resident memory after the first call{of}", "MB", _BASE, sizes, _LIMIT),
    )


def _measured(programs: Programs, url: str) -> tuple[dict[str, float], dict[str, float]]:
    """Seconds, and bytes."""
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
    for turn in range(_ROUNDS + 1):
        for name, program in programs.items():
            ran = _run(program, url)
            if turn:  # the first run compiles
                runs[name].append(ran)
    times = {name: statistics.median(seconds for seconds, _ in ran) for name, ran in runs.items()}
    return times, {name: statistics.median(size for _, size in ran) for name, ran in runs.items()}


def _run(program: _Program, url: str) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-c", f"{_FIRST_LINE}\n{program.imports}\n{program.call}\n{_LAST_LINE}", url],
        check=True, capture_output=True, text=True,
        env={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    )  # fmt: skip
    seconds, size = done.stdout.split()
    return float(seconds), float(size)
