"""Runs openapi-python-client on the endpoint view: which methods each resource has, rendered from our templates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint

from ..problems import BadInput, Problem


@dataclass(frozen=True)
class Endpoints:
    """What the engine made of the view."""

    by_id: dict[str, Endpoint]
    """The endpoints by their name in the view, in the engine's order."""
    complaints: tuple[str, ...]
    """What the engine could not do; anything here fails the build."""
    project: Project

    def render(self, template: str, **values: object) -> str:
        """A file of the package, rendered by the engine's environment from `templates/`."""
        return self.project.env.get_template(template).render(**values)


def endpoints(view: dict[str, Any], templates: Path, package: str) -> Endpoints:
    """All operations of the view as the engine's endpoints.

    Raises:
        BadInput: The engine refuses the view as a whole.
    """
    config = Config.from_sources(
        ConfigFile(literal_enums=True, post_hooks=[], package_name_override=package, project_name_override=package),
        MetaType.NONE,
        document_source=Path("endpoints"),
        file_encoding="utf-8",
        overwrite=True,
        output_path=Path("endpoints"),
    )
    data = GeneratorData.from_dict(view, config=config)
    if isinstance(data, GeneratorError):
        what = f"openapi-python-client refuses the endpoint view: {data.header} {data.detail}."
        raise BadInput(Problem("spec/openapi.yaml", what, "This is a defect of the pipeline; please report it."))
    project = Project(openapi=data, config=config, custom_template_path=templates)
    collections = data.endpoint_collections_by_tag
    return Endpoints(
        by_id={str(one.name): one for collection in collections.values() for one in collection.endpoints},
        complaints=tuple(
            f"{error.header or ''} {error.detail or ''}".strip()
            for errors in (data.errors, *(collection.parse_errors for collection in collections.values()))
            for error in errors
        ),
        project=project,
    )
