"""A progress bar for people; nothing where the output is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from ..problems import printable

Report = Callable[[int, int, str], None]
"""Takes how many pages are done, how many there are, and the address that is asked for now."""


@contextmanager
def bar() -> Iterator[Report]:
    """A report that draws a bar while the block runs."""
    if not sys.stdout.isatty():
        yield lambda done, total, url: None
        return
    with Progress(BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda done, total, url: progress.update(
            task, completed=done, total=total, description=escape(printable(url))
        )
