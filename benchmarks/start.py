"""What a process pays before its first result: time to import, time to the first answer, memory after it."""

from __future__ import annotations

import statistics
import subprocess
import sys

from .decoding import OURS
from .measure import Result

_ROUNDS = 3
_LAST_LINE = """
import re, sys
status = open("/proc/self/status").read()
print(time.perf_counter() - begin, int(re.search(r"VmRSS:\\s+(\\d+)", status)[1]) * 1024)
"""
_FIRST_LINE = "import sys, time; begin = time.perf_counter(); url = sys.argv[1]"
_PROGRAMS = {
    "httpx + json.loads": (
        "import httpx, json",
        "with httpx.Client() as client: json.loads(client.get(f'{url}/phone/1').content)",
    ),
    OURS: (
        "from bench import Bench",
        "with Bench(api_key='k', base_url=url) as client: client.phone.retrieve('1')",
    ),
    "openapi-python-client": (
        "import opc_client; from opc_client.api.phone import get_phone",
        "get_phone.sync('1', client=opc_client.AuthenticatedClient(base_url=url, token='k'))",
    ),
    "openai": (
        "import openai; from openai_models import PhoneAgent",
        "openai.OpenAI(base_url=url, api_key='k').get('/phone/1', cast_to=PhoneAgent)",
    ),
    "anthropic": (
        "import anthropic; from anthropic_models import PhoneAgent",
        "anthropic.Anthropic(base_url=url, api_key='k').get('/phone/1', cast_to=PhoneAgent)",
    ),
}


def starts(url: str) -> list[Result]:
    """Import, first result, and resident memory after it, each in processes of their own."""
    imports: dict[str, list[float]] = {name: [] for name in _PROGRAMS}
    firsts: dict[str, list[float]] = {name: [] for name in _PROGRAMS}
    sizes: dict[str, list[float]] = {name: [] for name in _PROGRAMS}
    for _ in range(_ROUNDS):
        for name, (imported, called) in _PROGRAMS.items():
            imports[name].append(_run(imported, url)[0])
            first, size = _run(f"{imported}\n{called}", url)
            firsts[name].append(first)
            sizes[name].append(size)
    base = "httpx + json.loads"
    return [
        Result("Import", "ms", base, _medians(imports)),
        Result("Import and first call, to the decoded result", "ms", base, _medians(firsts)),
        Result("Resident memory after the first call", "MB", base, _medians(sizes), 1.2),
    ]


def _medians(measured: dict[str, list[float]]) -> dict[str, float]:
    return {name: statistics.median(values) for name, values in measured.items()}


def _run(program: str, url: str) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-c", f"{_FIRST_LINE}\n{program}\n{_LAST_LINE}", url],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    seconds, size = done.stdout.split()
    return float(seconds), float(size)
