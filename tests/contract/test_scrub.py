"""Scrubbing: can nothing that is secret come through, wherever it stands, and does the rest still say the same?"""

from __future__ import annotations

import base64
import json
import re
import string
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scripts import project
from scripts.contract import catalog, forms, recordings
from scripts.contract.capture import Exchange, read_capture
from scripts.contract.catalog import Catalog
from scripts.contract.examples import example as made
from scripts.contract.importer import documented
from scripts.contract.intake import Taker
from scripts.contract.original import source
from scripts.contract.recordings import Recording
from scripts.contract.scrub import audit, detect
from scripts.contract.scrub.exchanges import PLAIN_HEADERS
from scripts.contract.scrub.pseudonyms import Pseudonyms
from scripts.contract.scrub.values import Values, known_values
from scripts.contract.validator import Validator
from scripts.documents import read
from scripts.tree import Tree

ROOT = Path(__file__).parents[2]
PSEUDONYMS = Pseudonyms({"api.open.cx"}, {"phone", "agents"})

SECRETS = {
    "jwt": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV",
    "key": "sk_live_51Habc9DEF8ghi7JKL6",
    "github": "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "email": "jane.roe@victim.example.net",
    "phone": "+4915123456789",
    "iban": "DE89370400440532013000",
    "card": "4539 1488 0343 6467",
    "uuid": "9b2d7f4e-1c3a-4f5b-8d6e-7a8b9c0d1e2f",
    "password": "hunter2-Correct-Horse",
    "session": "QkJ7hfK2mN8pRtVwXyZ1",
    "name": "Jane Roe-Quimby",
    "account": "ACC0099887766",
}


def agent(**changes: Any) -> dict[str, Any]:
    """A whole agent, as the document has it."""
    known = catalog.load(Tree(ROOT))
    schema = known.operations["phone.list"].data["responses"]["200"]["content"]["application/json"]["schema"]
    (found,) = made(schema, known.resolve)
    return {**found, **changes}


def stuffed() -> dict[str, Any]:
    """An answer with a secret in every place that a body has."""
    secret = SECRETS
    nested = {"password": secret["password"], "deep": [{"iban": secret["iban"], "who": secret["name"]}]}
    basic = base64.b64encode(f"jane:{secret['password']}".encode()).decode()
    return agent(
        id=secret["uuid"],
        org_id=secret["account"],
        phone_number=secret["phone"],
        name=secret["name"],
        voice_id=secret["session"],
        first_message=f"I am {secret['name']}, write to {secret['email']} or call +49 (151) 234-56789.",
        instructions=[f"Use {secret['key']} and Bearer {secret['session']}", secret["card"], secret["github"]],
        actionIds=[secret["uuid"]],
        flow={
            "config": json.dumps(nested),
            secret["email"]: {secret["account"]: secret["jwt"]},
            "basic": basic,
            "hook": f"https://jane:{secret['password']}@db.victim.example.net/{secret['session']}?sig={secret['jwt']}",
            "account_number": 4539148803436467,
            "pin": 4711,
            "date_of_birth": "1984-05-03",
            "latitude": 52.520008,
        },
    )


def har_entry(
    method: str, url: str, status: int, body: Any, sent: Any = None, kind: str = "application/json"
) -> dict[str, Any]:
    """An entry as Chrome writes it, with a secret in every header, cookie and query parameter."""
    secret = SECRETS
    headers = {
        ":authority": "api.open.cx",
        "Authorization": f"Bearer {secret['key']}",
        "Cookie": f"sid={secret['session']}",
        "X-Customer": secret["email"],
        "User-Agent": f"shop/{secret['account']}",
    }
    answered = {
        "content-type": kind,
        "set-cookie": f"sid={secret['session']}; HttpOnly",
        "x-request-id": secret["uuid"],
        "location": f"https://jane:{secret['password']}@api.open.cx/phone/{secret['uuid']}?token={secret['jwt']}",
        "x-ratelimit-remaining": "17",
        "x-debug": secret["password"],
        "retry-after": "3",
    }
    post = {"postData": {"mimeType": "application/json", "text": json.dumps(sent)}} if sent is not None else {}
    return {
        "startedDateTime": "2026-11-20T10:11:12.123Z",
        "serverIPAddress": "203.0.113.77",
        "_initiator": {"stack": secret["session"]},
        "request": {
            "method": method,
            "url": url,
            "cookies": [{"name": "sid", "value": secret["session"]}],
            "headers": [{"name": name, "value": value} for name, value in headers.items()],
            **post,
        },
        "response": {
            "status": status,
            "headers": [{"name": name, "value": value} for name, value in answered.items()],
            "content": {"mimeType": kind, "text": body if isinstance(body, str) else json.dumps(body)},
        },
    }


