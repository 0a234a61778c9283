# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Credentials: where they come from, and where in a request they stand."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from .errors import ConfigurationError, InvalidRequestError, MissingCredentialError
from .narrow import is_tuple
from .values import Value

Credential: TypeAlias = "str | tuple[str, str] | Callable[[], str | tuple[str, str]] | None"
"""A key, a user and a password, or a function that gives them for each request; None looks into the environment."""


class Placed:
    """Credentials by the place in the request they go to."""

    def __init__(self) -> None:
        self.header: dict[str, str] = {}
        self.query: dict[str, str] = {}
        self.cookie: dict[str, str] = {}


class Bearer(Value):
    """A token in the header `Authorization: Bearer …`."""

    argument: str
    variable: str = ""

    def put(self, secret: str | tuple[str, str], placed: Placed) -> None:
        placed.header["Authorization"] = f"Bearer {_one(self.argument, secret)}"


class ApiKey(Value):
    """A key in a header, a query parameter or a cookie of the API's own name."""

    argument: str
    place: Literal["header", "query", "cookie"] = "header"
    name: str = "X-API-Key"
    variable: str = ""

    def put(self, secret: str | tuple[str, str], placed: Placed) -> None:
        places = {"header": placed.header, "query": placed.query, "cookie": placed.cookie}
        places[self.place][self.name] = _one(self.argument, secret)


class Basic(Value):
    """A user and a password, as a pair or as `user:password`."""

    argument: str
    variable: str = ""

    def put(self, secret: str | tuple[str, str], placed: Placed) -> None:
        text = secret if isinstance(secret, str) else ":".join(secret)
        if ":" not in text:
            raise ConfigurationError(f"{self.argument}: expected a pair (user, password) or the text 'user:password'")
        placed.header["Authorization"] = f"Basic {base64.b64encode(text.encode()).decode()}"


class OAuth2(Value):
    """An access token: got by the user (a text, or a function that gives a fresh one), or by the client itself.

    For that, `token_url` says where, as a URL or as a path of the API; `client` names the arguments of the client's
    name and secret, and `client_variables` their environment variables. `client_auth` says where they stand in the
    request for a token: in its header, as RFC 6749 has it, or in its body.
    """

    argument: str
    variable: str = ""
    token_url: str = ""
    scopes: tuple[str, ...] = ()
    client: tuple[str, str] = ("client_id", "client_secret")
    client_variables: tuple[str, str] = ("", "")
    client_auth: Literal["basic", "body"] = "basic"

    def put(self, secret: str | tuple[str, str], placed: Placed) -> None:
        placed.header["Authorization"] = f"Bearer {_one(self.argument, secret)}"


Scheme: TypeAlias = Bearer | ApiKey | Basic | OAuth2


def _one(argument: str, secret: str | tuple[str, str]) -> str:
    if isinstance(secret, str):
        return secret
    raise ConfigurationError(f"{argument}: expected a text, not a pair")


class Credentials:
    """The credentials of a client. Its repr shows none of them."""

    def __init__(
        self,
        schemes: Mapping[str, Scheme],
        given: Mapping[str, Credential],
        sources: Mapping[str, Callable[[], str]] = MappingProxyType({}),
    ) -> None:
        self._schemes = schemes
        self.headers: dict[str, str] = {"authorization": "Authorization"}
        """The headers that credentials stand in, by their name in lower case."""
        self._secrets: dict[str, str | tuple[str, str] | Callable[[], str | tuple[str, str]]] = {}
        for name, scheme in schemes.items():
            if isinstance(scheme, ApiKey) and scheme.place == "header":
                self.headers[scheme.name.lower()] = scheme.name
            secret = given.get(name)
            if secret is None:
                secret = sources.get(name)
            if secret is None and scheme.variable:
                secret = os.environ.get(scheme.variable, "").strip() or None
            if secret is not None:
                self._secrets[name] = secret if callable(secret) else _checked(scheme.argument, secret)

    @property
    def names(self) -> tuple[str, ...]:
        """The schemes that there are credentials for."""
        return tuple(self._secrets)

    def blank(self) -> Credentials:
        """The same with nothing secret in it, to show where credentials would stand, also those that are missing."""
        other = _Blank(self._schemes, {})
        other._secrets = {name: other.redacted(name) for name in self._secrets}
        return other

    def __repr__(self) -> str:
        return f"<credentials for {', '.join(self._secrets) or 'nothing'}>"

    def __reduce__(self) -> str:
        raise TypeError("credentials are not pickled")

    def need(self, security: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
        """The first alternative whose credentials are all there.

        Raises `MissingCredentialError`, naming arguments and environment variables, if there is none.
        """
        for alternative in security:
            if all(name in self._secrets for name in alternative):
                return alternative
        if not security:
            return ()
        raise MissingCredentialError(f"no credentials: pass {self._wanted(security)}")

    def _wanted(self, security: tuple[tuple[str, ...], ...]) -> str:
        return ", or ".join(" and ".join(map(self._how, alternative)) for alternative in security)

    def _how(self, name: str) -> str:
        scheme = self._schemes.get(name)
        if scheme is None:
            return f"a header for the scheme {name!r} as `extra_headers`"
        variable = f" or set the environment variable {scheme.variable}" if scheme.variable else ""
        client = ""
        if isinstance(scheme, OAuth2) and scheme.token_url:
            client = " (or {} and {})".format(*(f"`{argument}=`" for argument in scheme.client))
        return f"`{scheme.argument}=`{client} to the client{variable}"

    def place(self, names: tuple[str, ...]) -> Placed:
        """The named schemes' credentials, placed; functions are called now."""
        placed = Placed()
        for name in names:
            secret = self._secrets[name]
            scheme = self._schemes[name]
            scheme.put(_checked(scheme.argument, secret()) if callable(secret) else secret, placed)
        return placed


class _Blank(Credentials):
    """Credentials that are shown and not sent."""

    def redacted(self, name: str) -> str | tuple[str, str]:
        return ("REDACTED", "REDACTED") if isinstance(self._schemes[name], Basic) else "REDACTED"

    def need(self, security: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
        """The alternative that `Credentials.need` finds, or else the first, of schemes that the API has."""
        try:
            return super().need(security)
        except MissingCredentialError:
            known = tuple(name for name in security[0] if name in self._schemes)
            self._secrets.update((name, self.redacted(name)) for name in known if name not in self._secrets)
            return known


def _checked(argument: str, secret: Credential) -> str | tuple[str, str]:
    """The secret as it is, or without the white space around it that comes with copying; never shown in an error."""
    if isinstance(secret, str):
        secret = secret.strip()
        if not secret:
            raise MissingCredentialError(f"{argument} is empty")
        if any(ord(c) < 32 or ord(c) > 126 for c in secret):
            raise InvalidRequestError(f"{argument} has characters that cannot be sent in a header")
        return secret
    if is_tuple(secret) and len(secret) == 2:
        return str(secret[0]), str(secret[1])
    raise ConfigurationError(f"{argument}: expected a text, not {type(secret).__name__}")
