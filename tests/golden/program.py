"""Imports a generated package whole, then runs a user's program with its client, sync and async.

    python program.py PACKAGE PROGRAM URL

Runs in a process of its own, so that nothing of the tests is imported there, and every warning is an error.
"""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
import runpy
import sys
from typing import Any


def _import_whole(package: str) -> Any:
    """The package, once every module of it was imported."""
    home = importlib.import_module(package)
    for module in pkgutil.walk_packages(home.__path__, f"{package}."):
        importlib.import_module(module.name)
    for name in (*home.__all__, *home.models.__all__):
        getattr(home if name in home.__all__ else home.models, name)
    return home


def main(package: str, program: str, url: str) -> None:
    """The program ran twice, and what it does with the test kit once; whatever it asserts held."""
    home = _import_whole(package)
    calls = runpy.run_path(program)
    with home.Golden(base_url=url, strict=True, max_retries=0) as client:
        calls["use"](client)

    async def use_async() -> None:
        async with home.AsyncGolden(base_url=url, strict=True, max_retries=0) as client:
            await calls["use_async"](client)

    asyncio.run(use_async())
    if "use_kit" in calls:
        calls["use_kit"]()


if __name__ == "__main__":
    main(*sys.argv[1:])
