"""What the endpoint templates print: one module per resource, with its methods and one `Operation` value for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from .. import engines
from ..cache import Parts
from ..name.operations import resource_class
from .aliases import deprecated_operations
from .code import import_lines, laid_out
from .method_types import MethodTypes
from .methods import Method, MethodMaker
from .model_view import ModelView
from .models import RUNTIME, modules
from .plan import Plan
from .vocabulary import imports


@dataclass(frozen=True)
class Resource:
    """A resource and its operations, ready to print."""

    path: str
    """`chat.sessions`"""
    name: str
    """Its class: `ChatSessions`."""
    module: str
    methods: tuple[Method, ...]
    children: tuple[Resource, ...] = field(repr=False)
    imports: tuple[str, ...] = ()
    typing_imports: tuple[str, ...] = ()

    @property
    def present(self) -> list[Method]:
        """Its methods under the names that they have now."""
        return [method for method in self.methods if not method.operation.instead]

    @property
    def attribute(self) -> str:
        """Its name in its parent: `sessions`."""
        return self.path.rpartition(".")[2]


def resources(plan: Plan, view: ModelView, types: MethodTypes, parts: Parts) -> tuple[Resource, ...]:
    """The top-level resources, with a method for each operation, and for each deprecated name of one."""
    operations = [*plan.operations, *(alias for alias, _ in deprecated_operations(plan))]
    operations = [one for operation in operations for one in (operation, operation.streamed) if one]
    methods = MethodMaker(types).methods(operations, parts)
    models = {name: f"..models.{module}" for name, module in modules(plan, view).items()}
    paths = {operation.resource for operation in operations}
    paths |= {".".join(path.split(".")[:depth]) for path in paths for depth in range(1, path.count(".") + 1)}
    found: dict[str, list[Method]] = {path: [] for path in sorted(paths)}
    for operation in operations:
        found[operation.resource].append(methods[operation.id])

    below: dict[str, list[str]] = {}
    for path in found:
        below.setdefault(path.rpartition(".")[0], []).append(path)

    def build(path: str) -> Resource:
        children = tuple(build(child) for child in below.get(path, ()))
        return _resource(path, found[path], children, models)

    return tuple(build(path) for path in below.get("", ()))


def _with_response(name: str) -> Iterator[str]:
    """The classes that a resource's methods with their answers stand in."""
    for prefix in ("", "Async"):
        yield from (f"{prefix}{name}With{kind}Response" for kind in ("Raw", "Streaming"))


def every(resources: Iterable[Resource]) -> Iterator[Resource]:
    """The resources and all below them."""
    for resource in resources:
        yield resource
        yield from every(resource.children)


def resource_modules(resources: Iterable[Resource], package: str, parts: Parts) -> dict[str, str]:
    """The modules of each resource by their path; those that `parts` does not know are rendered in the environment of
    the endpoint engine, and laid out by ruff."""
    asked = {f"{resource!r} {[child.path for child in resource.children]}": resource for resource in every(resources)}

    def render(texts: Iterable[str]) -> dict[str, dict[str, str]]:
        texts = list(texts)
        rendered = engines.ask(engines.ENDPOINTS, "rendered", package, [asked[text] for text in texts])
        made: dict[str, dict[str, str]] = dict(zip(texts, rendered, strict=True))
        laid = laid_out(module for modules in made.values() for module in modules.values())
        return {text: {path: laid[module] for path, module in modules.items()} for text, modules in made.items()}

    return {path: module for modules in parts.made(asked, render).values() for path, module in modules.items()}


def _resource(path: str, methods: list[Method], children: tuple[Resource, ...], models: Mapping[str, str]) -> Resource:
    hints = [hint for method in methods for hint in method.hints]
    runtime = {"AsyncResource", "Operation", "Resource"}
    runtime |= {name for method in methods if method.paging for name in ("PagedOperation", method.paging.name)}
    runtime |= {"UNSET"} if any("UNSET" in method.signature for method in methods) else set()
    runtime |= {"deprecated"} if any(method.deprecated or method.renamed for method in methods) else set()
    runtime |= {"renamed"} if any(method.renamed for method in methods) else set()
    runtime |= {"Style"} if any("Style(" in method.declaration for method in methods) else set()
    found = imports(hints, models, RUNTIME)
    if methods:
        found["typing"].add("Unpack")
        found[RUNTIME] |= {"PageOptions", "RequestOptions"}
        found[f"._responses.{module(path)}"] |= set(_with_response(resource_class(path)))
    for child in children:
        found[f".{module(child.path)}"] |= {child.name, f"Async{child.name}"}
    return Resource(
        path=path,
        name=resource_class(path),
        module=module(path),
        methods=tuple(methods),
        children=children,
        imports=import_lines({RUNTIME: runtime}),
        typing_imports=import_lines(found),
    )


def module(path: str) -> str:
    """The module of a resource: `chat.sessions` stands in `chat_sessions`."""
    return path.replace(".", "_")
