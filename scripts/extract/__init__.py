"""Reads documentation pages into fragments: what one page says about one operation."""

from __future__ import annotations

from .step import run

__all__ = ["run"]
