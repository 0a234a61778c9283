"""The package's software bill of materials (CycloneDX 1.6), which the wheel carries as PEP 770 says."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ..project import Api
from .provenance import ENGINES


def sbom(api: Api, dependencies: Iterable[str], provenance: str) -> str:
    """The text of the bill: the package, what it needs at run time, its documents, and the engines that made it.

    There is no time and no random number in it, so that the same package has the same bill.

    Args:
        api: The project's settings.
        dependencies: Requirements as the metadata has them.
        provenance: The text of `_provenance.json`.
    """
    package = _library(api.package.replace("_", "-"), api.version)
    if api.license:
        package["licenses"] = [{"expression": api.license}]
    needed = [_needed(Requirement(text)) for text in dependencies]
    documents = [_document(one) for one in json.loads(provenance)["documents"]]
    known = [package["bom-ref"], *(one["bom-ref"] for one in needed)]
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": package,
            "tools": {"components": [_library(engine, version(engine)) for engine in ENGINES]},
        },
        "components": [*needed, *documents],
        "dependencies": [{"ref": known[0], "dependsOn": known[1:]}],
    }
    return json.dumps(bill, indent=1) + "\n"


def _library(name: str, number: str = "") -> dict[str, Any]:
    purl = f"pkg:pypi/{canonicalize_name(name)}" + (f"@{number}" if number else "")
    return {"type": "library", "bom-ref": purl, "name": name, **({"version": number} if number else {}), "purl": purl}


def _needed(requirement: Requirement) -> dict[str, Any]:
    """A dependency: which of its versions is installed is decided later, within this range."""
    found = _library(requirement.name)
    return {**found, "properties": [{"name": "python:requires", "value": str(requirement)}]}


def _document(said: dict[str, Any]) -> dict[str, Any]:
    """A page or document that the package was made from."""
    found: dict[str, Any] = {
        "type": "data",
        "bom-ref": said["file"],
        "name": said["file"],
        "hashes": [{"alg": "SHA-256", "content": said["sha256"]}],
    }
    if said.get("url"):
        found["externalReferences"] = [{"type": "documentation", "url": said["url"]}]
    return found
