"""Does the diff tell what really happened: to the API over the years, to the package's surface, to a broken fetch?"""

from __future__ import annotations

import ast
import dataclasses
import json
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from history import history, plan
from test_diff_rules import document

from scripts import pipeline
from scripts.__main__ import OK, PROBLEMS, main
from scripts.cache import Parts
from scripts.diff import changes
from scripts.diff.compare import compare, lost
from scripts.diff.decisions import RESPONSE, Decision, Severity
from scripts.diff.rules import RULES, rule_of
from scripts.diff.sides import plan_of
from scripts.diff.surface import surface
from scripts.diff.surface_changes import RULES as SURFACE_RULES
from scripts.diff.surface_changes import compare_surfaces
from scripts.diff.surface_lock import Surface, code_of
from scripts.diff.together import told_together
from scripts.generate.plan import Plan
from scripts.problems import BadInput
from scripts.project import load
from scripts.tree import Tree

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Decision, ...]]:
    """What changed from each age of the documentation to the next."""
    plans = [plan(tree) for tree in history(tmp_path_factory.mktemp("years"), 1, 2, 3, 4)]
    return [compare(old, new, "opencx") for old, new in pairwise(plans)]


def told(decisions: tuple[Decision, ...]) -> dict[str, str]:
    """Severity and kind by subject and direction."""
    return {f"{one.subject} {one.rule.direction}".strip() + f" {one.kind}": str(one.callers) for one in decisions}


def test_the_page_of_the_second_year_only_added(years: list[tuple[Decision, ...]]) -> None:
    assert max(one.callers for one in years[0]) == Severity.MINOR
    assert told(years[0])["client.phone.create(flow) request argument-added"] == "minor"


def test_a_new_page_is_a_new_operation(years: list[tuple[Decision, ...]]) -> None:
    assert told(years[1])["client.phone.update() operation-added"] == "minor"
    assert max(one.callers for one in years[1]) == Severity.MINOR


@pytest.mark.parametrize(
    ("change", "severity"),
    {
        "client.phone.create(language) request type-changed": "major",
        "PhoneAgent.language response type-changed": "major",
        "PhoneAgent.created_at response type-changed": "major",
        "PhoneAgent.flow response type-changed": "major",
        "client.phone.create(accent) request argument-removed": "major",
        "client.phone.create(interruptible) request argument-removed": "major",
        "PhoneAgent.model response enum-value-added": "minor",
        "PhoneAgent.recording_enabled response field-added": "minor",
        "client.phone.create() response status-changed": "patch",
        "client.phone.list() operation-added": "minor",
        "PhoneAgent model-renamed": "major",
    }.items(),
)
def test_what_the_newest_pages_changed_is_judged(years: list[tuple[Decision, ...]], change: str, severity: str) -> None:
    assert told(years[2])[change] == severity


def test_a_sentence_names_python_types(years: list[tuple[Decision, ...]]) -> None:
    sentences = [one.sentence for one in years[2]]
    assert "`PhoneAgent.language` is `list[str]`; it was `str | None`." in sentences
    assert "`client.phone.create()` succeeds with 200, no longer 201." in sentences


def test_the_two_tables_of_rules_have_no_kind_twice() -> None:
    keys = [(rule.kind, rule.direction) for rule in RULES]
    assert len(keys) == len(set(keys))
    assert all(rule.kind == kind for kind, rule in SURFACE_RULES.items())


def save(path: Path, doc: object) -> Path:
    path.write_text(json.dumps(doc))
    return path


def test_two_documents_of_any_dialect_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    swagger = {
        "swagger": "2.0",
        "info": {"title": "Pets", "version": "1"},
        "host": "pets.example",
        "schemes": ["https"],
        "paths": {"/pets/{id}": {"get": {"parameters": [], "responses": {"200": {"schema": {"type": "string"}}}}}},
    }
    old = save(tmp_path / "old.json", swagger)
    swagger["paths"] = {"/pets/{pet_id}": {"get": {"responses": {"200": {"schema": {"type": "integer"}}}}}}
    new = save(tmp_path / "new.json", swagger)
    assert main(["diff", str(old), str(new), "--project", str(ROOT)]) == OK
    out = capsys.readouterr().out
    assert "`client.pets.retrieve()` is `int`; it was `str`." in out
    assert "Argument `id` of `client.pets.retrieve()` is now called `pet_id`; the old name still works" in out
    assert "1 major, 1 minor" in out


