"""Compiles the pipeline as it is installed from a checkout, as any other install does.

Where Python must not write beside modules as it imports them, as in many containers, each command would compile a
hundred of them anew.
"""

from __future__ import annotations

import compileall
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Compiled(BuildHookInterface[Any]):
    """What hatchling runs before it makes a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compiles the checkout where the wheel is one that leads to it; modules that change later count as before."""
        if version == "editable":
            compileall.compile_dir(Path(self.root, "scripts"), quiet=2)
