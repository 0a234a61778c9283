# Made from spec/openapi.yaml by `python -m scripts generate`; changes here are lost.
"""The model `CreatePhoneAgent`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from .._runtime import UNSET, Model

if TYPE_CHECKING:
    from typing import ClassVar, Literal

    from .._runtime import Unset

__all__ = ["CreatePhoneAgent"]


@attrs.define(kw_only=True, eq=False, repr=False)
class CreatePhoneAgent(Model):
    """`CreatePhoneAgentPublicDto` of the API.

    Source: `CreatePhoneAgentPublicDto`, spec/pages/003_343cdb29b8451413.txt:88
    """

    __wire__: ClassVar[dict[str, str]] = {"action_ids": "actionIds"}

    name: str
    """Agent display name"""
    type: Literal["inbound", "outbound"] | Unset = UNSET
    """Agent type: "inbound" (receives calls, default) or "outbound" (makes calls)"""
    voice_id: str | None | Unset = UNSET
    """Voice ID from the /phone/voices endpoint. Omit for default voice."""
    language: list[str] | Unset = UNSET
    """ISO-639-1 language codes the agent should speak. A subset of {en, es, fr, de, hi, ru, pt, ja,
    it, nl} can be combined freely. Any other code (e.g. "ar", "tr", "zh") must be the only entry.

    At least 1 item.
    """
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
