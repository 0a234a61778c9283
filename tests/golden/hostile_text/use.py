"""Text of the document is text: in docstrings, literals, paths, names and metadata, whatever it looks like."""

from __future__ import annotations

from typing import assert_type

from golden_hostile_text import AsyncGolden, Golden
from golden_hostile_text.models import Class, Two


def use(client: Golden) -> None:
    result = client.a_b.init.two_f_pwned.create(
        "../..",
        field_7_7="{x}",
        open_pwned_w='"""',
        q='"""',
        x_head="'); open('PWNED', 'w') #",
        class_="c",
        a_b="\u2028",
        a_="A",
        a="a",
    )
    look_at(result)


async def use_async(client: AsyncGolden) -> None:
    result = await client.a_b.init.two_f_pwned.create(
        "../..",
        field_7_7="{x}",
        open_pwned_w='"""',
        q='"""',
        x_head="'); open('PWNED', 'w') #",
        class_="c",
        a_b="\u2028",
        a_="A",
        a="a",
    )
    look_at(result)


def look_at(result: Class) -> None:
    assert_type(result.import_, str)
    assert result.import_ == "os; open('PWNED', 'w')"
    assert isinstance(result.backslash, Two)
    assert result.to_dict() == {"import": "os; open('PWNED', 'w')", "\\": {'k"': "'"}}
