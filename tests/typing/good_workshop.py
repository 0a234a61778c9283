"""The same for what OpenCX has none of: pages, streams, files, models in bodies, and webhooks."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, assert_type

from workshop import (
    AsyncDownload,
    AsyncPage,
    AsyncStream,
    AsyncWorkshop,
    Download,
    ServerSentEvent,
    Stream,
    SyncPage,
    Workshop,
    webhooks,
)
from workshop.models import Job, JobDone, JobLate, Part


def pages(client: Workshop) -> None:
    page = client.jobs.list(limit=2, max_items=10, max_pages=3)
    assert_type(page.items, list[Job])
    assert_type(page.response.next_cursor, str | None)
    for job in page:
        assert_type(job, Job)
    for each in page.iter_pages():
        assert_type(each.items, list[Job])
    if page.has_next_page():
        assert_type(page.next_page().items, list[Job])
    answer = client.jobs.with_raw_response.list(limit=1)
    assert_type(answer.result.items, list[Job])
    keep: SyncPage[Job, Any] = page
    print(keep, answer.headers.get("x-a"), answer.attempts, answer.elapsed)


async def pages_later(client: AsyncWorkshop) -> None:
    async for job in client.jobs.list():
        assert_type(job, Job)
    page = await client.jobs.list(limit=2)
    assert_type(page.items, list[Job])
    async for one in page:
        assert_type(one, Job)
    async for each in client.jobs.list().iter_pages():
        keep: AsyncPage[Job, Any] = each
        print(keep)


def bodies(client: Workshop) -> None:
    client.jobs.create(parts=[{"name": "a", "inner": {"name": "b", "count": 1}}], labels={"a": "b"})
    client.jobs.create(parts=[Part(name="a", inner=Part(name="b"))], due=datetime.date(2026, 1, 2))
    client.jobs.create(parts=[Part(name="a"), {"name": "b"}], due="2026-01-02")
    some = [Part(name="a")]
    client.jobs.create(parts=some)


def streams(client: Workshop) -> None:
    with client.jobs.events.retrieve("1") as stream:
        assert_type(stream, Stream[ServerSentEvent[Job]])
        for event in stream:
            assert_type(event.data, Job)
            assert_type(event.id, str | None)
    with client.jobs.with_streaming_response.create(parts=[]) as answer:
        assert_type(answer, Download)


def streams_with_their_answer(client: Workshop) -> None:
    answer = client.jobs.events.with_raw_response.retrieve("1")
    assert_type(answer.result, Stream[ServerSentEvent[Job]])
    assert_type(client.jobs.drawing.with_raw_response.retrieve("1").result, Download)


async def streams_later(client: AsyncWorkshop) -> None:
    async with await client.jobs.events.retrieve("1") as stream:
        assert_type(stream, AsyncStream[ServerSentEvent[Job]])
        async for event in stream:
            assert_type(event.data, Job)
    async with client.jobs.with_streaming_response.create(parts=[]) as answer:
        assert_type(answer, AsyncDownload)
        assert_type(await answer.read(), bytes)
    assert_type((await client.jobs.with_raw_response.list()).result.items, list[Job])
    assert_type((await client.jobs.events.with_raw_response.retrieve("1")).result, AsyncStream[ServerSentEvent[Job]])


def files(client: Workshop) -> None:
    with client.jobs.drawing.retrieve("1") as drawing:
        assert_type(drawing, Download)
        assert_type(drawing.write_to("a.png", overwrite=True), Path)
    with open("a.png", "rb") as file:
        client.jobs.drawing.update("1", file=file)
    for content in (b"a", Path("a.png"), ("a.png", b"a"), ("a.png", Path("a.png"), "image/png")):
        client.jobs.drawing.update("1", file=content)


def events(body: bytes) -> str:
    event = webhooks.parse(body)
    assert_type(event, JobDone | JobLate | dict[str, Any])
    assert_type(webhooks.parse(body, event="job.done", strict=True), JobDone)
    assert_type(webhooks.parse({"type": "job.late", "days": 1}, event="job.late").days, int)
    match event:
        case JobDone():
            return event.job.id
        case JobLate():
            return str(event.days)
        case _:
            return str(event["type"])


def kept(event: webhooks.Event) -> None:
    print(event)
