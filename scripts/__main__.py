"""The command line: `python -m scripts WORD [--project DIR] [--check]`."""

from __future__ import annotations

import argparse
import datetime
import os
import shlex
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from . import pipeline, project
from .lock import alone
from .pipeline import Report
from .problems import BadInput, Problem
from .releasing import Wish, differences, publish, release, update
from .step import Step
from .terminal import INTERRUPTED, OK, OUT_OF_DATE, PROBLEMS, Terminal, refuse, show, tell
from .tree import Change, Tree, recover

__all__ = ["INTERRUPTED", "OK", "OUT_OF_DATE", "PROBLEMS", "main"]

_PAGE = f"{pipeline.REPORTS}/index.html"
_UNCOMMITTED = ("dist/", "build/")
_EPILOG = """exit codes: 0 done; 1 problems, nothing was written; 2 wrong command line;
3 --check found something out of date; 130 interrupted, nothing was written"""
_ABOUT = {
    "fetch": "bring spec/pages up to date from the documentation site (needs a network)",
    **{step.name: "" for step in pipeline.STEPS},
    "regenerate": "run all steps, from the committed pages to the wheel",
    "update": "fetch, show what changed, and make a release of it: all in one, or nothing",
    "version": "make a release of what changed since the last one: version, changelog, package, wheel",
    "import": "make recordings of captured traffic: HAR of browsers and proxies, VCR cassettes",
    "record": "make recordings from the live API through the generated client (needs a network and a key)",
    "publish": "bring the wheel and the sdist of the last release to a package index",
}


def main(arguments: list[str] | None = None) -> int:
    """The exit code of one command."""
    options = _parser().parse_args(arguments)
    root = options.project.resolve()
    out = Console(highlight=False, soft_wrap=True)
    if not (root / project.FILE).is_file():
        problem = Problem(project.FILE, f"{options.project} is no project.", "Name a folder that has this file.")
        return refuse(out, (problem,))
    try:
        with alone(root):
            return _command(root, options, out)
    except BadInput as error:
        return refuse(out, error.problems)
    except KeyboardInterrupt:
        out.print("Interrupted; the tree is as it was.")
        return INTERRUPTED


def _command(root: Path, options: argparse.Namespace, out: Console) -> int:
    if options.word == "fetch":
        return _fetch(root, options, out)
    if options.word in ("version", "update"):
        today = options.today or datetime.datetime.now(datetime.UTC).date()
        wish = Wish(today, options.wanted, options.shrunk)
        return release(root, out, wish) if options.word == "version" else _update(root, options, out, wish)
    if options.word == "publish":
        return publish(root, out, options.to, options.url, os.environ)
    if options.word == "import":
        return _import(root, options, out)
    if options.word == "record":
        from .recording import record

        return record(root, out, options)
    if options.word == "diff" and options.sides:
        return differences(options.sides, out)
    return _run(root, options, out)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scripts", epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    words = parser.add_subparsers(dest="word", required=True, metavar="WORD")
    steps = {step.name: f"run the steps up to {step.name}: writes {_writes(step)}" for step in pipeline.STEPS}
    for word, text in {**_ABOUT, **steps}.items():
        command = words.add_parser(word, help=text, description=text[0].upper() + text[1:] + ".")
        command.add_argument(
            "--project", type=Path, default=Path("."), metavar="DIR", help="folder of one API (default: this one)"
        )
        if word in ("version", "update"):
            _release_options(command)
        elif word == "record":
            _record_options(command)
        elif word == "publish":
            command.add_argument("--to", required=True, choices=("local", "testpypi", "pypi"), help="which index")
            where = "where the local index is (default: http://127.0.0.1:8080)"
            command.add_argument("--url", default="", help=where)
        if word not in ("version", "publish"):
            command.add_argument("--check", action="store_true", help="write nothing; exit 3 if anything would change")
        if word == "import":
            _import_options(command)
        if word == "update":
            what = "take pages or documents from a folder, which has them as spec/ has, rather than from the site"
            command.add_argument("--from", dest="folder", type=Path, metavar="FOLDER", help=what)
        if word == "diff":
            what = "compare projects, OpenAPI documents or pages instead, each with the one before, and write nothing"
            command.add_argument("sides", nargs="*", type=Path, metavar="OLD NEW", help=what)
    return parser


def _import_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a HAR or a VCR cassette")
    server = "another server of the same API, such as a staging one; can be given more than once"
    command.add_argument("--server", action="append", default=[], metavar="URL", help=server)
    date = "the day of exchanges that do not say theirs (YYYY-MM-DD)"
    command.add_argument("--date", type=datetime.date.fromisoformat, default=None, help=date)
    command.add_argument("--replace", action="store_true", help="overwrite recordings that differ; shows how")


