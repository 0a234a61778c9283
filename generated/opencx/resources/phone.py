# Made from spec/openapi.yaml by `python -m scripts generate`; changes here are lost.
"""The resource `phone`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .._runtime import UNSET, AsyncResource, Operation, Resource

if TYPE_CHECKING:
    from typing import List, Literal, Unpack

    from .._runtime import RequestOptions, Unset
    from ..models.phone_agent import PhoneAgent
    from ._responses.phone import (
        AsyncPhoneResourceWithRawResponse,
        AsyncPhoneResourceWithStreamingResponse,
        PhoneResourceWithRawResponse,
        PhoneResourceWithStreamingResponse,
    )

__all__ = ["AsyncPhoneResource", "PhoneResource"]

_LIST: Operation[List[PhoneAgent]] = Operation(
    "phone.list",
    "GET",
    "/phone",
    returns={"200": "list[PhoneAgent]"},
    errors={"500": "Error"},
    security=(("bearerAuth",),),
)

_CREATE: Operation[PhoneAgent] = Operation(
    "phone.create",
    "POST",
    "/phone",
    body="application/json",
    returns={"200": "PhoneAgent"},
    errors={"500": "Error"},
    security=(("bearerAuth",),),
    required={"body": ("name",)},
    names={"body": {"actionIds": "action_ids"}},
)

_UPDATE: Operation[PhoneAgent] = Operation(
    "phone.update",
    "PATCH",
    "/phone/{phone_agent_id}",
    body="application/json",
    returns={"200": "PhoneAgent"},
    errors={"500": "Error"},
    security=(("bearerAuth",),),
    names={"body": {"actionIds": "action_ids"}},
)


class PhoneResource(Resource):
    """The resource `phone`."""

    def list(self, **options: Unpack[RequestOptions]) -> List[PhoneAgent]:
        """List AI phone agents

        `GET /phone`

        Returns:
            `list[PhoneAgent]`

        Raises:
            InternalServerError: 500, Internal Server Error. Its `model` is `Error`.

        Source: spec/pages/002_3015f9d2ba6dade1.txt:2
        """
        return self._call(_LIST, options)

    def create(
        self,
        *,
        name: str,
        type: Literal["inbound", "outbound"] | Unset = UNSET,
        voice_id: str | None | Unset = UNSET,
        language: List[str] | Unset = UNSET,
        first_message: str | None | Unset = UNSET,
        instructions: List[str] | None | Unset = UNSET,
        handoff_phone_number: str | None | Unset = UNSET,
        use_org_knowledgebase: bool | None | Unset = UNSET,
        action_ids: List[str] | None | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> PhoneAgent:
        """Create an AI phone agent

        Create an AI phone agent powered by the latest voice model. Use GET /phone/voices to browse
        available voices. Only name is required — everything else has sensible defaults.

        `POST /phone`

        Args:
            name: Agent display name
            type: Agent type: "inbound" (receives calls, default) or "outbound" (makes calls)
            voice_id: Voice ID from the /phone/voices endpoint. Omit for default voice.
            language: ISO-639-1 language codes the agent should speak. A subset of {en, es, fr,
                de, hi, ru, pt, ja, it, nl} can be combined freely. Any other code (e.g. "ar", "tr",
                "zh") must be the only entry.

                At least 1 item.
            first_message: What the agent says when it picks up (default: "Hello?")
            instructions: Training scenario IDs to attach to this agent
            handoff_phone_number: Phone number to transfer to when handing off to a human (E.164
                format)
            use_org_knowledgebase: Whether the agent can search your knowledge base during calls
                (default: false)
            action_ids: Action IDs the agent can call during conversations

        Returns:
            `PhoneAgent`

        Raises:
            InternalServerError: 500, Internal Server Error. Its `model` is `Error`.

        Source: spec/pages/003_343cdb29b8451413.txt:60
        """
        return self._call(
            _CREATE,
            options,
            body={
                "name": name,
                "type": type,
                "voice_id": voice_id,
                "language": language,
                "first_message": first_message,
                "instructions": instructions,
                "handoff_phone_number": handoff_phone_number,
                "use_org_knowledgebase": use_org_knowledgebase,
                "actionIds": action_ids,
            },
        )

    def update(
        self,
        phone_agent_id: str,
        *,
        name: str | Unset = UNSET,
        type: Literal["inbound", "outbound"] | Unset = UNSET,
        voice_id: str | None | Unset = UNSET,
        language: str | None | Unset = UNSET,
        first_message: str | None | Unset = UNSET,
        instructions: List[str] | None | Unset = UNSET,
        handoff_phone_number: str | None | Unset = UNSET,
        use_org_knowledgebase: bool | None | Unset = UNSET,
        action_ids: List[str] | None | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> PhoneAgent:
        """Update an AI phone agent

        `PATCH /phone/{phone_agent_id}`

        Args:
            name: Agent display name
            type: Agent type: "inbound" (receives calls, default) or "outbound" (makes calls)
            voice_id: Voice ID from the /phone/voices endpoint. Omit for default voice.
            language: Primary language code (e.g. "en", "es", "fr")
            first_message: What the agent says when it picks up (default: "Hello?")
            instructions: Training scenario IDs to attach to this agent
            handoff_phone_number: Phone number to transfer to when handing off to a human (E.164
                format)
            use_org_knowledgebase: Whether the agent can search your knowledge base during calls
                (default: false)
            action_ids: Action IDs the agent can call during conversations

        Returns:
            `PhoneAgent`

        Raises:
            InternalServerError: 500, Internal Server Error. Its `model` is `Error`.

        Source: spec/pages/004_3f0f7a5e8e341b73.txt:2
        """
        return self._call(
            _UPDATE,
            options,
            path={"phone_agent_id": phone_agent_id},
            body={
                "name": name,
                "type": type,
                "voice_id": voice_id,
                "language": language,
                "first_message": first_message,
                "instructions": instructions,
                "handoff_phone_number": handoff_phone_number,
                "use_org_knowledgebase": use_org_knowledgebase,
                "actionIds": action_ids,
            },
        )

    @cached_property
    def with_raw_response(self) -> PhoneResourceWithRawResponse:
        """The same methods, each with the answer behind its result: status, headers, attempts."""
        from ._responses.phone import PhoneResourceWithRawResponse

        return PhoneResourceWithRawResponse(self)

    @cached_property
    def with_streaming_response(self) -> PhoneResourceWithStreamingResponse:
        """The same methods, each with the answer before its body is read, in a block of `with`."""
        from ._responses.phone import PhoneResourceWithStreamingResponse

        return PhoneResourceWithStreamingResponse(self)


class AsyncPhoneResource(AsyncResource):
    """The resource `phone`, asynchronous."""

    async def list(self, **options: Unpack[RequestOptions]) -> List[PhoneAgent]:
        """List AI phone agents

        `GET /phone`

        Returns:
            `list[PhoneAgent]`

        Raises:
            InternalServerError: 500, Internal Server Error. Its `model` is `Error`.

        Source: spec/pages/002_3015f9d2ba6dade1.txt:2
        """
        return await self._call(_LIST, options)

    async def create(
        self,
        *,
        name: str,
        type: Literal["inbound", "outbound"] | Unset = UNSET,
        voice_id: str | None | Unset = UNSET,
        language: List[str] | Unset = UNSET,
        first_message: str | None | Unset = UNSET,
        instructions: List[str] | None | Unset = UNSET,
        handoff_phone_number: str | None | Unset = UNSET,
        use_org_knowledgebase: bool | None | Unset = UNSET,
        action_ids: List[str] | None | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> PhoneAgent:
        """Create an AI phone agent

        Create an AI phone agent powered by the latest voice model. Use GET /phone/voices to browse
        available voices. Only name is required — everything else has sensible defaults.

        `POST /phone`

        Args:
            name: Agent display name
            type: Agent type: "inbound" (receives calls, default) or "outbound" (makes calls)
            voice_id: Voice ID from the /phone/voices endpoint. Omit for default voice.
            language: ISO-639-1 language codes the agent should speak. A subset of {en, es, fr,
                de, hi, ru, pt, ja, it, nl} can be combined freely. Any other code (e.g. "ar", "tr",
                "zh") must be the only entry.

                At least 1 item.
            first_message: What the agent says when it picks up (default: "Hello?")
            instructions: Training scenario IDs to attach to this agent
            handoff_phone_number: Phone number to transfer to when handing off to a human (E.164
                format)
            use_org_knowledgebase: Whether the agent can search your knowledge base during calls
                (default: false)
            action_ids: Action IDs the agent can call during conversations

        Returns:
            `PhoneAgent`

        Raises:
            InternalServerError: 500, Internal Server Error. Its `model` is `Error`.

        Source: spec/pages/003_343cdb29b8451413.txt:60
        """
        return await self._call(
            _CREATE,
            options,
            body={
                "name": name,
                "type": type,
                "voice_id": voice_id,
                "language": language,
                "first_message": first_message,
                "instructions": instructions,
                "handoff_phone_number": handoff_phone_number,
                "use_org_knowledgebase": use_org_knowledgebase,
                "actionIds": action_ids,
            },
        )

    async def update(
        self,
        phone_agent_id: str,
        *,
        name: str | Unset = UNSET,
        type: Literal["inbound", "outbound"] | Unset = UNSET,
        voice_id: str | None | Unset = UNSET,
        language: str | None | Unset = UNSET,
        first_message: str | None | Unset = UNSET,
        instructions: List[str] | None | Unset = UNSET,
        handoff_phone_number: str | None | Unset = UNSET,
        use_org_knowledgebase: bool | None | Unset = UNSET,
        action_ids: List[str] | None | Unset = UNSET,
        **options: Unpack[RequestOptions],
    ) -> PhoneAgent:
        """Update an AI phone agent

        `PATCH /phone/{phone_agent_id}`

        Args:
            name: Agent display name
            type: Agent type: "inbound" (receives calls, default) or "outbound" (makes calls)
            voice_id: Voice ID from the /phone/voices endpoint. Omit for default voice.
            language: Primary language code (e.g. "en", "es", "fr")
            first_message: What the agent says when it picks up (default: "Hello?")
            instructions: Training scenario IDs to attach to this agent
            handoff_phone_number: Phone number to transfer to when handing off to a human (E.164
                format)
            use_org_knowledgebase: Whether the agent can search your knowledge base during calls
                (default: false)
            action_ids: Action IDs the agent can call during conversations

        Returns:
            `PhoneAgent`

        Raises:
            InternalServerError: 500, Internal Server Error. Its `model` is `Error`.

        Source: spec/pages/004_3f0f7a5e8e341b73.txt:2
        """
        return await self._call(
            _UPDATE,
            options,
            path={"phone_agent_id": phone_agent_id},
            body={
                "name": name,
                "type": type,
                "voice_id": voice_id,
                "language": language,
                "first_message": first_message,
                "instructions": instructions,
                "handoff_phone_number": handoff_phone_number,
                "use_org_knowledgebase": use_org_knowledgebase,
                "actionIds": action_ids,
            },
        )

    @cached_property
    def with_raw_response(self) -> AsyncPhoneResourceWithRawResponse:
        """The same methods, each with the answer behind its result: status, headers, attempts."""
        from ._responses.phone import AsyncPhoneResourceWithRawResponse

        return AsyncPhoneResourceWithRawResponse(self)

    @cached_property
    def with_streaming_response(self) -> AsyncPhoneResourceWithStreamingResponse:
        """The same methods, each with the answer before its body is read, in a block of `async with`."""
        from ._responses.phone import AsyncPhoneResourceWithStreamingResponse

        return AsyncPhoneResourceWithStreamingResponse(self)
