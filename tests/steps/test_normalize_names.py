"""Does what has no name of its own get one that reads well?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from normalized import outcome, schemas

from scripts.documents import write

INLINE: dict[str, Any] = {"type": "object", "properties": {"a": {"type": "string"}}}


def bodies(root: Path, *calls: tuple[str, str], components: dict[str, Any] | None = None) -> set[str]:
    """The components of a document whose POSTs, given by path and operationId, take an object."""
    body = {"content": {"application/json": {"schema": INLINE}}}
    paths = {path: {"post": {"operationId": said, "requestBody": body, "responses": {}}} for path, said in calls}
    found = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths}
    return set(outcome(root, write({**found, "components": {"schemas": components or {}}}))[0]["components"]["schemas"])


@pytest.mark.parametrize(
    ("owner", "member", "key"),
    [
        ("Folder", "folder_upload_email", "FolderUploadEmail"),
        ("SkillCard", "skill_card_title", "SkillCardTitle"),
        ("Watermark", "watermark", "WatermarkDetails"),
        ("SendWatermark", "watermark", "SendWatermarkWatermark"),
        ("PaidToShop", "shop", "PaidToShopShop"),
        ("OrderOfUsersWithShop", "shop", "OrderOfUsersShop"),
        (
            "EventOfUsersWhoWatchSeveralThingsTogether",
            "together_until",
            "EventOfUsersWhoWatchSeveralThingsTogetherUntil",
        ),
        ("Pet", "owner", "PetOwner"),
    ],
)
def test_an_object_of_an_object_does_not_repeat_what_its_owner_ends_with(
    tmp_path: Path, owner: str, member: str, key: str
) -> None:
    found = schemas(tmp_path, write({owner: {"type": "object", "properties": {member: INLINE}}}))
    assert found.keys() == {owner, key}


@pytest.mark.parametrize(
    ("owner", "member", "key"),
    [
        ("Order", "lines", "OrderLine"),
        ("OrderFault", "faults", "OrderFaultItem"),
        ("OrderFaults", "faults", "OrderFault"),
        ("Order", "bulk", "OrderBulkItem"),
    ],
)
@pytest.mark.parametrize("nullable", [False, True])
def test_each_of_many_objects_does_not_repeat_what_its_owner_ends_with(
    tmp_path: Path, owner: str, member: str, key: str, nullable: bool
) -> None:
    each = {"anyOf": [INLINE, {"type": "null"}]} if nullable else INLINE
    many = {"type": "array", "items": each}
    found = schemas(tmp_path, write({owner: {"type": "object", "properties": {member: many}}}))
    assert found.keys() == {owner, key}


def test_places_whose_objects_would_be_called_the_same_share_a_class_if_they_say_the_same(tmp_path: Path) -> None:
    text = """
    Issue:
      type: object
      properties:
        assignee: {description: Who does it., type: object, properties: {a: {type: string}}}
        assignees: {type: array, items: {description: All., type: object, properties: {a: {type: string}}}}
        reader: {type: object, properties: {a: {type: string}}}
        readers: {type: array, items: {type: object, properties: {b: {type: string}}}}
    """
    found = schemas(tmp_path, text)
    assert found.keys() == {"Issue", "IssueAssignee", "IssueReader", "IssueReadersItem"}
    items = found["Issue"]["properties"]["assignees"]["items"]
    assert items == {"$ref": "#/components/schemas/IssueAssignee", "description": "All."}


def test_what_several_parts_say_of_a_property_is_one_class_called_by_its_place(tmp_path: Path) -> None:
    text = """
    Issue:
      allOf:
      - {properties: {user: {type: [object, 'null'], properties: {a: {type: string}}}}}
      - {properties: {user: {type: object, properties: {b: {type: string}}}, name: {type: string}}}
    Task:
      allOf:
      - {properties: {user: {type: [object, 'null'], properties: {a: {type: string}}}}}
      - {properties: {user: {type: [object, 'null'], properties: {b: {type: string}}}}}
    """
    found = schemas(tmp_path, text)
    assert found.keys() == {"Issue", "IssueUser", "Task", "TaskUser"}
    assert found["IssueUser"]["properties"].keys() == found["TaskUser"]["properties"].keys() == {"a", "b"}
    ref = {"$ref": "#/components/schemas/IssueUser"}
    assert found["Issue"]["properties"]["user"] == ref
    assert found["Task"]["properties"]["user"]["anyOf"][1:] == [{"type": "null"}]


def test_what_is_no_class_of_its_own_has_no_name(tmp_path: Path) -> None:
    text = """
    Shop: {type: object, properties: {a: {type: string}}}
    Kind: {type: integer, enum: [1, 2, 3]}
    Order:
      type: object
      properties:
        kind: {type: integer, enum: [2], allOf: [{$ref: '#/components/schemas/Kind'}]}
        tags: {allOf: [{type: array, items: {type: string}}, {description: All tags.}]}
        lines: {allOf: [{type: array, items: {type: object, properties: {a: {type: string}}}}, {description: All.}]}
        shop: {allOf: [{$ref: '#/components/schemas/Shop'}, {nullable: false}, {description: Where.}]}
        other: {allOf: [{$ref: '#/components/schemas/Shop'}, {nullable: true}]}
        one: {oneOf: [{$ref: '#/components/schemas/Shop', title: S}], allOf: [{$ref: '#/components/schemas/Shop'}]}
    """
    found = schemas(tmp_path, text, "3.0.3")
    assert found.keys() == {"Shop", "Kind", "Order", "OrderLine"}
    order = found["Order"]["properties"]
    ref = {"$ref": "#/components/schemas/Shop"}
    assert order["kind"] == {"type": "integer", "enum": [2]}
    assert (order["tags"]["items"], order["shop"]) == ({"type": "string"}, {**ref, "description": "Where."})
    assert order["other"] == {"anyOf": [ref, {"type": "null"}]}
    assert order["one"]["$ref"] == ref["$ref"]


def test_an_alternative_does_not_say_what_its_owner_ends_with(tmp_path: Path) -> None:
    text = """
    CreateOrderRequestNew: {type: object, properties: {a: {type: string}}}
    UpdateOrderRequest:
      anyOf:
      - {title: CreateOrderRequestNew, type: object, properties: {a: {type: string}, b: {type: string}}}
      - {title: FastOrderRequestOld, type: object, properties: {c: {type: string}}}
    """
    assert schemas(tmp_path, text).keys() == {
        "CreateOrderRequestNew", "UpdateOrderRequest", "UpdateOrderRequestNew", "UpdateOrderRequestFastOld",
    }  # fmt: skip


def test_a_name_without_the_repetition_that_something_else_has_is_said_in_full(tmp_path: Path) -> None:
    folder = {"type": "object", "properties": {"folder_email": INLINE}}
    assert schemas(tmp_path, write({"Folder": folder, "FolderEmail": INLINE})).keys() == {
        "Folder",
        "FolderEmail",
        "FolderFolderEmail",
    }


def test_the_body_of_an_operation_that_is_called_a_request_is_that_request(tmp_path: Path) -> None:
    assert bodies(tmp_path, ("/grants/{id}", "reviewGrantRequest")) == {"ReviewGrantRequest"}
    taken = {"ReviewGrantRequest": INLINE}
    assert bodies(tmp_path, ("/grants/{id}", "reviewGrantRequest"), components=taken) == {
        "ReviewGrantRequest",
        "ReviewGrantRequestRequest",
    }


def test_the_body_of_an_operation_has_no_words_of_its_path_that_a_framework_appended(tmp_path: Path) -> None:
    assert bodies(tmp_path, ("/v1/pets/{id}", "feed_pet_v1_pets__id__post")) == {"FeedPetRequest"}


@pytest.mark.parametrize(
    ("path", "summary", "key"),
    [
        ("/files/{id}", "Restore file", "RestoreFileRequest"),
        ("/files/content", "Upload file", "UploadFilesContentRequest"),
        ("/files", "Upload file", "CreateFileRequest"),  # as the method is called
        ("/files/{id}", "", "UpdateFileRequest"),
        ("/cages/change_status", "", "ChangeCageStatusRequest"),
        ("/cages/upload_sessions", "", "CreateCagesUploadSessionsRequest"),
        ("/cages/{id}/levels:append", "", "AppendCageLevelsRequest"),
        ("/users/{id}/folders/0", "", "CreateUserFolderRequest"),
    ],
)
def test_the_body_of_an_operation_without_an_id_is_called_by_what_is_done(
    tmp_path: Path, path: str, summary: str, key: str
) -> None:
    body = {"content": {"application/json": {"schema": INLINE}}}
    post = {"requestBody": body, "responses": {}, **({"summary": summary} if summary else {})}
    text = write({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {path: {"post": post}}})
    assert outcome(tmp_path, text)[0]["components"]["schemas"].keys() == {key}


def test_alternatives_are_called_by_what_tells_each_from_all_others(tmp_path: Path) -> None:
    text = """
    Action:
      oneOf:
      - {type: object, required: [kind], properties: {kind: {enum: [play]}, do: {enum: [play]}}}
      - {type: object, required: [kind], properties: {kind: {enum: [play]}, do: {enum: [skip]}}}
      - {type: object, required: [kind], properties: {kind: {enum: [play]}, until: {type: string}}}
      - {type: object, required: [kind], properties: {kind: {enum: [play]}, at: {properties: {second: {}}}}}
      - {type: object, required: [kind], properties: {kind: {enum: [play]}, at: {properties: {hour: {}}}}}
    """
    names = ["Play", "Skip", "WithUntil", "WithSecond", "WithHour"]
    classes = {key for key in schemas(tmp_path, text) if not key.endswith("At")} - {"Action"}
    assert classes == {f"Action{name}" for name in names}


def test_what_reads_otherwise_than_it_is_sent_is_an_input_where_a_request_of_its_name_stands(tmp_path: Path) -> None:
    disk = {"type": "object", "properties": {"id": {"type": "string", "readOnly": True}, **INLINE["properties"]}}
    content = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Disk"}}}}
    put = {"operationId": "x", "requestBody": content, "responses": {"200": {"description": "", **content}}}
    components = {"schemas": {"Disk": disk, "DiskRequest": INLINE}}
    found = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/disk": {"put": put}}}
    made = outcome(tmp_path, write({**found, "components": components}))[0]["components"]["schemas"]
    assert made.keys() == {"Disk", "DiskRequest", "DiskInput"}
    assert made["DiskInput"]["properties"].keys() == {"a"}


def test_what_nothing_sends_nor_reads_any_more_is_no_model_unless_the_document_has_it(tmp_path: Path) -> None:
    link = {"type": "object", "properties": {"of": {"$ref": "#/components/schemas/Kept"}}, "readOnly": True}
    body = {"type": "object", "required": ["link"], "properties": {"link": link, "a": {"type": "string"}}}
    post = {"operationId": "x", "requestBody": {"content": {"application/json": {"schema": body}}}, "responses": {}}
    found = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/x": {"post": post}}}
    kept = {"type": "object", "properties": {"b": INLINE}}
    made = outcome(tmp_path, write({**found, "components": {"schemas": {"Kept": kept}}}))[0]["components"]["schemas"]
    assert made.keys() == {"XRequest", "Kept", "KeptB"}
    assert (made["XRequest"]["properties"].keys(), made["XRequest"].get("required", [])) == ({"a"}, [])


def test_what_several_operations_share_is_called_as_it_is_among_the_components(tmp_path: Path) -> None:
    document, _ = outcome(
        tmp_path,
        """
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /a:
    get: {operationId: getA, responses: {'200': {$ref: '#/components/responses/Done'}}}
    post:
      operationId: postA
      requestBody: {$ref: '#/components/requestBodies/UserBody'}
      responses: {'200': {$ref: '#/components/responses/Done'}, '201': {$ref: '#/components/responses/Alone'}}
    put:
      operationId: putA
      requestBody: {$ref: '#/components/requestBodies/UserBody'}
      responses: {'200': {$ref: '#/components/responses/Users'}}
    patch: {operationId: patchA, responses: {'200': {$ref: '#/components/responses/Users'}}}
