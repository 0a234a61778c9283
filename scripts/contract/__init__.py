"""contract: every recorded exchange is replayed through the generated package, and a report says how each fared.

Recordings of what documents show are made here, too: they follow from the fragments as the report follows from them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..problems import Problem
from ..project import Api
from ..step import Outcome
from ..tree import Tree
from . import catalog as catalogs
from . import history, importer, kit, matrix, proof, recordings, report, trial
from .advice import Adviser, contradicts
from .basis import Basis
from .equality import MOST
from .findings import Findings
from .original import source
from .scrub import audit
from .scrub.values import known_values
from .trial import Verdict
from .validator import Validator

_NOT_VOUCHED = "It is told in the reports and stops nothing, as the step made the exchange of the document by itself."


def run(tree: Tree, api: Api) -> Outcome:
    """The recordings that documents show, and the reports; a recording of today that breaks is a problem."""
    catalog = catalogs.load(tree)
    files, problems = importer.documented(tree, catalog)
    found, unreadable = recordings.load(tree, catalog, files)
    findings = examined(tree, api, catalog, found, unreadable)
    breaking = list(filter(_breaks, findings.verdicts))
    problems += [*unreadable, *_secrets(api, catalog, found), *map(_problem, breaking)]
    problems += _failing(findings, {one.operation.id for one in breaking})
    missing = report.uncovered(findings)
    told = f"; {len(missing)} operation{'' if len(missing) == 1 else 's'} without any" if missing else ""
    told += "; spec/contract.md tells what breaks" if breaking else ""
    summary = report.summary(findings.verdicts) + told
    made = {**report.written(findings), kit.FILE.format(api.package): kit.answers(findings.verdicts)}
    return Outcome({**files, **made}, summary, tuple(problems))


def examined(
    tree: Tree, api: Api, catalog: catalogs.Catalog, found: list[recordings.Recording], unreadable: list[Problem]
) -> Findings:
    """What there is to be found about the recordings, the packages, and the operations that nobody recorded."""
    written = source.load(tree, api)
    basis = Basis(tree, api, catalog, written)
    tasks = proof.tasks(catalog, found, written.data)
    made = proof.proofs(tree, api, catalog, basis, tasks)
    pairs = ((verdict, advised) for one in made for verdict, advised in zip(one.verdicts, one.advice, strict=True))
    told = sorted(pairs, key=lambda pair: pair[0].recording.file)
    adviser = Adviser(Validator(written))
    return Findings(
        api=api,
        catalog=catalog,
        verdicts=tuple(verdict for verdict, _ in told),
        advice=tuple(adviser.advise(verdict) if contradicts(verdict) else advised for verdict, advised in told),
        columns=tuple(matrix.columns(tree, api, catalog, found)),
        today=tuple(matrix.cell_of(verdict) for verdict, _ in told),
        vectored=tuple(one.vectored for one in made if one.vectored),
        failures={task.operation.id: one.failure for task, one in zip(tasks, made, strict=True) if one.failure},
        pages=tuple(history.older_pages(tree, catalog, written.data)),
        unreadable=tuple(unreadable),
    )


def _secrets(api: Api, catalog: catalogs.Catalog, found: list[recordings.Recording]) -> list[Problem]:
    """What live recordings hold that nobody allowed."""
    live = [one for one in found if one.live]
    known = known_values(catalog.document) if live else frozenset()
    fix = "Import the traffic again, which scrubs it; revoke a secret that others have seen."
    return [
        Problem(one.file, f"In the recording, {told}.", fix)
        for one in live
        for told in audit.findings(one, catalog.operations[one.operation], known, api.kept_headers)
    ]


def _breaks(verdict: Verdict) -> bool:
    """Whether the package fails at what servers, pages or documents say today."""
    return verdict.word == "breaks" and not verdict.older


def _failing(findings: Findings, told: Collection[str]) -> Iterator[Problem]:
    """The operations that raise whatever they are answered, but those of which a recording tells it."""
    for name, what in findings.failures.items():
        if name not in told:
            fix = f"Look at what generate makes of {findings.catalog.operations[name].key}."
            yield Problem("generated", f"{name} fails when it is called {what}.", fix)


def _problem(verdict: Verdict) -> Problem:
    """The problem tells what the report would."""
    found = [(check, told) for check in trial.CHECKS[:4] for told in verdict.failures[check]]
    shown = "; ".join(f"{check}: {told}" for check, told in found[:MOST])
    what = f"The recording breaks at {shown}{f' (and {len(found) - MOST} more)' if len(found) > MOST else ''}."
    recording = verdict.recording
    overlay = "Correct the document by an action in spec/overlay.yaml"
    if not recording.live:
        fix = f"{overlay}, or the sample in {recording.source}." if recording.source else f"{overlay}."
    elif found[0][0] == "schema":
        fix = f"{overlay} ({report.FOLDER}/index.html proposes one), or give the recording the _age it is of."
    else:
        fix = f"{overlay}, or the recording, whichever is wrong."
    settled = None if recording.origin in ("live", "documented sample") else _NOT_VOUCHED
    return Problem(recording.file, what, fix, settled=settled)
