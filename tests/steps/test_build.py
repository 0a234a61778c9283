"""The build step: is the wheel complete, the same bytes everywhere, and does it work with nothing else installed?"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import cast

import pytest
from contract_project import API, har, make, record

from scripts import build
from scripts.build import archive, calls
from scripts.contract.catalog import Catalog, Operation
from scripts.problems import BadInput
from scripts.tree import Tree

WHEEL = "dist/acme-1.2.0-py3-none-any.whl"
SDIST = "dist/acme-1.2.0.tar.gz"


def edit(root: Path, before: str, after: str, file: str = "generated/pyproject.toml") -> Path:
    text = (root / file).read_text()
    assert before in text
    (root / file).write_text(text.replace(before, after))
    return root


def test_two_builds_in_different_places_are_the_same_bytes(tmp_path: Path) -> None:
    outcomes = []
    for place in ("a", "b/c"):
        root = make(tmp_path / place)
        record(root, "ok", har())
        outcomes.append(build.run(Tree(root), API))
    assert outcomes[0].files.keys() == {WHEEL, SDIST}
    assert outcomes[0].files == outcomes[1].files
    assert outcomes[0].problems == ()
    assert "2 operations work" in outcomes[0].summary
    wheel = outcomes[0].files[WHEEL]
    assert isinstance(wheel, bytes)
    names = set(zipfile.ZipFile(io.BytesIO(wheel)).namelist())
    info = {f"acme-1.2.0.dist-info/{name}" for name in ("METADATA", "WHEEL", "RECORD")}
    assert names == {"acme/__init__.py", "acme/py.typed"} | info


def test_a_dependency_that_is_not_declared_fails_the_build(tmp_path: Path) -> None:
    root = edit(make(tmp_path), 'dependencies = ["httpx>=0.28,<1"]', "dependencies = []")
    with pytest.raises(BadInput, match="No module named 'httpx'"):
        build.run(Tree(root), API)


def test_a_dependency_that_is_not_installed_here_is_named(tmp_path: Path) -> None:
    wanted = 'dependencies = ["httpx>=99", "no-such-package>=1", "attrs; python_version < \'3\'"]'
    root = edit(make(tmp_path), 'dependencies = ["httpx>=0.28,<1"]', wanted)
    with pytest.raises(BadInput) as caught:
        build.run(Tree(root), API)
    told = [problem.what for problem in caught.value.problems]
    assert len(told) == 2
    assert told[0].startswith("The package needs httpx>=99, which is installed here as 0.")
    assert told[1] == "The package needs no-such-package>=1, which is not installed here."


def test_an_operation_that_fails_from_the_wheel_is_a_problem(tmp_path: Path) -> None:
    root = make(tmp_path, "async")
    outcome = build.run(Tree(root), API)
    (problem,) = outcome.problems
    assert problem.settled is None
    assert "things.retrieve fails when it is called from the installed wheel (async)" in problem.what


def test_a_package_that_hatchling_cannot_build_is_a_problem(tmp_path: Path) -> None:
    root = edit(make(tmp_path), 'version = "1.2.0"', "version = 3")
    with pytest.raises(BadInput, match="hatchling cannot build the package"):
        build.run(Tree(root), API)


def test_a_wheel_with_other_contents_is_refused(tmp_path: Path) -> None:
    wheel = tmp_path / "acme-1.2.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr("acme/__init__.py", "HOME = '/here/we/are'")
        file.writestr("tests/test.py", "")
        file.writestr("/etc/passwd", "")
        file.writestr("acme/../up.py", "")
        file.writestr("acme-1.2.0.dist-info/METADATA", "Name: acme\nVersion: 9\nSummary: x\n")
    told = " ".join(problem.what for problem in archive.wrong(wheel, API, Path("/here/we/package")))
    for part in (
        "tests/test.py is in the wheel, outside",
        "/etc/passwd is in the wheel, outside",
        "acme/../up.py is in the wheel, outside",
        "acme/py.typed is not in the wheel",
        "acme/__init__.py holds a path",
        "version is 9, that of spec/api.toml is 1.2.0",
        "has no Requires-Python",
    ):
        assert part in told


def test_a_wheel_may_say_of_itself_more_than_fits_on_a_line_of_mail(tmp_path: Path) -> None:
    wheel = tmp_path / "acme-1.2.0-py3-none-any.whl"
    said = "Metadata-Version: 2.4\nName: acme\nVersion: 1.2.0\nRequires-Python: >=3.11\nSummary: " + "Words. " * 30
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr("acme/__init__.py", "")
        file.writestr("acme/py.typed", "")
        file.writestr("acme-1.2.0.dist-info/METADATA", said + "\n")
    assert list(archive.wrong(wheel, API, Path("/here/we/package"))) == []


def test_a_file_of_the_package_that_the_wheel_lacks_is_a_problem(tmp_path: Path) -> None:
    root = make(tmp_path)
    (root / "generated/acme/more.py").write_text("")
    edit(root, "[tool.hatch.build.targets.wheel]", '[tool.hatch.build.targets.wheel]\nexclude = ["more.py"]')
    with pytest.raises(BadInput, match=r"acme/more\.py is not in the wheel as it was generated"):
        build.run(Tree(root), API)


@pytest.mark.parametrize("count", [0, 1, 25, 26, 1000])
def test_of_a_large_package_some_operations_of_all_parts_are_called_from_the_wheel(count: int) -> None:
    names = [f"things{number:04}.retrieve" for number in range(count)]
    catalog = Catalog({}, cast("dict[str, Operation]", dict.fromkeys(names)), {}, {}, {})
    chosen = calls.chosen(catalog)
    assert min(count, 13) <= len(chosen) <= 25
    assert chosen == sorted({*names} & {*chosen})
    assert chosen[:1] == names[:1]
    assert count <= 25 or names[-len(names) // 12] < chosen[-1]


def test_the_wheel_does_not_see_what_is_installed_here(tmp_path: Path) -> None:
    root = edit(make(tmp_path), "import httpx", "import httpx\nimport jinja2", "generated/acme/__init__.py")
    with pytest.raises(BadInput, match="No module named 'jinja2'"):
        build.run(Tree(root), API)
