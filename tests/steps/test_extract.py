"""Does the extract step read every kind of page for what it says, and refuse what it cannot read?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scripts import documents, pages
from scripts.extract import run
from scripts.extract.fragment import Notes
from scripts.problems import BadInput
from scripts.project import Api
from scripts.step import Outcome
from scripts.tree import Tree

HERE = Path(__file__).parent.parent
ROOT = HERE.parent
API = Api(package="orchard", client="Orchard", version="0.1.0")

Extract = Callable[..., Outcome]


@pytest.fixture
def extract(tmp_path: Path) -> Extract:
    """Runs the step on a project that holds these pages: content by file name."""

    def extract(api: Api = API, **files: bytes | str) -> Outcome:
        folder = tmp_path / "spec/pages"
        folder.mkdir(parents=True, exist_ok=True)
        listed = []
        for name, content in files.items():
            content = content.encode() if isinstance(content, str) else content
            (folder / name).write_bytes(content)
            page = pages.Page(file=f"spec/pages/{name}", origin="crawl", sha256=pages.digest(content), age=7)
            listed.append(page)
        (tmp_path / pages.FILE).write_text(pages.dump(listed), encoding="utf-8")
        return run(Tree(tmp_path), api)

    return extract


@pytest.fixture
def good(extract: Extract) -> Callable[[str], dict[str, Any]]:
    """The fragment of one of the pages in tests/pages/good."""

    def good(name: str) -> dict[str, Any]:
        outcome = extract(**{name: (HERE / "pages/good" / name).read_bytes()})
        assert [problem for problem in outcome.problems if problem.settled is None] == []
        (path, text), *rest = outcome.files.items()
        assert not rest
        fragment: dict[str, Any] = documents.read(str(text), path).data
        return fragment

    return good


def operation(fragment: dict[str, Any]) -> dict[str, Any]:
    ((item,),) = [fragment["document"]["paths"].values()]
    (found,) = item.values()
    return dict(found)


def schema_of(message: dict[str, Any]) -> dict[str, Any]:
    (media,) = message["content"].values()
    return dict(media["schema"])


def parameters(fragment: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in operation(fragment)["parameters"]}


def committed(number: str) -> dict[str, Any]:
    """The fragment of one of the five committed pages, freshly read."""
    outcome = run(Tree(ROOT), API)
    ((path, text),) = [(path, text) for path, text in outcome.files.items() if f"/{number}_" in path]
    fragment: dict[str, Any] = documents.read(str(text), path).data
    return fragment


# The five committed pages


def test_page_001_has_13_request_and_19_response_fields_and_answers_201() -> None:
    fragment = committed("001")
    body = schema_of(operation(fragment)["requestBody"])
    (status,) = operation(fragment)["responses"]
    answer = schema_of(operation(fragment)["responses"][status])
    assert (fragment["operation"], fragment["age"], status) == ("POST /phone", 1, "201")
    assert (len(body["properties"]), body["required"]) == (13, ["name"])
    assert (len(answer["properties"]), answer["required"]) == (19, list(answer["properties"]))
    assert body["properties"]["type"] == {"type": "string", "enum": ["inbound", "outbound"], "default": "inbound"}
    assert body["properties"]["interruptible"]["default"] is True
    assert body["properties"]["model"]["enum"] == ["oppie-vox", "oppie-vox-turbo", "oppie-vox-2"]
    assert operation(fragment)["security"] == [{"bearerAuth": []}]
    assert "servers" not in fragment["document"]
    assert {"servers", "title"} <= set(fragment["unstated"])


def test_page_000_has_only_samples_and_a_recursive_flow() -> None:
    fragment = committed("000")
    body = schema_of(operation(fragment)["requestBody"])
    answer = schema_of(operation(fragment)["responses"]["201"])
    assert (len(body["properties"]), len(answer["properties"])) == (16, 22)
    assert body["x-inferred-from"] == answer["x-inferred-from"] == "sample"
    assert "required" not in answer
    assert "fields" in fragment["unstated"]
    (name, flow), *rest = fragment["document"]["components"]["schemas"].items()
    assert (name, rest) == ("Flow", [])
    assert body["properties"]["flow"] == answer["properties"]["flow"] == {"$ref": "#/components/schemas/Flow"}
    assert flow["properties"]["children"] == {"type": "array", "items": {"$ref": "#/components/schemas/Flow"}}
    assert [sample["role"] for sample in fragment["samples"]] == ["request", "response"]


def test_page_002_is_a_bare_array_whose_sample_leaves_out_four_fields() -> None:
    fragment = committed("002")
    answer = schema_of(operation(fragment)["responses"]["2XX"])
    properties = answer["items"]["properties"]
    assert (fragment["operation"], answer["type"]) == ("GET /phone", "array")
    assert (len(properties), answer["items"]["required"]) == (30, list(properties))
    (sample,) = fragment["samples"]
    missing = {"type", "model", "background_noise_preset", "stt_model"}
    assert properties.keys() - sample["body"][0].keys() == missing
    assert properties["flow"] == {}
    assert properties["tts_speed_pct"]["anyOf"][0] == {"type": "integer", "minimum": -(2**53) + 1, "maximum": 2**53 - 1}
    uuid = properties["failover_transfer_destination_id"]["anyOf"][0]
    assert uuid["format"] == "uuid"
    assert uuid["pattern"].startswith("^([0-9a-fA-F]{8}-")
    assert len(properties["stt_model"]["anyOf"][0]["enum"]) == 6
    assert fragment["unstated"] == ["status", "operationId", "errors"]


def test_page_004_is_a_patch_that_says_nothing_about_credentials() -> None:
    fragment = committed("004")
    body = schema_of(operation(fragment)["requestBody"])
    answer = schema_of(operation(fragment)["responses"]["2XX"])
    assert fragment["operation"] == "PATCH /phone/{phone_agent_id}"
    assert parameters(fragment)["phone_agent_id"] == {
        "name": "phone_agent_id",
        "in": "path",
        "required": True,
        "schema": {"type": "string"},
    }
    assert (len(body["properties"]), len(answer["properties"])) == (9, 24)
    assert "required" not in body
    assert "security" not in operation(fragment)
    assert fragment["unstated"] == ["security", "status", "operationId", "errors"]
    assert fragment["document"]["servers"] == [{"url": "https://api.open.cx"}]
    assert fragment["lines"]["/paths/~1phone~1{phone_agent_id}/patch"] == 2


def test_page_003_is_taken_as_it_is_with_lines_of_the_page() -> None:
    fragment = committed("003")
    text = (ROOT / fragment["page"]).read_text(encoding="utf-8").split("\n")
    block = "\n".join(text[13:336]).rstrip("`\n")
    assert fragment["document"] == documents.read(block, "page").data
    assert fragment["kind"] == "markdown"
    for pointer, line in fragment["lines"].items():
        key = pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        assert key.isdigit() or f"{key}:" in text[line - 1].replace("'", "")


def test_the_committed_fragments_are_those_of_the_committed_pages() -> None:
    outcome = run(Tree(ROOT), API)
    tree = Tree(ROOT)
    tree.replace(["spec/fragments/*"], outcome.files)
    assert tree.changes() == []


# Pages of an invented API


def test_a_nested_body_is_read_with_all_its_constraints(good: Any) -> None:
    fragment = good("nested_body.txt")
    body = schema_of(operation(fragment)["requestBody"])
    fields = body["properties"]
    assert fragment["operation"] == "POST /v2/orchards/{orchard_id}/trees"
    assert fragment["document"]["servers"] == [{"url": "https://api.orchard.test/eu"}]
    assert operation(fragment)["summary"] == "Plant a tree"
    assert operation(fragment)["description"] == "Plants one tree and waters it once.\nWatering is free."
    assert operation(fragment)["requestBody"]["description"] == "What to plant"
    assert body["required"] == ["species", "spot"]
    assert (fields["species"]["minLength"], fields["species"]["maxLength"]) == (3, 80)
    assert fields["species"]["pattern"] == r"^[A-Z][a-z]+ [a-z]+\.?$"
    assert fields["species"]["examples"] == ["Malus domestica"]
    assert fields["species"]["description"] == "The species, in Latin.\n\nTwo words, no author."
    assert fields["note"] == {"anyOf": [{"type": "string"}, {"type": "null"}], "readOnly": True}
    assert fields["spot"]["properties"]["row"] == {"type": "integer", "minimum": 1, "maximum": 400}
    assert fields["spot"]["required"] == ["row"]
    acidity = fields["spot"]["properties"]["soil"]["properties"]["acidity"]
    assert acidity == {"type": "number", "default": 6.5, "exclusiveMinimum": 0, "exclusiveMaximum": 14}
    assert (fields["labels"]["minItems"], fields["labels"]["maxItems"]) == (1, 10)
    assert fields["labels"]["items"]["title"] == "Label"
    assert fields["labels"]["items"]["required"] == ["key"]
    assert fields["attributes"] == {"type": "object", "additionalProperties": {}}
    assert fields["stage"]["items"]["enum"] == ["seed", "sapling", "tree"]
    assert fields["stage"]["default"] == ["seed"]
    assert fragment["samples"][0]["body"]["note"] == "it's mine"


def test_children_that_the_table_hides_come_from_the_sample(good: Any) -> None:
    owner = schema_of(operation(good("nested_body.txt"))["requestBody"])["properties"]["owner"]
    assert owner["x-inferred-from"] == "sample"
    assert owner["properties"]["id"] == {"type": "string", "format": "uuid"}
    assert owner["properties"]["since"] == {"type": "string", "format": "date-time"}


def test_a_status_that_is_only_a_tab_is_a_response_without_content(good: Any) -> None:
    responses = operation(good("nested_body.txt"))["responses"]
    assert list(responses) == ["201", "401"]
    assert responses["401"] == {"description": ""}


def test_query_parameters_keep_defaults_and_ranges(good: Any) -> None:
    fragment = good("query_parameters.txt")
    found = parameters(fragment)
    assert found["limit"]["schema"] == {"type": "integer", "default": 20, "minimum": 1, "maximum": 100}
    assert found["limit"]["description"] == "How many at most"
    assert found["sort"]["schema"] == {"type": "string", "enum": ["planted", "-planted"], "default": "-planted"}
    assert found["min_height"]["schema"] == {"type": "number", "minimum": 0.5}
    assert found["species"]["deprecated"] is True
    assert found["species"]["schema"]["maxItems"] == 5
    assert found["until"]["schema"] == {"type": "string", "format": "date-time"}
    assert found["alive"]["schema"]["examples"] == [False]
    assert not any("required" in one for one in found.values())
    scheme = fragment["document"]["components"]["securitySchemes"]["X-Orchard-Key"]
    assert scheme == {"type": "apiKey", "in": "header", "name": "X-Orchard-Key", "description": "Your key."}
    answer = schema_of(operation(fragment)["responses"]["200"])
    assert answer["properties"]["total"] == {"type": "integer"}
    assert answer["properties"]["data"]["items"]["properties"]["crown"]["properties"] == {"width": {"type": "number"}}
    assert fragment["lines"]["/paths/~1trees/get/parameters/0"] == 28


def test_a_delete_answers_204_and_its_example_is_that_of_an_error(good: Any) -> None:
    fragment = good("delete.txt")
    responses = operation(fragment)["responses"]
    assert responses["204"] == {"description": "Felled"}
    assert fragment["samples"][0]["status"] == "default"
    assert parameters(fragment)["tree_id"]["schema"] == {"type": "integer", "exclusiveMinimum": 0}
    assert fragment["document"]["components"]["securitySchemes"]["basicAuth"]["scheme"] == "basic"


def test_a_path_is_put_together_from_its_lines(good: Any) -> None:
    fragment = good("two_path_parameters.txt")
    assert fragment["operation"] == "PUT /orchards/{orchard}/rows/{row}:rename"
    assert {name: one["schema"]["type"] for name, one in parameters(fragment).items()} == {
        "orchard": "string",
        "row": "integer",
    }
    assert schema_of(operation(fragment)["responses"]["200"]) == {"type": "boolean"}
    assert operation(fragment)["security"] == [{"X-API-Key": []}]


def test_an_upload_is_multipart_and_localhost_is_no_server(good: Any) -> None:
    fragment = good("upload.txt")
    content = operation(fragment)["requestBody"]["content"]
    assert content["multipart/form-data"]["schema"]["properties"]["photo"]["format"] == "binary"
    assert "servers" not in fragment["document"]
    assert "servers" in fragment["unstated"]
    assert parameters(fragment)["tree_id"]["required"] is True
    assert list(operation(fragment)["responses"]["201"]["content"]) == ["image/png"]


def test_the_sample_tells_that_a_body_is_a_list_and_one_printed_twice_counts_once(good: Any) -> None:
    fragment = good("array_body.txt")
    body = schema_of(operation(fragment)["requestBody"])
    assert (body["type"], list(body["items"]["properties"])) == ("array", ["species", "count"])
    assert schema_of(operation(fragment)["responses"]["200"]) == {"type": "array", "items": {"type": "string"}}
    assert [sample["role"] for sample in fragment["samples"]] == ["request", "response"]
    assert "fields" not in fragment["unstated"]


def test_options_are_alternatives(good: Any) -> None:
    answer = schema_of(operation(good("options.txt"))["responses"]["200"])
    assert [option["title"] for option in answer["anyOf"]] == ["Option 1", "Option 2", "Option 3"]
    assert list(answer["anyOf"][1]["properties"]) == ["id", "brand"]
    assert answer["anyOf"][2]["type"] == "string"


def test_headers_cookies_and_other_media_types_are_read(good: Any) -> None:
    fragment = good("headers_and_cookies.txt")
    found = parameters(fragment)
    assert (found["X-Request-Id"]["in"], found["X-Request-Id"]["required"]) == ("header", True)
    assert found["Accept-Language"]["schema"]["default"] == "en"
    assert found["session"]["in"] == "cookie"
    responses = operation(fragment)["responses"]
    assert list(responses) == ["200", "default"]
    assert responses["200"]["content"] == {"text/plain": {"schema": {"type": "string"}}}
    assert "application/problem+json" in responses["default"]["content"]


def test_deprecated_and_read_only_are_kept_and_mangled_addresses_stay(good: Any) -> None:
    fragment = good("deprecated.txt")
    answer = schema_of(operation(fragment)["responses"]["200"])
    assert answer["properties"]["pruned"]["deprecated"] is True
    assert answer["properties"]["by"] == {"type": "string", "format": "email", "readOnly": True}
    assert answer["required"] == ["pruned"]
    assert fragment["samples"][0]["body"]["by"] == "[email protected]"


def test_every_status_has_its_table_and_its_sample_among_other_languages(good: Any) -> None:
    fragment = good("several_statuses.txt")
    responses = operation(fragment)["responses"]
    assert list(responses) == ["200", "202", "409", "5XX"]
    assert schema_of(responses["409"])["properties"]["code"] == {"type": "integer", "enum": [409, 423]}
    assert [(one["status"], list(one["body"])) for one in fragment["samples"]] == [
        ("200", ["baskets"]),
        ("409", ["message", "code"]),
    ]
    assert "errors" not in fragment["unstated"]


def test_line_ends_byte_order_marks_and_odd_spaces_do_not_matter(good: Any) -> None:
    fragment = good("crlf_bom_unicode.txt")
    body = schema_of(operation(fragment)["requestBody"])
    assert fragment["operation"] == "PATCH /äpfel/{id}"
    assert body["properties"]["größe"]["anyOf"] == [{"type": "integer"}, {"type": "null"}]
    assert body["properties"]["größe"]["description"] == "In Millimetern — „gerundet“"
    assert fragment["unstated"][0] == "security"


def test_a_rendering_as_markdown_is_read_like_plain_text(good: Any) -> None:
    fragment = good("markdown_rendering.md")
    answer = schema_of(operation(fragment)["responses"]["200"])
    assert fragment["operation"] == "GET /v1/trees/{tree_id}"
    assert operation(fragment)["summary"] == "Get a tree"
    assert operation(fragment)["description"] == "Everything known about one tree."
    assert answer["properties"]["tree_id"] == {"type": "string", "examples": ["t_1"]}
    parents = answer["properties"]["parents"]["anyOf"][0]
    assert (parents["minItems"], parents["items"]["title"]) == (1, "Parent")
    assert answer["properties"]["kind"]["enum"] == ["fruit", "nut"]
    assert answer["properties"]["meta"] == {"type": "object", "examples": [{"a": [1, 2]}]}
    assert list(operation(fragment)["responses"]) == ["200", "4XX"]


def test_a_page_without_names_and_types_is_read_from_its_commands_and_samples(good: Any) -> None:
    fragment = good("stripped.txt")
    answer = schema_of(operation(fragment)["responses"]["2XX"])
    assert fragment["operation"] == "GET /v1/count"
    assert answer["properties"]["asOf"]["format"] == "date-time"
    assert {"fields", "status", "title"} <= set(fragment["unstated"])
    assert operation(fragment)["security"] == [{"bearerAuth": []}]


def test_names_glued_to_their_types_are_taken_apart(good: Any) -> None:
    fragment = good("glued.txt")
    found = parameters(fragment)
    assert found["limit"]["schema"] == {"type": "number", "default": 10}
    assert (found["tags"]["required"], found["tags"]["schema"]["type"]) == (True, "array")
    answer = schema_of(operation(fragment)["responses"]["200"])
    assert answer["properties"]["status"]["enum"] == ["success", "error"]
    assert answer["required"] == ["status", "data"]


def test_fields_may_have_the_names_of_types_sections_and_buttons(good: Any) -> None:
    fragment = good("field_names_that_are_words.txt")
    body = schema_of(operation(fragment)["requestBody"])
    names = ["deprecated", "object", "string", "Response", "Previous", "Authorization", "value", "next"]
    assert list(body["properties"]) == names
    assert body["required"] == ["deprecated", "object", "string", "Authorization"]
    assert len(body["properties"]["value"]["anyOf"]) == 3
    assert list(schema_of(operation(fragment)["responses"]["200"])["properties"]) == ["default", "200"]


def test_bare_names_are_children_where_the_sample_says_so(good: Any) -> None:
    answer = schema_of(operation(good("bare_children.txt"))["responses"]["200"])
    assert list(answer["properties"]) == ["root", "size"]
    assert list(answer["properties"]["root"]["properties"]) == ["name", "left"]


def test_a_crawled_page_with_its_whole_site_around_it_is_read(good: Any) -> None:
    fragment = good("crawled_site.md")
    body = schema_of(operation(fragment)["requestBody"])
    assert fragment["operation"] == "POST /v3/gardeners/crew"
    assert operation(fragment)["summary"] == "Add a gardener"
    assert "description" not in operation(fragment)
    assert fragment["document"]["servers"] == [{"url": "https://api.orchard.test"}]
    assert list(body["properties"]) == ["name", "tools", "history", "badge"]
    assert body["properties"]["tools"]["anyOf"][0]["minItems"] == 1
    assert body["properties"]["history"] == {"type": "null"}
    assert body["properties"]["badge"] == {"type": "object", "examples": [{"colour": "green"}]}
    assert schema_of(operation(fragment)["responses"]["200"])["type"] == "array"
    assert list(operation(fragment)["responses"]) == ["200", "401"]


def test_a_server_is_read_from_the_line_above_the_block(good: Any) -> None:
    fragment = good("fern.md")
    assert fragment["document"]["servers"] == [{"url": "https://api.orchard.test/v3"}]
    assert fragment["samples"] == [
        {"role": "response", "status": "200", "media_type": "application/json", "body": {"name": "Tom"}}
    ]
    assert fragment["lines"]["/paths/~1trees~1{id}~1name/post"] == 16


@pytest.mark.parametrize(
    ("name", "operations"),
    [("readme.md", ["get-water", "post-water"]), ("gitbook.md", ["get-trees", "post-trees"])],
)
def test_a_page_with_several_operations_gives_a_fragment_each(
    extract: Extract, name: str, operations: list[str]
) -> None:
    outcome = extract(**{name: (HERE / "pages/good" / name).read_bytes()})
    assert sorted(Path(path).stem for path in outcome.files) == operations


# Variants of rendering


def page_with(*field: str, title: str = "Get a thing") -> str:
    """A page whose response has one field of its own, given by its lines, between two others."""
    head = ["GET", "/", "things", title, "Response", "200", "id", "string", "required"]
    return "\n".join([*head, *field, "last", "boolean", ""])


def fields_of(outcome: Outcome) -> dict[str, Any]:
    assert [problem for problem in outcome.problems if problem.settled is None] == []
    ((path, text),) = outcome.files.items()
    schema = schema_of(operation(documents.read(str(text), path).data)["responses"]["200"])
    properties: dict[str, Any] = schema["properties"]
    assert list(properties) == ["id", *(name for name in properties if name not in ("id", "last")), "last"]
    return properties


@pytest.mark.parametrize(
    "options",
    [
        ["Available options: admin, member, guest"],
        ["Available options:", "admin, member, guest"],
        ["Available options: admin, member,", "guest"],
        ["Available options:", "admin", ",", "member", ",", "guest"],
        ["Available options:", "admin", ", member", ", guest"],
        ["Available options:", "admin,", "", "member,", "guest"],
    ],
)
def test_options_are_read_however_their_commas_stand(extract: Extract, options: list[str]) -> None:
    outcome = extract(**{"a.txt": page_with("role", "enum<string>", "required", *options)})
    assert fields_of(outcome)["role"]["enum"] == ["admin", "member", "guest"]
    assert not any("role" in problem.what for problem in outcome.problems)


def test_an_option_on_a_line_of_its_own_may_have_a_comma(extract: Extract) -> None:
    page = page_with("role", "enum<string>", "Available options:", "Hello, world,", "Bye")
    assert fields_of(extract(**{"a.txt": page}))["role"]["enum"] == ["Hello, world", "Bye"]


@pytest.mark.parametrize(
    ("written", "schema"),
    [
        ("(string | null)[]", {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "null"}]}}),
        (
            "(integer | string[])[] | null",
            {
                "anyOf": [
                    {
                        "type": "array",
                        "items": {"anyOf": [{"type": "integer"}, {"type": "array", "items": {"type": "string"}}]},
                    },
                    {"type": "null"},
                ]
            },
        ),
    ],
)
def test_a_type_in_brackets_is_one(extract: Extract, written: str, schema: Any) -> None:
    properties = fields_of(extract(**{"a.txt": page_with("lang", written, 'default:["en"]')}))
    assert properties["lang"] == schema | {"default": ["en"]}
    assert "description" not in properties["id"]


TABS = ["- Card", "- Bank transfer"]
CHILDREN = ["way.type", "enum<string>", "required", "Available options:", "card"]


@pytest.mark.parametrize(
    "field",
    [
        ["way", "object", "required", "How to pay", *TABS, "Show child attributes", *CHILDREN],
        ["way", "object", "required", "How to pay", "", TABS[0], "", TABS[1], "", "Show child attributes", *CHILDREN],
        ["way", "Card · object", "required", "How to pay", *TABS, *CHILDREN],
        ["way", "Card · object", "required", "How to pay", *reversed(TABS), *CHILDREN],
    ],
)
def test_tabs_of_a_field_are_alternatives_of_which_one_is_shown(extract: Extract, field: list[str]) -> None:
    outcome = extract(**{"a.txt": page_with(*field)})
    way = fields_of(outcome)["way"]
    shown, other = way.pop("anyOf")
    assert way == {"description": "How to pay"}
    assert (shown["title"], shown["properties"]["type"]["enum"]) == ("Card", ["card"])
    assert other == {"title": "Bank transfer"}
    [problem] = [problem for problem in outcome.problems if "'way'" in problem.what]
    assert "'Bank transfer'" in problem.what
    assert problem.line == 10


def test_tabs_of_a_field_that_may_be_null_leave_it_so(extract: Extract) -> None:
    page = page_with("way", "object | null", "- Option 1", "- Option 2", "Show child attributes", *CHILDREN)
    way = fields_of(extract(**{"a.txt": page}))["way"]
    assert [member.get("title", member.get("type")) for member in way["anyOf"]] == ["Option 1", "Option 2", "null"]


@pytest.mark.parametrize(
    "prose",
    [["One of:", *TABS], ["- Card.", "- Bank transfer."], ["- Card"], ["- card", "- bank"], [*TABS, "And so on"]],
)
def test_a_list_in_the_prose_of_a_field_is_no_alternative(extract: Extract, prose: list[str]) -> None:
    way = fields_of(extract(**{"a.txt": page_with("way", "object", *prose, "Show child attributes", *CHILDREN)}))["way"]
    assert (way["type"], way["description"]) == ("object", "\n".join(prose))


def test_a_list_in_the_prose_of_a_text_field_is_no_alternative(extract: Extract) -> None:
    way = fields_of(extract(**{"a.txt": page_with("way", "string", *TABS)}))["way"]
    assert way == {"type": "string", "description": "- Card\n- Bank transfer"}


GLUED_HEADER = """Site nameSearch...Navigation
Things
Retrieve a thing
Copy page

