"""Makes what is compared: our package, and the peers' models and clients, all of one document.

`python -m benchmarks.make FOLDER` needs the generators, and no network.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from scripts import documents, pipeline

HERE = Path(__file__).parent
_MODELS = {
    "pydantic_models": ["--output-model-type", "pydantic_v2.BaseModel"],
    "openai_models": ["--output-model-type", "pydantic_v2.BaseModel", "--base-class", "openai.BaseModel"],
    "anthropic_models": ["--output-model-type", "pydantic_v2.BaseModel", "--base-class", "anthropic.BaseModel"],
    "msgspec_models": ["--output-model-type", "msgspec.Struct"],
    "dataclass_models": ["--output-model-type", "dataclasses.dataclass"],
}


def make(folder: Path) -> None:
    """All packages stand in the folder, ready for `sys.path`."""
    shutil.rmtree(folder, ignore_errors=True)
    spec = folder / "project" / "spec"
    spec.mkdir(parents=True)
    document = spec / "bench.yaml"
    document.write_text(documents.write(_document()), encoding="utf-8")
    (spec / "api.toml").write_text(
        '[package]\nname = "bench"\nclient = "Bench"\n[sources]\ndocuments = ["bench.yaml"]\n', encoding="utf-8"
    )
    report = pipeline.run(folder / "project", "generate", True)
    if not (folder / "project/generated/bench").is_dir():
        sys.exit("\n".join(map(str, report.problems)))
    (folder / "project/generated/bench").rename(folder / "bench")
    for name, options in _MODELS.items():
        _run("datamodel-codegen", "--input", str(document), "--output", str(folder / f"{name}.py"),
             "--input-file-type", "openapi", "--use-annotated", "--target-python-version", "3.11",
             "--output-datetime-class", "datetime", "--enum-field-as-literal", "all", "--formatters", "builtin",
             *options)  # fmt: skip
    _run("openapi-python-client", "generate", "--path", str(document), "--output-path", str(folder / "opc_client"),
         "--meta", "none")  # fmt: skip


def _document() -> Any:
    document: Any = documents.read((HERE / "document.yaml").read_text("utf-8"), "benchmarks/document.yaml").data
    canonical: Any = documents.read((HERE.parent / "spec/openapi.yaml").read_text("utf-8"), "spec/openapi.yaml").data
    agent = dict(canonical["components"]["schemas"]["PhoneAgentDto"])
    agent.pop("x-source", None)
    document["components"]["schemas"]["PhoneAgent"] = agent
    return document


def _run(tool: str, *arguments: str) -> None:
    found = shutil.which(tool, path=str(Path(sys.executable).parent)) or tool
    subprocess.run([found, *arguments], check=True, capture_output=True)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
