"""The workflow, in the order in which data flows: `nox --list` is the map.

The sessions run in the environment that nox itself was installed into, so one `pip install` is all to wait for.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nox

nox.needs_version = ">=2026.4"
nox.options.default_venv_backend = "none"
nox.options.sessions = ["regenerate"]

PYTHON = sys.executable


@nox.session
def fetch(session: nox.Session) -> None:
    """Bring spec/pages up to date from the documentation site (needs a network)."""
    session.run(PYTHON, "-m", "scripts", "fetch", *session.posargs)


@nox.session
def regenerate(session: nox.Session) -> None:
    """The main job, offline: extract, merge, normalize, name, generate, contract, build."""
    session.run(PYTHON, "-m", "scripts", "regenerate", *session.posargs)


@nox.session
def update(session: nox.Session) -> None:
    """Fetch, show what changed, and make a release of it: version, changelog, wheel (needs a network)."""
    session.run(PYTHON, "-m", "scripts", "update", *session.posargs)


@nox.session
def publish(session: nox.Session) -> None:
    """Bring the last release to an index: `nox -s publish -- --to testpypi`."""
    session.run(PYTHON, "-m", "scripts", "publish", *session.posargs)


@nox.session
def contract(session: nox.Session) -> None:
    """Replay every recorded response through the regenerated client, sync and async."""
    session.run(PYTHON, "-m", "scripts", "contract", *session.posargs)


@nox.session
def corpus(session: nox.Session) -> None:
    """Prove the generator on a folder of API documents: nox -s corpus -- FOLDER (minutes; see docs/corpus.md)."""
    session.run(PYTHON, "-m", "scripts.corpus", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Ruff on everything that a person wrote."""
    session.run(PYTHON, "-m", "ruff", "check", *session.posargs)
    session.run(PYTHON, "-m", "ruff", "format", "--check")


@nox.session
def typecheck(session: nox.Session) -> None:
    """mypy --strict and pyright strict: the pipeline, the package, and a user's code."""
    session.run(PYTHON, "-m", "mypy", "scripts", "benchmarks", "noxfile.py")
    session.run(PYTHON, "-m", "mypy", "generated/opencx", "tests/typing/good.py")
    session.run(PYTHON, "-m", "pyright", "--project", "tests/typing/pyrightconfig.json", "--pythonpath", PYTHON)


@nox.session
def test(session: nox.Session) -> None:
    """All tests, side by side: steps, golden packages, the client, the contract, and that nothing is out of date."""
    session.run(PYTHON, "-m", "pytest", "--numprocesses=auto", "--dist=loadfile", *session.posargs)


@nox.session
def build(session: nox.Session) -> None:
    """Build wheel and sdist, and try the wheel in a fresh environment."""
    session.run(PYTHON, "-m", "scripts", "build", *session.posargs)


PEERS = (
    "anthropic==2.12.0",
    "attrs==26.1.0",
    "cattrs==26.2.1",
    "githubkit==0.16.1",
    "hishel==1.4.0",
    "httpx==0.28.1",
    "msgspec==0.22.0",
    "openai==3.54.0",
    "pydantic==2.14.3",
    "python-dateutil==4.0.0",
)
"""What the benchmark measures beside the generated client."""


@nox.session(venv_backend="virtualenv", reuse_venv=True)
def bench(session: nox.Session) -> None:
    """Measure the generated client beside others (needs Linux and a package index) and write docs/benchmarks.md.

    With a folder of API documents (`nox -s bench -- FOLDER`), the packages of two large APIs are measured as well.
    """
    packages = Path("build/bench").resolve()
    session.run(PYTHON, "-m", "benchmarks.make", str(packages), *session.posargs, external=True)
    session.install(*PEERS)
    session.run("python", "-m", "benchmarks", env={"PYTHONPATH": str(packages)})
