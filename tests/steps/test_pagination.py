"""Which operations are taken for pages, and what `spec/api.toml` can say about it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts import pipeline
from scripts.documents import read
from scripts.generate.page_settings import pagination
from scripts.generate.pagination import Paging, inferred
from scripts.generate.plan import Plan
from scripts.generate.read_plan import read_plan
from scripts.problems import BadInput, Problem

TEXT = {"type": "string"}
WHOLE = {"type": "integer"}
FLAG = {"type": "boolean"}
URL = {"type": ["string", "null"], "format": "uri"}
THINGS = {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}
PLAIN = {"type": "array", "items": {"type": "object", "properties": {"name": TEXT}}}


def answer(**members: Any) -> dict[str, Any]:
    return {"type": "object", "properties": members}


PAGES: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "cursor": (
        {"cursor": TEXT},
        answer(items=THINGS, next=TEXT),
        'NextCursor(items="items", next="next", send="cursor")',
    ),
    "cursor of another case": (
        {"pageToken": TEXT},
        answer(things=THINGS, nextPageToken=TEXT),
        'NextCursor(items="things", next="nextPageToken", send="pageToken")',
    ),
    "cursor in an object": (
        {"cursor": TEXT},
        answer(results=THINGS, response_metadata=answer(next_cursor=TEXT)),
        'NextCursor(items="results", next="response_metadata.next_cursor", send="cursor")',
    ),
    "cursor that may be missing with its object": (
        {"cursor": TEXT},
        answer(data=THINGS, meta={"anyOf": [answer(cursor=TEXT), {"type": "null"}]}),
        'NextCursor(items="data", next="meta.cursor", send="cursor")',
    ),
    "number that is a cursor": (
        {"from": WHOLE, "limit": WHOLE},
        answer(results=THINGS, total=WHOLE, limit=WHOLE, **{"from": WHOLE}, next=WHOLE),
        'NextCursor(items="results", next="next", send="from")',
    ),
    "number of the next page": (
        {"page": WHOLE},
        answer(data=THINGS, page=WHOLE, next_page=WHOLE),
        'NextCursor(items="data", next="next_page", send="page")',
    ),
    "parameter in brackets": (
        {"page[cursor]": TEXT},
        answer(data=THINGS, meta=answer(next_cursor=TEXT)),
        'NextCursor(items="data", next="meta.next_cursor", send="page[cursor]")',
    ),
    "best of two parameters": (
        {"after": TEXT, "cursor": TEXT},
        answer(data=THINGS, next_cursor=TEXT),
        'NextCursor(items="data", next="next_cursor", send="cursor")',
    ),
    "last id": (
        {"after": TEXT},
        answer(data=THINGS, has_more=FLAG, first_id=TEXT, last_id=TEXT),
        'NextCursor(items="data", next="last_id", send="after", more="has_more")',
    ),
    "id of the last item": (
        {"starting_after": TEXT},
        answer(data=THINGS, has_more=FLAG),
        'NextItem(items="data", id="id", send="starting_after", more="has_more")',
    ),
    "page number": (
        {"page": WHOLE, "limit": WHOLE},
        answer(data=THINGS, page=WHOLE, limit=WHOLE, has_next=FLAG, has_previous=FLAG),
        'NextNumber(items="data", send="page", current="page", more="has_next")',
    ),
    "pages in all": (
        {"page": {**WHOLE, "default": 0}},
        answer(data=THINGS, total=WHOLE, page=WHOLE, totalPages=WHOLE),
        'NextNumber(items="data", send="page", current="page", last="totalPages", first=0)',
    ),
    "offset": (
        {"offset": WHOLE},
        answer(items=THINGS, total=WHOLE, limit=WHOLE, offset=WHOLE, has_more=FLAG),
        'NextOffset(items="items", send="offset", current="offset", more="has_more")',
    ),
    "page number that is called text": (
        {"page": TEXT, "limit": TEXT},
        answer(data=THINGS, page=WHOLE, has_next=FLAG),
        'NextNumber(items="data", send="page", current="page", more="has_next")',
    ),
    "offset from 1": (
        {"startIndex": {**WHOLE, "minimum": 1}},
        answer(Resources=THINGS, totalResults=WHOLE),
        'NextOffset(items="Resources", send="startIndex", total="totalResults", first=1)',
    ),
    "offset, as the cursor has to be asked for": (
        {"offset": WHOLE, "marker": TEXT, "usemarker": FLAG},
        answer(entries=THINGS, order=PLAIN, offset=WHOLE, total_count=WHOLE, next_marker=TEXT),
        'NextOffset(items="entries", send="offset", current="offset", total="total_count")',
    ),
    "link": ({}, answer(data=THINGS, next_page_url=URL), 'NextLink(items="data", next="next_page_url")'),
    "link by what is said of it": (
        {"limit": WHOLE, "offset": WHOLE},
        answer(items=THINGS, total=WHOLE, next={**TEXT, "description": "URL of the next page"}),
        'NextLink(items="items", next="next")',
    ),
    "link of HAL": (
        {},
        answer(things=THINGS, _links=answer(next=answer(href=TEXT))),
        'NextLink(items="things", next="_links.next.href")',
    ),
    "link with dots in its name": (
        {},
        answer(value=THINGS, **{"@odata.nextLink": TEXT}),
        'NextLink(items="value", next="@odata.nextLink")',
    ),
    "header": ({"per_page": WHOLE}, THINGS, "NextLink()"),
    "items in an object": (
        {"after": TEXT},
        answer(artists=answer(items=THINGS, cursors=answer(after=TEXT))),
        'NextCursor(items="artists.items", next="artists.cursors.after", send="after")',
    ),
}

NO_PAGES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "data alone": ({"cursor": TEXT, "page": WHOLE}, answer(data=THINGS)),
    "no parameter for the cursor": ({}, answer(items=THINGS, next=TEXT)),
    "no parameter for the page": ({}, answer(data=THINGS, page=WHOLE, has_next=FLAG)),
    "two arrays": ({"cursor": TEXT}, answer(cats=THINGS, dogs=THINGS, next=TEXT)),
    "no array": ({"cursor": TEXT}, answer(data=answer(id=TEXT), next=TEXT)),
    "a thing with a list": ({"cursor": TEXT}, answer(id=TEXT, tags=THINGS, next=TEXT)),
    "a thing that says much": (
        {"page": WHOLE},
        answer(state=TEXT, sha=TEXT, author=TEXT, branch=TEXT, name=TEXT, statuses=THINGS, total_count=WHOLE),
    ),
    "a bare array": ({"page": WHOLE, "per_page": WHOLE}, THINGS),
    "a page number that is an echo": ({"page": TEXT}, answer(data=THINGS, page=TEXT)),
    "a date": ({"after": {**TEXT, "format": "date-time"}}, answer(data=THINGS, next_cursor=TEXT)),
    "an id of no item": ({"after": TEXT}, answer(data=PLAIN, has_more=FLAG)),
    "text for a number": ({"page": WHOLE}, answer(data=THINGS, next_page=TEXT)),
    "a count of what is here": ({"page": WHOLE}, answer(data=THINGS, count=WHOLE)),
    "an echo or the next one": ({"cursor": TEXT}, answer(data=THINGS, cursor=TEXT, next=TEXT)),
    "marks in another object": ({"cursor": TEXT}, answer(data=THINGS, filter=answer(next_cursor=TEXT))),
}


def document(cases: dict[str, tuple[dict[str, Any], dict[str, Any], str]]) -> dict[str, Any]:
    paths = {}
    for number, (name, (parameters, schema, _)) in enumerate(cases.items()):
        paths[f"/case{number}"] = {
            "get": {
                "summary": name,
                "parameters": [{"name": n, "in": "query", "schema": s} for n, s in parameters.items()],
                "responses": {
                    "200": {
                        "description": "",
                        "headers": {"link": {"schema": TEXT}} if name == "header" else {},
                        "content": {"application/json": {"schema": schema}},
                    }
                },
            }
        }
    things = {"type": "object", "required": ["id"], "properties": {"id": TEXT}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Cases", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": paths,
        "components": {"schemas": {"Thing": things}},
    }


def plan_of(root: Path, said: dict[str, Any]) -> Plan:
    spec = root / "spec"
    spec.mkdir()
    (spec / "cases.yaml").write_text(yaml.safe_dump(said, sort_keys=False))
    (spec / "api.toml").write_text('[package]\nname = "cases"\n[sources]\ndocuments = ["cases.yaml"]\n')
    result = pipeline.run(root, "name")
    assert not result.problems, [str(problem) for problem in result.problems]
    made = read((spec / "openapi.yaml").read_text(), "spec/openapi.yaml").data
    return read_plan(made, json.loads((spec / "names.lock").read_text()))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Paging | None]:
    """What was inferred of each case, by its name."""
    cases = {**PAGES, **{name: (*case, "") for name, case in NO_PAGES.items()}}
    plan = plan_of(tmp_path_factory.mktemp("cases"), document(cases))
    pages = inferred(plan)
    return {operation.summary: pages.get(operation.id) for operation in plan.operations}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_known_by_its_marks(found: dict[str, Paging | None], name: str) -> None:
    paging = found[name]
    assert paging is not None
    assert paging.code == PAGES[name][2]


@pytest.mark.parametrize("name", NO_PAGES)
def test_what_only_looks_like_a_page_is_none(found: dict[str, Paging | None], name: str) -> None:
    assert found[name] is None


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """`things.list` pages by cursor, `bare.list` is an array, `lookups.create` is a POST."""
    said = document({"things": (*PAGES["cursor"][:2], "")})
    listed = said["paths"].pop("/case0")
    bare = json.loads(json.dumps(document({"bare": ({"offset": WHOLE}, THINGS, "")})["paths"]["/case0"]))
    body = answer(q=TEXT, cursor=TEXT)
    search = {
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "200": {
                "description": "",
                "content": {"application/json": {"schema": answer(hits=THINGS, meta=answer(next=TEXT))}},
            }
        },
    }
    gone = {"responses": {"204": {"description": ""}}}
    said["paths"] = {
        "/things": listed,
        "/bare": bare,
        "/lookups": {"post": search},
        "/things/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": TEXT}],
            "delete": gone,
        },
    }
    return plan_of(tmp_path_factory.mktemp("plan"), said)


def settle(plan: Plan, text: str) -> dict[str, Paging]:
    return pagination(plan, tomllib.loads(text)["pagination"], text)


def problem(plan: Plan, text: str) -> Problem:
    with pytest.raises(BadInput) as caught:
        settle(plan, text)
    (found,) = caught.value.problems
    return found


def test_an_entry_makes_a_page_of_what_is_not_inferred(plan: Plan) -> None:
    pages = settle(
        plan,
        """
        [pagination."bare.list"]
        kind = "offset"
        send = "offset"
        [pagination."lookups.create"]
        kind = "cursor"
        items = "hits"
        next = "meta.next"
        send = "cursor"
        """,
    )
    assert {name: paging.code for name, paging in pages.items()} == {
        "things.list": 'NextCursor(items="items", next="next", send="cursor")',
        "bare.list": 'NextOffset(items="", send="offset")',
        "lookups.create": 'NextCursor(items="hits", next="meta.next", send="cursor")',
    }


def test_false_makes_a_page_a_plain_answer(plan: Plan) -> None:
    assert settle(plan, '[pagination]\n"things.list" = false\n') == {}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('[pagination]\n\n"nothing.list" = false\n', 3, "'nothing.list', which is no operation"),
        ('[pagination]\n"bare.list" = false\n', 2, "'bare.list' is no page, which is so anyway"),
        ('[pagination]\n"bare.list" = true\n', 2, "no kind"),
        ('[pagination]\n"bare.list" = {kind = "x"}\n', 2, "no kind"),
        ('\n[pagination."bare.list"]\nkind = "cursor"\nnext = "x"\n', 2, "lacks 'send'"),
        ('[pagination."bare.list"]\nkind = "offset"\nsend = "offset"\nnext = "x"\n', 4, "Nothing reads 'next'"),
        ('[pagination."bare.list"]\nkind = "offset"\nsend = "offset"\nfirst = "1"\n', 4, "'first'"),
        ('[pagination."bare.list"]\nkind = "offset"\nsend = "skip"\n', 3, "sends no argument 'skip'"),
        (
            '[pagination."lookups.create"]\nkind = "cursor"\nitems = "hits"\nnext = "meta.after"\nsend = "cursor"\n',
            4,
            "has no member 'meta.after'",
        ),
        ('[pagination."things.delete"]\nkind = "link"\n', 1, "has no one JSON answer"),
        (
            '[pagination."things.list"]\nkind = "cursor"\nitems = "items"\nnext = "next"\nsend = "cursor"\n',
            1,
            "what is inferred anyway",
        ),
    ],
)
def test_an_entry_that_is_wrong_or_not_needed_is_a_problem_with_its_line(
    plan: Plan, text: str, line: int, what: str
) -> None:
    found = problem(plan, text)
    assert what in found.what
    assert (found.where, found.line) == ("spec/api.toml", line)
    assert found.fix


def test_all_wrong_entries_are_told_at_once(plan: Plan) -> None:
    with pytest.raises(BadInput) as caught:
        settle(plan, '[pagination]\n"a.b" = false\n"c.d" = false\n')
    assert [found.line for found in caught.value.problems] == [2, 3]
