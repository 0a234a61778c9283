"""The step: `spec/openapi.yaml` and `spec/names.lock` in, `generated/` out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from ..documents import read
from ..problems import BadInput
from ..project import FILE, Api
from ..step import Outcome
from ..tree import Tree
from .code import formatted
from .endpoint_view import endpoint_view
from .endpoints import Endpoints, endpoints
from .gate import gate
from .kit import kit
from .model_view import ModelView, model_view
from .models import model_files, module_name
from .package import Package, package
from .page_settings import pagination
from .plan import Plan, read_plan
from .provenance import provenance
from .resources import MethodMaker, every, resources
from .types import TypedModels, typed_models
from .webhooks import webhooks

CHANGELOG = "spec/changelog.md"
TEMPLATES = Path(__file__).parents[2] / "templates"
CONTRACT = Path(__file__).parents[1] / "contract"
HEADER = "# Made from {} by `python -m scripts generate`; changes here are lost.\n"


def run(tree: Tree, api: Api) -> Outcome:
    """Every file of the generated package.

    Raises:
        BadInput: A name is missing, an entry of `[pagination]` is wrong, or an engine dropped, added or renamed
            something.
    """
    document = read(tree.text("spec/openapi.yaml"), "spec/openapi.yaml").data
    plan = read_plan(document, json.loads(tree.text("spec/names.lock")))
    pages = pagination(plan, api.pagination, tree.text(FILE))
    view = model_view(plan)
    models = typed_models(view)
    made = endpoints(endpoint_view(plan), TEMPLATES, api.package)
    if differences := gate(plan, view, models, made):
        raise BadInput(differences)
    tops = resources(plan, MethodMaker(plan, view, models, pages), made.by_id)
    names = [*(model.name for model in plan.models), *view.dicts.values()]
    facts = package(plan, api, tops, names, webhooks(plan, api.package, view, models))
    files = formatted({f"generated/{path}": text for path, text in _files(plan, facts, models, view, made)})
    files |= {f"generated/{path}": text for path, text in _copied(api.package)}
    files[f"generated/{api.package}/testing/api.json"] = kit(plan, document)
    files[f"generated/{api.package}/_provenance.json"] = provenance(tree, api)
    if tree.exists(CHANGELOG):
        files["generated/CHANGELOG.md"] = tree.text(CHANGELOG)
    found = len(list(every(tops)))
    counts = ((len(plan.operations), "operation"), (found, "resource"), (len(plan.models), "model"))
    return Outcome(files, ", ".join(f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in counts))


def _files(
    plan: Plan, facts: Package, models: TypedModels, view: ModelView, made: Endpoints
) -> Iterator[tuple[str, str]]:
    home = facts.name
    for name in ("pyproject.toml", "README.md", "api.md"):
        yield name, made.render(f"package/{name}.jinja", package=facts)
    yield f"{home}/py.typed", ""
    yield f"{home}/__init__.py", made.render("package/init.py.jinja", package=facts)
    yield f"{home}/_client.py", made.render("package/client.py.jinja", package=facts)
    yield f"{home}/testing/__init__.py", made.render("package/testing.py.jinja", package=facts)
    yield f"{home}/_pytest_plugin.py", made.render("package/pytest_plugin.py.jinja", package=facts)
    yield f"{home}/resources/__init__.py", made.render("package/resources.py.jinja", package=facts)
    yield f"{home}/models/__init__.py", made.render("package/models.py.jinja", package=facts)
    if facts.webhooks:
        yield f"{home}/webhooks.py", made.render("package/webhooks.py.jinja", package=facts)
    for resource in every(facts.resources):
        text = made.render("endpoints/resource.py.jinja", resource=resource)
        yield f"{home}/resources/{resource.module}.py", text
    for file in model_files(plan, view, models):
        template = made.project.env.get_template(f"models/{file.template}")
        yield f"{home}/models/{module_name(file.name)}.py", models.render(file.name, template, file)


def _copied(home: str) -> Iterator[tuple[str, str]]:
    """The runtime and the test kit as they stand, below a line that says where they came from.

    The kit makes its examples as the contract step does, by the same two modules.
    """
    for source in sorted((TEMPLATES / "runtime").rglob("*.py")):
        yield f"{home}/_runtime/{source.name}", HEADER.format("templates/runtime") + source.read_text(encoding="utf-8")
    for source in sorted((TEMPLATES / "testing").glob("*.py")):
        yield f"{home}/testing/{source.name}", HEADER.format("templates/testing") + source.read_text(encoding="utf-8")
    for name in ("examples.py", "patterns.py"):
        header = HEADER.format("scripts/contract") + "# pyright: basic, reportGeneralTypeIssues=false\n"
        yield f"{home}/testing/{name}", header + (CONTRACT / name).read_text(encoding="utf-8")
