# Made from scripts/generate by `python -m scripts generate`; changes here are lost.
"""Where a model stands: one rule for the pipeline and, copied, for the generated package, which so needs no table."""

from __future__ import annotations

import keyword
from functools import cache


@cache
def module_name(name: str) -> str:
    """The module of a model: `PhoneAgent` stands in `phone_agent`."""
    letters: list[str] = []
    for index, char in enumerate(name):
        after = name[index + 1 : index + 2]
        starts = (
            char.isupper() and index and (not name[index - 1].isupper() or after.islower()) and name[index - 1] != "_"
        )
        letters.append(f"_{char}" if starts else char)
    module = "".join(letters).lower()
    return f"{module}_" if keyword.iskeyword(module) else module
