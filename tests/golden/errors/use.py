"""Errors are raised, each with the model that its status documents."""

from __future__ import annotations

from golden_errors import APIStatusError, AsyncGolden, BadRequestError, Golden, InternalServerError, NotFoundError
from golden_errors.models import Complaint, Failure, Missing


def use(client: Golden) -> None:
    raised = [error_of(client, number) for number in (404, 400, 418, 500)]
    look_at(raised)
    assert client.orders.retrieve(1).id == 1


def error_of(client: Golden, number: int) -> APIStatusError:
    try:
        client.orders.retrieve(number)
    except APIStatusError as error:
        return error
    raise AssertionError("no error was raised")


async def use_async(client: AsyncGolden) -> None:
    raised: list[APIStatusError] = []
    for number in (404, 400, 418, 500):
        try:
            await client.orders.retrieve(number)
        except APIStatusError as error:
            raised.append(error)
    look_at(raised)
    assert (await client.orders.retrieve(1)).id == 1


def look_at(raised: list[APIStatusError]) -> None:
    missing, bad, teapot, failure = raised
    assert type(missing) is NotFoundError
    assert missing.model == Missing(order_id=404)
    assert type(bad) is BadRequestError
    assert bad.model == Complaint(title="no")
    assert type(teapot) is APIStatusError
    assert teapot.model == Complaint(title="tea", status=418)
    assert type(failure) is InternalServerError
    assert isinstance(failure.model, Failure)
    assert str(failure) == "GET /orders/500 -> 500: burnt down"