def har(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"log": {"version": "1.2", "creator": {"name": "WebInspector", "version": "537"}, "entries": [*entries]}}


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files that a capture stuffed with secrets becomes."""
    secret = SECRETS
    base = f"https://jane:{secret['password']}@api.open.cx/phone"
    failed = {"statusCode": 500, "message": f"No {secret['email']} ({secret['name']}) with {secret['jwt']}"}
    sent = {"name": secret["name"], "voice_id": secret["session"], "language": ["de"], secret["email"]: secret["key"]}
    entries = (
        har_entry("GET", f"{base}?api_key={secret['key']}&user={secret['email']}", 200, [stuffed()]),
        har_entry("PATCH", f"https://api.open.cx/phone/{quote(secret['uuid'])}", 200, stuffed(), sent),
        har_entry("PATCH", f"https://api.open.cx/phone/{quote(secret['email'])}", 500, failed, {}),
        har_entry(
            "POST", "https://api.open.cx/phone", 500, f"<b>{secret['email']} {secret['key']}</b>", sent, "text/html"
        ),
    )
    file = tmp_path_factory.mktemp("capture") / "traffic.har"
    file.write_text(json.dumps(har(*entries)))
    tree = Tree(ROOT)
    taker = Taker(tree, project.load(tree))
    taker.take_files([file])
    assert [str(problem) for problem in taker.intake.problems] == []
    return taker.intake.files


def test_no_secret_survives_in_any_form(taken: dict[str, str]) -> None:
    assert len(taken) == 4
    for text in taken.values():
        plain = text.replace("\\", "")
        for kind, value in SECRETS.items():
            forms = {value, quote(value), base64.b64encode(value.encode()).decode().rstrip("=")[:-1], value.lower()}
            assert not [form for form in forms if form in plain or form in plain.lower()], kind
        for part in (
            "hunter2",
            "Quimby",
            "Jane",
            "victim",
            "234-56789",
            "1984-05-03",
            "52.520008",
            "4711",
            "203.0.113",
        ):
            assert part not in plain


def test_only_headers_and_parameters_on_the_list_are_kept(taken: dict[str, str]) -> None:
    for text in taken.values():
        entry = json.loads(text)["log"]["entries"][0]
        assert entry["request"]["headers"] == []
        assert "?" not in entry["request"]["url"]
        names = {header["name"].lower() for header in entry["response"]["headers"]}
        assert names == {"content-type", "x-request-id", "location", "x-ratelimit-remaining", "retry-after"}
        assert "cookies" not in entry["request"]
        assert "_initiator" not in entry


def test_the_same_id_has_the_same_pseudonym_in_path_body_header_and_other_recordings(taken: dict[str, str]) -> None:
    made_ids = set()
    for path, text in taken.items():
        entry = json.loads(text)["log"]["entries"][0]
        made_ids |= set(re.findall(r"00000000-0000-4000-8000-0000[0-9a-f]{8}", text))
        if "phone.update" in path and entry["response"]["status"] == 200:
            assert entry["request"]["url"].rpartition("/")[2] == json.loads(entry["response"]["content"]["text"])["id"]
    assert made_ids == {PSEUDONYMS.of(SECRETS["uuid"])}


def test_what_was_valid_stays_valid(taken: dict[str, str]) -> None:
    known = catalog.load(Tree(ROOT))
    judge = Validator(source.load(Tree(ROOT), project.load(Tree(ROOT))))
    for path, text in taken.items():
        recording = recordings.parse(text, path, known)
        if recording.status == 200:
            operation = known.operations[recording.operation]
            assert judge.response(operation, 200, recording.response_type, recording.response_body) == ()


def test_what_the_document_lists_and_moments_and_numbers_survive(taken: dict[str, str]) -> None:
    (text,) = [text for path, text in taken.items() if "phone.list" in path]
    (found,) = json.loads(json.loads(text)["log"]["entries"][0]["response"]["content"]["text"])
    original = agent()
    for key in ("type", "model", "created_at", "updated_at", "speed", "recording_enabled", "background_noise_preset"):
        assert found[key] == original[key]


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (SECRETS["uuid"], r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
        (SECRETS["uuid"].upper(), r"[0-9A-F-]{36}"),
        (SECRETS["email"], r"user-[0-9a-f]{8}@example\.com"),
        (SECRETS["phone"], r"\+1555\d{9}"),
        (SECRETS["jwt"], r"eyJ[\w-]+\.[\w-]+\.[\w-]+"),
        (SECRETS["key"], r"sk_live_[A-Za-z0-9]{19}"),
        ("agent_9f8A7b6C5d", r"agent_[0-9][a-z][0-9][A-Z][0-9][a-z][0-9][A-Z][0-9][a-z]"),
        ("7f3cab90de12ff00aa55", r"[0-9a-f]{20}"),
        ("Zürich", r"[A-Z]é[a-z]{4}"),
        ("你好 Welt", r"文文 [A-Z][a-z]{3}"),
        ("https://api.open.cx/phone/42?x=1", r"https://api\.open\.cx/phone/42\?x=1"),
        ("https://files.corp.example.net/u/9f8A7b6C.pdf", r"https://host-[0-9a-f]{8}\.example\.com/[a-z]/\w{8}\.pdf"),
        ("192.168.7.9", r"192\.0\.2\.\d+"),
    ],
)
def test_a_pseudonym_keeps_the_form(value: str, form: str) -> None:
    assert re.fullmatch(form, PSEUDONYMS.of(value)), PSEUDONYMS.of(value)


def test_a_bank_account_stays_one_with_right_check_digits_and_no_bank() -> None:
    for value in (SECRETS["iban"], "GB29NWBK60161331926819", "DE89 3704 0044 0532 0130 00"):
        assert detect.is_iban(PSEUDONYMS.of(value))
        assert PSEUDONYMS.of(value)[4:12] in ("00000000", "XXXX0000")


@given(st.text(max_size=60))
@example("sk-" + "Ab3" * 10)
@example("Authorization: Bearer abcDEF123456789xyz")
@example("a@b.co")
@example("5BKYrb5qci9Tnj3PKiz6azd9 said +4915119870644")  # its pseudonym has the check digit of a payment card
def test_a_pseudonym_is_the_same_every_time_and_looks_like_no_secret(text: str) -> None:
    found = PSEUDONYMS.of(text)
    assert found == PSEUDONYMS.of(text)
    assert [*detect.marks(found)] == []


secrets_of_any_kind = st.one_of(
    st.uuids().map(str),
    st.from_regex(r"\A[A-Za-z0-9]{20,40}\Z"),
    st.from_regex(r"\A[a-f0-9]{32,64}\Z"),
    st.from_regex(r"\A[a-z]{3,9}\.[a-z]{3,9}@[a-z]{3,9}\.(com|net)\Z"),
    st.from_regex(r"\A\+[1-9][0-9]{9,13}\Z"),
)


@given(secrets_of_any_kind, st.sampled_from(["", "see ", '{"a": "', "x="]))
def test_a_secret_is_not_in_the_pseudonym_of_a_text_around_it(secret: str, before: str) -> None:
    assert secret not in PSEUDONYMS.of(f"{before}{secret}")
    assert secret not in PSEUDONYMS.of(f"{before}{secret} and more")


@given(st.text(string.ascii_letters + string.digits, min_size=24, max_size=40))
def test_a_value_made_by_chance_is_found(secret: str) -> None:
    if detect.entropy(secret) > 3.5 and all(re.search(kind, secret) for kind in ("[A-Z]", "[a-z]", "[0-9]")):
        assert any(detect.marks(f"the token is {secret} here"))


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-02T03:04:05.678Z",
        "oppie-vox-livekit",
        "background_noise_preset",
        "application/vnd.company.resource+json",
        "https://docs.example.com/guides/getting-started",
        "a_field_that_no_document_has",
        "InternationalBusinessMachines",
        "1.10.2-beta.3",
        "Failed to create the agent: the name is already taken.",
    ],
)
def test_what_people_write_is_not_taken_for_a_secret(text: str) -> None:
    assert [*detect.marks(text)] == []


@pytest.mark.parametrize("private", ["Jane Roe", "hunter2", "(415) 555-2671", "correcthorse", "00:1B:44:11:3A:B7"])
def test_a_header_that_is_kept_says_only_what_headers_of_its_name_do(private: str) -> None:
    assert headers_left(dict.fromkeys([*PLAIN_HEADERS, "x-ratelimit-remaining"], private)) == {}


def test_what_headers_say_of_limits_and_caches_is_kept() -> None:
    said = {
        "retry-after": "Fri, 14 Mar 2025 10:00:00 GMT",
        "cache-control": "private, max-age=0, must-revalidate",
        "vary": "Accept-Encoding, Origin",
        "allow": "GET, POST",
        "content-language": "en-US",
        "content-range": "bytes 0-99/1000",
        "x-ratelimit-reset-tokens": "6m0s",
        "ratelimit": "limit=100, remaining=50, reset=5",
        "ratelimit-policy": '100;w=60, "burst";q=10;w=1',
    }
    assert headers_left(said) == said


def headers_left(headers: dict[str, str]) -> dict[str, str]:
    """The headers that are left of those of an answer."""
    entry = har_entry("GET", "https://api.open.cx/phone", 200, [])
    entry["response"]["headers"] = [{"name": name, "value": value} for name, value in headers.items()]
    tree = Tree(ROOT)
    taker = Taker(tree, project.load(tree))
    taker.take(read_capture(json.dumps(har(entry)).encode(), "x"), "x")
    (text,) = taker.intake.files.values()
    kept = json.loads(text)["log"]["entries"][0]["response"]["headers"]
    return {one["name"]: one["value"] for one in kept if one["name"] != "Content-Type"}


@pytest.mark.parametrize("number", [86095742719, 86095742719.5, -86095742719.25, 4111111111111111])
def test_a_long_number_is_a_pseudonym_with_and_without_a_fraction(number: float) -> None:
    made = values().value({"n": number}, {})["n"]
    assert made != number
    assert str(abs(int(number))) not in str(made)


def values(**settings: Any) -> Values:
    return Values(catalog.load(Tree(ROOT)), PSEUDONYMS, **settings)


def test_an_enumeration_keeps_a_value_that_no_document_lists_yet() -> None:
    schema = {"type": "string", "enum": ["inbound", "outbound"]}
    assert values().value("side-bound", schema) == "side-bound"
    assert (
        values().value("ghp_16C7e42F292c6912E7710c838347Ae178B4a", schema) != "ghp_16C7e42F292c6912E7710c838347Ae178B4a"
    )


def test_a_field_that_a_person_calls_harmless_is_kept_unless_it_looks_like_a_secret() -> None:
    kept = values(fields=["error.code", "state"])
    body = {"error": {"code": "Quota exceeded", "text": "Quota exceeded"}, "code": "Quota", "state": "Done now"}
    found = kept.value(body, {})
    assert found["error"]["code"] == "Quota exceeded"
    assert found["state"] == "Done now"
    assert found["error"]["text"] != "Quota exceeded"
    assert found["code"] != "Quota"
    assert kept.value({"state": SECRETS["email"]}, {})["state"] != SECRETS["email"]


@pytest.mark.parametrize(
    "text", ["2026-01-02", "482913", "de", "2023-11-07T05:31:56Z", "3c90c3cc-0d44-4b50-8888-8dd25736052a"]
)
@pytest.mark.parametrize("name", ["password", "clientSecret", "api_key", "x-otp", "SessionToken", "PIN"])
def test_a_field_that_is_called_like_a_secret_keeps_nothing_that_would_stay_elsewhere(name: str, text: str) -> None:
    assert values().value({"field": text}, {}) == {"field": text}
    (found,) = values().value({name: text}, {}).values()
    assert found != text
    assert len(found) == len(text)


def test_names_of_a_map_are_values() -> None:
    schema = {"type": "object", "additionalProperties": {"type": "string"}}
    assert "bob" not in values().value({"bob": "x"}, schema)
    assert "bob" in values().value({"bob": 1}, {"type": "object", "properties": {"bob": {}}})


def test_every_committed_recording_passes_the_audit() -> None:
    tree = Tree(ROOT)
    known = catalog.load(tree)
    found, problems = recordings.load(tree, known, documented(tree, known)[0])
    assert found
    assert problems == []
    shown = known_values(known.document) | samples(tree)
    told = [audit.findings(one, known.operations[one.operation], shown, ()) for one in found]
    assert told == [[]] * len(found)


def samples(tree: Tree) -> frozenset[str]:
    """What pages show as values; documents are public."""
    return known_values([{"example": read(tree.text(path), path).data} for path in tree.glob("spec/fragments/*.yaml")])


def planted(known: Catalog, **changes: Any) -> list[str]:
    fields: dict[str, Any] = {
        "file": "tests/recordings/phone.list/x.har",
        "operation": "phone.list",
        "origin": "live",
        "source": "",
        "age": None,
        "document": "",
        "method": "GET",
        "url": "https://api.open.cx/phone",
        "request_headers": (),
        "request_type": "",
        "request_text": "",
        "status": 200,
        "response_headers": (("Content-Type", "application/json"),),
        "response_type": "application/json",
        "response_text": "[]",
    }
    return audit.findings(Recording(**{**fields, **changes}), known.operations["phone.list"], frozenset(), ())


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"request_headers": (("X-Api-Version", "1"),)}, "header X-Api-Version is not on the list"),
        ({"response_headers": (("Server", "nginx"),)}, "header Server is not on the list"),
        ({"url": f"https://api.open.cx/phone/{SECRETS['uuid']}"}, "the path holds a value that looks random"),
        ({"url": f"https://api.open.cx/phone?x={SECRETS['email']}"}, "the query holds an e-mail address"),
        ({"response_text": json.dumps({"a": [{"b": SECRETS["iban"]}]})}, "response.a[].b holds a bank account"),
        ({"response_text": json.dumps({SECRETS["key"]: 1})}, "a name of a field of response holds an API key"),
        ({"response_text": json.dumps({"a": json.dumps({"b": SECRETS["jwt"]})})}, "response.a holds a JSON web token"),
        ({"response_type": "text/plain", "response_text": f"x {SECRETS['card']}"}, "response holds a payment card"),
        (
            {"request_type": "application/x-www-form-urlencoded", "request_text": f"p=%2B{SECRETS['phone'][1:]}"},
            "phone",
        ),
        (
            {
                "request_type": forms.written("multipart/form-data", [])[0],
                "request_text": forms.written("multipart/form-data", [forms.Part("a", SECRETS["github"])])[1],
            },
            "request[][] holds an API key",
        ),
    ],
)
def test_the_audit_names_what_is_planted_and_never_shows_it(changes: dict[str, Any], told: str) -> None:
    found = planted(catalog.load(Tree(ROOT)), **changes)
    assert any(told in one for one in found), found
    assert not [one for one in found if any(value in one for value in SECRETS.values())]


def test_an_exchange_shows_no_secret_in_its_repr() -> None:
    one = Exchange(
        1, "", "GET", SECRETS["key"], (("a", SECRETS["key"]),), "", b"", 200, (), "", SECRETS["key"].encode()
    )
    assert SECRETS["key"] not in repr(one)
