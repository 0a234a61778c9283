"""Runs openapi-python-client: the methods of a view, and files rendered from our templates in its environment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError

from ..problems import BadInput, Problem
from .gate import FIX
from .templates import TEMPLATES

if TYPE_CHECKING:
    from .resources import Resource

EMPTY: dict[str, Any] = {"openapi": "3.1.0", "info": {"title": "endpoints", "version": "0"}, "paths": {}}


def parameters(package: str, view: dict[str, Any]) -> dict[str, list[str]]:
    """The names of the parameters of each endpoint that the engine makes of the view, by the endpoint's name.

    Raises:
        BadInput: The engine refuses the view as a whole, or complains of a part.
    """
    return EndpointEngine(package).parameters(view)


def rendered(package: str, resources: Iterable[Resource]) -> list[dict[str, str]]:
    """The modules of each resource by their path."""
    templates = EndpointEngine(package).environment
    return [dict(_modules(resource, templates)) for resource in resources]


def _modules(resource: Resource, templates: Environment) -> Iterator[tuple[str, str]]:
    yield f"{resource.module}.py", templates.get_template("endpoints/resource.py.jinja").render(resource=resource)
    if resource.methods:
        made = templates.get_template("endpoints/responses.py.jinja").render(resource=resource)
        yield f"_responses/{resource.module}.py", made


class EndpointEngine:
    """The engine for one package."""

    def __init__(self, package: str) -> None:
        self.config = Config.from_sources(
            ConfigFile(literal_enums=True, post_hooks=[], package_name_override=package, project_name_override=package),
            MetaType.NONE,
            document_source=Path("endpoints"),
            file_encoding="utf-8",
            overwrite=True,
            output_path=Path("endpoints"),
        )

    def parameters(self, view: dict[str, Any]) -> dict[str, list[str]]:
        """The names of the parameters of each endpoint that the engine made of the view, by the endpoint's name.

        Raises:
            BadInput: The engine refuses the view as a whole, or complains of a part.
        """
        data = self._read(view)
        collections = data.endpoint_collections_by_tag.values()
        errors = [*data.errors, *(error for collection in collections for error in collection.parse_errors)]
        if errors:
            told = (f"{error.header or ''} {error.detail or ''}".strip() for error in errors)
            raise BadInput(Problem("spec/openapi.yaml", f"openapi-python-client: {what}", FIX) for what in told)
        made = (endpoint for collection in collections for endpoint in collection.endpoints)
        return {str(one.name): [str(part.python_name) for _, part in one.iter_all_parameters()] for one in made}

    def _read(self, view: dict[str, Any]) -> GeneratorData:
        data = GeneratorData.from_dict(view, config=self.config)
        if isinstance(data, GeneratorError):
            what = f"openapi-python-client refuses the endpoint view: {data.header} {data.detail}."
            raise BadInput(Problem("spec/openapi.yaml", what, FIX))
        return data

    @cached_property
    def environment(self) -> Environment:
        """The engine's template environment, in which those of endpoints are found."""
        return Project(openapi=self._read(EMPTY), config=self.config, custom_template_path=TEMPLATES).env
