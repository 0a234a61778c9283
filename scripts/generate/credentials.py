"""Security schemes as arguments of the client."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..documents import pointer
from ..problems import BadInput, Problem
from ..project import FILE, Api
from .annotations import literal
from .code import call, pair_of, tuple_of
from .plan import Plan, Schema

_OPEN = ("oauth2", "openIdConnect")


@dataclass(frozen=True)
class Credential:
    """A security scheme as an argument of the client, and perhaps two more: the client's own name and secret."""

    scheme: str
    argument: str
    value: str
    """The runtime's value for it, as code."""
    variable: str
    hint: str
    client: tuple[str, ...] = ()
    """The arguments with which the client gets tokens by itself."""
    client_variables: tuple[str, ...] = ()

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Every argument with its environment variable."""
        return [(self.argument, self.variable), *zip(self.client, self.client_variables, strict=True)]


@dataclass(frozen=True)
class Grant:
    """How the client gets tokens by itself: OAuth 2.0 client credentials."""

    token_url: str
    scopes: tuple[str, ...]
    client_auth: str


def credentials(plan: Plan, api: Api) -> tuple[Credential, ...]:
    """The client's credentials, in the order of the document.

    Raises:
        BadInput: `[oauth]` of the settings fits none of the document's schemes, or more than one.
    """
    corrected = _corrected(plan, api)
    taken = {plan.names[pointer("components", "securitySchemes", key)] for key in plan.schemes}
    return tuple(
        _credential(key, scheme, plan, api, grant, taken)
        for key, scheme in plan.schemes.items()
        for grant in [_grant(scheme, api, key == corrected)]
    )


def _corrected(plan: Plan, api: Api) -> str:
    """The scheme that `[oauth]` of the settings is about; empty if it says nothing."""
    if not (api.token_url or api.scopes or api.client_auth):
        return ""
    found = [key for key, scheme in plan.schemes.items() if scheme.get("type") in _OPEN]
    found = found or [key for key, scheme in plan.schemes.items() if _kind(scheme) == "Bearer"]
    if len(found) != 1:
        what = f"[oauth] fits {len(found)} of the document's security schemes, not one."
        raise BadInput(Problem(FILE, what, "Take it out, or correct the schemes in spec/overlay.yaml."))
    return found[0]


def _grant(scheme: Schema, api: Api, corrected: bool) -> Grant | None:
    flow = scheme.get("flows", {}).get("clientCredentials", {})
    url = (api.token_url if corrected else "") or flow.get("tokenUrl", "")
    if not url:
        return None
    return Grant(url, api.scopes if corrected else (), api.client_auth if corrected else "")


def _credential(key: str, scheme: Schema, plan: Plan, api: Api, grant: Grant | None, taken: set[str]) -> Credential:
    argument = plan.names[pointer("components", "securitySchemes", key)]
    variable = api.credential_variables.get(key, f"{api.package}_{argument}".upper())
    kind = _kind(scheme) if grant is None else "OAuth2"
    secret = "str | tuple[str, str]" if kind == "Basic" else "str"
    hint = f"{secret} | Callable[[], {secret}] | None"
    client = _client_arguments(argument, taken) if grant else ()
    variables = tuple(
        said or f"{api.package}_{name}".upper() for said, name in zip(api.client_variables, client, strict=False)
    )
    items = [literal(argument), f"variable={literal(variable)}", *_own_items(kind, scheme)]
    if grant:
        items += _grant_items(grant, client, variables)
    return Credential(key, argument, call(kind, items), variable, hint, client, variables)


def _client_arguments(argument: str, taken: set[str]) -> tuple[str, str]:
    """`client_id` and `client_secret`, or longer names if those are taken; from now on they are."""
    name, secret = "client_id", "client_secret"
    while {name, secret} & taken:
        name, secret = f"{argument}_{name}", f"{argument}_{secret}"
    taken |= {name, secret}
    return name, secret


def _own_items(kind: str, scheme: Schema) -> Iterator[str]:
    if kind == "ApiKey":
        yield f"place={literal(scheme['in'])}"
        yield f"name={literal(scheme['name'])}"


def _grant_items(grant: Grant, client: tuple[str, ...], variables: tuple[str, ...]) -> Iterator[str]:
    yield f"token_url={literal(grant.token_url)}"
    if grant.scopes:
        yield f"scopes={tuple_of(map(literal, grant.scopes))}"
    if grant.client_auth:
        yield f"client_auth={literal(grant.client_auth)}"
    if client != ("client_id", "client_secret"):
        yield f"client={pair_of(map(literal, client))}"
    yield f"client_variables={pair_of(map(literal, variables))}"


def _kind(scheme: Schema) -> str:
    """The runtime's class for a security scheme."""
    kind = scheme.get("type", "")
    if kind == "apiKey":
        return "ApiKey"
    if kind == "http" and scheme.get("scheme", "").lower() == "basic":
        return "Basic"
    return "OAuth2" if kind in _OPEN else "Bearer"
