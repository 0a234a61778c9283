"""Does everything get the name that a person would choose, once and for ever?"""

from __future__ import annotations

import json
import keyword
from pathlib import Path
from typing import Any

import pytest
from datamodel_code_generator.reference import FieldNameResolver
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_python_client.strings import ClassName, PythonIdentifier
from test_normalize import PHONE

from scripts import name, normalize
from scripts.name import give_names, known_names, reserved
from scripts.name.arguments import name_arguments, name_credentials
from scripts.name.models import name_fields, name_models
from scripts.name.operations import name_operations
from scripts.name.pins import Pins
from scripts.name.words import LONGEST, is_plural, parts, pascal, singular, snake, stem, words
from scripts.normalize.context import legal_key
from scripts.problems import BadInput
from scripts.project import Api
from scripts.tree import Tree

API = Api("opencx", "OpenCX", "0.1.0")
OBJECT: dict[str, Any] = {"type": "object", "properties": {"a": {"type": "string"}}}
NAMES = st.lists(st.text(min_size=0, max_size=20), min_size=1, max_size=12, unique=True)


def run(root: Path, text: str = PHONE, exceptions: str = "", lock: dict[str, str] | None = None) -> dict[str, str]:
    (root / "spec").mkdir(exist_ok=True)
    (root / "spec/merged.yaml").write_text(text)
    tree = Tree(root)
    tree.replace(["spec/openapi.yaml"], normalize.run(tree, API).files)
    tree.replace(["spec/names.toml"], {"spec/names.toml": exceptions})
    if lock is not None:
        tree.replace(["spec/names.lock"], {"spec/names.lock": json.dumps(lock)})
    found: dict[str, str] = json.loads(name.run(tree, API).files["spec/names.lock"])
    return found


def operations(*calls: str, **responses: dict[str, Any]) -> list[str]:
    """The names of `GET /path` calls, in order; an operationId may follow."""
    paths: dict[str, Any] = {}
    for call in calls:
        verb, path, *identity = call.split()
        value: dict[str, Any] = {"responses": responses.get(verb.lower(), {})}
        if identity:
            value["operationId"] = identity[0]
        paths.setdefault(path, {})[verb.lower()] = value
    names = name_operations({"paths": paths, "components": {"schemas": {}}}, {})
    order = [f"/paths/{p.replace('~', '~0').replace('/', '~1')}/{v.lower()}" for v, p, *_ in map(str.split, calls)]
    return [names[pointer] for pointer in order]


