# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Access tokens that the client gets by itself: OAuth 2.0 client credentials, kept and renewed before they end."""

from __future__ import annotations

import base64
import copy
import os
import time
from collections.abc import Mapping
from ipaddress import ip_address
from typing import ClassVar
from urllib.parse import quote_plus, urlencode, urljoin, urlsplit

from .auth import Credential, OAuth2
from .errors import (
    APIError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    ConfigurationError,
    MissingCredentialError,
    ResponseError,
    status_error,
)
from .exchange import Call, Steps, Wait, exchange, origin
from .files import Body
from .jsontext import loads
from .locks import ProcessLock
from .narrow import is_object
from .operation import ApiSpec
from .request import Request
from .response import Response, one_line, public_headers
from .values import Value

_EARLY = 60.0
"""Seconds before its end that a token is renewed; at most a fifth of its life."""
_LOOK_AGAIN = 0.02
_FORM = "application/x-www-form-urlencoded"
_SHOWN = b"grant_type=client_credentials&client_id=REDACTED&client_secret=REDACTED"


class Token(Value):
    """An access token, with the times of the monotonic clock at which it should be renewed and ends."""

    text: str
    renew_at: float
    ends_at: float

    __hidden__: ClassVar[tuple[str, ...]] = ("text",)


class _Flight:
    """A request for a token that is under way, in one process."""

    def __init__(self) -> None:
        self.process: int = os.getpid()
        self.over = False
        self.error: APIError | None = None


class TokenSource:
    """The access token of one client, asked for once however many threads and tasks need it. Its repr shows nothing."""

    def __init__(self, scheme: OAuth2, client_id: str, client_secret: str, url: str) -> None:
        self._scheme = scheme
        self._client = (client_id, client_secret)
        self._url = _checked_url(url)
        self._lock = ProcessLock()
        self._token: Token | None = None
        self._flight: _Flight | None = None

    def __repr__(self) -> str:
        return f"<tokens of {self._url}>"

    def __reduce__(self) -> str:
        raise TypeError("credentials are not pickled")

    def __call__(self) -> str:
        """The token at hand."""
        return self._token.text if self._token else ""

    def reject(self, text: str) -> None:
        """Forget the token that the API does not take any more, unless it was renewed since."""
        with self._lock:
            if self._token and self._token.text == text:
                self._token = self._token.replace(renew_at=0.0, ends_at=0.0)

    def ready(self, call: Call) -> Steps[bool]:
        """Have a token at hand for a call; whether it was asked for now.

        Raises `AuthenticationError` if the token's server refuses, `APIConnectionError` if it cannot be reached.
        """
        waited: _Flight | None = None
        while True:
            flight, mine = self._turn(waited)
            if flight is None:
                return False
            if mine:
                yield from self._fly(flight, call)
                return True
            if not call.in_time(_LOOK_AGAIN):
                raise _undelivered(call, APITimeoutError("no access token came in time"))
            waited = flight
            yield Wait(_LOOK_AGAIN)

    def _turn(self, waited: _Flight | None) -> tuple[_Flight | None, bool]:
        """The request to wait for, or to make oneself; None if the token at hand will do."""
        now = time.monotonic()
        with self._lock:
            token, flight = self._token, self._flight
            flying = flight is not None and not flight.over and flight.process == os.getpid()
            if token and (now < token.renew_at or (flying and now < token.ends_at)):
                return None, False
            if waited is not None and waited.error is not None:
                raise copy.copy(waited.error)
            if flying:
                return flight, False
            self._flight = _Flight()
            return self._flight, True

    def _fly(self, flight: _Flight, call: Call) -> Steps[None]:
        usable = self._token
        try:
            self._token = yield from self._ask(call)
        except APIError as error:
            if usable and time.monotonic() < usable.ends_at and usable is self._token:
                # It came up for renewal early for just this reason; the next call tries again.
                return
            if not isinstance(error, APITimeoutError):
                # A timeout may be this call's own; those that wait then ask for themselves.
                flight.error = error
            raise
        finally:
            # Also when the call was cancelled: somebody else has to ask then.
            flight.over = True

    def _ask(self, call: Call) -> Steps[Token]:
        inner = Call(self._request(), call.credentials, (), call.max_retries, call.deadline)
        inner.started = call.started
        try:
            response = yield from exchange(inner)
            if not 200 <= response.status < 300:
                raise inner.blame(_refused(response))
            return _read(response)
        except APIError as error:
            raise _undelivered(inner, error) from None

    def _request(self) -> Request:
        form = {"grant_type": "client_credentials"}
        if self._scheme.scopes:
            form["scope"] = " ".join(self._scheme.scopes)
        headers = {"Accept": "application/json", "Content-Type": _FORM}
        if self._scheme.client_auth == "basic":
            pair = ":".join(map(quote_plus, self._client))
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            form["client_id"], form["client_secret"] = self._client
        scheme, rest = self._url.split("://", 1)
        host, slash, path = rest.partition("/")
        return Request("POST", f"{slash}{path}" or "/", f"{scheme}://{host}", [], headers,
                       Body(_FORM, urlencode(form).encode()), retryable=True)  # fmt: skip


