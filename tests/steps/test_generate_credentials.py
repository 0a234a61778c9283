"""Security schemes become arguments of the client; an OAuth client gets its tokens by itself."""

from __future__ import annotations

import importlib
import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from scripts.generate.credentials import Credential, credentials
from scripts.generate.plan import Names, Plan
from scripts.pipeline import run
from scripts.problems import BadInput
from scripts.project import Api

FLOW = {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": {"read": "r", "write": "w"}}}
OAUTH = {"type": "oauth2", "flows": FLOW}
CODE = {"type": "oauth2", "flows": {"authorizationCode": {"tokenUrl": "/t", "authorizationUrl": "/a", "scopes": {}}}}
BEARER = {"type": "http", "scheme": "bearer"}
KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}


def made(schemes: dict[str, Any], names: dict[str, str] | None = None, **said: Any) -> list[Credential]:
    lock = {f"/components/securitySchemes/{key}": (names or {}).get(key, key) for key in schemes}
    plan = Plan("", "", ("https://a.test",), (), (), schemes, Names(lock))
    return list(credentials(plan, Api(package="pets", client="Pets", version="1", **said)))


def test_a_client_credentials_flow_gives_two_more_arguments() -> None:
    (oauth,) = made({"oauth": OAUTH}, {"oauth": "access_token"})
    assert oauth.rows == [
        ("access_token", "PETS_ACCESS_TOKEN"), ("client_id", "PETS_CLIENT_ID"),
        ("client_secret", "PETS_CLIENT_SECRET"),
    ]  # fmt: skip
    assert oauth.value == (
        'OAuth2("access_token", variable="PETS_ACCESS_TOKEN", token_url="/oauth/token", '
        'client_variables=("PETS_CLIENT_ID", "PETS_CLIENT_SECRET"))'
    )


@pytest.mark.parametrize("scheme", [CODE, BEARER, KEY, {"type": "oauth2"}])
def test_other_schemes_take_a_ready_credential_only(scheme: dict[str, Any]) -> None:
    (one,) = made({"one": scheme})
    assert one.rows == [("one", "PETS_ONE")]


def test_the_settings_correct_where_tokens_come_from() -> None:
    said = {"token_url": "https://t.test/", "scopes": ("a", "b"), "client_auth": "body"}
    (oauth, key) = made({"oauth": CODE, "key": KEY}, client_variables=("", "MY_SECRET"), **said)
    assert oauth.rows[1:] == [("client_id", "PETS_CLIENT_ID"), ("client_secret", "MY_SECRET")]
    assert 'token_url="https://t.test/", scopes=("a", "b", ), client_auth="body"' in oauth.value
    assert key.client == ()
    (bearer,) = made({"bearer": BEARER}, **said)
    assert bearer.value.startswith("OAuth2(")


@pytest.mark.parametrize("schemes", [{}, {"key": KEY}, {"a": OAUTH, "b": CODE}])
def test_settings_that_fit_no_scheme_or_several_are_a_problem(schemes: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match=r"spec/api.toml: \[oauth\] fits [02]"):
        made(schemes, scopes=("a",))


def test_arguments_of_the_same_name_get_longer_ones() -> None:
    schemes = {"client_id": KEY, "a": OAUTH, "b": OAUTH}
    found = [credential.client for credential in made(schemes)]
    assert found == [(), ("a_client_id", "a_client_secret"), ("b_client_id", "b_client_secret")]
    assert 'client=("a_client_id", "a_client_secret")' in made(schemes)[1].value


def test_a_token_url_is_never_code() -> None:
    flow = {"clientCredentials": {"tokenUrl": '") or print("PWNED")\n#', "scopes": {}}}
    (oauth,) = made({"oauth": {"type": "oauth2", "flows": flow}})
    assert "\n" not in oauth.value
    assert eval(oauth.value, {"OAuth2": lambda *_, **given: given["token_url"]}) == '") or print("PWNED")\n#'


class _Api(BaseHTTPRequestHandler):
    """An API with its token server."""

    seen: list[str]

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_POST(self) -> None:
        self._say({"access_token": "t0", "expires_in": 60})

    def do_GET(self) -> None:
        self._say({"id": "7"})

    def _say(self, value: object) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.seen.append(f"{self.command} {self.path} {self.headers['Authorization']}")
        content = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def api() -> Iterator[tuple[str, list[str]]]:
    seen: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Api,), {"seen": seen}))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()
    server.server_close()


DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Tokens", "version": "1"},
    "servers": [{"url": "https://api.tokens.test/v1"}],
    "security": [{"oauth": ["read"]}],
    "components": {"securitySchemes": {"oauth": OAUTH}},
    "paths": {"/things": {"get": {"responses": {"200": {
        "description": "ok", "content": {"application/json": {"schema": {"type": "object"}}}}}}}},
}  # fmt: skip


def test_a_generated_client_gets_its_token_and_calls(
    tmp_path: Path, api: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, seen = api
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec/api.json").write_text(json.dumps(DOCUMENT))
    settings = '[package]\nname = "tokens_pkg"\nclient = "Tokens"\n[sources]\ndocuments = ["api.json"]\n'
    (tmp_path / "spec/api.toml").write_text(settings + '[environment]\nclient_secret = "MY_SECRET"\n')
    run(tmp_path, "generate", True)
    monkeypatch.syspath_prepend(str(tmp_path / "generated"))
    monkeypatch.setenv("MY_SECRET", "s")
    try:
        package = importlib.import_module("tokens_pkg")
        with package.Tokens(client_id="me", base_url=f"{url}/v1") as client:
            client.things.retrieve()
            client.preload()
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "tokens_pkg"]:
            del sys.modules[name]
    assert seen == ["POST /oauth/token Basic bWU6cw==", "GET /v1/things Bearer t0"]
