"""Streams from real servers: what callers get, when connections are given free, and what happens when they break."""

from __future__ import annotations

import asyncio
import pickle
import threading
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from petshop import AsyncPetshop, Drift, Petshop
from petshop._runtime import (
    APIConnectionError,
    APITimeoutError,
    AsyncStream,
    DecodeError,
    Download,
    DriftError,
    IncompleteError,
    InternalServerError,
    NextCursor,
    PagedOperation,
    Resource,
    ResponseTooLargeError,
    ServerSentEvent,
    Stream,
    SyncPage,
    WithResponse,
    raw_response,
    response_of,
    streaming_response,
)
from petshop._runtime.operation import Operation
from petshop.models import Cat, Pet
from scripted import HELD, RESET, Scripted, chunked, head

PET = b'{"id": "1", "name": "Rex", "age": 3}'
EVENTS: Operation[ServerSentEvent[Pet]] = Operation(
    "pets.watch", "GET", "/events", returns={"200": "Pet"}, reads="events", accept="text/event-stream"
)
RESUMED: Operation[ServerSentEvent[Pet]] = Operation(
    "pets.watch", "GET", "/events", returns={"200": "Pet"}, reads="events", resume_header="Last-Event-ID"
)
POSTED: Operation[ServerSentEvent[Any]] = Operation(
    "pets.say", "POST", "/say", body="application/json", returns={"200": "Any"}, reads="events",
    resume_header="Last-Event-ID",
)  # fmt: skip
TEXTS: Operation[ServerSentEvent[str]] = Operation("pets.talk", "GET", "/t", returns={"200": "str"}, reads="events")
LINES: Operation[Pet] = Operation("pets.dump", "GET", "/dump", returns={"200": "Pet"}, reads="lines")

Read = Callable[..., list[Any]]


def read_sync(url: str, operation: Operation[Any], most: int | None = None, **settings: Any) -> list[Any]:
    parts = settings.pop("parts", {})
    with Petshop(api_key="k", base_url=url, **settings) as client:
        stream: Stream[Any] = client._stream(operation, {}, **parts)
        with stream:
            return [item for _, item in zip(range(most or 10**9), stream, strict=False)]


def read_async(url: str, operation: Operation[Any], most: int | None = None, **settings: Any) -> list[Any]:
    parts = settings.pop("parts", {})

    async def main() -> list[Any]:
        found: list[Any] = []
        async with AsyncPetshop(api_key="k", base_url=url, **settings) as client:
            stream: AsyncStream[Any] = await client._stream(operation, {}, **parts)
            async with stream:
                async for item in stream:
                    found.append(item)
                    if len(found) == most:
                        break
        return found

    return asyncio.run(main())


@pytest.fixture(params=[read_sync, read_async], ids=["sync", "async"])
def read(request: pytest.FixtureRequest) -> Read:
    reader: Read = request.param
    return reader


def event(number: int, name: bool = True) -> bytes:
    return (b"id: %d\n" % number if name else b"") + b'data: {"id": "%d", "name": "Rex"}\n\n' % number


def ids(items: list[ServerSentEvent[Pet]]) -> list[str]:
    return [item.data.id for item in items]


def test_events_are_typed_and_say_their_kind_and_id(read: Read) -> None:
    said = b": hello\n\nevent: born\nid: 7\ndata: " + PET + b"\n\ndata: " + PET + b"\n\ndata: [DONE]\n\n"
    with Scripted((chunked(said[:30], said[30:]),)) as server:
        found = read(server.url, EVENTS)
    assert found == [
        ServerSentEvent(Pet(id="1", name="Rex", age=3), "born", "7"),
        ServerSentEvent(Pet(id="1", name="Rex", age=3), "message", None),
    ]
    assert b"Accept: text/event-stream\r\n" in server.asked[0]


def test_the_sentinel_ends_a_stream_whose_connection_stays_open(read: Read) -> None:
    with Scripted((head(), b"data: " + PET + b"\n\ndata: [DONE]\n\ndata: late\n\n", HELD)) as server:
        assert len(read(server.url, EVENTS)) == 1
        assert server.closed.wait(5)


def test_leaving_early_gives_the_connection_free(read: Read) -> None:
    with Scripted((head(), event(1) * 3, HELD)) as server:
        assert len(read(server.url, EVENTS, most=2)) == 2
        assert server.closed.wait(5)


