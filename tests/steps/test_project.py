"""The settings of an API, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.problems import BadInput
from scripts.project import load
from scripts.tree import Tree


def project(folder: Path, text: str) -> Tree:
    (folder / "spec").mkdir()
    (folder / "spec/api.toml").write_text(text)
    return Tree(folder)


def test_a_package_name_is_all_that_is_needed(tmp_path: Path) -> None:
    api = load(project(tmp_path, '[package]\nname = "acme_pay"\n'))
    assert (api.plain_client, api.version, api.base_url_variable) == ("AcmePay", "0.1.0", "ACME_PAY_BASE_URL")


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    package = '[package]\nname = "my-api"\nnmae = "b"\nclient = 3\nversion = "new"\n'
    text = f'{package}[sorces]\nindex = ""\n[sources]\ndelay = -1\n'
    with pytest.raises(BadInput) as caught:
        load(project(tmp_path, text))
    assert sorted(problem.line or 0 for problem in caught.value.problems) == [2, 3, 4, 5, 6, 9]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[package]\nname = "a"\nnmae = "b"', "spec/api.toml:3: Nothing reads 'nmae'"),
        ('[package]\nname = "a"\n[sorces]', r"spec/api.toml:3: Nothing reads \[sorces\]"),
        ("[package]\nname = 3", "spec/api.toml:2: 'name' in .package. is no str"),
        ('[package]\nname = "../x"', "spec/api.toml:2: The package name '../x' cannot be imported"),
        ('[package]\nname = "class"', "cannot be imported"),
        ('[package]\nname = "My-API"', "such as my_api.$"),
        (
            '[package]\nname = "json"',
            "spec/api.toml:2: The package name 'json' is that of a module .* such as json_api",
        ),
        ('[package]\nname = "httpx"', "'httpx' is that of a module"),
        ('[package]\nname = "a"\nclient = "x y"', "spec/api.toml:3: The client name 'x y' is no class name"),
        ('[package]\nname = "a"\nversion = "new"', "spec/api.toml:3: 'new' is no version"),
        ('[package]\nname = "a"\n[sources]\ndelay = inf', "spec/api.toml:4: The delay inf is no waiting time"),
        (
            '[package]\nname = "a"\n[sources]\ndocuments = ["openapi.yaml"]',
            r'spec/api.toml:4: .*"source/openapi.yaml"',
        ),
        ("[package\n", "spec/api.toml:1: This is not TOML"),
    ],
)
def test_wrong_settings_are_problems_with_a_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        load(project(tmp_path, text))
