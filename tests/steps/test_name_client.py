"""Is the client's class spelled as its API is, and does it keep the name under which it was published?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts import name
from scripts.generate.package import package
from scripts.generate.read_plan import read_plan
from scripts.name.client import client_class
from scripts.name.scope import CLIENT
from scripts.project import Api
from scripts.tree import Tree

DOCUMENT = {"openapi": "3.1.0", "info": {"title": "PayWise API"}, "paths": {}, "components": {"schemas": {}}}


def spelled(title: str, package: str) -> str:
    return client_class({"info": {"title": title}}, Api(package, "", "0.1.0"), {})


@pytest.mark.parametrize(
    ("title", "package", "expected"),
    [
        ("PayWise API", "paywise", "PayWise"),
        ("The PayWise v3 REST API", "paywise", "PayWise"),
        ("PayWise’s official description", "pay_wise", "PayWise"),
        ("Tea Time", "teatime", "TeaTime"),
        ("tea-time.io", "tea_time", "TeaTime"),
        ("ABC Pay", "abc_pay", "ABCPay"),
        ("Pokémon", "pokemon", "Pokemon"),
        ("PAYWISE API", "paywise", "Paywise"),
        ("paywise", "paywise", "Paywise"),
        ("Paywiser", "paywise", "Paywise"),
        ("Orders", "paywise_orders", "PaywiseOrders"),
        ("", "paywise", "Paywise"),
    ],
)
def test_the_class_is_spelled_as_the_title_spells_the_packages_name(title: str, package: str, expected: str) -> None:
    assert spelled(title, package) == expected


def test_the_class_hides_nothing_that_the_package_exports() -> None:
    assert spelled("Stream", "stream") == "StreamClient"
    assert spelled("API Error", "apierror") == "Apierror"
    assert spelled("Page", "page") == "PageClient"  # beside AsyncPage


def test_a_person_or_a_lock_decides_before_the_title_does(tmp_path: Path) -> None:
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec/openapi.yaml").write_text(json.dumps(DOCUMENT))

    def named(client: str, lock: dict[str, str] | None) -> str:
        if lock is not None:
            (tmp_path / "spec/names.lock").write_text(json.dumps(lock))
        tree, api = Tree(tmp_path), Api("paywise", client, "0.1.0")
        found = json.loads(name.run(tree, api).files["spec/names.lock"])
        made = package(read_plan(DOCUMENT, found), api, (), [], {}, None)
        assert made.client == found[CLIENT]
        return made.client

    assert named("", None) == "PayWise"
    assert named("Wise", None) == "Wise"
    assert named("", {CLIENT: "Old"}) == "Old"
    assert named("", {"/paths/~1pets/get": "pets.list"}) == "Paywise"  # of a time when the title was not asked