Returns one thing by its id.

GET/things/{id}Try it
cURL
curl --request GET --url https://api.orchard.test/things/{id}

Response
200

timezonestring
Assistant
Responses are generated using AI and may contain mistakes.
"""


@pytest.mark.parametrize("glued", [False, True])
def test_a_header_glued_to_its_button_keeps_the_title_above_it(extract: Extract, glued: bool) -> None:
    page = GLUED_HEADER
    if glued:
        page = page.replace("thing\nCopy", "thingCopy").replace("Assistant\n", "Assistant")
    outcome = extract(**{"a.txt": page})
    ((path, text),) = outcome.files.items()
    fragment = documents.read(str(text), path).data
    found = operation(fragment)
    assert fragment["operation"] == "GET /things/{id}"
    assert (found["summary"], found["description"]) == ("Retrieve a thing", "Returns one thing by its id.")
    assert schema_of(found["responses"]["200"])["properties"] == {"timezone": {"type": "string"}}
    assert not any("curl" in problem.what for problem in outcome.problems)


def test_the_word_assistant_in_a_page_is_text(extract: Extract) -> None:
    page = page_with("role", "string", "Assistant")
    assert fields_of(extract(**{"a.txt": page}))["role"]["description"] == "Assistant"


@pytest.mark.parametrize("badge", ["deprecated", "Deprecated"])
def test_a_badge_under_the_title_makes_the_operation_deprecated(extract: Extract, badge: str) -> None:
    ((path, text),) = extract(**{"a.txt": page_with(title=f"Get a thing\n{badge}\nGets it.")}).files.items()
    found = operation(documents.read(str(text), path).data)
    assert (found["summary"], found["description"], found["deprecated"]) == ("Get a thing", "Gets it.", True)


# Bad pages


BAD = {
    "binary.txt": (3, "binary"),
    "contradicting_curl.txt": (1, "says POST /trees, and its curl command GET /visits (line 5)"),
    "empty.txt": (1, "empty"),
    "html_error.txt": (1, "HTML"),
    "legacy_dialect.md": (6, "older form"),
    "method_without_path.txt": (2, "No path follows the method POST"),
    "no_operation.txt": (1, "no operation"),
    "not_utf8.txt": (3, "UTF-8"),
    "other_operation_in_block.md": (5, "POST /trees, which is not in it"),
    "truncated_yaml.md": (14, "neither JSON nor YAML"),
    "twice_and_differently.md": (8, "twice and differently"),
    "two_operations.txt": (6, "several operations: GET /visits and POST /trees"),
    "unclosed_fence.md": (5, "no end"),
    "whole_document.yaml": (1, "whole OpenAPI document"),
}


def test_every_bad_page_is_one_problem_with_page_and_line_and_all_are_told_at_once(extract: Extract) -> None:
    outcome = extract(**{file.name: file.read_bytes() for file in sorted((HERE / "pages/bad").iterdir())})
    found = {problem.where.rpartition("/")[2]: problem for problem in outcome.problems}
    assert len(outcome.problems) == len(found) == len(BAD)
    for name, (line, words) in BAD.items():
        assert found[name].line == line, name
        assert words in found[name].what
        assert found[name].settled is None
        assert found[name].fix


@pytest.mark.parametrize("pattern", ["pages/no_operation.txt", "spec/pages/no_operation.txt", "pages/no_*"])
def test_a_page_without_an_address_is_left_out_as_its_problem_says(extract: Extract, pattern: str) -> None:
    bad = {"no_operation.txt": (HERE / "pages/bad/no_operation.txt").read_bytes(), "a.txt": page_with()}
    [problem] = [one for one in extract(**bad).problems if one.settled is None]
    assert 'add "pages/no_operation.txt" to exclude in spec/api.toml' in problem.fix
    excluded = extract(replace(API, exclude=(pattern,)), **bad)
    assert [one for one in excluded.problems if one.settled is None] == []
    assert [Path(path).parent.name for path in excluded.files] == ["a"]


def test_a_pattern_of_addresses_leaves_out_no_file(extract: Extract) -> None:
    assert extract(replace(API, exclude=("*/pages/*", "*")), **{"a.txt": page_with()}).files


@pytest.mark.parametrize(
    ("url", "pattern"),
    [("https://a.test/x.md", "https://a.test/x.md"), ("https://a.test/[x]", "pages/x.txt"), ("", "pages/x.txt")],
)
def test_the_advice_on_a_page_names_a_pattern_that_leaves_it_out(url: str, pattern: str) -> None:
    notes = Notes("spec/pages/x.txt", url)
    assert f'add "{pattern}" to exclude' in notes.exclusion
    assert API.reads(notes.page, url)
    assert not replace(API, exclude=(pattern,)).reads(notes.page, url)


def test_a_page_that_differs_from_the_lock_is_a_problem(extract: Extract, tmp_path: Path) -> None:
    extract(**{"a.txt": (HERE / "pages/good/delete.txt").read_bytes()})
    (tmp_path / "spec/pages/a.txt").write_text("GET\n/\nother", encoding="utf-8")
    with pytest.raises(BadInput, match=r"a\.txt: The page is not what was fetched"):
        run(Tree(tmp_path), API)


def test_a_whole_document_that_the_project_lists_is_left_to_merge(extract: Extract) -> None:
    api = Api(package="orchard", client="Orchard", version="0.1.0", documents=("pages/api.yaml",))
    outcome = extract(api, **{"api.yaml": "openapi: 3.1.0\ninfo: {}\npaths: {}\n"})
    assert (outcome.files, outcome.problems) == ({}, ())


@pytest.mark.parametrize("line", ["[1,", '{"a": [', "POST\n/", "curl -X POST 'x", "name\nstring", "`" * 40, "Example:"])
def test_megabytes_of_junk_end_quickly_and_in_a_problem(extract: Extract, line: str) -> None:
    whole = extract(**{"junk.txt": f"{line}\n" * (10_000_000 // len(line))})
    assert [problem.settled for problem in whole.problems] == [None]
    part = extract(**{"junk.txt": f"{line}\n" * (300_000 // len(line))})
    assert part.problems


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/con",
        "/..",
        "/a\\b\\..\\..",
        "/" + "x" * 5000,
        "/%2e%2e/%00",
        "/{__import__('os')}",
        "/a:b|c",
    ],
)
def test_hostile_paths_become_safe_file_names(extract: Extract, path: str) -> None:
    outcome = extract(**{"a.txt": f"GET {path}\nTitle\n\nResponse\n200\n"})
    (file,) = outcome.files
    folder, _, name = file.rpartition("/")
    assert folder == "spec/fragments/a"
    assert name.startswith("get-")
    assert len(name) < 130
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")


def test_paths_that_look_alike_as_file_names_stay_apart(extract: Extract) -> None:
    block = '{"openapi":"3.1.0","paths":{"/a/{b}":{"get":{}},"/a/b":{"get":{}},"/A/B":{"get":{}}}}'
    outcome = extract(**{"a.md": f"```json\n{block}\n```\n", "a.txt": "GET /a/b\nT\n\nResponse\n200\n"})
    assert len({path.lower() for path in outcome.files}) == 4


def test_text_in_pages_is_data(extract: Extract) -> None:
    title = "\x1b[2J!!python/object:os.system {{ 7*7 }} # '\"\u2028 & *a"
    page = f"GET\n/\nx\n{title}\n\nBody\n{'<<'}\nstring\ndefault: {title}\n\n{title}\n\nResponse\n200\n"
    outcome = extract(**{"a.txt": page})
    (text,) = outcome.files.values()
    found = operation(documents.read(str(text), "a").data)
    assert found["summary"] == title
    assert schema_of(found["requestBody"])["properties"]["<<"] == {
        "type": "string",
        "default": title,
        "description": title,
    }
    assert "\x1b" not in "".join(map(str, outcome.problems))
