"""The API as it was known at earlier times: the same steps over the pages that there were then."""

from __future__ import annotations

import json
from pathlib import Path

from scripts import merge, name, normalize
from scripts.documents import read
from scripts.generate.plan import Plan
from scripts.generate.read_plan import read_plan
from scripts.project import load
from scripts.tree import Tree

ROOT = Path(__file__).parents[2]


def tree_at(root: Path, age: int, names: dict[str, str] | None = None) -> Tree:
    """A project with the pages up to an age, merged, normalized and named; nothing is written.

    Args:
        root: An empty folder.
        age: Of the newest page, as in `spec/pages.lock`.
        names: What was given before.
    """
    tree = Tree(root)
    files = {"spec/api.toml": (ROOT / "spec/api.toml").read_text()}
    for fragment in sorted((ROOT / "spec/fragments").rglob("*.yaml")):
        if read(fragment.read_text(), fragment.name).data["age"] <= age:
            files[fragment.relative_to(ROOT).as_posix()] = fragment.read_text()
    if names:
        files["spec/names.lock"] = json.dumps(names)
    tree.replace(("spec/*",), files)
    api = load(tree)
    for step, writes in ((merge, "spec/merged.yaml"), (normalize, "spec/openapi.yaml"), (name, "spec/names.lock")):
        tree.replace((writes,), step.run(tree, api).files)
    return tree


def plan(tree: Tree) -> Plan:
    """The package that the tree's document and names amount to."""
    document = read(tree.text("spec/openapi.yaml"), "spec/openapi.yaml").data
    return read_plan(document, json.loads(tree.text("spec/names.lock")))


def history(root: Path, *ages: int) -> list[Tree]:
    """The project at several times; names are kept from one to the next."""
    trees: list[Tree] = []
    for age in ages:
        known = json.loads(trees[-1].text("spec/names.lock")) if trees else None
        folder = root / str(age)
        folder.mkdir()
        trees.append(tree_at(folder, age, known))
    return trees