def test_the_phone_api_reads_as_its_user_expects(tmp_path: Path) -> None:
    names = run(tmp_path)
    schemas = "/components/schemas/"
    assert names["/paths/~1phone/post"] == "phone.create"
    assert names["/paths/~1phone/get"] == "phone.list"
    assert names["/paths/~1phone~1{phone_agent_id}/patch"] == "phone.update"
    parameter = "/paths/~1phone~1{phone_agent_id}/patch/parameters/path.phone_agent_id"
    assert names[parameter] == "phone_agent_id"
    assert names[f"{schemas}PhoneAgentDto"] == "PhoneAgent"
    assert names[f"{schemas}CreatePhoneAgentPublicDto"] == "CreatePhoneAgent"
    assert names[f"{schemas}ErrorDto"] == "Error"
    assert names[f"{schemas}PhoneAgentVoice"] == "PhoneAgentVoice"
    assert names[f"{schemas}PhoneAgentDto/properties/actionIds"] == "action_ids"
    assert names["/components/securitySchemes/bearerAuth"] == "api_key"


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        (["GET /chat/sessions/{id}", "POST /chat/sessions"], ["chat.sessions.retrieve", "chat.sessions.create"]),
        (["GET /pets", "GET /pets/{id}", "PUT /pets/{id}", "DELETE /pets/{id}"],
         ["pets.list", "pets.retrieve", "pets.update", "pets.delete"]),
        (["POST /sessions/{id}/send", "GET /sessions/{id}"], ["sessions.send", "sessions.retrieve"]),
        (["GET /account", "GET /pets"], ["account.retrieve", "pets.retrieve"]),
        (["GET /api/v1/pets/{id}", "GET /api/v1/owners/{id}"], ["pets.retrieve", "owners.retrieve"]),
        (["GET /v1/pets/{id}", "GET /v1/cats/{id}", "GET /v2/pets/{id}"],
         ["pets.retrieve", "cats.retrieve", "v2.pets.retrieve"]),
        (["POST /create-agent", "GET /list-agents", "DELETE /delete-agent/{id}", "POST /publish-agent/{id}"],
         ["agent.create", "agent.list", "agent.delete", "agent.publish"]),
        (["DELETE /pets", "DELETE /pets/{id}"], ["pets.delete_many", "pets.delete"]),
        (["POST /x/{id}/import", "GET /x/{id}"], ["x.import_", "x.retrieve"]),
        (["GET /a/{id}", "GET /a/{name} getByName"], ["a.retrieve", "a.retrieve_by_name"]),
        (["GET /2.0/users/{id}", "GET /2.0/repositories/{id}"], ["users.retrieve", "repositories.retrieve"]),
        (["GET /v1/{name}:cancel", "GET /v1/jobs/{id}"], ["root.cancel", "jobs.retrieve"]),
        (["PATCH /pets/{id}", "PUT /pets/{id}", "PUT /settings"], ["pets.update", "pets.replace", "settings.update"]),
        (["POST /pets/{id}", "PUT /pets/{id}"], ["pets.create", "pets.update"]),
        (["POST /pets/{id}:feed"], ["pets.feed"]),
        (["POST /pets/delete", "DELETE /pets/{id}"], ["pets.delete_many", "pets.delete"]),
        (["GET /v2/list-pets", "GET /list-pets", "GET /v2/list-cats", "GET /v2/list-owners"],
         ["pet.list_v2", "pet.list", "cat.list", "owner.list"]),
        (["POST /files/{id}/uploads", "GET /files/uploads/{upload}"],
         ["files.uploads.create", "files.uploads.retrieve"]),
        (["PUT /users/{id}/folders/0", "GET /users/{id}"], ["users.folders.update", "users.retrieve"]),
        (["GET /files/{id}", "PUT /files/{id}#add_link", "GET /files/{id}#links"],
         ["files.retrieve", "files.add_link", "files.retrieve_links"]),
        (["GET /", "GET /meta meta/get"], ["root.retrieve", "meta.retrieve"]),
        (["PUT /repos/{id}/members/{user} repos/add-member", "DELETE /repos/{id}/members/{user} repos/remove-member"],
         ["repos.members.add", "repos.members.remove"]),
        (["DELETE /repos/{id}/members/{user} repos/remove-member"], ["repos.members.delete"]),
        (["POST /ai/ask", "GET /ai/models"], ["ai.ask", "ai.models.retrieve"]),
        (["DELETE /repos/{id}/lock unlock-repo", "DELETE /cache/{id}/clear"], ["repos.unlock", "cache.clear"]),
        (["GET /v1/notes/preview", "GET /v1/notes/preview/lines", "GET /v1/notes/{id}"],
         ["notes.preview", "notes.preview_lines", "notes.retrieve"]),
        (["POST /pets/{id}/train-pet", "POST /pets/{id}/train-cat"], ["pets.train", "pets.train_cat"]),
        (["POST /pets/{id}/toys/bulk bulk_update_toys", "POST /cats/batch batch"],
         ["pets.toys.bulk_update", "cats.batch"]),
        (["GET /a/{id}/b get_a_id_b", "GET /a/{id}/{b}/b get_a_id_id_b"], ["a.b.retrieve", "a.b.retrieve_for_a"]),
    ],
)  # fmt: skip
def test_an_operation_is_named_by_its_path_and_verb(calls: list[str], expected: list[str]) -> None:
    assert operations(*calls) == expected


def test_a_get_that_answers_an_array_lists() -> None:
    many = {"200": {"content": {"application/json": {"schema": {"type": "array"}}}}}
    assert operations("GET /inbox", get=many) == ["inbox.list"]


def test_one_of_one_thing_lists_where_paths_lead_on_to_things_of_its_own() -> None:
    many = {"200": {"content": {"application/json": {"schema": {"type": "array"}}}}}
    names = operations("GET /taxonomies/{space}", "DELETE /taxonomies/{space}/{key}", "GET /pets/{id}", get=many)
    assert names == ["taxonomies.list", "taxonomies.delete", "pets.list"]
    assert operations("GET /pets", "GET /pets/{id}", get=many) == ["pets.list", "pets.retrieve"]


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"anyOf": [{"type": "array"}, {"type": "array"}]}, ["stars.list", "refs.list"]),
        ({"properties": {"stars": {"type": "array"}, "count": {}}}, ["stars.list", "refs.list"]),
        (
            {"properties": {"people": {"type": "array"}, "teams": {"type": "array"}}},
            ["stars.list", "refs.retrieve"],
        ),
    ],
)
def test_an_operation_id_that_begins_with_list_lists_where_many_are_answered(
    schema: dict[str, Any], expected: list[str]
) -> None:
    many = {"200": {"content": {"application/json": {"schema": schema}}}}
    assert operations("GET /stars activity/list-stars", "GET /refs/{ref} git/list-refs", get=many) == expected


