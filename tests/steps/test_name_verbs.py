"""Is every method called by what its operation does, wherever a document says that?"""

from __future__ import annotations

from typing import Any

import pytest
from test_name import operations

from scripts.documents import Document
from scripts.name.operations import name_operations
from scripts.name.verbs import said_verb
from scripts.normalize.context import Context
from scripts.normalize.operations import settle_operations

MANY = {"200": {"content": {"application/json": {"schema": {"type": "array"}}}}}


@pytest.mark.parametrize(
    ("words", "known", "expected"),
    [
        ("pin comment", "", "pin"),
        ("tickets approve", "tickets ticket", "approve"),
        ("workflow v2 conversations append v1", "conversations", "append"),
        ("create or update secret", "secrets", "create_or_update"),
        ("add or update membership", "memberships", "add_or_update"),
        ("reorder or replace tracks", "tracks", "reorder_or_replace"),
        ("mark thread as done", "threads", "mark_as_done"),
        ("set rules as default", "defaults default", "set"),
        ("bulk set commands", "commands", "set"),
        ("acme attach function", "functions", "attach"),
        ("map commit author", "authors", ""),
        ("assign role", "assignments", ""),
        ("unassign role", "assignments", ""),
        ("verify domain", "verifications", ""),
        ("invite user", "invite invites", ""),
        ("fully update role", "roles", ""),
        ("usage costs", "", ""),
    ],
)
def test_an_operation_id_says_a_verb_where_it_begins_or_ends(words: str, known: str, expected: str) -> None:
    assert said_verb(words.split(), frozenset(known.split())) == expected


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        (["POST /orgs/{id}/data-policy update-data-policy"], ["orgs.data_policy.update"]),
        (["POST /runs/{id} cancelRun", "GET /runs/{id} getRun"], ["runs.cancel", "runs.retrieve"]),
        (["POST /speech/{voice} Speech_v1"], ["speech.create"]),
        (["POST /statuses/{sha} create-status", "GET /statuses/{sha}"], ["statuses.create", "statuses.retrieve"]),
        (["DELETE /invitations/{id} cancel-invitation"], ["invitations.cancel"]),
        (["PATCH /invitations/{id} accept-invitation"], ["invitations.accept"]),
        (["PUT /accounts createAccount", "POST /accounts/{id} updateAccount", "GET /accounts/{id}"],
         ["accounts.create", "accounts.update", "accounts.retrieve"]),
        (["PUT /shelves/{name} create_shelf", "PATCH /shelves/{name} update_shelf"],
         ["shelves.create", "shelves.update"]),
        (["PUT /keys/{name} create-or-update-key"], ["keys.create_or_update"]),
        (["GET /squads/{id} SquadController_findOne", "GET /squads SquadController_findAll"],
         ["squads.retrieve", "squads.list"]),
        (["POST /orgs/{id}/spend_limit Updateorgspendlimit", "GET /orgs/{id}/spend_limit"],
         ["orgs.spend_limit.update", "orgs.spend_limit.retrieve"]),
        (["DELETE /links/{link_id}#id removeLink", "GET /links/{link_id_or_name}#idOrName getLink"],
         ["links.delete", "links.retrieve"]),
        (["POST /runners/remove-token create-remove-token-for-org", "GET /runners", "GET /runners/{id}"],
         ["runners.remove_token.create", "runners.list", "runners.retrieve"]),
        (["GET /images/get ImageGetAll", "GET /images/{name}/get ImageGet", "GET /images", "DELETE /images/{name}"],
         ["images.get_all", "images.get", "images.list", "images.delete"]),
        (["POST /points/{id}/search search_points", "POST /points/{id}/search/matrix/pairs search_matrix_pairs"],
         ["points.search.search", "points.search.matrix.pairs.create"]),
        (["PUT /docs/{id}/labels set-labels", "POST /docs/{id}/labels add-labels",
          "DELETE /docs/{id}/labels/{name} remove-label", "DELETE /docs/{id}/labels remove-all-labels"],
         ["docs.labels.set", "docs.labels.add", "docs.labels.delete", "docs.labels.delete_all"]),
        (["POST /teams/{id}/apps add-apps", "DELETE /teams/{id}/apps remove-apps"],
         ["teams.apps.add", "teams.apps.remove"]),
        (["PUT /orgs/{org}/blocks/{user} block-user", "DELETE /orgs/{org}/blocks/{user} unblock-user"],
         ["orgs.blocks.add", "orgs.blocks.remove"]),
        (["PUT /me/starred/{id} star-repo", "DELETE /me/starred/{id} unstar-repo"],
         ["me.starred.star", "me.starred.unstar"]),
        (["PUT /teams/{id}/users/{user} add-or-update-user", "DELETE /teams/{id}/users/{user} remove-user"],
         ["teams.users.add_or_update", "teams.users.remove"]),
        (["GET /files/{id}/content downloadFile", "GET /me/blocks/{user} checkBlocked"],
         ["files.content.download", "me.blocks.check"]),
        (["POST /logs/stream get_logs", "DELETE /logs/stream cancel_logs"],
         ["logs.stream.retrieve", "logs.stream.cancel"]),
        (["POST /grants review-grants-in-bulk", "POST /grants/{id} review-grant"],
         ["grants.review_many", "grants.review"]),
        (["GET /pods/{id}/proxy connectCoreGetPodProxy", "PUT /pods/{id}/proxy connectCorePutPodProxy"],
         ["pods.proxy.retrieve", "pods.proxy.update"]),
        (["POST /queue/{id}/phones assignPhone", "DELETE /queue/{id}/phones/{n} unAssignPhone"],
         ["queue.phones.assign", "queue.phones.unassign"]),
    ],
)  # fmt: skip
def test_a_method_is_called_by_the_verb_that_the_operation_id_says(calls: list[str], expected: list[str]) -> None:
    assert operations(*calls) == expected


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        (["GET /gists/{id}/star check-is-starred", "PUT /gists/{id}/star star", "DELETE /gists/{id}/star unstar"],
         ["gists.check_is_starred", "gists.star", "gists.unstar"]),
        (["GET /pulls/{n}/merge check-if-merged", "PUT /pulls/{n}/merge merge"],
         ["pulls.check_if_merged", "pulls.merge"]),
        (["GET /files/{id}/archive FileArchive", "PUT /files/{id}/archive PutFileArchive"],
         ["files.archive.retrieve", "files.archive.update"]),
        (["GET /boxes/{id}/share list_share", "PUT /boxes/{id}/share create_share"],
         ["boxes.share.list", "boxes.share.create"]),
        (["POST /boxes/prune BoxPrune", "GET /boxes"], ["boxes.prune", "boxes.retrieve"]),
        (["POST /me/player/next", "GET /me/player"], ["me.player.next.create", "me.player.retrieve"]),
        (["POST /users/{id}/login_links", "POST /users/{id}/terminate_sessions"],
         ["users.login_links.create", "users.terminate_sessions"]),
        (["POST /catalog/search-items SearchItems", "GET /catalog/{id}", "POST /oauth/token ObtainToken"],
         ["catalog.search_items", "catalog.retrieve", "oauth.token.obtain"]),
        (["POST /cards/{id}/cve create-card-cve"], ["cards.cve.create"]),
        (["GET /stats/commit_activity get-commit-activity", "GET /stats/{id}"],
         ["stats.commit_activity.retrieve", "stats.retrieve"]),
        (["POST /boxes/{id}/attach attach", "GET /boxes/{id}/attach/ws attachWebsocket"],
         ["boxes.attach", "boxes.attach_ws"]),
        (["POST /traces/search", "GET /traces/search/saved/latest", "GET /traces/{id}"],
         ["traces.search.create", "traces.search.saved.latest.retrieve", "traces.retrieve"]),
        (["POST /apps/{id}/rollback", "POST /apps/{id}/rollback/validate"],
         ["apps.rollback", "apps.rollback_validate"]),
        (["POST /users/ban UsersBan", "POST /users/{id}/ban BanUser"], ["users.ban_many", "users.ban"]),
        (["POST /runs/cancel batch_cancel_runs", "POST /runs/{id}/cancel cancel_run"],
         ["runs.batch_cancel", "runs.cancel"]),
    ],
)  # fmt: skip
def test_a_path_that_ends_in_what_is_done_is_a_method_of_what_is_before(calls: list[str], expected: list[str]) -> None:
    assert operations(*calls) == expected


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        (["GET /chat.history chat_history", "POST /chat.postMessage chat_postMessage", "POST /admin.apps.approve x"],
         ["chat.history", "chat.post_message", "admin.apps.approve"]),
        (["GET /boxes/json BoxList", "GET /boxes/{id}/json BoxInspect"], ["boxes.list", "boxes.retrieve"]),
        (["GET /files/{id}/class-6VMVochwUWo", "GET /files/{id}/tag-2faAdminSetting"],
         ["files.class_.retrieve", "files.tag_2fa_admin_setting.retrieve"]),
        (["GET /1-clicks", "GET /2fa/keys", "GET /24h"],
         ["one_clicks.retrieve", "two_fa.keys.retrieve", "n24h.retrieve"]),
        (["POST /responses", "POST /responses?beta=true beta_create", "GET /responses/{id}?beta=true"],
         ["responses.create", "responses.create_beta", "responses.retrieve_beta"]),
        (["POST /threads/runs createThreadAndRun", "POST /threads/{id}/runs createRun", "GET /threads/{id}/runs/{run}"],
         ["threads.runs.create_thread_and_run", "threads.runs.create", "threads.runs.retrieve"]),
        (["POST /v1/a/{id}/stop", "POST /v1/a/stop", "POST /v1/b", "GET /v2/b"],
         ["a.stop", "a.stop_many", "b.create", "v2.b.retrieve"]),
        (["GET /gists/{id}/{sha} get-revision", "GET /gists/{id} get"], ["gists.retrieve_revision", "gists.retrieve"]),
        (["POST /search/{id} items/read_item_search__id__post"], ["search.retrieve"]),
    ],
)  # fmt: skip
def test_a_resource_is_called_by_what_the_path_says_of_things(calls: list[str], expected: list[str]) -> None:
    assert operations(*calls) == expected


