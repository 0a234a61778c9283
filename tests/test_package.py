"""What the OpenCX package promises of itself: cheap to import, it explains itself and says what it was made from."""

from __future__ import annotations

import hashlib
import inspect
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "generated"))
import opencx  # noqa: E402
from opencx.resources.phone import AsyncPhoneResource, PhoneResource  # noqa: E402

METHODS = [
    (resource, name) for resource in (PhoneResource, AsyncPhoneResource) for name in ("list", "create", "update")
]
LOADED = """
import sys
standing = set(sys.modules)
{program}
print(*sorted(set(sys.modules) - standing))
"""


def loaded(program: str) -> set[str]:
    """The modules that a program loads, beside those that stand in every interpreter."""
    command = [sys.executable, "-c", LOADED.format(program=program)]
    done = subprocess.run(command, cwd=ROOT / "generated", capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_package_loads_none_of_its_parts() -> None:
    found = loaded("import opencx")
    assert {name for name in found if name.startswith("opencx")} == {"opencx"}
    assert {name.partition(".")[0] for name in found} <= sys.stdlib_module_names | {"opencx"}
    assert len(found) <= 40, sorted(found)


def test_making_a_client_loads_no_model_no_resource_and_no_http() -> None:
    found = loaded("from opencx import OpenCX; OpenCX(api_key='k')")
    assert not {name for name in found if name.startswith(("opencx.models", "opencx.resources", "opencx.testing"))}
    assert not found & {"httpx", "httpcore", "anyio", "asyncio", "ssl", "opentelemetry", "pytest"}


def test_preloading_loads_all_that_serves_calls_and_nothing_for_tests() -> None:
    program = "sys.modules['pytest'] = None\nfrom opencx import OpenCX; OpenCX(api_key='k').preload()"
    found = loaded(program)
    assert {"opencx.models.phone_agent", "opencx.resources.phone", "opencx._runtime.pagination", "httpcore"} <= found
    assert not {name for name in found if name.startswith(("opencx.testing", "opencx._pytest"))}


@pytest.mark.parametrize(("resource", "name"), METHODS, ids=lambda one: getattr(one, "__name__", one))
def test_a_method_explains_its_request_its_result_and_its_errors(resource: type[Any], name: str) -> None:
    method = getattr(resource, name)
    doc = inspect.getdoc(method) or ""
    assert "\n`GET /phone`\n" in doc or "\n`POST /phone`\n" in doc or "\n`PATCH /phone/{phone_agent_id}`\n" in doc
    assert "\nReturns:\n    `" in doc
    assert "\nRaises:\n    InternalServerError: 500" in doc
    told = doc.partition("\nArgs:\n")[2].partition("\nReturns:")[0]
    arguments = set(inspect.signature(method).parameters) - {"self", "options", "phone_agent_id"}
    assert {line.partition(":")[0].strip() for line in told.splitlines() if line[4:5].islower()} == arguments


def test_the_package_says_which_documents_it_was_made_from() -> None:
    info = opencx.spec_info()
    text = json.dumps(info)
    for page in (ROOT / "spec/pages").glob("*.txt"):
        assert hashlib.sha256(page.read_bytes()).hexdigest() in text, page.name
    assert str(ROOT) not in text