def test_an_event_is_there_before_the_next_one_is_sent() -> None:
    with Scripted((head(), event(1), b": still here\n\n", HELD)) as server, Petshop(base_url=server.url) as client:
        stream = client._stream(EVENTS, {})
        assert next(stream).data.id == "1"
        assert stream.last_event_id == "1"
        stream.close()
        stream.close()
        assert list(stream) == []


def test_data_that_is_not_as_documented_is_a_drift_and_stays_what_it_is(read: Read) -> None:
    drifts: list[Drift] = []
    said = b'data: ping\n\ndata: 3\n\ndata: {"id": 5, "name": "Rex", "age": null}\n\ndata: {"half": \n\n'
    with Scripted((chunked(said),)) as server:
        found = read(server.url, EVENTS, on_drift=drifts.append)
        with pytest.raises(DriftError):
            read(server.url, EVENTS, strict=True)
    assert [item.data for item in found[:2]] == ["ping", 3]
    assert found[2].data.id == 5
    assert found[3].data == '{"half": '
    assert {(drift.path, drift.came) for drift in drifts} == {
        ("$", "text that is no JSON"), ("$", "integer"), ("$.id", "integer"),
    }  # fmt: skip


def test_events_of_text_are_not_read_as_json(read: Read) -> None:
    with Scripted((chunked(b'data: {"a": 1}\n\ndata: a\ndata: b\n\n'),)) as server:
        assert [item.data for item in read(server.url, TEXTS)] == ['{"a": 1}', "a\nb"]


@pytest.mark.parametrize("kind", ["application/x-ndjson", "application/jsonl", "application/json", "text/plain"])
def test_lines_are_read_as_models_whatever_they_are_called(read: Read, kind: str) -> None:
    with Scripted((chunked(PET[:9], PET[9:] + b"\n\n", PET, kind=kind),)) as server:
        assert read(server.url, LINES) == [Pet(id="1", name="Rex", age=3)] * 2


def test_a_json_sequence_is_read_as_models(read: Read) -> None:
    with Scripted((chunked(b"\x1e" + PET + b"\n\x1e" + PET + b"\n", kind="application/json-seq"),)) as server:
        assert len(read(server.url, LINES)) == 2


def test_a_last_line_that_is_cut_off_is_a_typed_error(read: Read) -> None:
    with (
        Scripted((chunked(PET + b"\n" + PET[:20], kind="application/jsonl"),)) as server,
        pytest.raises(IncompleteError, match=r"GET /dump: the stream ended in the middle of a JSON value") as told,
    ):
        read(server.url, LINES)
    assert told.value.delivered
    assert isinstance(pickle.loads(pickle.dumps(told.value)), IncompleteError)


def test_a_line_that_is_no_json_is_a_typed_error(read: Read) -> None:
    with (
        Scripted((chunked(PET + b"\n<html>\n" + PET, kind="application/jsonl"),)) as server,
        pytest.raises(DecodeError, match="no JSON") as told,
    ):
        read(server.url, LINES)
    assert told.value.body == "<html>"


@pytest.mark.parametrize("end", [(), (RESET,)], ids=["closed", "reset"])
def test_a_stream_that_breaks_off_within_an_event_is_a_typed_error(read: Read, end: tuple[object, ...]) -> None:
    with (
        Scripted((chunked(event(1), b"data: {", end=False), *end)) as server,
        pytest.raises(IncompleteError, match="GET /events: the answer broke off") as told,
    ):
        read(server.url, EVENTS)
    assert told.value.attempts == 1
    assert len(server.asked) == 1


def test_a_stream_that_ends_within_an_event_is_a_typed_error(read: Read) -> None:
    with Scripted((head(), event(1), b"data: {")) as server, pytest.raises(IncompleteError, match="middle of an event"):
        read(server.url, EVENTS)


def test_a_server_that_falls_silent_is_a_timeout(read: Read) -> None:
    with Scripted((head(), event(1), HELD)) as server:
        with pytest.raises(APITimeoutError, match="stopped coming"):
            read(server.url, EVENTS, timeout=0.2)
        assert server.closed.wait(5)


def test_comments_without_end_are_ended_by_the_total_timeout(read: Read) -> None:
    with Scripted((head(), b": on\n\n" * 1_000_000, HELD)) as server, pytest.raises(APITimeoutError):
        read(server.url, EVENTS, total_timeout=0.3)


def test_an_event_over_the_limit_is_a_typed_error_and_others_are_not(read: Read) -> None:
    large = b'data: {"id": "1", "name": "' + b"x" * 100_000 + b'"}\n\n'
    with Scripted((chunked(*[large[i : i + 1000] for i in range(0, len(large), 1000)]),)) as server:
        assert len(read(server.url, EVENTS)) == 1
        with pytest.raises(ResponseTooLargeError, match="over 50000 bytes"):
            read(server.url, EVENTS, max_response_bytes=50_000)


