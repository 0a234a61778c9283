"""What the servers of two large APIs answer, as their documents have it: made up, the same every time."""

from __future__ import annotations

from typing import Any

_SITE = "https://github.com"
_API = "https://api.github.com"
_REPOSITORY = f"{_API}/repos/acme/anvil"
_WHEN = "2026-03-01T09:30:00Z"


def repository_labels() -> list[dict[str, Any]]:
    """Thirty labels as the github API lists them."""
    return [
        {
            "id": 208_045_946 + n, "node_id": f"LA_{n:06}", "url": f"{_REPOSITORY}/labels/{n}",
            "name": f"area {n}", "description": "Where it is", "color": "d73a4a", "default": n == 0,
            "archived_at": None, "archived_by": None,
        }
        for n in range(30)
    ]  # fmt: skip


def language_models() -> dict[str, Any]:
    """Twenty models as the openai API lists them."""
    return {
        "object": "list",
        "data": [
            {"id": f"model-{n}", "object": "model", "created": 1_686_935_002 + n, "owned_by": "acme"} for n in range(20)
        ],
    }


def repository_issues() -> list[dict[str, Any]]:
    """A page of thirty issues as the github API lists them, with all that hangs on one."""
    return [_issue(n) for n in range(30)]


def _issue(n: int) -> dict[str, Any]:
    url = f"{_REPOSITORY}/issues/{n}"
    return {
        "url": url,
        "repository_url": _REPOSITORY,
        "labels_url": f"{url}/labels{{/name}}",
        "comments_url": f"{url}/comments",
        "events_url": f"{url}/events",
        "html_url": f"{_SITE}/acme/anvil/issues/{n}",
        "id": 2_610_000_000 + n,
        "node_id": f"I_kwDO{n:06}",
        "number": n,
        "title": f"The anvil falls upwards on every {n}th throw",
        "user": _user(n),
        "labels": [_label(n), _label(n + 1)],
        "state": "open",
        "locked": False,
        "assignee": _user(n + 1) if n % 2 else None,
        "assignees": [_user(n + 1)] if n % 2 else [],
        "milestone": _milestone(n) if n % 3 == 0 else None,
        "comments": n % 17,
        "created_at": _WHEN,
        "updated_at": _WHEN,
        "closed_at": None,
        "author_association": "CONTRIBUTOR",
        "active_lock_reason": None,
        "sub_issues_summary": {"total": 0, "completed": 0, "percent_completed": 0},
        "issue_dependencies_summary": {
            "blocked_by": 0, "total_blocked_by": 0, "blocking": 0, "total_blocking": 0,
        },
        "body": f"Seen {n} times.\n\n- throw it\n- look up\n- “duck”\n",
        "closed_by": None,
        "reactions": {
            "url": f"{url}/reactions", "total_count": n, "+1": n, "-1": 0, "laugh": 0, "hooray": 0, "confused": 0,
            "heart": 0, "rocket": 0, "eyes": 0,
        },
        "timeline_url": f"{url}/timeline",
        "performed_via_github_app": None,
        "state_reason": None,
    }  # fmt: skip


def _user(n: int) -> dict[str, Any]:
    url = f"{_API}/users/user-{n}"
    return {
        "login": f"user-{n}",
        "id": 5000 + n,
        "node_id": f"U_{n:06}",
        "avatar_url": f"https://avatars.githubusercontent.com/u/{n}?v=4",
        "gravatar_id": "",
        "url": url,
        "html_url": f"{_SITE}/user-{n}",
        "followers_url": f"{url}/followers",
        "following_url": f"{url}/following{{/other_user}}",
        "gists_url": f"{url}/gists{{/gist_id}}",
        "starred_url": f"{url}/starred{{/owner}}{{/repo}}",
        "subscriptions_url": f"{url}/subscriptions",
        "organizations_url": f"{url}/orgs",
        "repos_url": f"{url}/repos",
        "events_url": f"{url}/events{{/privacy}}",
        "received_events_url": f"{url}/received_events",
        "type": "User",
        "user_view_type": "public",
        "site_admin": False,
    }


def _label(n: int) -> dict[str, Any]:
    return {
        "id": 208_045_946 + n, "node_id": f"LA_{n:06}", "url": f"{_REPOSITORY}/labels/{n}", "name": f"area {n}",
        "color": "d73a4a", "default": False, "description": "Where it is",
    }  # fmt: skip


def _milestone(n: int) -> dict[str, Any]:
    return {
        "url": f"{_REPOSITORY}/milestones/{n}", "html_url": f"{_SITE}/acme/anvil/milestone/{n}",
        "labels_url": f"{_REPOSITORY}/milestones/{n}/labels", "id": 70 + n, "node_id": f"MI_{n:06}", "number": n,
        "title": f"v{n}.0", "description": None, "creator": _user(n), "open_issues": 3, "closed_issues": 5,
        "state": "open", "created_at": _WHEN, "updated_at": _WHEN, "due_on": None, "closed_at": None,
    }  # fmt: skip
