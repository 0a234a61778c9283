"""Are the project's own five pages merged into what they mean together?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from merge_project import about, merged, unsettled
from openapi_spec_validator import validate

from scripts import extract, merge, project
from scripts.problems import Problem
from scripts.tree import Tree

ROOT = Path(__file__).parents[2]
MODEL = {"$ref": "#/components/schemas/PhoneAgentDto"}


@pytest.fixture(scope="module")
def outcome() -> Any:
    tree = Tree(ROOT)
    api = project.load(tree)
    tree.replace(["spec/fragments/*"], extract.run(tree, api).files)
    return merge.run(tree, api)


@pytest.fixture(scope="module")
def document(outcome: Any) -> dict[str, Any]:
    return merged(outcome)


@pytest.fixture(scope="module")
def problems(outcome: Any) -> tuple[Problem, ...]:
    found: tuple[Problem, ...] = outcome.problems
    return found


def operation(document: dict[str, Any], method: str) -> Any:
    path = "/phone/{phone_agent_id}" if method == "patch" else "/phone"
    return document["paths"][path][method]


def answered(document: dict[str, Any], method: str) -> Any:
    return operation(document, method)["responses"]["200"]["content"]["application/json"]["schema"]


def test_the_five_pages_amount_to_three_operations(document: dict[str, Any]) -> None:
    found = {(path, method) for path, item in document["paths"].items() for method in item}
    assert found == {("/phone", "get"), ("/phone", "post"), ("/phone/{phone_agent_id}", "patch")}


def test_the_merged_document_is_valid_openapi(document: dict[str, Any]) -> None:
    validate(document)  # type: ignore[no-untyped-call, unused-ignore]


def test_all_three_operations_answer_the_one_model(document: dict[str, Any]) -> None:
    assert answered(document, "get") == {"type": "array", "items": MODEL}
    assert answered(document, "post") == MODEL
    assert answered(document, "patch") == MODEL
    assert len(document["components"]["schemas"]["PhoneAgentDto"]["properties"]) == 30


def test_the_patch_body_is_what_its_page_says(document: dict[str, Any]) -> None:
    schema = operation(document, "patch")["requestBody"]["content"]["application/json"]["schema"]
    assert len(schema["properties"]) == 9
    assert "array" not in str(schema["properties"]["language"])
    assert "required" not in schema


def test_bearer_security_holds_for_all_operations(document: dict[str, Any]) -> None:
    assert document["security"] == [{"bearerAuth": []}]
    assert all("security" not in operation(document, method) for method in ("get", "post", "patch"))
    assert document["components"]["securitySchemes"]["bearerAuth"]["scheme"] == "bearer"


def test_every_judgement_is_settled(problems: tuple[Problem, ...]) -> None:
    assert not unsettled(problems)


@pytest.mark.parametrize("page", ["000_6f12e941d42dcf65", "001_00949a79d392dd00"])
def test_the_older_pages_of_post_are_listed_as_history(problems: tuple[Problem, ...], page: str) -> None:
    [problem] = about(problems, "kept as history", f"spec/pages/{page}.txt:1:")
    assert "spec/pages/003_343cdb29b8451413.txt:60" in problem.what


def test_the_list_item_is_found_to_be_the_model(problems: tuple[Problem, ...]) -> None:
    [problem] = about(problems, "no name and is equal to 'PhoneAgentDto'")
    assert problem.where.startswith("spec/pages/002")


def test_the_contradiction_on_language_names_both_pages_and_lines(problems: tuple[Problem, ...]) -> None:
    [problem] = about(problems, "'language' contradicts")
    assert str(problem).startswith("spec/pages/004_3f0f7a5e8e341b73.txt:140:")
    assert "spec/pages/003_343cdb29b8451413.txt:175" in problem.what
    assert "string | null became string[]" in problem.what


def test_the_outdated_request_field_is_noted_with_an_action(problems: tuple[Problem, ...]) -> None:
    [problem] = about(problems, "PATCH", "takes 'language'")
    assert "$.paths['/phone/{phone_agent_id}'].patch.requestBody" in problem.fix


def test_the_bounds_of_javascript_are_removed(document: dict[str, Any]) -> None:
    assert "9007199254740991" not in str(document)


def test_operations_and_components_say_where_they_were_read(document: dict[str, Any]) -> None:
    assert operation(document, "post")["x-source"] == "spec/pages/003_343cdb29b8451413.txt:60"
    assert operation(document, "patch")["x-source"] == "spec/pages/004_3f0f7a5e8e341b73.txt:2"
    assert document["components"]["schemas"]["PhoneAgentDto"]["x-source"].endswith("003_343cdb29b8451413.txt:153")


def test_the_title_is_the_api_s_and_no_page_s(document: dict[str, Any]) -> None:
    assert document["info"]["title"] == "OpenCX API"
    assert document["servers"][0]["url"] == "https://api.open.cx"
