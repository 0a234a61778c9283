"""The flow, and the only code that writes into the project."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from . import engines, project
from .cache import Cache, Runs
from .problems import BadInput, Problem
from .project import Api
from .step import Outcome, Step
from .tree import Change, Tree, recover

REPORTS = "build/contract"
"""Where reports are that are not committed; they are written also when what they tell stops the run."""


def _lazily(word: str) -> Callable[[Tree, Api], Outcome]:
    """The step's function; its module, and the engine behind it, is loaded only when it has something to do."""

    def run(tree: Tree, api: Api) -> Outcome:
        function: Callable[[Tree, Api], Outcome] = import_module(f".{word}", __package__).run
        return function(tree, api)

    return run


STEPS = tuple(
    Step(word, reads, writes, _lazily(word))
    for word, reads, writes in (
        ("extract", ("spec/pages/*", "spec/pages.lock"), ("spec/fragments/*",)),
        ("merge", ("spec/*",), ("spec/merged.yaml",)),
        ("normalize", ("spec/*",), ("spec/openapi.yaml",)),
        ("name", ("spec/openapi.yaml", "spec/names.toml", "spec/names.lock"), ("spec/names.lock",)),
        ("alias", ("spec/openapi.yaml", "spec/names.lock", "spec/released/*"), ("spec/aliases.lock",)),
        ("generate", ("spec/*",), ("generated/*",)),
        (
            "diff",
            ("spec/openapi.yaml", "spec/names.lock", "spec/aliases.lock", "spec/released/*", "generated/*"),
            ("spec/surface.lock", "spec/changes.md"),
        ),
        (
            "contract",
            ("spec/*", "generated/*", "tests/recordings/*"),
            (
                "spec/contract.md",
                "tests/recordings/*.documented.har",
                "generated/*/testing/recordings.json",
                f"{REPORTS}/*",
            ),
        ),
        ("build", ("spec/*", "generated/*", "tests/recordings/*"), ("dist/*",)),
    )
)
"""Every step that works offline, in order; `fetch` comes before them and is a command of its own."""

PROBLEMS = "spec/problems.md"
_ASKING = ("name", "generate")
"""The steps that ask the engines; where one up to them has something to do, these begin to be loaded."""
_JUDGES = ("extract", "merge", "normalize", "name")
"""The steps whose settled problems are judgements about the API."""


@dataclass(frozen=True)
class Report:
    """What one step did."""

    step: str
    summary: str
    seconds: float
    changes: tuple[Change, ...]
    kept: bool = False
    """Whether it was made of the same input before, so that there was nothing to do."""


@dataclass(frozen=True)
class Result:
    """What a run came to."""

    reports: tuple[Report, ...]
    problems: tuple[Problem, ...]
    """What stopped the run; empty when it went through."""
    further: tuple[Problem, ...]
    """What later steps found on the way to tell all at once; it may follow from what stopped the run."""
    changes: tuple[Change, ...]
    """What was written, or would be."""
    tree: Tree | None = None
    """The files as the run left them, written or not; None when it was stopped."""


class Watcher:
    """Is told as the run goes on; this one does not care."""

    def begins(self, step: str) -> None:
        """A step starts."""

    def ends(self, report: Report) -> None:
        """A step is done."""


def run(root: Path, last: str, write: bool = True, watcher: Watcher | None = None, tree: Tree | None = None) -> Result:
    """All steps up to and including `last`; writes everything at the end, or nothing.

    Args:
        root: The project's folder.
        last: The name of the last step to run.
        write: Whether to write; without, the result says what would change.
        watcher: Is told before and after each step.
        tree: The project with what is to be written as well; without, as it is on disk.
    """
    watcher, tree = watcher or Watcher(), tree or Tree(root)
    steps = STEPS[: [step.name for step in STEPS].index(last) + 1]
    try:
        recover(root)
        runs = Runs(tree, last, dict.fromkeys(pattern for step in steps for pattern in (*step.reads, *step.writes)))
        if not tree.changes() and (told := runs.told()):
            return _unchanged(tree, told, watcher)
        api = project.load(tree)
    except BadInput as error:
        return Result((), error.problems, (), ())
    try:
        with _uncollected(), engines.loading():
            result = _run(tree, api, steps, write, watcher)
    finally:
        tree.discard()
    if not result.problems and (write or not result.changes):
        runs.put([(report.step, report.summary) for report in result.reports])
    return result


def _unchanged(tree: Tree, told: Iterable[tuple[str, str]], watcher: Watcher) -> Result:
    """What a run comes to when all files are as the last one left them."""
    reports = tuple(Report(step, summary, 0.0, (), kept=True) for step, summary in told)
    for report in reports:
        watcher.begins(report.step)
        watcher.ends(report)
    return Result(reports, (), (), (), tree)


