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
        ("Watermark", "watermark", "WatermarkWatermark"),
        ("Pet", "owner", "PetOwner"),
    ],
)
def test_an_object_of_an_object_does_not_repeat_what_its_owner_ends_with(
    tmp_path: Path, owner: str, member: str, key: str
) -> None:
    found = schemas(tmp_path, write({owner: {"type": "object", "properties": {member: INLINE}}}))
    assert found.keys() == {owner, key}


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