def test_pages_are_compared_one_after_another(capsys: pytest.CaptureFixture[str]) -> None:
    pages = [str(next((ROOT / "spec/pages").glob(f"{number}_*"))) for number in ("001", "000", "003")]
    assert main(["diff", *pages, "--project", str(ROOT)]) == OK
    first, second = capsys.readouterr().out.split("003_343cdb29b8451413.txt\n")
    assert "\n8 minor for callers" in first
    assert "`PhoneAgent.language` is `list[str]`; it was `str | None`." in second


def test_what_happened_at_many_places_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    doc = document()
    sides = [save(tmp_path / "old.json", doc)]
    for path, verb in (("/pets", "get"), ("/pets", "post"), ("/pets/{pet_id}", "get")):
        doc["paths"][path][verb]["responses"]["429"] = {"description": "Later."}
    sides.append(save(tmp_path / "new.json", doc))
    assert main(["diff", *map(str, sides), "--project", str(ROOT)]) == OK
    (line, counts) = capsys.readouterr().out.splitlines()
    assert line.endswith(
        "`client.pets.create()` documents the error 429. "
        "The same goes for `client.pets.list()` and `client.pets.retrieve()`."
    )
    assert counts.startswith("1 patch")


def test_a_sentence_names_all_places_where_something_breaks_and_some_of_the_others() -> None:
    for rule, more in (("error-added", " and 7 more."), ("field-removed", " and `Pet19`.")):
        facts = (("method", "pets.list"), ("new", "429"))
        found = [Decision(rule_of(rule, RESPONSE), f"Pet{number:02}", facts) for number in range(20)]
        (together,) = told_together(found)
        assert together.sentence.endswith(more)


def test_two_places_are_told_together() -> None:
    found = [Decision(rule_of("event-removed", RESPONSE), subject, (("name", "`born`"),)) for subject in "ab"]
    (together,) = told_together(found)
    assert together.sentence.endswith(" The same goes for `b`.")


def test_half_of_the_operations_gone_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = save(tmp_path / "old.json", document())
    doc = document()
    del doc["paths"]["/pets"]
    new = save(tmp_path / "new.json", doc)
    assert main(["diff", str(old), str(new), "--project", str(ROOT)]) == OK
    assert "2 of 4 operations are gone" in capsys.readouterr().out


def test_what_cannot_be_compared_is_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("openapi: [")
    for sides in ([str(ROOT)], [str(ROOT), str(tmp_path / "none.yaml")], [str(ROOT), str(bad)]):
        assert main(["diff", *sides, "--project", str(ROOT)]) == PROBLEMS
        assert "problem" in capsys.readouterr().out


def test_text_of_a_document_cannot_leave_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, doc = document(), document()
    hostile = "`\n```\n# owned \x1b[31m{0.__class__}"
    doc["components"]["schemas"]["Pet"]["properties"]["kind"]["enum"].append(hostile)
    doc["components"]["schemas"]["Pet"]["properties"][hostile] = {"type": "string"}
    sides = save(tmp_path / "old.json", old), save(tmp_path / "new.json", doc)
    for order in (sides, sides[::-1]):
        assert main(["diff", *map(str, order), "--project", str(ROOT)]) == OK
        out = capsys.readouterr().out
        assert "\x1b" not in out
        assert "\n# owned" not in out


SURFACE = """# code: {code}

class Client:
    def __init__(self, *, key: str, retries: int = 2) -> None: ...
    @cached_property
    def pets(self) -> PetsResource: ...

class PetsResource:
    def create(self, pet_id: str, limit: int, *, home: Home | HomeDict | Unset = UNSET) -> Pet: ...
    def list(self) -> List[Pet]: ...

class Home:
    city: str
    street: str | Unset = UNSET

class HomeDict(TypedDict):
    city: str

class Pet:
    id: str
    kind: Literal['cat', 'dog'] | str
    home: Home

class webhooks:
    Event['pet.born']: models.Pet
    def parse(body: str, *, event: str | None = ...) -> Event: ...
"""


