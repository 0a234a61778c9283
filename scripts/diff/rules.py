"""The rules: which change means what, first of all to callers of the package: its enums are open, its reading lenient.

A change of the server that the package only passes on (a tighter range, another address) breaks nobody who upgrades
the package: it is a patch for callers, however much it means on the wire.
"""

from __future__ import annotations

from .decisions import BOTH, REQUEST, RESPONSE, Rule, Severity

NONE, PATCH, MINOR, MAJOR = Severity

_CALL = "client.{method}({name}=...)"
_WITHOUT = "client.{method}(...)"

RULES = (
    # Operations
    Rule("operation-added", BOTH, MINOR, MINOR, "`client.{method}()` is new: `{request}`."),
    Rule("operation-removed", BOTH, MAJOR, MAJOR, "`client.{method}()` is gone: the API has no `{request}` any more.",
         "client.{method}(...)", "# The API has no such operation any more."),
    Rule("operation-renamed", BOTH, MAJOR, NONE, "`client.{old}()` is now called `client.{method}()`.",
         "client.{old}(...)", "client.{method}(...)"),
    Rule("operation-aliased", BOTH, MINOR, NONE,
         "`client.{old}()` is now called `client.{method}()`; the old name still works, and is deprecated.",
         "client.{old}(...)", "client.{method}(...)"),
    Rule("operation-moved", BOTH, PATCH, MAJOR, "`client.{method}()` is now sent as `{request}`, not `{old}`."),
    Rule("operation-deprecated", BOTH, MINOR, MINOR, "`client.{method}()` is deprecated by the API."),
    Rule("operation-restored", BOTH, PATCH, NONE, "`client.{method}()` is not deprecated any more."),
    # Arguments
    Rule("argument-added", REQUEST, MINOR, MINOR, "`client.{method}()` takes `{name}: {new}`."),
    Rule("argument-added-required", REQUEST, MAJOR, MAJOR, "`client.{method}()` needs `{name}: {new}`.",
         _WITHOUT, _CALL),
    Rule("argument-removed", REQUEST, MAJOR, MAJOR, "`client.{method}()` does not take `{name}` any more.",
         _CALL, _WITHOUT),
    Rule("argument-renamed", REQUEST, MAJOR, NONE, "Argument `{old}` of `client.{method}()` is now called `{name}`.",
         "client.{method}({old}=...)", _CALL),
    Rule("argument-aliased", REQUEST, MINOR, NONE,
         "Argument `{old}` of `client.{method}()` is now called `{name}`; the old name still works, and is deprecated.",
         "client.{method}({old}=...)", _CALL),
    Rule("argument-wire", REQUEST, PATCH, MAJOR,
         "`{name}` of `client.{method}()` is sent as `{new}`, no longer `{old}`."),
    Rule("argument-required", REQUEST, MAJOR, MAJOR, "`client.{method}()` needs `{name}`, which could be left out.",
         _WITHOUT, _CALL),
    Rule("argument-optional", REQUEST, MINOR, MINOR, "`{name}` of `client.{method}()` may be left out."),
    Rule("argument-moved", REQUEST, PATCH, MAJOR,
         "`{name}` of `client.{method}()` is sent in the {new}, no longer in the {old}."),
    Rule("argument-keyword", REQUEST, MAJOR, MAJOR,
         "`{name}` of `client.{method}()` moved from the {old} to the {new}: its place among the arguments changed.",
         "client.{method}(value)", _CALL),
    Rule("argument-style", REQUEST, PATCH, MAJOR, "`{name}` of `client.{method}()` is sent in another style: {new}."),
    Rule("default-changed", REQUEST, PATCH, MINOR,
         "Left out, `{name}` of `client.{method}()` now means `{new}`, no longer `{old}`."),
    Rule("argument-deprecated", REQUEST, PATCH, MINOR, "`{name}` of `client.{method}()` is deprecated by the API."),
    # Bodies
    Rule("media-type-changed", REQUEST, PATCH, MAJOR, "`client.{method}()` sends `{new}`, no longer `{old}`."),
    Rule("media-type-changed", RESPONSE, PATCH, MAJOR, "`client.{method}()` reads `{new}`, no longer `{old}`."),
    Rule("result-added", RESPONSE, MINOR, MINOR, "`client.{method}()` returns `{new}`; it returned nothing."),
    Rule("result-removed", RESPONSE, MAJOR, MAJOR, "`client.{method}()` returns nothing; it returned `{old}`.",
         "result = client.{method}(...)  # {old}", "client.{method}(...)  # None"),
    Rule("reading-changed", RESPONSE, MAJOR, MAJOR, "`client.{method}()` gives its answer as {new}, no longer {old}.",
         "result = client.{method}(...)  # {old}", "result = client.{method}(...)  # {new}"),
    Rule("status-changed", RESPONSE, PATCH, MAJOR, "`client.{method}()` succeeds with {new}, no longer {old}."),
    Rule("status-added", RESPONSE, PATCH, MINOR, "`client.{method}()` may also succeed with {new}."),
    Rule("error-added", RESPONSE, PATCH, MINOR, "`client.{method}()` documents the error {new}."),
    Rule("error-removed", RESPONSE, PATCH, MINOR, "`client.{method}()` documents the error {old} no longer."),
    # Fields of models
    Rule("field-added", REQUEST, MINOR, MINOR, "`{subject}: {new}` is new and may be left out."),
    Rule("field-added", RESPONSE, MINOR, MINOR, "`{subject}: {new}` is new."),
    Rule("field-added-required", REQUEST, MAJOR, MAJOR, "`{subject}: {new}` is new and needed.",
         "{model}(...)", "{model}(..., {name}=...)"),
    Rule("field-removed", REQUEST, MAJOR, MAJOR, "`{subject}` is gone.", "{model}(..., {name}=...)", "{model}(...)"),
    Rule("field-removed", RESPONSE, MAJOR, MAJOR, "`{subject}` is gone.", "value.{name}  # {old}",
         'value.unknown_fields.get("{wire}")  # in case it still comes'),
    Rule("field-renamed", BOTH, MAJOR, NONE, "`{model}.{old}` is now called `{subject}`.",
         "value.{old}", "value.{name}"),
    Rule("field-aliased", BOTH, MINOR, NONE,
         "`{model}.{old}` is now called `{subject}`; the old name still works, and is deprecated.",
         "value.{old}", "value.{name}"),
    Rule("field-wire", BOTH, PATCH, MAJOR, "`{subject}` is `{new}` on the wire, no longer `{old}`."),
    Rule("field-required", REQUEST, MAJOR, MAJOR, "`{subject}` is needed; it could be left out.",
         "{model}(...)", "{model}(..., {name}=...)"),
    Rule("field-required", RESPONSE, MINOR, MINOR, "`{subject}` is always there; it could be missing."),
    Rule("field-optional", REQUEST, MINOR, MINOR, "`{subject}` may be left out."),
    Rule("field-optional", RESPONSE, MAJOR, MAJOR, "`{subject}` can be missing, and is `UNSET` then.",
         "value.{name}  # {old}", "value.{name} or None  # UNSET is false"),
    Rule("field-deprecated", BOTH, PATCH, MINOR, "`{subject}` is deprecated by the API."),
    # Types
    Rule("type-changed", REQUEST, MAJOR, MAJOR, "`{subject}` takes `{new}`; it took `{old}`.",
         "{name}: {old} = ...", "{name}: {new} = ..."),
    Rule("type-changed", RESPONSE, MAJOR, MAJOR, "`{subject}` is `{new}`; it was `{old}`.",
         "{name}: {old} = ...", "{name}: {new} = ..."),
    Rule("type-narrowed", REQUEST, MAJOR, MAJOR, "`{subject}` takes `{new}` only; it took `{old}`.",
         "{name}: {old} = ...", "{name}: {new} = ..."),
    Rule("type-narrowed", RESPONSE, MINOR, MINOR, "`{subject}` is always `{new}`; it could be `{old}`."),
    Rule("type-widened", REQUEST, MINOR, MINOR, "`{subject}` takes `{new}`; it took `{old}` only."),
    Rule("type-widened", RESPONSE, MAJOR, MAJOR, "`{subject}` can be `{new}`; it was always `{old}`.",
         "{name}: {old} = ...", "{name}: {new} = ..."),
    Rule("type-lost", RESPONSE, MINOR, MINOR, "`{subject}` can be anything; it was `{old}`."),
    Rule("null-added", REQUEST, MINOR, MINOR, "`{subject}` may be `None`."),
    Rule("null-added", RESPONSE, MAJOR, MAJOR, "`{subject}` can be `None`.",
         "{name}: {old} = ...", "{name}: {new} = ...  # may be None"),
    Rule("null-removed", REQUEST, MAJOR, MAJOR, "`{subject}` may not be `None` any more.",
         "{name}=None", "# leave {name} out"),
    Rule("null-removed", RESPONSE, MINOR, MINOR, "`{subject}` is never `None`."),
    Rule("enum-value-added", REQUEST, MINOR, MINOR, "`{subject}` takes {values}."),
    Rule("enum-value-added", RESPONSE, MINOR, MINOR, "`{subject}` can be {values}."),
    Rule("enum-value-removed", REQUEST, MAJOR, MAJOR, "`{subject}` does not take {values} any more.",
         "{name}={value}", "{name}=...  # one of {new}"),
    Rule("enum-value-removed", RESPONSE, MINOR, NONE, "`{subject}` is not {values} any more."),
    Rule("enum-closed", REQUEST, MAJOR, MAJOR, "`{subject}` takes one of {new} only; it took any value.",
         "{name}: {old} = ...", "{name}=...  # one of {new}"),
    Rule("enum-closed", RESPONSE, MINOR, NONE, "The values of `{subject}` are documented: {new}."),
    Rule("enum-opened", REQUEST, MINOR, MINOR, "`{subject}` takes any value."),
    Rule("enum-opened", RESPONSE, MINOR, MINOR, "The values of `{subject}` are not documented any more."),
    Rule("variant-added", REQUEST, MINOR, MINOR, "`{subject}` also takes {values}."),
    Rule("variant-added", RESPONSE, MINOR, MINOR, "`{subject}` can also be {values}."),
    Rule("variant-removed", REQUEST, MAJOR, MAJOR, "`{subject}` does not take {values} any more.",
         "{name}: {old} = ...", "{name}: {new} = ..."),
    Rule("variant-removed", RESPONSE, MINOR, NONE, "`{subject}` is not {values} any more."),
    Rule("constraint-tightened", REQUEST, PATCH, MAJOR, "The API takes fewer values for `{subject}`: {new}."),
    Rule("constraint-loosened", REQUEST, PATCH, MINOR, "The API takes more values for `{subject}`: {new}."),
    Rule("constraint-changed", RESPONSE, PATCH, MINOR, "The values of `{subject}` have another range: {new}."),
    # Models
    Rule("model-added", BOTH, MINOR, NONE, "The model `{name}` is new."),
    Rule("model-removed", BOTH, MAJOR, NONE, "The model `{name}` is gone.",
         "from {package}.models import {name}", "# No operation uses it any more."),
    Rule("model-renamed", BOTH, MAJOR, NONE, "The model `{old}` is now called `{name}`.",
         "from {package}.models import {old}", "from {package}.models import {name}"),
    Rule("model-aliased", BOTH, MINOR, NONE,
         "The model `{old}` is now called `{name}`; the old name still works, and is deprecated.",
         "from {package}.models import {old}", "from {package}.models import {name}"),
    Rule("alias-removed", BOTH, MAJOR, NONE, "The deprecated name `{subject}` is gone; it was `{name}`.",
         "{subject}", "{name}"),
    # The API as a whole
    Rule("server-changed", BOTH, PATCH, MAJOR, "Requests go to `{new}`, no longer to `{old}`."),
    Rule("credential-added", BOTH, MINOR, MINOR, "The client takes `{name}`."),
    Rule("credential-removed", BOTH, MAJOR, MAJOR, "The client does not take `{name}` any more.",
         "Client({name}=...)", "Client(...)"),
    Rule("credential-renamed", BOTH, MAJOR, NONE, "The client's argument `{old}` is now called `{name}`.",
         "Client({old}=...)", "Client({name}=...)"),
    Rule("credential-changed", BOTH, PATCH, MAJOR, "`{name}` is sent in another way."),
    Rule("security-added", BOTH, MAJOR, MAJOR, "`client.{method}()` needs a credential: {new}.",
         "Client()", "Client({new}=...)"),
    Rule("security-removed", BOTH, NONE, NONE,
         "The document says nothing any more of a credential for `client.{method}()`; check that it is really public."),
    Rule("security-changed", BOTH, MAJOR, MAJOR, "`client.{method}()` needs other credentials: {new}, not {old}.",
         "Client({old}=...)", "Client({new}=...)"),
    Rule("security-alternative", BOTH, MINOR, MINOR, "`client.{method}()` also works with: {new}."),
)  # fmt: skip
"""Every kind of change, by direction."""

BY_KIND = {(rule.kind, rule.direction): rule for rule in RULES}


def rule_of(kind: str, direction: str) -> Rule:
    """The rule for a kind of change: the direction's own, or the one for both."""
    return BY_KIND.get((kind, direction)) or BY_KIND[kind, BOTH]
