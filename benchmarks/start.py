"""What a process pays before its first result: time to import, time to the first answer, memory after it.

Modules are byte-compiled before anything is measured, as an installer leaves them. Time runs from the program's first
line: the start of the interpreter is the same for all and not in it. Memory is that of the whole process.

What calls an API makes a TLS context, and reads the certificates of a hundred authorities for it: `httpx.Client()` at
once, this project at the first call to an `https` URL. As the server of the benchmark has no TLS, our programs make
theirs by hand, so that both sides have done the same work.
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
from .measure import Result, typical

_ROUNDS = 9
_LIMIT = 1.2
_BASE = "httpx + json.loads"
_FIRST_LINE = "import sys, time; begin = time.process_time(); url = sys.argv[1]"
_LAST_LINE = """
seconds = time.process_time() - begin
import resource
pages = int(open("/proc/self/statm").read().split()[1])
print(seconds, pages * resource.getpagesize())
"""
_TLS = "import certifi, ssl; ssl.create_default_context(cafile=certifi.where())"
_PLAIN_BASE = "httpx + json.loads, no TLS"
_PLAIN_OURS = f"{OURS}, no TLS"
_WHY_IMPORT = (
    "Connections are loaded by the first call, so that is the one to look at. The interpreter's own start is not in it."
)
_WHY_FIRST = (
    "Each makes the TLS context that a call to an `https` URL needs, which the last two rows leave out: "
    "`httpx.Client(verify=False)` beside a client that calls an `http` URL only."
)


class _Program(NamedTuple):
    """A program of two parts, so that the first can be measured alone."""

    imports: str
    call: str


Programs: TypeAlias = Mapping[str, _Program]


def _programs(path: str, imports: str, call: str, peers: Programs) -> Programs:
    """Ours beside the bare library, and the peers; both with a TLS context, and both without."""
    bare = _Program("import httpx, json", f"with httpx.Client() as c: json.loads(c.get(f'{{url}}{path}').content)")
    return {
        _BASE: bare,
        OURS: _Program(imports, f"{call}\n{_TLS}"),
        **peers,
        _PLAIN_BASE: bare._replace(call=bare.call.replace("Client()", "Client(verify=False)")),
        _PLAIN_OURS: _Program(imports, call),
    }


_SMALL = _programs(
    "/phone/1",
    "from bench import Bench",
    "with Bench(api_key='k', base_url=url) as client: client.phone.retrieve('1')",
    {
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
    },
)
_OPENAI = _programs(
    "/models",
    "from big_openai import Client",
    "with Client(api_key='k', base_url=url) as client: client.models.list()",
    {"openai": _Program("import openai", "openai.OpenAI(base_url=url, api_key='k').models.list()")},
)
_GITHUB = _programs(
    "/repos/acme/anvil/labels",
    "from big_github import Client",
    "with Client(base_url=url) as client: list(client.repos.labels.list('acme', 'anvil').items)",
    {
        "githubkit": _Program(
            "from githubkit import GitHub",
            "client = GitHub('k', base_url=url); client.rest.issues.list_labels_for_repo('acme', 'anvil').parsed_data",
        )
    },
)
_ISSUES = _programs(
    "/repos/acme/anvil/issues",
    "from big_github import Client",
    "with Client(base_url=url) as client: list(client.repos.issues.list('acme', 'anvil').items)",
    {
        "githubkit": _Program(
            "from githubkit import GitHub",
            "client = GitHub('k', base_url=url); client.rest.issues.list_for_repo('acme', 'anvil').parsed_data",
        )
    },
)


def starts(url: str) -> Iterator[Result]:
    """Import, first result, and resident memory after each, in processes of their own."""
    yield from _imported("", _SMALL, url)
    yield from _first("", _SMALL, url)
    if find_spec("big_openai"):
        of = " of the openai API, 288 operations"
        yield from _imported(of, _OPENAI, url)
        yield from _first(of, _OPENAI, url)
    if find_spec("big_github"):
        of = " of the github API, 1,223 operations"
        yield from _imported(of, _GITHUB, url)
        yield from _first(of, _GITHUB, url)
        yield from _first(f"{of}, a page of 30 issues", _ISSUES, url)


def _imported(of: str, programs: Programs, url: str) -> tuple[Result, Result]:
    alone = {name: _Program(program.imports, "") for name, program in programs.items() if not name.endswith("no TLS")}
    times, sizes = _measured(alone, url)
    return (
        Result(f"Import{of}", "ms", _BASE, times, _LIMIT, _WHY_IMPORT),
        Result(f"Resident memory after the import{of}", "MB", _BASE, sizes, _LIMIT),
    )


def _first(of: str, programs: Programs, url: str) -> tuple[Result, Result]:
    times, sizes = _measured(programs, url)
    return (
        Result(f"Import and first call{of}, to the decoded result", "ms", _BASE, times, _LIMIT, _WHY_FIRST),
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
    times = typical({name: [seconds for seconds, _ in ran] for name, ran in runs.items()})
    return times, {name: statistics.median(size for _, size in ran) for name, ran in runs.items()}


def _run(program: _Program, url: str) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-c", f"{_FIRST_LINE}\n{program.imports}\n{program.call}\n{_LAST_LINE}", url],
        check=True, capture_output=True, text=True,
        env={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    )  # fmt: skip
    seconds, size = done.stdout.split()
    return float(seconds), float(size)
