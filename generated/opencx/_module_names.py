# Made from scripts/generate by `python -m scripts generate`; changes here are lost.
"""Where a model stands: one rule for the pipeline and, copied, for the generated package, which so needs no table."""

from __future__ import annotations

import keyword
from functools import cache


@cache
def module_name(name: str) -> str:
    """The module of a model: `PhoneAgent` stands in `phone_agent`."""
    letters = (
        f"_{char}" if char.isupper() and before != "_" and (not before.isupper() or after.islower()) else char
        for before, char, after in zip(f"_{name}", name, f"{name[1:]}_", strict=False)
    )
    module = "".join(letters).lower()
    return f"{module}_" if keyword.iskeyword(module) else module