def test_a_page_may_have_other_lists_beside_its_items() -> None:
    page = {"properties": {"entries": {"type": "array"}, "order": {"type": "array"}}}
    many = {"200": {"content": {"application/json": {"schema": page}}}}
    assert operations("GET /folders/{id}/items", "GET /folder", get=many) == ["folders.items.list", "folder.retrieve"]


def test_methods_never_have_the_name_of_a_resource() -> None:
    assert operations("GET /chats", "GET /chats/list/{id}", "POST /chats/list")[0] != "chats.list"


def test_what_was_shipped_keeps_its_name_and_nothing_new_takes_it(tmp_path: Path) -> None:
    schemas = "/components/schemas/"
    lock = {f"{schemas}PhoneAgentDto": "Agent", f"{schemas}Gone": "PhoneAgentVoice", "/paths/~1gone/get": "phone.list"}
    names = run(tmp_path, lock=lock)
    assert names[f"{schemas}PhoneAgentDto"] == "Agent"
    assert names[f"{schemas}Gone"] == "PhoneAgentVoice"
    assert names[f"{schemas}PhoneAgentVoice"] != "PhoneAgentVoice"
    assert names["/paths/~1phone/get"] != "phone.list"


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    names = run(tmp_path)
    assert run(tmp_path, lock=names) == names


def test_an_exception_beats_the_rules(tmp_path: Path) -> None:
    names = run(tmp_path, exceptions='[names]\n"/paths/~1phone/post" = "phone.make"\n')
    assert names["/paths/~1phone/post"] == "phone.make"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('"/paths/~1nope/get" = "a.b"', "stands at"),
        ('"/paths/~1phone/post" = "phone.create"', "anyway"),
        ('"/paths/~1phone/post" = "import os"', "no Python name"),
        ('"/paths/~1phone/post" = "phone.class"', "no Python name"),
    ],
)
def test_an_exception_that_nothing_needs_is_a_problem_with_its_line(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        run(tmp_path, exceptions=f"# why\n[names]\n{line}\n")
    (problem,) = caught.value.problems
    assert (problem.where, problem.line) == ("spec/names.toml", 3)
    assert says in problem.what


def test_all_that_is_wrong_with_exceptions_is_told_at_once(tmp_path: Path) -> None:
    lines = [
        '"/paths/~1phone/get" = "import os"',
        '"/paths/~1phone/post" = "phone.create"',
        '"/paths/~1nope/get" = "a.b"',
    ]
    with pytest.raises(BadInput) as caught:
        run(tmp_path, exceptions="\n".join(["[names]", *lines, "[nmaes]"]))
    problems = {problem.line: problem.what for problem in caught.value.problems}
    assert problems.keys() == {None, 2, 3, 4}
    for line, says in ((None, "[nmaes]"), (2, "no Python name"), (3, "anyway"), (4, "stands at")):
        assert says in problems[line]


def test_several_ways_to_authenticate_are_told_apart(tmp_path: Path) -> None:
    second = "securitySchemes: {appId: {type: apiKey, in: header, name: X-App}, bearerAuth:"
    names = run(tmp_path, PHONE.replace("securitySchemes: {bearerAuth:", second))
    found = {key.rpartition("/")[2]: value for key, value in names.items() if "securitySchemes" in key}
    assert found == {"appId": "app_id", "bearerAuth": "bearer_auth"}


def test_a_flattened_property_gives_way_to_a_parameter_and_to_request_options() -> None:
    document: dict[str, Any] = {
        "components": {"schemas": {"Body": {"properties": {"id": {}, "timeout": {}, "name": {}}}}}
    }
    home = "/components/schemas/Body/properties"
    fields = {f"{home}/{key}": key for key in ("id", "timeout", "name")}
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Body"}}}}
    value = {"parameters": [{"name": "id", "in": "path"}], "requestBody": body}
    names = name_arguments("/op", value, document, fields, {})
    assert names == {
        "/op/parameters/path.id": "id",
        "/op/requestBody/properties/id": "id_",
        "/op/requestBody/properties/timeout": "timeout_",
    }


@pytest.mark.parametrize(
    ("wire", "expected"),
    [
        ("actionIds", "action_ids"), ("userIDs", "user_ids"), ("oauth2Token", "oauth2_token"), ("class", "class_"),
        ("list", "list_"), ("type", "type"), ("__class__", "class_"), ("@type", "type"), ("1st", "field_1st"),
        ("", "empty"), ("🙂", "slightly_smiling_face"), ("日本", "日本"), ("self", "self_"), ("to_dict", "to_dict_"),
        ("+", "plus"), ("p2pPlugin", "p2p_plugin"), ("max_e2e_ms", "max_e2e_ms"), ("getM2MTokens", "get_m2m_tokens"),
        ("io.k8s.pod", "io_k8s_pod"), ("i18nKey", "i18n_key"), ("sha1Hash", "sha1_hash"), ("AES256GCM", "aes256_gcm"),
        ("+1", "plus_1"), ("-1", "minus_1"), ("own_ipv6s", "own_ipv6s"), ("ReadIOps", "read_iops"),
        ("EC2sList", "ec2s_list"),
    ],
)  # fmt: skip
def test_a_field_is_named_by_its_words(wire: str, expected: str) -> None:
    assert name_fields([wire], "/p", {}) == {f"/p/{wire}": expected}


def test_the_plain_wire_name_wins_and_the_other_says_its_symbols() -> None:
    assert name_fields(["@type", "type"], "/p", {}) == {"/p/@type": "type_", "/p/type": "type"}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("PhoneAgentDto", "PhoneAgent"), ("simple-user", "SimpleUser"), ("X509v3Cert", "X509V3Cert"),
        ("None", "NoneModel"), ("USER_STATUS", "UserStatus"), ("OpenAIFile", "OpenAIFile"),
        ("Exception", "ExceptionModel"),
        ("Input", "Input"),
    ],
)  # fmt: skip
def test_a_class_is_named_by_its_words(key: str, expected: str) -> None:
    assert name_models({key: OBJECT}, {}, ()) == {f"/components/schemas/{key}": expected}