components:
  requestBodies: {UserBody: {content: {application/json: {schema: {type: object, properties: {x: {type: string}}}}}}}
  responses:
    Done: {description: ok, content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}
    Alone: {description: ok, content: {application/json: {schema: {type: object, properties: {no: {type: string}}}}}}
    Users:
      description: ok
      content: {application/json: {schema: {type: array, items: {type: object, properties: {n: {type: string}}}}}}
""",
    )
    found = set(document["components"]["schemas"])
    assert found == {"DoneResponse", "UserBody", "CreateACreatedResponse", "UsersResponseItem"}
    assert "x-shared" not in str(document)


def test_an_operation_id_without_marks_between_its_words_is_read_by_the_words_of_the_path(tmp_path: Path) -> None:
    assert bodies(tmp_path, ("/search-rules/reset", "Resetsearchrules")) == {"ResetSearchRulesRequest"}


def test_an_id_that_a_server_made_up_is_in_no_name(tmp_path: Path) -> None:
    assert bodies(tmp_path, ("/cards/skill-6VMVochwUWo", "post_cards_skill-6VMVochwUWo")) == {"CreateCardsSkillRequest"}


def test_an_alternative_does_not_repeat_what_its_owner_begins_with(tmp_path: Path) -> None:
    text = """
    LiveEvent:
      anyOf:
      - {allOf: [{$ref: '#/components/schemas/LiveTextDelta'}, {properties: {at: {}}}]}
      - {allOf: [{$ref: '#/components/schemas/LiveSoundDelta'}, {properties: {at: {}}}]}
    LiveTextDelta: {type: object, properties: {text: {type: string}}}
    LiveSoundDelta: {type: object, properties: {sound: {type: string}}}
    """
    assert {"LiveEventTextDelta", "LiveEventSoundDelta"} < schemas(tmp_path, text).keys()


def test_alternatives_that_get_the_members_beside_the_union_keep_their_names(tmp_path: Path) -> None:
    text = """
    Check:
      type: object
      properties: {name: {type: string}}
      anyOf:
      - {properties: {status: {enum: [completed]}}}
      - {properties: {status: {enum: [queued]}}}
    """
    assert schemas(tmp_path, text).keys() == {"Check", "CheckCompleted", "CheckQueued"}


def test_alternatives_with_the_same_members_are_told_by_what_these_hold(tmp_path: Path) -> None:
    text = """
    Labels:
      oneOf:
      - {type: object, properties: {labels: {type: array, items: {type: string}}}}
      - {type: object, properties: {labels: {type: array, items: {type: object, properties: {name: {}}}}}}
    """
    assert {"LabelsWithLabels", "LabelsWithName"} < schemas(tmp_path, text).keys()


def test_one_of_what_a_page_has_as_its_data_is_an_item_of_that_page(tmp_path: Path) -> None:
    page = {"type": "object", "properties": {"data": {"type": "array", "items": INLINE}}}
    assert schemas(tmp_path, write({"PetPage": page})).keys() == {"PetPage", "PetPageItem"}


def test_errors_that_operations_share_are_told_apart_by_their_members(tmp_path: Path) -> None:
    def answers(member: str) -> dict[str, Any]:
        schema = {"type": "object", "properties": {member: {"type": "string"}}}
        return {
            code: {"description": "", "content": {"application/json": {"schema": schema}}} for code in ("403", "404")
        }

    paths = {f"/{word}": {"get": {"operationId": word, "responses": answers(word)}} for word in ("reason", "message")}
    text = write({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths})
    assert outcome(tmp_path, text)[0]["components"]["schemas"].keys() == {"ErrorResponse", "ErrorResponseWithMessage"}


def test_the_error_of_a_status_that_is_called_an_error_says_so_once(tmp_path: Path) -> None:
    answer = {"500": {"description": "", "content": {"application/json": {"schema": INLINE}}}}
    paths = {f"/{word}": {"get": {"operationId": word, "responses": answer}} for word in ("pets", "cats")}
    text = write({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths})
    assert outcome(tmp_path, text)[0]["components"]["schemas"].keys() == {"InternalServerError"}


def test_a_parameter_that_several_operations_have_is_called_by_itself(tmp_path: Path) -> None:
    def taking(name: str, *kinds: str) -> dict[str, Any]:
        return {"name": name, "in": "query", "schema": {"anyOf": [{"type": kind} for kind in kinds]}}

    both, own = taking("id_or_name", "string", "integer"), taking("since", "integer", "boolean")
    paths = {
        "/pets": {"get": {"operationId": "listPets", "parameters": [both, own], "responses": {}}},
        "/cats": {"get": {"operationId": "listCats", "parameters": [both], "responses": {}}},
    }
    text = write({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths})
    assert outcome(tmp_path, text)[0]["components"]["schemas"].keys() == {"IdOrName", "ListPetsSince"}