def _record_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("operations", nargs="*", metavar="OPERATION", help="operations to call (default: all)")
    command.add_argument("--dry-run", action="store_true", help="show what would be sent, and send nothing")
    allow = "a verb that may be sent besides GET and HEAD; what it changes by id is only what the session made"
    verbs = ("POST", "PUT", "PATCH", "DELETE")
    command.add_argument("--allow", action="append", default=[], choices=verbs, type=str.upper, help=allow)
    command.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="the value of a parameter")
    command.add_argument("--base-url", default="", metavar="URL", help="a server of the API other than the documented")
    command.add_argument("--replace", action="store_true", help="overwrite recordings that differ; shows how")


def _import(root: Path, options: argparse.Namespace, out: Console) -> int:
    from .recording import import_captures

    date = str(options.date or "")
    return import_captures(root, out, options.files, options.server, date, options.replace, not options.check)


def _release_options(command: argparse.ArgumentParser) -> None:
    day = datetime.date.fromisoformat
    command.add_argument("--today", type=day, default=None, metavar="DATE", help="the date of the release (YYYY-MM-DD)")
    wanted = "the version to release; default: computed from what changed"
    command.add_argument("--as", dest="wanted", metavar="VERSION", help=wanted)
    command.add_argument("--shrunk", action="store_true", help="it is right that half of the operations are gone")


def _writes(step: Step) -> str:
    return ", ".join(pattern.removesuffix("/*") for pattern in step.writes)


def _run(root: Path, options: argparse.Namespace, out: Console) -> int:
    last = pipeline.STEPS[-1].name if options.word == "regenerate" else options.word
    with out.status("", spinner="dots") as status:
        result = pipeline.run(root, last, not options.check, Terminal(out, status))
    if result.problems:
        but = f" but {root / _PAGE}" if result.changes else ""
        return refuse(out, result.problems, result.further, but)
    stale = [change for change in result.changes if not change.path.startswith(_UNCOMMITTED)]
    if options.check and stale:
        return _stale(out, options, stale)
    if not options.check:
        _finish(root, out, last)
    return OK


def _finish(root: Path, out: Console, last: str) -> None:
    if last == "contract":
        from .contract.report import console, machine

        console.show(out, (root / machine.PATH).read_text(encoding="utf-8"))
        out.print(f"The report: {escape(str(root / _PAGE))}")
    if last == pipeline.STEPS[-1].name:
        for wheel in sorted((root / "dist").glob("*.whl")):
            out.print(f"The wheel: {escape(str(wheel))}")


def _stale(out: Console, options: argparse.Namespace, changes: Sequence[Change]) -> int:
    show(out, changes)
    where = "" if options.project == Path(".") else f" --project {shlex.quote(str(options.project))}"
    python = Path(sys.executable)
    shown = python.relative_to(Path.cwd()) if python.is_relative_to(Path.cwd()) else python
    out.print(f"Out of date. Run: {escape(f'{shown} -m scripts {options.word}{where}')}")
    return OUT_OF_DATE


def _update(root: Path, options: argparse.Namespace, out: Console, wish: Wish) -> int:
    code = update(root, out, wish, options.folder, options.check)
    if code == OK and not options.check:
        _finish(root, out, pipeline.STEPS[-1].name)
    if code == OUT_OF_DATE:
        out.print("There is something new.")
    return code


def _fetch(root: Path, options: argparse.Namespace, out: Console) -> int:
    from . import fetch  # only here, as it loads the HTTP library, which no other command needs

    recover(root)
    tree = Tree(root)
    start = time.perf_counter()
    try:
        outcome = fetch.run(tree, project.load(tree))
    except BadInput as error:
        return refuse(out, error.problems)
    except KeyboardInterrupt:
        out.print("What was fetched so far is kept; run fetch again to go on.")
        raise
    for problem in outcome.problems:
        out.print(escape(str(problem)), style="dim")
    tree.replace(fetch.WRITES, outcome.files)
    changes = tuple(tree.changes() if options.check else tree.commit())
    tell(out, Report("fetch", outcome.summary, time.perf_counter() - start, changes))
    if options.check and changes:
        out.print("The documentation site has something new.")
        return OUT_OF_DATE
    return OK


if __name__ == "__main__":
    _code = main()
    with suppress(OSError):  # nobody reads on
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(_code)  # at once: to take a large document apart again, object by object, takes as long as some steps
