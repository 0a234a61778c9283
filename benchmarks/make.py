"""Makes what is compared: our package, and the peers' models and clients, all of one document.

`python -m benchmarks.make FOLDER` needs the generators, and no network. With a second folder that holds the documents
`openai.yaml` and `github.json` of these APIs, anywhere below it, packages of them are made as well.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from scripts import documents, pipeline

HERE = Path(__file__).parent
_BIG = {"big_openai": "openai.yaml", "big_github": "github.json"}
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
    text = documents.write(_document())
    document = _package(folder, "bench", "Bench", "bench.yaml", text)
    for name, options in _MODELS.items():
        _run("datamodel-codegen", "--input", str(document), "--output", str(folder / f"{name}.py"),
             "--input-file-type", "openapi", "--use-annotated", "--target-python-version", "3.11",
             "--output-datetime-class", "datetime", "--enum-field-as-literal", "all", "--formatters", "builtin",
             *options)  # fmt: skip
    _run("openapi-python-client", "generate", "--path", str(document), "--output-path", str(folder / "opc_client"),
         "--meta", "none")  # fmt: skip


def make_big(folder: Path, source: Path) -> None:
    """A package of each large API that has a document below `source`."""
    for name, file in _BIG.items():
        for found in sorted(source.rglob(file))[:1]:
            _package(folder, name, "Client", file, found.read_text("utf-8"))


def _package(folder: Path, name: str, client: str, file: str, text: str) -> Path:
    """Generate a package of a document, whose path is given back."""
    project = folder / "projects" / name
    (project / "spec").mkdir(parents=True)
    document = project / "spec" / file
    document.write_text(text, encoding="utf-8")
    (project / "spec" / "api.toml").write_text(
        f'[package]\nname = "{name}"\nclient = "{client}"\n[sources]\ndocuments = ["{file}"]\n', encoding="utf-8"
    )
    report = pipeline.run(project, "generate", True)
    if not (project / "generated" / name).is_dir():
        sys.exit("\n".join(map(str, report.problems)))
    (project / "generated" / name).rename(folder / name)
    print(f"made {name}", flush=True)
    return document


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
    if len(sys.argv) > 2:
        make_big(Path(sys.argv[1]), Path(sys.argv[2]))
