"""A made-up API with its document, and a server of it on loopback that keeps what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "studio_live_9aB8cD7eF6gH5iJ4"
OWNER = "jane.roe@victim.example.net"


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(schema: Any) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


def _answer(schema: Any, status: str = "200") -> dict[str, Any]:
    return {status: {"description": "", **_json(schema)}, "404": {"description": "Missing", **_json(_ref("Fault"))}}


def _id(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


TRACK: dict[str, Any] = {
    "type": "object",
    "required": ["id", "title", "state", "owner"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "title": {"type": "string", "minLength": 3, "maxLength": 40},
        "state": {"type": "string", "enum": ["draft", "mixed"]},
        "owner": {"type": "string", "format": "email"},
        "code": {"type": "string", "pattern": "^TR-[0-9]{6}$"},
        "length": {"type": "integer"},
        "part": {"oneOf": [_ref("Voice"), _ref("Drum")], "discriminator": {"propertyName": "kind"}},
    },
}
LISTED_BY: list[dict[str, Any]] = [
    {"name": "state", "in": "query", "schema": {"type": "string", "enum": ["draft"]}},
    {"name": "tags", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
    {"name": "codes", "in": "query", "explode": False, "schema": {"type": "array", "items": {"type": "integer"}}},
    {
        "name": "by",
        "in": "query",
        "style": "deepObject",
        "schema": {"type": "object", "properties": {"singer": {"type": "string"}}},
    },
    {"name": "X-Mode", "in": "header", "schema": {"type": "string"}},
]
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Studio", "version": "1"},
    "servers": [{"url": "https://api.studio.example/v1"}],
    "security": [{"key": []}],
    "paths": {
        "/tracks": {
            "get": {
                "parameters": LISTED_BY,
                "responses": _answer({"type": "array", "items": _ref("Track")}),
            },
            "post": {
                "requestBody": {
                    "required": True,
                    **_json({"type": "object", "required": ["title"], "properties": {"title": {"type": "string"}}}),
                },
                "responses": _answer(_ref("Track"), "201"),
            },
        },
        "/tracks/{track_id}": {
            "get": {"parameters": [_id("track_id")], "responses": _answer(_ref("Track"))},
            "delete": {"parameters": [_id("track_id")], "responses": {"204": {"description": "Gone"}}},
        },
        "/tracks/{track_id}/sound": {
            "put": {
                "parameters": [_id("track_id")],
                "requestBody": {
                    "required": True,
                    "content": {
                        "multipart/form-data": {
                            "schema": {
                                "type": "object",
                                "required": ["file", "label"],
                                "properties": {
                                    "file": {"type": "string", "format": "binary"},
                                    "label": {"type": "string", "enum": ["raw", "final"]},
                                    "gain": {"type": "number"},
                                    "notes": {"type": "array", "items": {"type": "string"}},
                                    "meta": {"type": "object", "properties": {"take": {"type": "integer"}}},
                                },
                            }
                        }
                    },
                },
                "responses": _answer(_ref("Track")),
            },
            "get": {
                "parameters": [_id("track_id")],
                "responses": {
                    "200": {
                        "description": "",
                        "content": {"audio/wav": {"schema": {"type": "string", "format": "binary"}}},
                    }
                },
            },
        },
        "/search": {
            "get": {
                "parameters": [{"name": "q", "in": "query", "required": True, "schema": {"type": "string"}}],
                "responses": _answer({"type": "array", "items": _ref("Track")}),
            }
        },
        "/notes": {"get": {"responses": _answer({"type": "object", "properties": {"text": {"type": "string"}}})}},
    },
    "components": {
        "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Studio-Key"}},
        "schemas": {
            "Track": TRACK,
            "Voice": {
                "type": "object",
                "required": ["kind"],
                "properties": {"kind": {"type": "string", "const": "voice"}, "singer": {"type": "string"}},
            },
            "Drum": {
                "type": "object",
                "required": ["kind"],
                "properties": {"kind": {"type": "string", "const": "drum"}, "beats": {"type": "integer"}},
            },
            "Fault": {"type": "object", "required": ["message"], "properties": {"message": {"type": "string"}}},
        },
    },
}
SETTINGS = '[package]\nname = "studio"\nclient = "Studio"\n\n[sources]\ndocuments = ["source/studio.yaml"]\n'


def track(number: int = 1, **changes: Any) -> dict[str, Any]:
    made = {
        "id": f"9b2d7f4e-1c3a-4f5b-8d6e-{number:012}",
        "title": "Jane's song",
        "state": "draft",
        "owner": OWNER,
        "code": "TR-482913",
        "length": 215,
        "part": {"kind": "voice", "singer": "Jane Roe"},
    }
    return {**made, **changes}


class Handler(BaseHTTPRequestHandler):
    """Answers like the API; keeps method, path and headers of each request."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, str, dict[str, str]]]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.asked.append((self.command, self.path, dict(self.headers.items())))
        status, body = self._said(self.path.partition("?")[0].removeprefix("/v1"))
        content = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Set-Cookie", "sid=QkJ7hfK2mN8pRtVwXyZ1")
        if body is not None:
            self.send_header("Content-Type", "application/json")
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _said(self, path: str) -> tuple[int, Any]:
        if self.headers.get("X-Studio-Key") != KEY:
            return 401, {"message": "Who are you?"}
        if path == "/tracks":
            return (201, track(2)) if self.command == "POST" else (200, [track(1)])
        if path.startswith("/tracks/"):
            return (204, None) if self.command == "DELETE" else (200, track(int(path[-12:])))
        return (429, {"message": "Slow down"}) if path == "/notes" else (404, {"message": f"No {OWNER} here"})

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing is logged."""


@contextmanager
def serving() -> Iterator[tuple[str, list[tuple[str, str, dict[str, str]]]]]:
    """The base URL of a running server, and what it was asked so far."""
    asked: list[tuple[str, str, dict[str, str]]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("One", (Handler,), {"asked": asked}))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        server.server_close()
