"""What the server of the benchmark answers: made up, the same every time."""

from __future__ import annotations

import json
from typing import Any

PAGES = 20


def agent() -> dict[str, Any]:
    """A phone agent with all of its 30 fields, as the API writes one: instants with milliseconds."""
    return {
        "id": "2f9e4c1a-7a67-4a58-9a63-0c6f0e0f9b11",
        "org_id": "b7a6d2a0-1f0e-4a86-8f6a-1f7f1b1c9d22",
        "phone_number": "+14155550123",
        "name": "Front desk",
        "type": "inbound",
        "language": ["en", "es"],
        "accent": None,
        "handoff_phone_number": "+14155550199",
        "speed": 1.05,
        "interruptible": True,
        "actionIds": ["act_1", "act_2", "act_3"],
        "instructions": ["Greet the caller.", "Ask what it is about.", "Offer to book a table."],
        "data_collection_fields": ["name", "reason"],
        "data_collection_webhook_url": "https://hooks.example.com/calls",
        "model": "oppie-vox-2",
        "voice_id": "v_31415",
        "first_message": "Hello, how can I help you today?",
        "created_at": "2026-03-01T09:30:00.000Z",
        "updated_at": "2026-10-17T16:05:12.345Z",
        "provider_external_id": None,
        "flow": {"nodes": [{"id": "a", "next": "b"}, {"id": "b"}], "start": "a"},
        "manual_mode": False,
        "custom_llm": None,
        "use_org_knowledgebase": True,
        "background_noise_preset": "office",
        "recording_enabled": True,
        "stt_keyterms": ["menu", "reservation"],
        "stt_model": "deepgram/nova-3",
        "tts_speed_pct": 100,
        "failover_transfer_destination_id": "9b2d7f3e-4c55-4e0b-8d3a-5a7e6c1b2f33",
    }


def labels() -> dict[str, Any]:
    """A page of 100 small objects."""
    return {"data": [{"id": n, "name": f"label {n}"} for n in range(100)], "next_cursor": None}


def label_page(number: int) -> dict[str, Any]:
    """One of some pages; the last has no cursor."""
    return {**labels(), "next_cursor": str(number + 1) if number + 1 < PAGES else None}


def issues() -> dict[str, Any]:
    """A page of 100 large nested objects."""
    return {"issues": [_issue(n) for n in range(100)], "total": 4321}


def _issue(n: int) -> dict[str, Any]:
    url = f"https://api.example.com/repos/acme/anvil/issues/{n}"
    return {
        "id": 10_000_000 + n,
        "number": n,
        "url": url,
        "events_url": f"{url}/events",
        "comments_url": f"{url}/comments",
        "page": f"https://example.com/acme/anvil/issues/{n}",
        "title": f"The anvil falls upwards on every {n}th throw",
        "user": _person(n),
        "tags": [_tag(n), _tag(n + 1), _tag(n + 2)],
        "state": "closed" if n % 3 else "open",
        "reason": "completed" if n % 3 else None,
        "locked": False,
        "assignee": _person(n + 1) if n % 2 else None,
        "assignees": [_person(n + 1), _person(n + 2)] if n % 2 else [],
        "milestone": _milestone(n) if n % 4 == 0 else None,
        "comments": n % 17,
        "created_at": f"2026-01-{n % 28 + 1:02}T08:{n % 60:02}:00Z",
        "updated_at": f"2026-02-{n % 28 + 1:02}T09:{n % 60:02}:30Z",
        "closed_at": f"2026-03-{n % 28 + 1:02}T10:{n % 60:02}:59Z" if n % 3 else None,
        "body": f"Seen {n} times.\n\n- throw it\n- look up\n- “duck”\n" * 6,
        "association": "contributor",
        "reactions": {
            "total": n, "plus": n, "minus": 0, "laugh": 0, "confused": 0, "heart": 0, "rocket": 0, "eyes": 0,
        },
        "score": n / 7,
        "draft": False,
    }  # fmt: skip


def _person(n: int) -> dict[str, Any]:
    url = f"https://api.example.com/users/user-{n}"
    return {
        "id": 5000 + n,
        "login": f"user-{n}",
        "avatar": f"https://avatars.example.com/u/{n}?v=4",
        "page": f"https://example.com/user-{n}",
        "followers_url": f"{url}/followers",
        "repos_url": f"{url}/repos",
        "kind": "user",
        "admin": False,
    }


def _tag(n: int) -> dict[str, Any]:
    return {
        "id": 900 + n, "name": f"area {n % 9}", "color": "d73a4a", "description": None if n % 2 else "Where it is",
        "default": False, "url": f"https://api.example.com/repos/acme/anvil/labels/{n}",
    }  # fmt: skip


def _milestone(n: int) -> dict[str, Any]:
    return {
        "id": 70 + n, "number": n, "title": f"v{n}.0", "description": None, "state": "open", "creator": _person(n),
        "open_issues": 3, "closed_issues": 5, "created_at": "2026-01-01T00:00:00Z", "due_on": None,
    }  # fmt: skip


def events() -> list[dict[str, Any]]:
    """What a stream of 1,000 events carries."""
    return [{"id": "run_1", "index": n, "text": f"word {n} "} for n in range(1000)]


def text(value: Any) -> bytes:
    """JSON as servers write it: compact, in UTF-8."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
