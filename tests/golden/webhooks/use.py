"""A body that the API sent becomes the model of its event, which the body names; an unknown event passes as it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal, assert_type

from golden_webhooks import AsyncGolden, DecodeError, Drift, DriftError, Golden, webhooks
from golden_webhooks.models import OrderCancelledPayload, OrderCreatedEvent

CREATED = '{"type": "order.created", "data": {"id": "a", "made": "2026-01-02T03:04:05Z"}, "sent_by": "eu-1"}'
CANCELLED = b'{"type": "order.cancelled", "reason": "late"}'


def use(client: Golden) -> None:
    client.orders.retrieve("a")
    look_at_events()
    look_at_what_is_not_as_documented()


async def use_async(client: AsyncGolden) -> None:
    await client.orders.retrieve("a")
    look_at_events()


def look_at_events() -> None:
    assert webhooks.EVENTS == ("order.created", "order.cancelled")
    event = webhooks.parse(CREATED)
    assert_type(event, OrderCreatedEvent | OrderCancelledPayload | dict[str, Any])
    match event:
        case OrderCreatedEvent():
            assert event.data.made == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
            assert event.unknown_fields == {"sent_by": "eu-1"}
        case _:
            raise AssertionError(event)
    cancelled = webhooks.parse(CANCELLED, event="order.cancelled", strict=True)
    assert_type(cancelled, OrderCancelledPayload)
    assert_type(cancelled.reason, Literal["late", "broken"] | str)
    assert isinstance(webhooks.parse({"type": "order.cancelled", "reason": "late"}), OrderCancelledPayload)


def handle(event: webhooks.Event) -> str:
    return event.type if isinstance(event, OrderCreatedEvent | OrderCancelledPayload) else str(event.get("type"))


def look_at_what_is_not_as_documented() -> None:
    found: list[Drift] = []
    assert handle(webhooks.parse(b'{"type": "order.paid"}', on_drift=found.append)) == "order.paid"
    assert [(drift.operation, drift.path, drift.came) for drift in found] == [("webhook", "$.type", "another string")]
    found.clear()
    assert webhooks.parse("[1]", event="order.paid", on_drift=found.append) == [1]
    assert [(drift.operation, drift.came) for drift in found] == [("webhook", "another event")]
    for body in ('{"type": "order.paid"}', '{"data": {}}', "[]", CREATED):
        try:
            webhooks.parse(body, strict=True)
        except DriftError:
            pass
        else:
            raise AssertionError(body)
    for text in (b"", b"<html>", "{", b"\xff"):
        try:
            webhooks.parse(text)
        except DecodeError as error:
            assert "no JSON" in str(error)
        else:
            raise AssertionError(text)