def test_an_answer_that_is_no_stream_is_a_typed_error_and_its_connection_free(read: Read) -> None:
    with Scripted((head("application/json", "Content-Length: 99"), b"{}", HELD)) as server:
        with pytest.raises(DecodeError, match="as application/json, not as text/event-stream"):
            read(server.url, EVENTS)
        assert server.closed.wait(5)


def test_an_error_answer_is_the_error_of_its_status(read: Read, waits: list[float]) -> None:
    head = b"HTTP/1.1 500 No\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n"
    answer = head + b'{"message": "no"}'
    with Scripted((answer,)) as server, pytest.raises(InternalServerError, match="500: no"):
        read(server.url, EVENTS)
    assert len(server.asked) == 3


def test_a_broken_stream_is_resumed_after_the_last_event_without_loss_or_double(read: Read, waits: list[float]) -> None:
    with Scripted(
        (chunked(b"retry: 70\n\n", event(1), event(2) + b"id: 3\ndata: {", end=False),),
        (chunked(event(2), event(3), b"data: ", end=False), RESET),
        (chunked(event(4)),),
    ) as server:
        assert ids(read(server.url, RESUMED)) == ["1", "2", "3", "4"]
    asked = [line for text in server.asked for line in text.split(b"\r\n") if line.lower().startswith(b"last-event")]
    assert asked == [b"Last-Event-ID: 2", b"Last-Event-ID: 3"]
    assert waits == [0.07, 0.07]


def test_a_broken_stream_is_not_resumed_where_events_would_come_twice(read: Read, waits: list[float]) -> None:
    with (
        Scripted((chunked(event(1), event(2, name=False), b"data: {", end=False),)) as server,
        pytest.raises(IncompleteError),
    ):
        read(server.url, RESUMED)
    assert len(server.asked) == 1


def test_a_stream_that_breaks_again_and_again_at_one_place_is_given_up(read: Read, waits: list[float]) -> None:
    with Scripted((chunked(event(1), b": x\n\n", end=False),)) as server, pytest.raises(IncompleteError):
        read(server.url, RESUMED, max_retries=2)
    assert len(server.asked) == 3
    assert len(waits) == 2


def test_an_absurd_wait_is_not_waited(read: Read, waits: list[float]) -> None:
    with (
        Scripted((chunked(b"retry: 99999999\n\n", event(1), b": x\n\n", end=False),)) as server,
        pytest.raises(IncompleteError),
    ):
        read(server.url, RESUMED)
    assert waits == []


def test_a_post_is_not_sent_again_before_its_first_event(read: Read, waits: list[float]) -> None:
    with Scripted((chunked(b"data: {", end=False),)) as server, pytest.raises(IncompleteError):
        read(server.url, POSTED, parts={"body": {"a": 1}})
    assert len(server.asked) == 1


def test_a_stream_that_the_server_ends_is_not_resumed(read: Read) -> None:
    with Scripted((chunked(event(1)),)) as server:
        assert ids(read(server.url, RESUMED)) == ["1"]
    assert len(server.asked) == 1


def test_the_last_id_that_is_no_header_is_never_sent(read: Read, waits: list[float]) -> None:
    with (
        Scripted((chunked("id: ä\u2028\ndata: {}\n\n".encode(), b"data: {", end=False),)) as server,
        pytest.raises(IncompleteError),
    ):
        read(server.url, RESUMED)
    assert len(server.asked) == 1


def test_a_stream_can_be_had_with_its_answer() -> None:
    with Scripted((chunked(event(1)),)) as server, Petshop(base_url=server.url) as client:
        raw = ThingsWithRawResponse(Things(client)).watch()
        assert raw.status == response_of(raw.result).status == 200
        assert raw.headers["content-type"] == response_of(raw.result).headers["content-type"] == "text/event-stream"
        with raw.result as stream:
            assert ids(list(stream)) == ["1"]


def test_any_call_can_be_read_as_it_comes() -> None:
    with Scripted((head("application/json"), b'[{"id":', b' "1"}]\r\nlast')) as server:
        client = Petshop(api_key="k", base_url=server.url)
        with client, client.pets.with_streaming_response.list(limit=2) as response:
            assert response.status == 200
            assert response.media_type == "application/json"
            assert str(response.request) == "GET /pets"
            assert list(response.iter_lines()) == ['[{"id": "1"}]', "last"]

        async def main() -> bytes:
            client = AsyncPetshop(api_key="k", base_url=server.url)
            async with client, client.pets.with_streaming_response.retrieve("1") as response:
                return b"".join([piece async for piece in response.iter_bytes()])

        assert asyncio.run(main()).endswith(b"last")


