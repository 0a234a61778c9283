# Made from spec/openapi.yaml by `python -m scripts generate`; changes here are lost.
"""The model `UpdatePhoneAgent`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from .._runtime import UNSET, Model

if TYPE_CHECKING:
    from typing import ClassVar, Literal

    from .._runtime import Unset

__all__ = ["UpdatePhoneAgent"]


@attrs.define(kw_only=True, eq=False, repr=False)
class UpdatePhoneAgent(Model):
    """`UpdatePhoneRequest` of the API."""

    __wire__: ClassVar[dict[str, str]] = {"action_ids": "actionIds"}

    name: str | Unset = UNSET
    """Agent display name"""
    type: Literal["inbound", "outbound"] | Unset = UNSET
    """Agent type: "inbound" (receives calls, default) or "outbound" (makes calls)"""
    voice_id: str | None | Unset = UNSET
    """Voice ID from the /phone/voices endpoint. Omit for default voice."""
    language: str | None | Unset = UNSET
    """Primary language code (e.g. "en", "es", "fr")"""
    first_message: str | None | Unset = UNSET
    """What the agent says when it picks up (default: "Hello?")"""
    instructions: list[str] | None | Unset = UNSET
    """Training scenario IDs to attach to this agent"""
    handoff_phone_number: str | None | Unset = UNSET
    """Phone number to transfer to when handing off to a human (E.164 format)"""
    use_org_knowledgebase: bool | None | Unset = UNSET
    """Whether the agent can search your knowledge base during calls (default: false)"""
    action_ids: list[str] | None | Unset = UNSET
    """Action IDs the agent can call during conversations

    Wire name: `actionIds`.
    """
