"""Gives everything in the canonical document its Python name."""
