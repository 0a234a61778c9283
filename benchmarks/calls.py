"""Whole calls against a server on loopback: what a client costs beside the bare HTTP library."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, ExitStack
from typing import Any

import anthropic
import attrs
import httpx
import opc_client
import openai
from bench import AsyncBench, Bench
from opc_client.api.phone import get_phone

from . import data
from .decoding import OURS
from .measure import Result, in_turn, in_turn_async

_FLIGHT = 20
_KEY = "bench-key"
_WHY_ASYNC = (
    "A pool of `httpcore` goes through all of its connections for each call; the client's own looks at the newest."
)
_WHY_DRIFTING = (
    "Each has a member that the document does not name. What a parser of the documented type refuses is read by way of "
    "JSON values, and the member is kept with the model, which takes the time. To report a drift again is no "
    "more than a look in a set."
)
_HEADERS = {"Authorization": f"Bearer {_KEY}"}


def calls(url: str) -> Iterator[Result]:
    """A warm call that reads one phone agent: in turn, and with 20 in flight."""
    yield Result("A warm call, sync", "µs", "httpx + json.loads", _sync(url), 1.0)
    title = f"Async, {_FLIGHT} in flight, per call"
    yield Result(title, "µs", "httpx + json.loads", asyncio.run(_async(url)), 0.6, _WHY_ASYNC)


def _sync(url: str) -> dict[str, float]:
    with ExitStack() as stack:
        raw = stack.enter_context(httpx.Client(headers=_HEADERS))
        ours = stack.enter_context(Bench(api_key=_KEY, base_url=url))
        generated = stack.enter_context(opc_client.AuthenticatedClient(base_url=url, token=_KEY))
        from anthropic_models import PhoneAgent as AnthropicAgent
        from openai_models import PhoneAgent as OpenAIAgent

        other = stack.enter_context(openai.OpenAI(base_url=url, api_key=_KEY))
        another = stack.enter_context(anthropic.Anthropic(base_url=url, api_key=_KEY))
        contestants: dict[str, Callable[[], object]] = {
            "httpx + json.loads": lambda: json.loads(raw.request("GET", f"{url}/phone/1").content),
            OURS: lambda: ours.phone.retrieve("1"),
            "openapi-python-client": lambda: get_phone.sync("1", client=generated),
            "openai": lambda: other.get("/phone/1", cast_to=OpenAIAgent),
            "anthropic": lambda: another.get("/phone/1", cast_to=AnthropicAgent),
        }
        return in_turn(contestants)


async def _async(url: str) -> dict[str, float]:
    from anthropic_models import PhoneAgent as AnthropicAgent
    from openai_models import PhoneAgent as OpenAIAgent

    async with AsyncExitStack() as stack:
        raw = await stack.enter_async_context(httpx.AsyncClient(headers=_HEADERS))
        ours = await stack.enter_async_context(AsyncBench(api_key=_KEY, base_url=url))
        generated = await stack.enter_async_context(opc_client.AuthenticatedClient(base_url=url, token=_KEY))
        other = await stack.enter_async_context(openai.AsyncOpenAI(base_url=url, api_key=_KEY))
        another = await stack.enter_async_context(anthropic.AsyncAnthropic(base_url=url, api_key=_KEY))

        async def bare() -> object:
            return json.loads((await raw.request("GET", f"{url}/phone/1")).content)

        contestants: dict[str, Callable[[], Awaitable[object]]] = {
            "httpx + json.loads": bare,
            OURS: lambda: ours.phone.retrieve("1"),
            "openapi-python-client": lambda: get_phone.asyncio("1", client=generated),
            "openai": lambda: other.get("/phone/1", cast_to=OpenAIAgent),
            "anthropic": lambda: another.get("/phone/1", cast_to=AnthropicAgent),
        }
        return await in_turn_async(contestants, _FLIGHT)


def streams(url: str) -> Iterator[Result]:
    """A thousand events, and twenty pages of a hundred objects, per event and per object."""
    count = len(data.events())
    with httpx.Client(headers=_HEADERS) as raw, Bench(api_key=_KEY, base_url=url) as ours:
        other = openai.OpenAI(base_url=url, api_key=_KEY)
        bare = "iter_lines + json.loads"
        as_documented = {
            bare: lambda: _events(raw, f"{url}/events"),
            OURS: lambda: _our_events(ours),
            "openai": lambda: _openai_events(other),
        }
        yield _per(Result("Events of a stream, each", "µs", bare, in_turn(as_documented), 1.2), count)
        drifting = {bare: lambda: _events(raw, f"{url}/drifting"), OURS: lambda: _our_drifting(ours)}
        title = "Events of a stream that are not as documented, each"
        yield _per(Result(title, "µs", bare, in_turn(drifting), None, _WHY_DRIFTING), count)
        pages = {
            "httpx + json.loads": lambda: _pages(raw, url),
            OURS: lambda: _our_pages(ours),
            "openai": lambda: _openai_pages(other),
        }
        title = "Objects of twenty pages, each"
        yield _per(Result(title, "µs", "httpx + json.loads", in_turn(pages), 1.5), 100 * data.PAGES)


def _per(result: Result, count: int) -> Result:
    seconds = {name: one / count for name, one in result.seconds.items()}
    return attrs.evolve(result, seconds=seconds)


def _pages(raw: httpx.Client, url: str) -> int:
    cursor, count = None, 0
    while True:
        query = {"cursor": cursor} if cursor else None
        page: Any = json.loads(raw.request("GET", f"{url}/labels", params=query).content)
        for _ in page["data"]:
            count += 1
        cursor = page["next_cursor"]
        if cursor is None:
            return count


def _our_pages(ours: Bench) -> int:
    return sum(1 for _ in ours.labels.list())


def _events(raw: httpx.Client, url: str) -> int:
    with raw.stream("GET", url) as answer:
        return sum(1 for line in answer.iter_lines() if line.startswith("data:") and json.loads(line[5:]))


def _our_events(ours: Bench) -> int:
    with ours.events.retrieve() as events:
        return sum(1 for _ in events)


def _our_drifting(ours: Bench) -> int:
    with ours.drifting.retrieve() as events:
        return sum(1 for _ in events)


def _openai_events(other: openai.OpenAI) -> int:
    from openai_models import Delta

    with other.get("/events", cast_to=Delta, stream=True, stream_cls=openai.Stream[Delta]) as events:
        return sum(1 for _ in events)


def _openai_pages(other: openai.OpenAI) -> int:
    from openai_models import Label

    from .openai_pages import Page

    return sum(1 for _ in other.get_api_list("/labels", page=Page[Label], model=Label))