def token_sources(
    api: ApiSpec, given: Mapping[str, Credential], clients: Mapping[str, tuple[str | None, str | None]], base: str
) -> dict[str, TokenSource]:
    """A source for each OAuth scheme that a client's name and secret are there for, and no ready token.

    Raises `MissingCredentialError` for one without the other.
    """
    sources: dict[str, TokenSource] = {}
    for key, scheme in api.schemes.items():
        if not isinstance(scheme, OAuth2) or not scheme.token_url or given.get(key) is not None:
            continue
        said = clients.get(key, (None, None))
        if not any(said) and os.environ.get(scheme.variable):
            continue
        places = zip(said, scheme.client_variables, strict=True)
        name, secret = ((text or os.environ.get(variable, "")).strip() for text, variable in places)
        if name and secret:
            sources[key] = TokenSource(scheme, name, secret, token_url(scheme, api.base_url, base))
        elif any(said):
            raise MissingCredentialError(_lonely(scheme, 1 if name else 0))
    return sources


def _lonely(scheme: OAuth2, missing: int) -> str:
    variable = scheme.client_variables[missing]
    also = f" or set the environment variable {variable}" if variable else ""
    return f"`{scheme.client[1 - missing]}=` needs `{scheme.client[missing]}=` beside it: pass it{also}"


def token_url(scheme: OAuth2, documented: str, base: str) -> str:
    """Where tokens come from: as documented, but at the client's own base URL if it stands at the API's origin."""
    url = urljoin(f"{documented}/", scheme.token_url)
    if origin(url) != origin(documented):
        return url
    path = urlsplit(url)
    return urlsplit(base)._replace(path=path.path, query=path.query).geturl()


def _checked_url(url: str) -> str:
    scheme, host, _ = origin(url)
    if scheme == "https" and host:
        return url
    if scheme == "http" and (host == "localhost" or _is_loopback(host)):
        return url
    raise ConfigurationError(f"the client's secret is sent over https or to this machine only, not to {url!r}")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _undelivered(call: Call, error: APIError) -> APIError:
    """The error, with nothing secret in it; the call itself was never sent."""
    error = call.blame(error)
    error.delivered = False
    if error.request is not None:
        error.request = error.request.replace(body=_SHOWN)
    return error


def _refused(response: Response) -> APIStatusError:
    said = _texts(response)
    why = ": ".join(one_line(said[name]) for name in ("error", "error_description") if said.get(name))
    kind = AuthenticationError if response.status in (400, 403) else status_error(response.status)
    error = kind(f"{response.status}: no access token: {why or 'the server does not say why'}")
    error.status = response.status
    error.headers = public_headers(response.headers)
    error.body = {name: text for name, text in said.items() if name.startswith("error")}
    return error


def _read(response: Response) -> Token:
    try:
        said = loads(response.content)
    except ValueError:
        said = None
    text = said.get("access_token") if is_object(said) else None
    if not isinstance(text, str) or not text or any(ord(c) < 33 or ord(c) > 126 for c in text):
        raise ResponseError("the answer holds no access token that can be sent")
    now = time.monotonic()
    life = said.get("expires_in") if is_object(said) else None
    try:
        seconds = float(life) if life is not None else float("inf")
    except (TypeError, ValueError):
        seconds = float("inf")
    return Token(text, now + seconds - min(_EARLY, seconds / 5), now + seconds)


def _texts(response: Response) -> Mapping[str, str]:
    try:
        said = loads(response.content)
    except ValueError:
        return {}
    return {name: text for name, text in said.items() if isinstance(text, str)} if is_object(said) else {}
