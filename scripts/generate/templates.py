"""Our templates, and the environment in which all but those of endpoints are found."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from ..pages import toml

TEMPLATES = Path(__file__).parents[2] / "templates"


def environment() -> Environment:
    """A fresh environment, in which `toml` makes a value of TOML."""
    loader = FileSystemLoader(TEMPLATES)
    made = Environment(loader=loader, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    made.filters["toml"] = toml
    return made
