"""The command line: `python -m scripts.corpus FOLDER [--only NAME …] [--out FOLDER] [--jobs N] [--pyright] [--keep]`"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from ..problems import BadInput, printable
from . import entries, report, run
from .row import Row

OUT = Path("build/corpus")
INTERRUPTED = 130
_PAPER = 160
"""Columns of a table that goes to a file."""


def main(arguments: list[str] | None = None) -> int:
    """0 when every bar is met, 1 when one is missed or the folder cannot be read, 130 when interrupted."""
    options = _parser().parse_args(arguments)
    shown = sys.stdout.isatty()
    out = Console(highlight=False, soft_wrap=not shown, width=None if shown else _PAPER)
    try:
        found = entries.load(options.folder, options.only)
    except BadInput as error:
        out.print(str(error), markup=False)
        return 1
    start = time.perf_counter()
    work = Path(tempfile.mkdtemp(prefix="corpus-"))
    try:
        rows = _proved(options, found, work, out)
    except KeyboardInterrupt:
        out.print("Interrupted; nothing was written.")
        return INTERRUPTED
    finally:
        if not options.keep:
            shutil.rmtree(work, ignore_errors=True)
    out.print(_table(rows))
    missed = report.misses(rows)
    for told in missed:
        out.print(printable(f"missed: {told}"[:300]), markup=False)
    files = report.write(rows, options.out)
    out.print(f"{', '.join(map(str, files))}; {time.perf_counter() - start:.0f} s", markup=False)
    if options.keep:
        out.print(f"kept: {work}", markup=False)
    return 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.corpus", description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder of API documents with an index.json")
    parser.add_argument("--only", nargs="+", default=(), metavar="NAME", help="these documents alone")
    parser.add_argument(
        "--out", type=Path, default=OUT, metavar="FOLDER", help=f"where the reports go (default: {OUT})"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="documents at a time")
    parser.add_argument("--pyright", action="store_true", help="check the types with pyright as well, which is slow")
    parser.add_argument("--keep", action="store_true", help="keep the generated packages, and say where")
    return parser


def _proved(options: argparse.Namespace, found: list[entries.Entry], work: Path, out: Console) -> list[Row]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=out, disable=not out.is_terminal) as progress:
        task = progress.add_task("documents", total=len(found))

        def done(row: Row) -> None:
            progress.update(task, advance=1, description=row.entry.name[:30].ljust(30))

        more = ["pyright"] if options.pyright else []
        return run.run(options.folder.resolve(), found, work, max(1, options.jobs), done, *more)


def _table(rows: list[Row]) -> Table:
    table = Table(*report.COLUMNS, box=None, header_style="bold")
    for column in table.columns[2:-1]:
        column.justify = "right"
    for row in rows:
        table.add_row(*report.cells(row), style="red" if row.misses() else "")
    sums = report.totals(rows)
    table.add_row("all that are ok", "", *map(str, sums.values()), style="bold")
    return table


if __name__ == "__main__":
    sys.exit(main())
