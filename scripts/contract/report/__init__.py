"""The findings as people and programs read them."""

from __future__ import annotations

from ..findings import Findings
from . import junit, machine, markdown, page
from .markdown import PATH, summary, uncovered

__all__ = ["FOLDER", "PATH", "summary", "uncovered", "written"]

FOLDER = "build/contract"
"""Where the reports of one run are that are not committed."""


def written(findings: Findings) -> dict[str, str]:
    """Every report by its path."""
    return {
        PATH: markdown.render(findings),
        f"{FOLDER}/index.html": page.render(findings),
        f"{FOLDER}/junit.xml": junit.render(findings),
        machine.PATH: machine.render(findings),
    }
