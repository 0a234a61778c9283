"""How the components of a run hang on one another; `incremental.py` says what follows from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..documents import unescape

_TYPE = re.compile(r"/(?:properties/[^/]+|items|additionalProperties|schema)$")
"""Where a schema stands that is the type of a value."""
_MERGED = re.compile("/(?:patternProperties|dependentSchemas|discriminator)/")
"""What schemas stand below that become parts of others."""


@dataclass
class Ties:
    """What passes looked at beside the schema that they changed."""

    are_known: bool = True
    """Whether the other fields say it all."""
    looks: set[tuple[str, str]] = field(default_factory=set)
    """A component, or nothing for what is in none, and another one whose content it hangs on."""
    asked: list[tuple[str, ...]] = field(default_factory=list)
    """What a new component may be called, in the order in which keys were asked for; a key that was freed, after ""."""
    tagged: set[str] = field(default_factory=set)
    """The components that a discriminator tells from others."""
    narrowed: set[str] = field(default_factory=set)
    """Those of them that say in their tag which one they are, as nothing but such unions leads to them."""
    differing: set[str] = field(default_factory=set)
    """The components that read otherwise than they are sent, by themselves or by what they refer to."""
    sent: set[str] = field(default_factory=set)
    """Those of them that are sent, so that they became others."""

    def refer(self, pointer: str, key: str, alone: bool) -> None:
        """Notes a reference to a component.

        One that says of what type a value is, and no more, leads no pass into a class.

        Args:
            pointer: Where it stands, or the choice that it is one of.
            key: The component.
            alone: Whether nothing but annotations stands beside it.
        """
        home = component_at(pointer)
        is_type = bool(_TYPE.search(pointer)) and not _MERGED.search(pointer) and not (home and pointer.count("/") == 3)
        if not (is_type and alone):
            self.looks.add((home, key))


def component_at(pointer: str) -> str:
    """The component of OpenAPI 3 that a place is in; nothing for a place in none."""
    steps = pointer.split("/", 4)
    return unescape(steps[3]) if steps[1:3] == ["components", "schemas"] and len(steps) > 3 else ""