@pytest.mark.parametrize(
    ("wire", "expected"),
    [
        ("type", "type"),
        ("filter", "filter"),
        ("list", "list_"),
        ("from", "from_"),
        ("max", "max"),
        ("timeout", "query_timeout"),
    ],
)
def test_a_parameter_is_called_as_on_the_wire_where_that_hides_nothing(wire: str, expected: str) -> None:
    value = {"parameters": [{"name": wire, "in": "query"}]}
    names = name_arguments("/op", value, {"components": {"schemas": {}}}, {}, {})
    assert names == {f"/op/parameters/query.{wire}": expected}


def named_models(*keys: str, paths: dict[str, Any] | None = None) -> list[str]:
    """The class names of components, in order."""
    document = {"paths": paths or {}, "components": {"schemas": dict.fromkeys(keys, OBJECT)}}
    names = give_names(document, Pins())
    return [names[f"/components/schemas/{key}"] for key in keys]


def test_a_dotted_key_is_named_by_as_many_of_its_last_steps_as_tell_it_from_others() -> None:
    keys = ["io.box.api.core.v1.Pod", "io.box.api.core.v1.Event", "io.box.api.events.v1.Event", "io.box.meta.v1.Status"]
    assert named_models(*keys, "Status") == ["Pod", "CoreV1Event", "EventsV1Event", "V1Status", "Status"]
    assert named_models("billing.card", "card", "a..b") == ["BillingCard", "Card", "AB"]


