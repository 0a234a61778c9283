# Made from spec/openapi.yaml by `python -m scripts generate`; changes here are lost.
"""The model `PhoneAgent`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from .._runtime import Model

if TYPE_CHECKING:
    import datetime
    from typing import Any, ClassVar, Literal
    from uuid import UUID

__all__ = ["PhoneAgent"]


@attrs.define(kw_only=True, eq=False, repr=False)
class PhoneAgent(Model):
    """`PhoneAgentDto` of the API.

    Source: `PhoneAgentDto`, spec/pages/003_343cdb29b8451413.txt:153
    """

    __wire__: ClassVar[dict[str, str]] = {"action_ids": "actionIds"}

    id: str
    org_id: str
    phone_number: str | None
    name: str | None
    type: Literal["inbound", "outbound"] | str
    language: list[str]
    accent: str | None
    handoff_phone_number: str | None
    speed: float | None
    interruptible: bool
    action_ids: list[str] | None
    """Wire name: `actionIds`."""
    instructions: list[str] | None
    data_collection_fields: list[str] | None
    data_collection_webhook_url: str | None
    model: Literal["oppie-vox", "oppie-vox-turbo", "oppie-vox-2", "oppie-vox-livekit"] | str
    voice_id: str | None
    first_message: str | None
    created_at: datetime.datetime
    updated_at: datetime.datetime
    provider_external_id: str | None
    flow: Any
    manual_mode: bool
    custom_llm: str | None
    use_org_knowledgebase: bool
    background_noise_preset: Literal["office", "bar", "city-street"] | str | None
    recording_enabled: bool
    stt_keyterms: list[str]
    stt_model: (
        Literal[
            "deepgram/flux-general",
            "deepgram/nova-3",
            "deepgram/nova-3-medical",
            "cartesia/ink-whisper",
            "elevenlabs/scribe_v2_realtime",
            "xai/stt-1",
        ]
        | str
        | None
    )
    tts_speed_pct: int | None
    failover_transfer_destination_id: UUID | None
    """Matches
    `^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$`.
    """