@pytest.mark.parametrize(
    ("old", "new", "kind", "severity"),
    [
        ("    def list(self) -> List[Pet]: ...\n", "", "name-removed", "major"),
        ("retries: int = 2", "retries: int = 3", "default-changed", "patch"),
        ("retries: int = 2", "retries: int", "parameter-required", "major"),
        ("retries: int = 2", "retries: int = 2, wait: int = 1", "parameter-added", "minor"),
        ("retries: int = 2", "retries: int = 2, wait: int", "parameter-added-required", "major"),
        (", retries: int = 2", "", "parameter-removed", "major"),
        ("key: str,", "key: str | None,", "annotation-widened", "minor"),
        ("pet_id: str, limit: int", "limit: int, pet_id: str", "parameter-order", "major"),
        ("-> Pet:", "-> Pet | None:", "annotation-changed", "major"),
        ("    street: str |", "    zip: str\n    street: str |", "field-added-required", "major"),
        ("    id: str", "    id: str\n    age: int", "name-added", "minor"),
        ("class Pet:", "class Pet(Base):", "base-changed", "major"),
        ("kind: Literal['cat', 'dog'] | str", "kind: Literal['cat', 'dog']", "annotation-widened", "minor"),
        ("home: Home\n", "home: Home | None\n", "annotation-changed", "major"),
        ("    Event['pet.born']: models.Pet\n", "", "name-removed", "major"),
        ("    Event['pet.born']: models.Pet\n", "    Event['pet.born']: str\n", "annotation-changed", "major"),
        ("event: str | None = ...", "event: str | None", "parameter-required", "major"),
    ],
)
def test_a_change_of_the_surface_is_judged(old: str, new: str, kind: str, severity: str) -> None:
    before = SURFACE.format(code="0" * 64)
    assert old in before
    found = compare_surfaces(Surface(before), Surface(before.replace(old, new, 1)), {})
    assert [(one.kind, str(one.callers)) for one in found] == [(kind, severity)], list(map(str, found))
    assert "{" not in str(found[0]) + found[0].before + found[0].after


def test_a_resource_is_called_as_callers_write_it() -> None:
    before = SURFACE.format(code="0" * 64)
    (found,) = compare_surfaces(Surface(before), Surface(before.replace("pet_id: str, ", "")), {})
    assert found.subject == "client.pets.create(pet_id)"


def test_code_that_changed_behind_the_same_surface_is_a_patch() -> None:
    (found,) = compare_surfaces(*(Surface(SURFACE.format(code=code * 64)) for code in "01"), {})
    assert (found.kind, found.callers) == ("code-changed", Severity.PATCH)