def test_a_body_that_a_framework_names_by_path_and_method_is_the_request_of_its_operation() -> None:
    def sending(key: str, said: str) -> dict[str, Any]:
        body = {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{key}"}}}}
        return {"post": {"operationId": said, "requestBody": body, "responses": {}}}

    paths = {
        "/v1/voices/{id}": sending("Body_add_voice_v1_voices__id__post", "whatever"),
        "/v2/voices/{id}": sending("Body_add_voice_v2_voices__id__post", "add_voice_v2_voices__id__post"),
    }
    keys = ["Body_add_voice_v1_voices__id__post", "Body_add_voice_v2_voices__id__post", "Body_other", "AddVoice"]
    names = ["AddVoiceRequest", "AddVoiceV2VoicesIdRequest", "BodyOther", "AddVoice"]
    assert named_models(*keys, paths=paths) == names
    paths = {"/v1/calls": sending("Body_add_a_request_v1_calls_post", "whatever")}
    assert named_models("Body_add_a_request_v1_calls_post", paths=paths) == ["AddARequest"]


def test_an_ending_stays_where_two_would_be_called_the_same() -> None:
    names = name_models(dict.fromkeys(["Pet", "PetDto", "petDto"], OBJECT), {}, ())
    assert list(names.values())[:2] == ["Pet", "PetDto"]
    assert len({value.lower() for value in names.values()}) == 3


@given(NAMES)
@settings(max_examples=150)
def test_field_names_are_unique_and_left_alone_by_the_engine(wires: list[str]) -> None:
    names = list(name_fields(wires, "/p", {}).values())
    engine = FieldNameResolver(snake_case_field=True, aliases={})
    assert len(set(names)) == len(names) == len(wires)
    for one in names:
        assert one.isidentifier()
        assert not one.startswith("_")
        assert one not in reserved.FIELDS
        assert not keyword.iskeyword(one)
        assert engine.get_valid_name(one) == one


@given(NAMES)
@settings(max_examples=150)
def test_class_names_are_unique_and_left_alone_by_both_engines(keys: list[str]) -> None:
    names = list(name_models(dict.fromkeys(map(legal_key, keys), OBJECT), {}, ()).values())
    engine = FieldNameResolver()
    assert len({snake(words(one)) for one in names}) == len(names)
    for one in names:
        assert one.isidentifier()
        assert one not in reserved.CLASSES
        assert ClassName(one, "Model") == one
        assert engine.get_valid_name(one, ignore_snake_case_field=True, upper_camel=True) == one


@given(st.lists(st.tuples(st.text(max_size=20), st.sampled_from(["path", "query", "header"])), max_size=8, unique=True))
@settings(max_examples=150)
def test_argument_names_are_unique_and_left_alone_by_both_engines(parameters: list[tuple[str, str]]) -> None:
    value = {"parameters": [{"name": wire, "in": place} for wire, place in parameters]}
    names = list(name_arguments("/op", value, {"components": {"schemas": {}}}, {}, {}).values())
    assert len(set(names)) == len(names) == len(parameters)
    for one in names:
        assert one not in reserved.ARGUMENTS
        assert PythonIdentifier(one, "field_") == one or one in reserved.BUILTINS
        assert FieldNameResolver(snake_case_field=True).get_valid_name(one) == one


@given(st.lists(st.text(alphabet="ab{}/:-_.~é1V", max_size=14), min_size=1, max_size=8, unique=True))
@settings(max_examples=150)
def test_operation_names_are_unique_identifiers(paths: list[str]) -> None:
    document = {"paths": {f"/{path}": {"get": {}, "post": {}} for path in paths}, "components": {"schemas": {}}}
    names = list(name_operations(document, {}).values())
    assert len({one.replace(".", "_") for one in names}) == len(names) == 2 * len(paths)
    for one in names:
        assert "." in one
        assert all(part.isidentifier() and not keyword.iskeyword(part) for part in one.split("."))
        flat = one.replace(".", "_")
        assert PythonIdentifier(flat, "field_").rstrip("_") == flat.rstrip("_")


def test_names_do_not_grow_with_what_they_name() -> None:
    (one,) = name_fields(["x" * 100_000], "/p", {}).values()
    assert len(one) <= 90


def test_a_long_name_takes_that_of_no_shorter_key_and_none_is_marked_for_its_modules_length() -> None:
    end = "CollectionRequestIrrigationForecastNotificationPreference"
    keys = [f"GardenPlantUpdateEnormous{end}", f"GardenPlantUpdate{end}", f"GardenPlantCreate{end}"]
    assert named_models(*keys)[1:] == keys[1:]


def test_words_are_split_as_people_read_them() -> None:
    assert [words(text) for text in ("getHTTPResponse2", "IPv4Address", "tts_speed_pct")] == [
        ("get", "http", "response2"),
        ("ipv4", "address"),
        ("tts", "speed", "pct"),
    ]
    assert pascal(parts("phone-agent")) == "PhoneAgent"
    assert [singular((word,))[0] for word in ("types", "policies", "boxes", "status", "data", "VMs", "ips")] == [
        "type", "policy", "box", "status", "data", "VM", "ip",
    ]  # fmt: skip


def test_endings_that_only_tell_how_a_servers_code_is_organised_are_left_out() -> None:
    keys = ["CreateAgentPublicDto", "ErrorDTO", "Dto", "CreateUserInput", "Pet-Output", "ListPetsResponseModel"]
    assert [stem(key) for key in keys] == ["CreateAgent", "Error", "Dto", "CreateUser", "Pet", "ListPetsResponse"]
    for key in ("ToolCallOutput", "VoiceInput", "CustomModel", "ResponseFormatJsonSchema", "StructuredOutput"):
        assert stem(key) == key


def test_of_two_sides_of_one_thing_both_say_which_they_are() -> None:
    assert named_models("Pet-Input", "Pet-Output", "CreateCatInput", "CreateCatOutput", "Dog-Output") == [
        "PetInput", "PetOutput", "CreateCat", "CreateCatOutput", "Dog",
    ]  # fmt: skip


def test_model_is_left_out_where_a_servers_code_calls_all_its_classes_so() -> None:
    assert named_models("LookModel", "Turn_Model") == ["LookModel", "TurnModel"]
    assert named_models("LookModel", "Turn-Input", "TurnModel-Output", "AddLookResponseModel") == [
        "Look", "Turn", "TurnOutput", "AddLookResponse",
    ]  # fmt: skip


def test_what_stands_within_a_component_with_a_shorter_name_has_that_name_in_front() -> None:
    assert named_models("io.box.core.v1.Pod", "IoBoxCoreV1PodStatus", "IoBoxCoreV1Podium") == [
        "Pod", "PodStatus", "IoBoxCoreV1Podium",
    ]  # fmt: skip


def test_an_operation_whose_path_parameter_is_called_otherwise_keeps_its_name() -> None:
    def named(parameter: str, known: dict[str, str]) -> dict[str, str]:
        path = {"name": parameter, "in": "path", "required": True, "schema": {"type": "string"}}
        said = {f"/pets/{{{parameter}}}": {"patch": {"parameters": [path], "responses": {}}}}
        document = {"openapi": "3.1.0", "paths": said, "components": {"schemas": {}}}
        return give_names(document, known_names(document, Pins(known)))

    before = named("id", {})
    after = named("pet_id", before)
    assert after["/paths/~1pets~1{pet_id}/patch"] == before["/paths/~1pets~1{id}/patch"] == "pets.update"
    assert after["/paths/~1pets~1{pet_id}/patch/parameters/path.pet_id"] == "pet_id"


def published(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """The names of a document, and those of the next one, in which some things only got another pointer."""
    names = give_names(before, Pins())
    return names, give_names(after, known_names(after, Pins(names)))


def api(path: str = "/v1/pets", key: str = "PetDto", member: str = "birthDate", scheme: str = "key") -> dict[str, Any]:
    answers = {"200": {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{key}"}}}}}
    schemas = {key: {"type": "object", "properties": {member: {"type": "string"}}}}
    credentials = {scheme: {"type": "http", "scheme": "bearer"}}
    said = {path: {"post": {"parameters": [{"name": "dryRun", "in": "query", "schema": {}}], "responses": answers}}}
    return {"openapi": "3.1.0", "paths": said, "components": {"schemas": schemas, "securitySchemes": credentials}}


@pytest.mark.parametrize(
    "after",
    [api("/v2/pets"), api(key="Pet"), api(member="birth_date"), api(scheme="bearer"), api("/v2/pets", "PetPublicDto")],
)
def test_what_got_another_pointer_only_keeps_its_python_name(after: dict[str, Any]) -> None:
    before, now = published(api(), after)
    assert sorted(now.values()) == sorted(before.values())
    assert "pets.create" in now.values()


def test_what_comes_back_beside_its_heir_is_something_new() -> None:
    before = give_names(api(), Pins())
    pinned = known_names(api("/v2/pets"), Pins(before))
    lock = {**pinned.shipped, **give_names(api("/v2/pets"), pinned)}
    both = api()
    both["paths"] |= api("/v2/pets")["paths"]
    names = give_names(both, known_names(both, Pins(lock)))
    assert names["/paths/~1v2~1pets/post"] == "pets.create"
    assert names["/paths/~1v1~1pets/post"] != "pets.create"


def test_another_thing_does_not_take_the_name_of_what_is_gone() -> None:
    before, now = published(api("/pets", member="name"), api("/pets", member="name_tag"))
    assert set(before.values()) - set(now.values()) == {"name"}
    one = api("/pets/{id}")
    one["paths"]["/pets/{id}"]["patch"] = one["paths"]["/pets/{id}"].pop("post")
    before, now = published(one, api("/pets/{id}"))
    assert before["/paths/~1pets~1{id}/patch"] == "pets.update"
    assert now["/paths/~1pets~1{id}/post"] != "pets.update"


def test_a_long_name_says_each_word_once() -> None:
    said = "WebhookPullRequestReviewRequestRemovedReviewRequestRemovedObjectPullRequestAutoMerge"
    assert pascal(parts(said)) == "WebhookReviewRemovedObjectPullRequestAutoMerge"
    assert pascal(parts("ReviewRequestRemovedReview")) == "ReviewRequestRemovedReview"  # short enough as it is


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("types", "type"), ("categories", "category"), ("addresses", "address"), ("statuses", "status"),
        ("sizes", "size"), ("responses", "response"), ("caches", "cache"), ("branches", "branch"), ("boxes", "box"),
        ("aliases", "alias"), ("indices", "index"), ("people", "person"), ("movies", "movie"), ("bonuses", "bonus"),
        ("databases", "database"), ("schemas", "schema"), ("quizzes", "quiz"), ("causes", "cause"),
    ],
)  # fmt: skip
def test_many_things_and_one_of_them(many: str, one: str) -> None:
    assert singular((many,)) == (one,)
    assert singular((many.capitalize(),)) == (one.capitalize(),)
    assert singular((one,)) == (one,)
    assert is_plural(many)
    assert not is_plural(one)


@given(st.lists(st.sampled_from([f"word{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]), min_size=1, max_size=60))
def test_a_name_is_shortened_by_whole_words_and_never_too_long(names: list[str]) -> None:
    name = snake(names)
    assert len(name) <= LONGEST
    assert name == "_".join(names) or set(name.split("_")[:-1]) <= set(names)


@pytest.mark.parametrize(("schemes", "expected"), [
    ({"ApiKeyAuth": "bearer", "AdminApiKeyAuth": "bearer"}, ["api_key", "admin_api_key_auth"]),
    ({"AdminApiKeyAuth": "bearer", "api_key": "apiKey"}, ["admin_api_key_auth", "api_key"]),
    ({"apiKey": "apiKey", "ApiKeyAuth": "bearer"}, ["api_key", "api_key_auth"]),
    ({"ApiKeyAuth": "basic", "token": "bearer"}, ["api_key_auth", "token"]),
    ({"petstore_auth": "oauth2", "apikey": "apiKey"}, ["petstore_auth", "api_key"]),
    ({"anything": "bearer"}, ["api_key"]),
])  # fmt: skip
def test_the_scheme_that_is_called_no_more_than_an_api_key_is_the_argument_api_key(
    schemes: dict[str, str], expected: list[str]
) -> None:
    kinds = {name: {"type": kind} if kind in ("apiKey", "oauth2") else {"type": "http", "scheme": kind}
             for name, kind in schemes.items()}  # fmt: skip
    assert list(name_credentials(kinds, {}).values()) == expected
    pinned = {f"/components/securitySchemes/{name}": f"old_{number}" for number, name in enumerate(schemes)}
    assert name_credentials(kinds, pinned) == pinned


def test_operations_that_share_a_path_without_words_are_named_by_their_ids() -> None:
    actions = ("CreateTopic", "DeleteTopic", "DescribeTopic", "ListTopics")
    calls = [f"{verb} /#Action={action} {verb}_{action}" for action in actions for verb in ("GET", "POST")]
    words = ("create_topic", "delete_topic", "describe_topic", "list_topics")
    assert operations(*calls) == [name for word in words for name in (f"root.get_{word}", f"root.{word}")]
    buckets = [f"PUT /{{Bucket}}#{word} PutBucket{word.title()}" for word in ("acl", "cors", "policy")]
    found = operations("PUT /{Bucket} CreateBucket", *buckets, "GET / ListBuckets")
    assert found == [
        "root.create_bucket",
        "root.put_bucket_acl",
        "root.put_bucket_cors",
        "root.put_bucket_policy",
        "root.list",
    ]