def test_an_array_of_one_thing_is_listed_where_nothing_else_lists() -> None:
    assert operations("GET /rules/branches/{branch} get-branch-rules", get=MANY) == ["rules.branches.list"]
    assert operations("GET /rules", "GET /rules/{id}", get=MANY) == ["rules.list", "rules.retrieve"]


def test_a_call_without_a_path_stands_with_the_others_of_its_tag() -> None:
    paths: dict[str, Any] = {"/images/{id}": {"get": {}}, "/commit": {"post": {"tags": ["Image"]}}}
    names = name_operations({"paths": paths, "components": {"schemas": {}}}, {})
    assert sorted(names.values()) == ["images.commit", "images.retrieve"]


@pytest.mark.parametrize(
    ("hints", "expected"),
    [
        ({"x-fern-sdk-group-name": ["agents", "links"], "x-fern-sdk-method-name": "get"}, "agents.links.get"),
        ({"x-fern-sdk-group-name": "agents", "x-fern-sdk-method-name": "getLink"}, "agents.get_link"),
        ({"x-speakeasy-group": "beta.agentLinks", "x-speakeasy-name-override": "fetch"}, "beta.agent_links.fetch"),
        ({"x-speakeasy-group": "agents"}, "agents.retrieve"),
        ({"x-fern-sdk-method-name": "import"}, "pages.import_"),
        ({"x-fern-sdk-group-name": 7, "x-fern-sdk-method-name": "../../x; import os"}, "pages.x_import_os"),
        ({"x-fern-sdk-group-name": ["", "!"], "x-fern-sdk-method-name": "!"}, "pages.retrieve"),
    ],
)
def test_what_the_document_says_that_clients_call_an_operation_is_its_name(
    hints: dict[str, Any], expected: str
) -> None:
    document: dict[str, Any] = {
        "paths": {"/pages/{id}": {"get": {"parameters": [], "responses": {}, **hints}}},
        "components": {"schemas": {}, "securitySchemes": {}},
    }
    settle_operations(document, Context(Document("x.yaml", document, "")))
    assert list(name_operations(document, {}).values()) == [expected]