def test_a_call_that_is_left_unread_gives_its_connection_free() -> None:
    with (
        Scripted((head("application/json"), b"[", HELD)) as server,
        Petshop(api_key="k", base_url=server.url) as client,
    ):
        with client.pets.with_streaming_response.list():
            pass
        assert server.closed.wait(5)


def test_a_cancelled_reader_gives_its_connection_free() -> None:
    async def main() -> None:
        async with AsyncPetshop(base_url=server.url) as client:
            stream = await client._stream(EVENTS, {})

            async def consume(stream: AsyncIterator[Any]) -> None:
                async for _ in stream:
                    pass

            task = asyncio.create_task(consume(stream.__aiter__()))
            await asyncio.sleep(0.1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await stream.close()

    with Scripted((head(), event(1), HELD)) as server:
        asyncio.run(main())
        assert server.closed.wait(5)


def test_a_stream_that_is_closed_while_another_task_reads_ends_there() -> None:
    async def main() -> int:
        async with AsyncPetshop(base_url=server.url) as client:
            stream = await client._stream(RESUMED, {})

            async def consume() -> int:
                return len([item async for item in stream])

            task = asyncio.create_task(consume())
            await asyncio.sleep(0.1)
            await stream.close()
            return await asyncio.wait_for(task, 5)

    with Scripted((head(), event(1), HELD)) as server:
        assert asyncio.run(main()) == 1
        assert len(server.asked) == 1


def test_a_stream_that_is_closed_while_another_thread_reads_ends_there() -> None:
    found: list[Any] = []
    with Scripted((head(), event(1), HELD)) as server, Petshop(base_url=server.url) as client:
        stream = client._stream(RESUMED, {})
        reader = threading.Thread(target=lambda: found.extend(stream))
        reader.start()
        while not stream.last_event_id:
            time.sleep(0.01)
        stream.close()
        reader.join(5)
        assert not reader.is_alive()
    assert len(found) == 1
    assert len(server.asked) == 1


def test_a_connection_error_before_the_stream_is_told_like_any_other(read: Read, dead_url: str) -> None:
    with pytest.raises(APIConnectionError):
        read(dead_url, EVENTS, max_retries=0)


def test_a_union_of_events_is_read_by_their_kind(read: Read) -> None:
    cats: Operation[ServerSentEvent[Any]] = Operation(
        "pets.both", "GET", "/both", returns={"200": "Animal"}, reads="events"
    )
    with Scripted((chunked(b'data: {"kind": "cat", "name": "Tom", "lives": 9}\n\n'),)) as server:
        assert isinstance(read(server.url, cats)[0].data, Cat)


class Things(Resource):
    """A resource whose calls give pages, streams and files."""

    def list(self) -> SyncPage[Any, Any]:
        page = NextCursor(items="items", next="next", send="cursor")
        listing: PagedOperation[Any, Any] = PagedOperation("things.list", "GET", "/things", page=page)
        return self._page(listing, {})

    def watch(self) -> Stream[ServerSentEvent[Pet]]:
        return self._stream(EVENTS, {})

    def photo(self) -> Download:
        return self._download(LINES, {})


class ThingsWithRawResponse(WithResponse):
    @raw_response(Things.watch)
    def watch(self) -> None: ...


class ThingsWithStreamingResponse(WithResponse):
    @streaming_response(Things.list)
    def list(self) -> None: ...

    @streaming_response(Things.watch)
    def watch(self) -> None: ...

    @streaming_response(Things.photo)
    def photo(self) -> None: ...


def test_pages_streams_and_files_can_be_read_as_they_come_too() -> None:
    with Scripted((head("text/event-stream"), b"data: x")) as server, Petshop(base_url=server.url) as client:
        things = ThingsWithStreamingResponse(Things(client))
        for method in (things.list, things.watch, things.photo):
            with method() as response:
                assert (response_of(response).attempts, response.request_id) == (1, None)
                assert response.read() == b"data: x"
    assert len(server.asked) == 3


def test_a_dry_run_of_a_stream_sends_nothing() -> None:
    with Scripted((HELD,)) as server, Petshop(base_url=server.url) as client:
        sent = client.dry_run(Things(client).watch)
        assert ("Accept", "text/event-stream") in sent.headers
    assert server.asked == []