def _run(tree: Tree, api: Api, steps: Sequence[Step], write: bool, watcher: Watcher) -> Result:
    run = _Run(tree, api, steps, Cache(tree, tree.text(project.FILE)), watcher)
    for step in steps:
        if not run.take(step):
            break
    if run.unsettled:
        told = tree.only(f"{REPORTS}/*").commit() if write and run.made == "contract" else []
        return Result(tuple(run.reports), tuple(run.unsettled), tuple(run.further), tuple(told))
    changes = tree.commit() if write else tree.changes()
    return Result(tuple(run.reports), (), (), tuple(changes), tree)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for garbage in cycles: in a large document it finds nothing, and takes most of the time.

    What a run made is not searched later, either: a process that ends soon need not look through it once more.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()


class _Run:
    """One run: the tree so far, what was settled, and what stops it."""

    def __init__(self, tree: Tree, api: Api, steps: Sequence[Step], cache: Cache, watcher: Watcher) -> None:
        self.tree = tree
        self.api = api
        self.steps = steps
        self.cache = cache
        self.watcher = watcher
        self.reports: list[Report] = []
        self.settled: dict[str, list[Problem]] = {}
        self.unsettled: list[Problem] = []
        self.further: list[Problem] = []
        self.made = ""
        """The last step that made its files."""

    def take(self, step: Step) -> bool:
        """Runs a step; whether the next one has something to go on with.

        A step that found unsettled problems but made its files lets the judging steps after it go on, so that one
        run tells all problems; nothing is generated from such input.
        """
        if self.unsettled and step.name not in _JUDGES:
            return False
        self.watcher.begins(step.name)
        start = time.perf_counter()
        try:
            key = self._key(step)
            kept = self.cache.get(key)
            outcome = kept or self._outcome(step)
        except BadInput as error:
            self._refuse(error.problems)
            return False
        self._keep(step, outcome)
        if not kept and all(problem.settled is not None for problem in outcome.problems):
            self.cache.put(key, outcome)
        if self.unsettled:
            return True
        changes = tuple(self.tree.changes(step.owns))
        report = Report(step.name, outcome.summary, time.perf_counter() - start, changes, bool(kept))
        self.reports.append(report)
        self.watcher.ends(report)
        return True

    def _key(self, step: Step) -> str:
        """The name of what the step makes of its input."""
        written = [PROBLEMS, *(pattern for later in STEPS[STEPS.index(step) :] for pattern in later.writes)]
        return self.cache.key(step, written)

    def _outcome(self, step: Step) -> Outcome:
        """What the step makes; the engines begin to be loaded where it or a later step asks them."""
        if any(later.name in _ASKING for later in self.steps[STEPS.index(step) :]):
            engines.load()
        return step.run(self.tree, self.api)

    def _refuse(self, problems: Iterable[Problem]) -> None:
        found = self.further if self.unsettled else self.unsettled
        found += [problem for problem in problems if problem not in self.unsettled]

    def _keep(self, step: Step, outcome: Outcome) -> None:
        later = [pattern for one in STEPS[STEPS.index(step) + 1 :] for pattern in one.writes]
        self.tree.replace(step.writes, outcome.files, later)
        self.made = step.name
        self._refuse(problem for problem in outcome.problems if problem.settled is None)
        if step.name in _JUDGES:
            self.settled[step.name] = [problem for problem in outcome.problems if problem.settled is not None]
        if step.name == _JUDGES[-1]:
            self.tree.replace((PROBLEMS,), {PROBLEMS: problems_text(self.settled)})


def problems_text(settled: dict[str, list[Problem]]) -> str:
    """`spec/problems.md`: every judgement of the pipeline, by step."""
    lines = [
        "# Problems, and how each was settled",
        "",
        "Made by `python -m scripts regenerate`; changes here are lost. To settle one differently, add an action to",
        "`spec/overlay.yaml` or an exception to `spec/names.toml`.",
    ]
    for step, problems in settled.items():
        lines += ["", f"## {step}", ""]
        lines += [_item(problem) for problem in problems] or ["None."]
    return "\n".join(lines) + "\n"


def _item(problem: Problem) -> str:
    place = problem.where if problem.line is None else f"{problem.where}:{problem.line}"
    parts: Iterable[str] = (f"- `{place}`: {problem.what}", f"Settled: {problem.settled}", problem.fix)
    return "\n  ".join(" ".join(part.split()) for part in parts if part)
