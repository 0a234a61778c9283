"""The workflow, in the order in which data flows: `nox --list` is the map.

The sessions run in the environment that nox itself was installed into, so one `pip install` is all to wait for.
"""

from __future__ import annotations

import sys

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
    session.run(PYTHON, "-m", "mypy", "scripts", "noxfile.py")
    session.run(PYTHON, "-m", "mypy", "generated/opencx", "tests/typing/good.py")
    session.run(PYTHON, "-m", "pyright", "--project", "tests/typing/pyrightconfig.json", "--pythonpath", PYTHON)


@nox.session
def test(session: nox.Session) -> None:
    """All tests: steps, golden packages, the client, the contract, and that nothing is out of date."""
    session.run(PYTHON, "-m", "pytest", *session.posargs)


@nox.session
def build(session: nox.Session) -> None:
    """Build wheel and sdist, and try the wheel in a fresh environment."""
    session.run(PYTHON, "-m", "scripts", "build", *session.posargs)
