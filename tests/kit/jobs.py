"""Arguments made from the document for every operation of a generated package."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from scripts.contract import catalog, made
from scripts.tree import Tree

PROGRAM = Path(__file__).with_name("every_operation.py")


def jobs(project: Path) -> list[dict[str, Any]]:
    """For each operation a call with what it must have, and one with all that it can have."""
    known = catalog.load(Tree(project))
    found = []
    for operation in [
        replace(one, plan=plan)
        for one in known.operations.values()
        for plan in (one.plan, one.plan.streamed)
        if plan is not None
    ]:
        least = made.call(known, operation)
        every, _ = made.filled(known, operation.plan, least, [one.wire for one in operation.plan.arguments])
        found += [{"operation": call.operation, "arguments": call.arguments} for call in (least, every)]
    return found


def failures(folder: Path, package: str, work: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The operations that cannot be called through the kit of a package below a folder, and why."""
    command = [sys.executable, "-B", str(PROGRAM), str(folder), package]
    done = subprocess.run(command, input=json.dumps(work), capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, str]] = json.loads(done.stdout)
    return found


if __name__ == "__main__":  # python -m tests.kit.jobs PROJECT PACKAGE
    project = Path(sys.argv[1]).resolve()
    work = jobs(project)
    missed = failures(project / "generated", sys.argv[2], work)
    for one in missed:
        print(one["operation"], one["error"][:600])
    print(f"{len(work)} calls, {len(missed)} failed")