BORN = {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}}
SOLD = {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Home"}}}}}
HOOKED = '[package]\nname = "hooked"\n[sources]\ndocuments = ["source/openapi.yaml"]\n'


def package(root: Path, **events: dict[str, object]) -> tuple[Plan, Surface]:
    """Document and surface of a package whose API sends these events."""
    (root / "spec/source").mkdir(parents=True)
    (root / "spec/api.toml").write_text(HOOKED)
    save(
        root / "spec/source/openapi.yaml", {**document(), "webhooks": {name: {"post": events[name]} for name in events}}
    )
    assert not pipeline.run(root, "generate").problems
    tree = Tree(root)
    return plan_of(tree), Surface(surface(tree, load(tree)))


def test_an_event_that_is_gone_or_has_another_body_is_told_once(tmp_path: Path) -> None:
    old = package(tmp_path / "old", born=BORN, sold=SOLD, lost=SOLD)
    new = package(tmp_path / "new", born=SOLD, lost=SOLD)
    found = [(one.kind, one.subject, str(one.callers)) for one in changes.between(old, new, "hooked").decisions]
    assert found == [("type-changed", "event born", "major"), ("event-removed", "event sold", "major")]
    only_surface = {one.subject for one in compare_surfaces(old[1], new[1], {})}
    assert only_surface == {"webhooks.Event['born']", "webhooks.Event['sold']"}


def test_the_first_event_of_an_api_is_told_once(tmp_path: Path) -> None:
    found = changes.between(package(tmp_path / "old"), package(tmp_path / "new", born=BORN), "hooked").decisions
    assert [(one.kind, str(one.callers)) for one in found] == [("event-added", "minor")]


def test_a_damaged_surface_is_a_problem() -> None:
    good = SURFACE.format(code="0" * 64)
    for bad in (good.replace("def list(", "def list(("), good.partition("\n")[2], ""):
        with pytest.raises(BadInput, match="Restore it from git"):
            Surface(bad)


def test_damage_of_a_surface_is_told_at_its_line() -> None:
    damaged = SURFACE.format(code="0" * 64).replace("    city: str\n    street", "    city: str str\n    street")
    line = damaged.splitlines().index("    city: str str") + 1
    with pytest.raises(BadInput, match=rf"released\.lock:{line}: This is no list of Python stubs"):
        Surface(damaged, "released.lock")


def test_a_surface_that_is_known_says_what_one_says_that_is_read(tmp_path: Path) -> None:
    text = SURFACE.format(code="0" * 64)
    fresh, kept = Surface(text), [Surface(text, known=Parts(tmp_path, "words")) for _ in "ab"]
    assert [(one.blocks, one.facts, one.calls(), one.sent()) for one in kept] == [
        (fresh.blocks, fresh.facts, fresh.calls(), fresh.sent())
    ] * 2
    assert fresh.calls() == {"PetsResource": "client.pets"}
    assert fresh.sent() == {"Home", "HomeDict"}


def test_modules_that_did_not_change_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec/api.toml").write_text((ROOT / "spec/api.toml").read_text())
    shutil.copytree(ROOT / "generated", tmp_path / "generated")
    tree = Tree(tmp_path)
    before = surface(tree, load(tree))
    path = "generated/opencx/models/phone_agent.py"
    text = tree.text(path)
    tree.replace((path,), {path: text.replace("    id: str", "    id: int")})
    parsed = []
    parse = ast.parse
    monkeypatch.setattr(ast, "parse", lambda text: (parsed.append(text), parse(text))[1])
    after = surface(tree, load(tree))
    assert parsed == [tree.text(path)]
    tree.replace((path,), {path: text})
    assert (after == before, surface(tree, load(tree)) == before) == (False, True)


@pytest.mark.parametrize("version", ["0.2.0", "2", "1.0.0rc1"])
def test_a_version_of_its_own_is_no_change_of_code(version: str) -> None:
    tree = Tree(ROOT)
    api = load(tree)
    before = code_of(surface(tree, api))
    init = f"generated/{api.package}/__init__.py"
    files = {path: tree.text(path) for path in tree.glob("generated/*.py") if f'"{api.version}"' in tree.text(path)}
    assert files
    tree.replace(files, {path: text.replace(f'"{api.version}"', f'"{version}"') for path, text in files.items()})
    assert code_of(surface(tree, dataclasses.replace(api, version=version))) == before
    tree.replace((init,), {init: f"{tree.text(init)}\nmore = {version!r}\n"})
    assert code_of(surface(tree, dataclasses.replace(api, version=version))) != before


def test_the_committed_surface_tells_prose_from_code() -> None:
    tree = Tree(ROOT)
    api = load(tree)
    stub = surface(tree, api)
    path = f"generated/{api.package}/resources/phone.py"
    text = tree.text(path)
    for change, same in ((('"""Create', '"""Make'), True), (('"/phone"', '"/fax"'), False)):
        assert change[0] in text
        tree.replace((path,), {path: text.replace(*change)})
        assert (code_of(surface(tree, api)) == code_of(stub)) is same


def test_the_gate_counts_operations() -> None:
    assert changes.Changes((), lost=1, had=2).shrunk
    assert not changes.Changes((), lost=1, had=3).shrunk
    assert not changes.Changes((), lost=0, had=0).shrunk


def test_a_document_whose_operations_are_all_renamed_lost_nothing(tmp_path: Path) -> None:
    (tree,) = history(tmp_path, 4)
    assert lost(plan(tree), plan(tree)) == (0, 3)
