"""The step: `spec/openapi.yaml` and `spec/names.lock` in, `generated/` out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment

from .. import canonical
from ..beside import beside
from ..cache import Parts
from ..name import pins
from ..problems import BadInput
from ..project import FILE, Api
from ..step import Outcome
from ..tree import Tree
from .aliases import FILE as ALIASES
from .aliases import NO_ALIASES, read_aliases
from .code import formatted
from .endpoints import endpoints
from .gate import gate
from .kit import kit
from .method_types import MethodTypes
from .model_view import ModelView, model_view
from .models import model_modules
from .module_names import module_name
from .package import DEPENDENCIES, Package, distribution, package
from .page_settings import pagination
from .plan import Plan
from .read_plan import read_plan
from .resources import Resource, every, resource_modules, resources
from .templates import TEMPLATES, environment
from .types import Types, typed
from .webhooks import webhooks

CHANGELOG = "spec/changelog.md"
CONTRACT = Path(__file__).parents[1] / "contract"
HEADER = "# Made from {} by `python -m scripts generate`; changes here are lost.\n"


def run(tree: Tree, api: Api) -> Outcome:
    """Every file of the generated package.

    Raises:
        BadInput: A name is missing, an entry of `[pagination]` is wrong, or an engine dropped, added or renamed
            something.
    """
    document = canonical.load(tree)
    deprecated = read_aliases(tree.text(ALIASES)) if tree.exists(ALIASES) else NO_ALIASES
    plan = read_plan(document, pins.read(tree), deprecated)
    with beside(lambda: _papers(tree, api, kit(plan, document))) as papers:
        files, counts = _made(tree, api, plan)
        files |= papers()
    files |= {f"generated/{path}": text for path, text in _copied(api.package)}
    if tree.exists(CHANGELOG):
        files["generated/CHANGELOG.md"] = tree.text(CHANGELOG)
    return Outcome(files, counts)


def _made(tree: Tree, api: Api, plan: Plan) -> tuple[dict[str, str], str]:
    """The package's own files, its resources and models; what there is in it."""
    pages = pagination(plan, api.pagination, tree.text(FILE))
    view = model_view(plan)
    with beside(lambda: endpoints(plan, api.package, Parts(tree.root, "endpoints"))) as made:
        types = typed(view, Parts(tree.root, "types"))
        differences = gate(plan, view, types, made())
    if differences:
        raise BadInput(differences)
    with beside(lambda: _models(tree, api, plan, view, types)) as models:
        tops = resources(plan, view, MethodTypes(plan, view, types, pages), Parts(tree.root, "methods"))
        files = _code(tree, api, plan, view, types, tops)
        files |= models()
    found = len(list(every(tops)))
    counts = ((len(plan.operations), "operation"), (found, "resource"), (len(plan.models), "model"))
    return files, ", ".join(f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in counts)


def _code(
    tree: Tree,
    api: Api,
    plan: Plan,
    view: ModelView,
    types: Types,
    tops: tuple[Resource, ...],
) -> dict[str, str]:
    """The package's own files, and its resources."""
    names = [*(model.name for model in plan.models), *view.dicts.values()]
    facts = package(plan, api, tops, names, view.dicts, webhooks(plan, api.package, view, types))
    code = {f"generated/{path}": text for path, text in _files(facts, environment())}
    files = formatted(code, Parts(tree.root, "formatted"))
    modules = resource_modules(tops, api.package, Parts(tree.root, "resources"))
    files |= {f"generated/{api.package}/resources/{path}": text for path, text in modules.items()}
    return files


def _models(tree: Tree, api: Api, plan: Plan, view: ModelView, types: Types) -> dict[str, str]:
    """The modules of the models."""
    modules = model_modules(plan, view, types, Parts(tree.root, "models"))
    return {f"generated/{api.package}/models/{module_name(name)}.py": text for name, text in modules.items()}


def _papers(tree: Tree, api: Api, known: str) -> dict[str, str]:
    """What the package is made from, its bill of materials, and what its test kit knows of the API."""
    from .provenance import provenance  # only here, as these load readers of metadata
    from .sbom import sbom

    made_from = provenance(tree, api)
    bill = sbom(api, DEPENDENCIES, made_from)
    return {
        f"generated/{api.package}/testing/api.json": known,
        f"generated/{api.package}/_provenance.json": made_from,
        f"generated/sbom/{distribution(api.package)}.cdx.json": bill,
    }


def _files(facts: Package, templates: Environment) -> Iterator[tuple[str, str]]:
    """Every file but the models, the resources and the runtime."""
    home = facts.name

    def render(template: str, **values: object) -> str:
        return templates.get_template(template).render(**values)

    for name in ("pyproject.toml", "README.md", "api.md"):
        yield name, render(f"package/{name}.jinja", package=facts)
    yield f"{home}/py.typed", ""
    yield f"{home}/__init__.py", render("package/init.py.jinja", package=facts)
    yield f"{home}/_client.py", render("package/client.py.jinja", package=facts)
    yield f"{home}/testing/__init__.py", render("package/testing.py.jinja", package=facts)
    yield f"{home}/_pytest_plugin.py", render("package/pytest_plugin.py.jinja", package=facts)
    yield f"{home}/resources/__init__.py", render("package/resources.py.jinja", package=facts)
    yield f"{home}/resources/_responses/__init__.py", render("package/responses.py.jinja", package=facts)
    yield f"{home}/models/__init__.py", render("package/models.py.jinja", package=facts)
    yield f"{home}/models/__init__.pyi", render("package/models.pyi.jinja", package=facts)
    if facts.webhooks:
        yield f"{home}/webhooks.py", render("package/webhooks.py.jinja", package=facts)


def _copied(home: str) -> Iterator[tuple[str, str]]:
    """The runtime, the test kit and the rule for modules as they stand, below a line that says where they came from.

    The kit makes its examples as the contract step does, by the same two modules.
    """
    for source in sorted((TEMPLATES / "runtime").rglob("*.py")):
        yield f"{home}/_runtime/{source.name}", HEADER.format("templates/runtime") + source.read_text(encoding="utf-8")
    for source in sorted((TEMPLATES / "testing").glob("*.py")):
        yield f"{home}/testing/{source.name}", HEADER.format("templates/testing") + source.read_text(encoding="utf-8")
    source = Path(__file__).with_name("module_names.py")
    yield f"{home}/_module_names.py", HEADER.format("scripts/generate") + source.read_text(encoding="utf-8")
    for name in ("examples.py", "patterns.py"):
        header = HEADER.format("scripts/contract") + "# pyright: basic, reportGeneralTypeIssues=false\n"
        yield f"{home}/testing/{name}", header + (CONTRACT / name).read_text(encoding="utf-8")
