"""Does the wheel say what it needs and what it was made from, as PEP 770 wants it?"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.metadata import Metadata

from scripts.build import archive
from scripts.generate.package import DEPENDENCIES
from scripts.tree import Tree

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The wheel of this repository's package, built in two places."""
    found = []
    for place in ("a", "b/c"):
        folder = tmp_path_factory.mktemp("wheel") / place
        Tree(ROOT).export("generated", folder / "package")
        found.append(archive.build(folder / "package", folder / "dist", "wheel"))
    return found


@pytest.fixture(scope="module")
def bill(wheels: list[Path]) -> dict[str, Any]:
    with zipfile.ZipFile(wheels[0]) as file:
        (name,) = [name for name in file.namelist() if ".dist-info/sboms/" in name]
        assert name.endswith(".cdx.json")
        found: dict[str, Any] = json.loads(file.read(name))
        return found


def test_the_wheel_is_the_same_bytes_in_both_places(wheels: list[Path]) -> None:
    assert wheels[0].read_bytes() == wheels[1].read_bytes()


def test_the_bill_lists_what_the_metadata_requires(wheels: list[Path], bill: dict[str, Any]) -> None:
    with zipfile.ZipFile(wheels[0]) as file:
        name = next(name for name in file.namelist() if name.endswith("/METADATA"))
        metadata = Metadata.from_email(file.read(name))
    said = metadata.requires_dist or []
    required = {one.name for one in said if not one.marker}
    listed = {one["name"] for one in bill["components"] if one["type"] == "library"}
    assert listed == required
    assert len(listed) == len(DEPENDENCIES)
    assert bill["metadata"]["component"]["purl"] == f"pkg:pypi/{metadata.name}@{metadata.version}"
    assert bill["dependencies"][0]["dependsOn"] == sorted(f"pkg:pypi/{name}" for name in required)


def test_the_bill_names_every_document_and_no_moment(bill: dict[str, Any]) -> None:
    documents = {one["name"]: one["hashes"][0]["content"] for one in bill["components"] if one["type"] == "data"}
    provenance = json.loads((ROOT / "generated/opencx/_provenance.json").read_text())
    assert documents == {one["file"]: one["sha256"] for one in provenance["documents"]}
    assert {"serialNumber", "timestamp"}.isdisjoint({*bill, *bill["metadata"]})


def test_a_wheel_with_what_users_do_not_need_is_refused(tmp_path: Path) -> None:
    from contract_project import API

    wheel = tmp_path / "acme-1.2.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        for name in ("__init__.py", "py.typed", "data.json", "x.pyc", "__pycache__/a.py", "page.har", ".env"):
            file.writestr(f"acme/{name}", "")
        file.writestr(
            "acme-1.2.0.dist-info/METADATA", "Metadata-Version: 2.4\nName: acme\nVersion: 1.2.0\nDynamic: x\n"
        )
    told = [problem.what for problem in archive.wrong(wheel, API, Path("/nowhere/package"))]
    refused = {text.partition(" ")[0] for text in told if "no need" in text}
    assert refused == {"acme/x.pyc", "acme/__pycache__/a.py", "acme/page.har", "acme/.env"}
    assert any("metadata is not sound" in text and "dynamic" in text for text in told)
