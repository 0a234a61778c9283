"""contract: every recorded exchange is replayed through the generated package, and a report says how each fared.

Recordings of what documents show are made here, too: they follow from the fragments as the report follows from them.
"""

from __future__ import annotations

from collections.abc import Sequence

from .. import merge
from ..documents import read
from ..problems import Problem
from ..project import Api
from ..scratch import scratch
from ..step import Outcome
from ..tree import Tree
from . import catalog as catalogs
from . import history, importer, kit, recordings, replay, report, trial
from .equality import MOST
from .validator import Validator, checkable


def run(tree: Tree, api: Api) -> Outcome:
    """The recordings that documents show, and the report; a recording of today that breaks is a problem."""
    catalog = catalogs.load(tree)
    files, problems = importer.documented(tree, catalog)
    found, unreadable = recordings.load(tree, catalog, files)
    source = merge.entry(tree, api)
    merged = read(tree.text(source), source).data
    verdicts = replayed(tree, api, catalog, Validator(merged if checkable(merged) else catalog.document), found)
    pages = history.older_pages(tree, catalog, merged)
    problems += [*unreadable, *map(_problem, filter(_stops, verdicts))]
    text = report.render(catalog, verdicts, pages)
    missing = report.uncovered(catalog, verdicts)
    told = f"; {len(missing)} operation{'' if len(missing) == 1 else 's'} without any" if missing else ""
    summary = report.summary(verdicts) + told
    made = {report.PATH: text, kit.FILE.format(api.package): kit.answers(verdicts)}
    return Outcome({**files, **made}, summary, tuple(problems))


def replayed(
    tree: Tree,
    api: Api,
    catalog: catalogs.Catalog,
    validator: Validator,
    found: Sequence[recordings.Recording],
) -> list[trial.Verdict]:
    """The verdict on each recording."""
    trials = [trial.prepare(catalog, validator, recording) for recording in found]
    jobs = [one.job for one in trials if one.job is not None]
    with scratch() as folder:
        tree.export("generated", folder)
        results = replay.run(catalog, api, jobs, package=folder) if jobs else {"sync": [], "async": []}
    queues = {mode: iter(rows) for mode, rows in results.items()}
    base = replay.base_of(catalog)
    verdicts = []
    for one in trials:
        rows = {mode: next(queue) for mode, queue in queues.items()} if one.job else {}
        verdicts.append(trial.judge(one, catalog, base, rows))
    return verdicts


def _stops(verdict: trial.Verdict) -> bool:
    """Whether the verdict is that the package fails at what servers say today."""
    return verdict.word == "breaks" and not verdict.trial.older


def _problem(verdict: trial.Verdict) -> Problem:
    """The problem tells what the report would: it stops the run, so that no report is written."""
    found = [(check, told) for check in trial.CHECKS[:4] for told in verdict.failures[check]]
    shown = "; ".join(f"{check}: {told}" for check, told in found[:MOST])
    what = f"The recording breaks at {shown}{f' (and {len(found) - MOST} more)' if len(found) > MOST else ''}."
    recording = verdict.trial.recording
    overlay = "Correct the document by an action in spec/overlay.yaml"
    if not recording.live:
        fix = f"{overlay}, or the sample in {recording.source}." if recording.source else f"{overlay}."
    elif found[0][0] == "schema":
        fix = f"{overlay}, or give the recording the _age it is of."
    else:
        fix = f"{overlay}, or the recording, whichever is wrong."
    return Problem(recording.file, what, fix)
