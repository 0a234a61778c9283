"""The package from the canonical document and the names, by both engines and our templates."""

from .step import run

__all__ = ["run"]
