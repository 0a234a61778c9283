"""Is the pipeline itself installed as it should be?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scripts.compiled import Compiled


@pytest.mark.parametrize(("kind", "compiled"), [("editable", True), ("standard", False)])
def test_an_install_from_a_checkout_compiles_it(tmp_path: Path, kind: str, compiled: bool) -> None:
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts/step.py").write_text("STEP = 1\n")
    nothing: Any = None
    hook = Compiled(str(tmp_path), {}, nothing, nothing, str(tmp_path / "dist"), "wheel")
    hook.initialize(kind, {})
    assert any(tmp_path.rglob("step.*.pyc")) is compiled
