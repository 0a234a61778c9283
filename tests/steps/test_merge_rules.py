"""By which rule does each disagreement between pages end?"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from merge_project import API, Json, about, answer, body, fragment, merged, project, ref, run, table, unsettled
from openapi_spec_validator import validate

from scripts import documents, merge

AGENT = table("id", "name", "voice", "model", "number", "owner")
GROWN = table("id", "name", "voice", "model", "number", "owner", "speed", "flow")
GET = {"summary": "Get", "responses": {"200": answer(ref("Agent"))}}


def ok(document: Json, path: str, method: str = "get") -> Any:
    return document["paths"][path][method]["responses"]["200"]["content"]["application/json"]["schema"]


def rendered(page: str, call: str, schema: Json, **more: Any) -> Json:
    return fragment(page, call, {"responses": {"200": answer(schema)}}, kind="rendered", **more)


def agents(page: str = "get", age: int = 1, **more: Any) -> Json:
    return fragment(page, "GET /agents/{id}", GET, age=age, schemas={"Agent": GROWN}, **more)


# Which page is believed


def test_the_newest_page_of_an_operation_wins(tmp_path: Path) -> None:
    pages = [fragment(f"p{age}", "GET /a", {"summary": f"of {age}"}, age=age) for age in (2, 3, 1)]
    document, problems = run(tmp_path, *pages)
    assert document["paths"]["/a"]["get"]["summary"] == "of 3"
    assert [problem.where for problem in about(problems, "kept as history")] == ["spec/pages/p2.md", "spec/pages/p1.md"]


def test_at_equal_age_a_block_for_machines_outweighs_text_for_people(tmp_path: Path) -> None:
    text = fragment("a", "GET /a", {"summary": "text", "description": "More."}, kind="rendered")
    document, problems = run(tmp_path, text, fragment("b", "GET /a", {"summary": "block"}))
    assert document["paths"]["/a"]["get"]["summary"] == "block"
    assert document["paths"]["/a"]["get"]["description"] == "More."
    assert about(problems, "a markdown source outweighs a rendered one")


def test_at_equal_age_a_table_of_fields_outweighs_a_sample(tmp_path: Path) -> None:
    sample = rendered("a", "GET /a", table("x", required=False), unstated=("fields",))
    document, problems = run(tmp_path, sample, rendered("b", "GET /a", table("x", "y")))
    assert ok(document, "/a") == table("x", "y")
    assert about(problems, "a page that names the fields outweighs one with a mere sample")
    assert not unsettled(problems)


def test_paths_that_differ_only_in_parameter_names_are_one(tmp_path: Path) -> None:
    def with_path(page: str, method: str, name: str, age: int) -> Json:
        parameter = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        return fragment(page, f"{method} /a/{{{name}}}", {"parameters": [parameter]}, age=age)

    document, problems = run(
        tmp_path, with_path("new", "GET", "id", 2), with_path("old", "GET", "a_id", 1), with_path("x", "PUT", "a_id", 1)
    )
    assert list(document["paths"]) == ["/a/{id}"]
    assert document["paths"]["/a/{id}"]["put"]["parameters"][0]["name"] == "id"
    assert about(problems, "PUT /a/{a_id} is written /a/{id}")


def test_equal_pages_that_name_a_path_parameter_differently_have_one_parameter(tmp_path: Path) -> None:
    pages = [
        fragment(name, f"GET /a/{{{name}}}", {"parameters": [{"name": name, "in": "path", "required": True}]})
        for name in ("id", "key")
    ]
    document, problems = run(tmp_path, *pages)
    assert [parameter["name"] for parameter in document["paths"]["/a/{id}"]["get"]["parameters"]] == ["id"]
    assert not unsettled(problems)


def test_an_operation_of_a_page_that_is_gone_stays_and_is_told(tmp_path: Path) -> None:
    tree = project(
        tmp_path, fragment("a", "GET /a", {}), fragment("a", "GET /b", {}), fragment("b", "GET /b", {}, age=0)
    )
    entry = '[[page]]\nfile = "spec/pages/{}.md"\norigin = "crawl"\nsha256 = "{}"\nage = 1\nstate = "{}"\n'
    digest = sha256(b"").hexdigest()
    tree.replace(["spec/pages/*"], {"spec/pages/a.md": b"", "spec/pages/b.md": b""})
    lock = entry.format("a", digest, "gone") + entry.format("b", digest, "live")
    tree.replace(["spec/pages.lock"], {"spec/pages.lock": lock})
    outcome = merge.run(tree, API)
    assert set(merged(outcome)["paths"]) == {"/a", "/b"}
    assert merged(outcome)["paths"]["/b"]["get"]["x-source"] == "spec/pages/b.md:7"
    [problem] = about(outcome.problems, "no page that is still there")
    assert (problem.where, problem.line) == ("spec/pages/a.md", 7)
    assert problem.settled
    assert "target: $.paths['/a'].get, remove: true" in problem.fix


# Contradictions


def test_two_equal_pages_that_contradict_each_other_stop_the_run(tmp_path: Path) -> None:
    pages = [rendered(name, "GET /a", table(x={"type": kind})) for name, kind in (("p", "string"), ("q", "array"))]
    _, problems = run(tmp_path, *pages)
    [problem] = unsettled(problems)
    assert (problem.where, problem.line) == ("spec/pages/q.md", 7)
    assert "spec/pages/p.md:7" in problem.what
    assert "target: $.paths['/a'].get.responses['200']" in problem.fix


def of_one_age(tmp_path: Path, block: Json, text: Json, **schemas: Any) -> list[tuple[int | None, str, str]]:
    """Line, sentence and advice for each field of which a rendered page contradicts an embedded block of its age."""
    status = documents.pointer("paths", "/a", "get", "responses", "200", "content", "application/json", "schema")
    lines = {f"{status}/properties/size": 31, f"{status}/properties/owner/properties/id": 32}
    exact = fragment("a", "GET /a", {"responses": {"200": answer(block)}}, schemas=schemas or None)
    exact["lines"] |= {"/components/schemas/Thing/properties/size": 42, "/components/schemas/User/properties/id": 43}
    _, problems = run(tmp_path, exact, rendered("b", "GET /a", text, lines=lines))
    assert not unsettled(problems)
    found = [problem for problem in problems if "a page of the same age" in problem.what]
    assert all(problem.where == "spec/pages/b.md" for problem in found)
    assert all("a markdown source outweighs a rendered one" in str(problem.settled) for problem in found)
    return [(problem.line, problem.what, problem.fix) for problem in found]


def test_a_field_that_pages_of_one_age_type_differently_is_named_with_both_places(tmp_path: Path) -> None:
    thing = table("id", size={"type": "integer"}, owner={"anyOf": [ref("User"), {"type": "null"}]})
    text = table("id", "size", owner=table(id={"type": "boolean"}))
    size, owner = of_one_age(tmp_path, ref("Thing"), text, Thing=thing, User=table("id"))
    assert size[:2] == (
        31,
        "GET /a has 'size' of the answer (application/json) as string, and as integer on spec/pages/a.md:42, "
        "a page of the same age.",
    )
    assert "target: $.components.schemas.Thing.properties.size." in size[2]
    assert owner[0] == 32
    assert "'owner.id'" in owner[1]
    assert "as boolean, and as string on spec/pages/a.md:43" in owner[1]


def test_other_options_of_a_field_are_named(tmp_path: Path) -> None:
    size = {"type": "string", "enum": ["s", "m"]}
    [(_, what, _)] = of_one_age(
        tmp_path, table(size=size | {"nullable": True}), table(size=size | {"enum": ["s", "l"]})
    )
    assert "as enum<string> (s, l), and as enum<string>" in what


@pytest.mark.parametrize(
    ("block", "text"),
    [
        ({"type": "integer"}, {"type": "number"}),
        ({"type": ["string", "null"]}, {"anyOf": [{"type": "string"}, {"type": "null"}]}),
        ({"type": "string", "enum": ["s", "m"], "nullable": True}, {"type": "string", "enum": ["m", "s"]}),
        ({}, {"type": "string"}),
        ({"allOf": [{"$ref": "#/components/schemas/Nowhere"}]}, {"type": "string"}),
    ],
)
def test_what_does_not_contradict_is_not_told(tmp_path: Path, block: Json, text: Json) -> None:
    assert of_one_age(tmp_path, table(size=block), table(size=text)) == []


def test_schemas_that_contain_themselves_are_compared_to_an_end(tmp_path: Path) -> None:
    loop = {f"N{n}": table(next=ref(f"N{(n + 1) % 1500}")) for n in range(1500)}
    exact = fragment("a", "GET /a", {"responses": {"200": answer(ref("N0"))}}, schemas=loop)
    other = {f"M{n}": table(next=ref(f"M{(n + 1) % 1501}")) for n in range(1501)}
    text = fragment("b", "GET /a", {"responses": {"200": answer(ref("M0"))}}, kind="rendered", schemas=other)
    assert not unsettled(run(tmp_path, exact, text)[1])


def test_the_proposed_action_names_the_parameter_that_pages_disagree_on(tmp_path: Path) -> None:
    same = {"name": "q", "in": "query"}
    pages = [
        fragment(name, "GET /a", {"parameters": [same, {"name": "n", "in": "query", "schema": {"type": kind}}]})
        for name, kind in (("p", "string"), ("q", "integer"))
    ]
    _, problems = run(tmp_path, *pages)
    [problem] = unsettled(problems)
    assert "in the parameter query.n." in problem.what
    assert "target: $.paths['/a'].get.parameters[1]," in problem.fix
    action = "target: \"$.paths['/a'].get.parameters[1]\", description: asked, update: {}"
    overlay = f"overlay: 1.0.0\ninfo: {{title: a, version: b}}\nactions: [{{{action}}}]\n"
    assert not unsettled(run(tmp_path, *pages, overlay=overlay)[1])


def test_an_overlay_action_settles_a_contradiction(tmp_path: Path) -> None:
    pages = [rendered(name, "GET /a", table(x={"type": kind})) for name, kind in (("p", "string"), ("q", "array"))]
    action = "target: \"$.paths['/a'].get.responses['200']\", description: asked, update: {}"
    overlay = f"overlay: 1.0.0\ninfo: {{title: a, version: b}}\nactions: [{{{action}}}]\n"
    document, problems = run(tmp_path, *pages, overlay=overlay)
    assert not unsettled(problems)
    assert about(problems, "An action in spec/overlay.yaml decides")
    assert ok(document, "/a")["properties"]["x"] == {"type": "string"}


def test_pages_that_say_the_same_in_other_words_do_not_contradict(tmp_path: Path) -> None:
    one = table(a={"anyOf": [{"type": "string"}, {"type": "null"}]}, b={"type": "string", "enum": ["x", "y"]})
    two = table(b={"enum": ["y", "x"], "type": "string", "title": "B"}, a={"type": ["null", "string"]})
    _, problems = run(tmp_path, rendered("p", "GET /a", one), rendered("q", "GET /a", two))
    assert not unsettled(problems)


def test_a_newer_component_holds_and_the_difference_is_listed(tmp_path: Path) -> None:
    old = fragment("old", "GET /b", GET, age=1, schemas={"Agent": AGENT | {"required": ["id"]}})
    document, problems = run(tmp_path, old, agents(age=2))
    assert len(document["components"]["schemas"]["Agent"]["properties"]) == 8
    [problem] = about(problems, "'Agent' is defined differently")
    assert problem.where == "spec/pages/old.md"
    assert "optional became required" in problem.what


def test_components_of_one_age_are_joined_where_they_agree(tmp_path: Path) -> None:
    pages = [
        fragment("p", "GET /p", GET, schemas={"Agent": table("id", "name")}),
        fragment("q", "GET /q", GET, schemas={"Agent": table("id", "mail")}),
    ]
    document, problems = run(tmp_path, *pages)
    agent = document["components"]["schemas"]["Agent"]
    assert (list(agent["properties"]), agent["required"]) == (["id", "name", "mail"], ["id"])
    assert about(problems, "required only where both pages require it")
    assert not unsettled(problems)


def test_components_of_one_age_that_contradict_each_other_stop_the_run(tmp_path: Path) -> None:
    pages = [
        fragment("p", "GET /p", GET, schemas={"Agent": table("id")}),
        fragment("q", "GET /q", GET, schemas={"Agent": table(id={"type": "integer"})}),
    ]
    _, problems = run(tmp_path, *pages)
    [problem] = unsettled(problems)
    assert "target: $.components.schemas.Agent" in problem.fix
    assert problem.where == "spec/pages/q.md"


def test_a_component_that_nothing_needs_is_left_out(tmp_path: Path) -> None:
    document, _ = run(tmp_path, agents(), fragment("b", "GET /b", {}, schemas={"Unused": table("id")}))
    assert list(document["components"]["schemas"]) == ["Agent"]


# Models behind tables of fields


def test_an_unnamed_object_equal_to_a_model_becomes_the_model(tmp_path: Path) -> None:
    listed = rendered("list", "GET /agents", {"type": "array", "items": GROWN})
    strict = {"Agent": GROWN | {"additionalProperties": False, "description": "An agent"}}
    document, _ = run(tmp_path, listed, fragment("get", "GET /agents/{id}", GET, schemas=strict))
    assert ok(document, "/agents") == {"type": "array", "items": ref("Agent")}


def test_a_model_is_recognised_through_its_own_references(tmp_path: Path) -> None:
    nested = {"Agent": table("id", voice=ref("Voice")), "Voice": table("key")}
    text = rendered("list", "GET /agents", table("id", voice=table("key")))
    document, _ = run(tmp_path, text, fragment("get", "GET /agents/{id}", GET, schemas=nested))
    assert ok(document, "/agents") == ref("Agent")


def test_an_older_version_of_a_model_becomes_the_model(tmp_path: Path) -> None:
    older = AGENT | {"required": ["id"]}
    older = older | {"properties": older["properties"] | {"owner": {"type": "array", "items": {}}}}
    document, problems = run(tmp_path, rendered("old", "PUT /agents/{id}", older), agents(age=2))
    assert ok(document, "/agents/{id}", "put") == ref("Agent")
    assert about(problems, "6 of the 8 fields", "It lacks speed, flow.", "name: optional became required")
    assert about(problems, "'owner' contradicts 'Agent'", "any[] became string")


@pytest.mark.parametrize(
    ("path", "schema", "age"),
    [
        ("/agents/{id}", table("id", "name"), 1),  # a small object is part of many models
        ("/agents/{id}", table("id", "name", "voice", "model", "number", "other"), 1),  # a field the model lacks
        ("/calls/{id}", table("id", "name", "voice", "model", "number"), 1),  # another resource, too little in common
        ("/agents/{id}/test", table("id", "name", "voice", "model", "number"), 1),  # what an action answers
        ("/agents/{id}", AGENT, 2),  # of the same age: a smaller model of its own
        ("/agents/{id}", table("id", "name", "voice", model={"type": "array"}, number={"type": "array"}), 1),
    ],
)
def test_an_object_that_may_be_another_thing_is_left_as_it_is(
    tmp_path: Path, path: str, schema: Json, age: int
) -> None:
    document, _ = run(tmp_path, rendered("old", f"PUT {path}", schema, age=age), agents(age=2))
    assert ok(document, path, "put") == schema


def test_a_request_body_is_never_taken_for_a_model_of_an_answer(tmp_path: Path) -> None:
    patch = fragment("old", "PATCH /agents/{id}", {"requestBody": body(GROWN)}, kind="rendered")
    document, _ = run(tmp_path, patch, agents(age=2))
    kept = document["paths"]["/agents/{id}"]["patch"]["requestBody"]["content"]["application/json"]["schema"]
    assert kept == GROWN


def test_a_request_body_is_never_taken_for_a_newer_version(tmp_path: Path) -> None:
    patch = fragment("old", "PATCH /agents/{id}", {"requestBody": body(table(*AGENT["properties"], required=False))})
    patch["kind"] = "rendered"
    post = fragment("new", "POST /agents", {"requestBody": body(ref("New"))}, age=2, schemas={"New": AGENT})
    document, _ = run(tmp_path, patch, post)
    assert "required" not in str(document["paths"]["/agents/{id}"]["patch"]["requestBody"])


def test_a_sample_of_the_same_age_is_taken_for_the_model_it_shows(tmp_path: Path) -> None:
    sample = table("id", "name", "voice", "model", "number", required=False) | {"x-inferred-from": "sample"}
    document, _ = run(tmp_path, rendered("put", "PUT /agents/{id}", sample), agents())
    assert ok(document, "/agents/{id}", "put") == ref("Agent")


def test_a_sample_on_a_newer_page_is_typed_by_the_table_of_an_older_one(tmp_path: Path) -> None:
    inner = {"type": "object", "properties": {"x": {"type": "number"}}}
    shown = table(id={"type": "string"}, tags={"type": "string"}, tree=inner, required=False)
    shown["x-inferred-from"] = "sample"
    known = table(id={"type": ["string", "null"]}, tags={"type": "array"}, tree={"type": "object"}, note={})
    document, problems = run(
        tmp_path,
        rendered("new", "GET /a", {"type": "array", "items": shown}, age=2, unstated=("fields",)),
        rendered("old", "GET /a", {"type": "array", "items": known}),
    )
    item = ok(document, "/a")["items"]
    assert item["properties"] == {
        "id": {"type": ["string", "null"]},
        "tags": {"type": "string"},
        "tree": inner,
        "note": {},
    }
    assert item["required"] == ["id"]
    assert about(problems, "Only a sample shows the fields", "spec/pages/old.md:7")


def test_an_object_equal_to_two_models_is_left_and_told(tmp_path: Path) -> None:
    both = {"One": AGENT, "Two": AGENT}
    pages = [
        fragment(name.lower(), f"GET /{name.lower()}", {"responses": {"200": answer(ref(name))}}, schemas=both)
        for name in both
    ]
    document, problems = run(tmp_path, *pages, rendered("x", "GET /x", AGENT))
    assert ok(document, "/x") == AGENT
    assert about(problems, "more than one model", "'One'", "'Two'")


# What a page leaves unsaid


def test_an_unstated_status_is_that_of_a_page_with_the_same_words(tmp_path: Path) -> None:
    silent = fragment(
        "s", "PUT /agents/{id}", {"responses": {"2XX": answer({}, "OK")}}, kind="rendered", unstated=("status",)
    )
    document, problems = run(tmp_path, silent, agents())
    assert list(document["paths"]["/agents/{id}"]["put"]["responses"]) == ["200"]
    assert about(problems, "200, as spec/pages/get.md:7", "'OK'")


def test_an_unstated_status_is_200_by_convention(tmp_path: Path) -> None:
    silent = fragment(
        "s", "GET /s", {"responses": {"2XX": {"description": "x"}}}, kind="rendered", unstated=("status",)
    )
    document, problems = run(tmp_path, silent)
    assert list(document["paths"]["/s"]["get"]["responses"]) == ["200"]
    assert about(problems, "200 by convention")


def test_a_stated_range_of_statuses_stays(tmp_path: Path) -> None:
    document, _ = run(tmp_path, fragment("s", "GET /s", {"responses": {"2XX": {"description": "x"}}}))
    assert list(document["paths"]["/s"]["get"]["responses"]) == ["2XX"]


BEARER = {"type": "http", "scheme": "bearer"}


def secured(page: str, call: str, name: str = "bearerAuth", scheme: Json = BEARER, **more: Any) -> Json:
    return fragment(page, call, {}, security=[{name: []}], components={"securitySchemes": {name: scheme}}, **more)


def test_security_holds_for_an_operation_whose_page_is_silent(tmp_path: Path) -> None:
    document, problems = run(tmp_path, secured("a", "GET /a"), fragment("b", "GET /b", {}, kind="rendered"))
    assert document["security"] == [{"bearerAuth": []}]
    assert "security" not in document["paths"]["/b"]["get"]
    assert about(problems, "GET /b is authorised", "bearerAuth")


def test_an_operation_is_public_only_if_its_page_says_so(tmp_path: Path) -> None:
    document, _ = run(tmp_path, secured("a", "GET /a"), fragment("b", "GET /b", {"security": []}))
    assert document["paths"]["/b"]["get"]["security"] == []


@pytest.mark.parametrize(
    "scheme",
    [
        {"type": "http", "scheme": "Bearer", "bearerFormat": "JWT"},
        {"type": "apiKey", "in": "header", "name": "Authorization", "description": "of the form Bearer <token>"},
    ],
)
def test_one_scheme_under_two_names_gets_the_name_of_the_better_page(tmp_path: Path, scheme: Json) -> None:
    text = secured("a", "GET /a", "Authorization", scheme, kind="rendered")
    document, _ = run(tmp_path, text, secured("b", "GET /b"))
    assert list(document["components"]["securitySchemes"]) == ["bearerAuth"]
    assert all("security" not in item["get"] for item in document["paths"].values())


def test_another_scheme_stays_with_its_operation(tmp_path: Path) -> None:
    key = {"type": "apiKey", "in": "header", "name": "X-Key"}
    pages = [secured("a", "GET /a"), secured("b", "GET /b"), secured("c", "GET /c", "key", key)]
    document, _ = run(tmp_path, *pages)
    assert document["paths"]["/c"]["get"]["security"] == [{"key": []}]
    assert set(document["components"]["securitySchemes"]) == {"bearerAuth", "key"}


def served(page: str, url: str, age: int = 1) -> Json:
    return fragment(page, f"GET /{page}", {}, servers=[{"url": url}], age=age)


@pytest.mark.parametrize("local", ["http://localhost:8080", "http://10.0.0.1", "http://[::1]/", "/v1", "http://[bad"])
def test_a_real_server_outweighs_a_local_one(tmp_path: Path, local: str) -> None:
    document, problems = run(
        tmp_path, served("a", local, 2), served("b", local, 2), served("c", "https://api.acme.com")
    )
    assert document["servers"] == [{"url": "https://api.acme.com"}]
    assert all("servers" not in item["get"] for item in document["paths"].values())
    assert len(about(problems, "A server that anyone can reach")) == 2


def test_an_older_page_s_server_gives_way(tmp_path: Path) -> None:
    document, problems = run(tmp_path, served("a", "https://old.acme.com"), served("b", "https://new.acme.com", 2))
    assert document["servers"] == [{"url": "https://new.acme.com"}]
    assert about(problems, "the API moved")


def test_an_operation_keeps_a_server_of_its_own(tmp_path: Path) -> None:
    pages = [served("a", "https://a.com"), served("b", "https://a.com"), served("c", "https://upload.a.com")]
    document, problems = run(tmp_path, *pages)
    assert document["paths"]["/c"]["get"]["servers"] == [{"url": "https://upload.a.com"}]
    assert about(problems, "the operation keeps its own")


def test_errors_that_all_pages_agree_on_hold_for_a_page_that_cannot_say(tmp_path: Path) -> None:
    failing = {"responses": {"500": {"description": "Broken"}, "404": {"description": "None"}}}
    silent = fragment("b", "GET /b", {"responses": {"200": {"description": "x"}}}, unstated=("errors",))
    document, problems = run(tmp_path, fragment("a", "GET /a", failing), silent)
    assert list(document["paths"]["/b"]["get"]["responses"]) == ["200", "500"]
    assert about(problems, "answers with status 500")


# The document as a whole


def test_a_rendered_page_s_title_does_not_name_the_api(tmp_path: Path) -> None:
    document, _ = run(tmp_path, fragment("a", "GET /a", {}, kind="rendered", info={"title": "Get a", "version": ""}))
    assert document["info"]["title"] == "Acme API"


def test_pages_in_openapi_3_0_are_brought_to_3_1_beside_others(tmp_path: Path) -> None:
    schema = {"type": "integer", "nullable": True, "minimum": 0, "exclusiveMinimum": True}
    old = fragment("a", "GET /a", {"responses": {"200": answer(schema)}}, openapi="3.0.3")
    document, _ = run(tmp_path, old, fragment("b", "GET /b", {"responses": {"200": {"description": "x"}}}))
    assert ok(document, "/a") == {"type": ["integer", "null"], "exclusiveMinimum": 0}
    validate(document)  # type: ignore[no-untyped-call, unused-ignore]


def test_pages_in_openapi_3_0_alone_stay_as_they_are(tmp_path: Path) -> None:
    schema = {"type": "integer", "nullable": True}
    document, _ = run(tmp_path, fragment("a", "GET /a", {"responses": {"200": answer(schema)}}, openapi="3.0.3"))
    assert (document["openapi"], ok(document, "/a")) == ("3.0.3", schema)


def test_an_id_that_is_a_mere_fragment_is_left_out(tmp_path: Path) -> None:
    schemas = {"Agent": AGENT | {"$id": "#/components/schemas/AgentInput"}}
    document, problems = run(tmp_path, fragment("a", "GET /a", GET, schemas=schemas))
    assert "$id" not in document["components"]["schemas"]["Agent"]
    assert about(problems, "`$id` of Agent")
    validate(document)  # type: ignore[no-untyped-call, unused-ignore]
