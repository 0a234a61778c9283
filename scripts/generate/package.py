"""What the package templates print: the client, the exports, the README, api.md and the metadata."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..name.client import client_of
from ..name.reserved import EXPORTS
from ..project import Api
from .annotations import literal
from .code import mapping, pair_of, security_code
from .credentials import Credential, credentials
from .methods import Method
from .module_names import module_name
from .plan import Argument, Plan
from .prose import clean, docstring, entry, first_sentence
from .resources import Resource, every
from .webhooks import Webhooks

DEPENDENCIES = ("attrs>=25.1", "httpcore>=1.0.5,<2", "httpx>=0.28,<1", "msgspec>=0.19")
_CLIENT_ARGUMENTS = {
    "timeout": "Seconds to wait for the connection and for each piece of an answer; None waits for ever; default: 5 to "
    "connect, 600 to read.",
    "total_timeout": "Seconds for a whole call with all its attempts.",
    "max_retries": "How often a call is sent again that can safely be sent again.",
    "max_response_bytes": "The largest answer that is read.",
    "default_headers": "Sent with every call.",
    "http_client": "Your own `httpx.{http}`, with its own settings; this client does not close it.",
    "strict": "Raise when an answer is not as documented, instead of reporting drift.",
    "hooks": "Called around each attempt of a call; see `{hook}`.",
    "wait_for_rate_limit": "Hold calls back while the server says that none are left, rather than let it refuse them.",
    "on_drift": "Called once for each kind of difference between an answer and the document.",
}


@dataclass(frozen=True)
class Package:
    """What is true of the package as a whole, ready to print."""

    name: str
    client: str
    version: str
    summary: str
    repository: str
    license: str
    title: str
    base_url: str
    """Of the document's first server."""
    variable: str
    """The environment variable that overrides it."""
    credentials: tuple[Credential, ...]
    error_model: str
    security: str
    """What every operation needs, as code."""
    resources: tuple[Resource, ...]
    models: tuple[tuple[str, str], ...]
    """Name and module."""
    former_models: tuple[tuple[str, str], ...]
    """Deprecated name and name."""
    former: tuple[tuple[str, str], ...]
    """Every deprecated name, and what to write instead."""
    webhooks: Webhooks | None = None

    @property
    def distribution(self) -> str:
        """The name on the package index."""
        return distribution(self.name)

    @property
    def doc(self) -> str:
        """The docstring of the package."""
        title = f"{self.title}: a typed client, synchronous and asynchronous."
        return docstring([title, "", "```python", *self.quickstart, "```"], 0)

    def client_doc(self, http: str) -> str:
        """The docstring of a client class that stands on `httpx.<http>`."""
        lines = [f"{'The asynchronous' if http == 'AsyncClient' else 'The'} client of {self.title}.", "", "Args:"]
        for credential in self.credentials:
            text = f"The credential, or a function that returns it; default: the variable `{credential.variable}`."
            lines += entry(credential.argument, text, 8)
            for argument, variable in credential.rows[1:]:
                text = f"To get `{credential.argument}` by itself, renewed in time; default: the variable `{variable}`."
                lines += entry(argument, text, 8)
        url = f"; default: the variable `{self.variable}`, else `{self.base_url}`."
        lines += entry("base_url", f"Where the API is{url}", 8)
        for name, text in _CLIENT_ARGUMENTS.items():
            lines += entry(name, text.format(http=http, hook="AsyncHook" if http == "AsyncClient" else "Hook"), 8)
        return docstring([lines[0], "", "Args:", *(f"    {line}".rstrip() for line in lines[3:])], 4)

    @property
    def dependencies(self) -> str:
        """The metadata's list of dependencies, as TOML."""
        return f"[{', '.join(map(literal, DEPENDENCIES))}]"

    @property
    def exports(self) -> list[str]:
        """The public names, sorted."""
        own = [*self.modules, "spec_info", self.client, f"Async{self.client}"]
        return sorted([*own, *EXPORTS], key=_folded)

    @property
    def modules(self) -> list[str]:
        """The modules of the package that users import from."""
        return ["models", "webhooks"] if self.webhooks else ["models"]

    @property
    def public_names(self) -> list[str]:
        """The public names that the runtime defines."""
        return sorted(EXPORTS, key=_folded)

    @property
    def base_url_literal(self) -> str:
        """The server's URL, as code."""
        return literal(self.base_url)

    @property
    def runtime_names(self) -> str:
        """What the client's module imports from the runtime."""
        values = {credential.value.partition("(")[0] for credential in self.credentials}
        return ", ".join(sorted({"UNSET", "ApiSpec", "AsyncClient", "SyncClient", *values}))

    @property
    def every_resource(self) -> list[Resource]:
        """All resources, parents before children."""
        return list(every(self.resources))

    @property
    def credentials_display(self) -> str:
        """The client's credentials by scheme, as code."""
        return mapping({credential.scheme: credential.argument for credential in self.credentials})

    @property
    def log_variable(self) -> str:
        """The environment variable that switches the log on."""
        return f"{self.name.upper()}_LOG"

    @property
    def clients_display(self) -> str:
        """The arguments with which the client gets tokens by itself, by scheme, as code; empty if there are none."""
        clients = {one.scheme: pair_of(one.client) for one in self.credentials if one.client}
        return mapping(clients) if clients else ""

    @property
    def schemes_display(self) -> str:
        """The security schemes, as code."""
        return mapping({credential.scheme: credential.value for credential in self.credentials})

    @property
    def about_pages(self) -> list[str]:
        """What to know of answers in pages, in Markdown; nothing when there are none."""
        paged = [method for resource in self.every_resource for method in resource.present if method.paging]
        if not paged:
            return []
        example = _example(min(paged, key=lambda method: (len(_required(method)), method.operation.id)))
        return [
            f"- Lists that come in pages are walked as one: `for item in client.{example}: ...`, and `async for` with",
            "  the asynchronous client; `max_items=` ends the walk early. The result is also the first page, with its",
            "  `.items`, `.response` and `.next_page()`.",
        ]

    def example(self, view: str) -> str:
        """A call through `with_raw_response` or `with_streaming_response`; empty if there is no method."""
        methods = [method for resource in self.every_resource for method in resource.present]
        if not methods:
            return ""
        shown = min(methods, key=lambda method: (len(_required(method)), method.operation.id))
        return _example(shown).replace(f"{shown.operation.resource}.", f"{shown.operation.resource}.{view}.", 1)

    @property
    def quickstart(self) -> list[str]:
        """A first program."""
        return _program(self, f"with {self.client}() as client:", "")

    @property
    def async_quickstart(self) -> list[str]:
        """The same program, asynchronous."""
        return _program(self, f"async with Async{self.client}() as client:", "await ")


def _folded(name: str) -> tuple[str, str]:
    """By which names are sorted for people; those that differ in case alone have an order, too."""
    return name.lower(), name


def _program(package: Package, opening: str, word: str) -> list[str]:
    client = opening.removeprefix("async ").split()[1].removesuffix("()")
    comment = (
        f"  # {' and '.join(c.variable for c in package.credentials)} from the environment"
        if package.credentials
        else ""
    )
    calls = [f"    print({word}client.{path})" for path in _examples(package)]
    return [f"from {package.name} import {client}", "", f"{opening}{comment}", *(calls or ["    ..."])]


def _examples(package: Package) -> Iterator[str]:
    """A call that reads and one that makes something; none that takes away."""
    methods = [m for resource in package.every_resource for m in resource.methods if not m.deprecated]
    for verb in ("GET", "POST"):
        found = [method for method in methods if method.operation.verb == verb and method.result != "None"]
        if found:
            yield _example(min(found, key=_preference))


def _preference(method: Method) -> tuple[bool, int, int, str]:
    """What a reader would try first: what says which arguments it needs, stands near the client, and needs few."""
    operation = method.operation
    return operation.body_optional, operation.id.count("."), len(_required(method)), operation.id


def _example(method: Method) -> str:
    values = ", ".join(f"{argument.name}={_value(argument)}" for argument in _required(method))
    return f"{method.operation.id}({values})"


def _required(method: Method) -> list[Argument]:
    return [argument for argument in method.operation.arguments if argument.required]


def _value(argument: Argument) -> str:
    plain = {"integer": "1", "number": "1.0", "boolean": "True", "array": "[...]", "object": "{...}"}
    kind = argument.schema.get("type")
    if values := [value for value in argument.schema.get("enum", []) if value is not None]:
        return literal(values[0])
    return plain.get(kind, '"..."') if isinstance(kind, str) else "..."


def distribution(name: str) -> str:
    """A package's name on the index."""
    return name.replace("_", "-")


def package(
    plan: Plan,
    api: Api,
    resources: tuple[Resource, ...],
    model_names: list[str],
    dicts: Mapping[str, str],
    webhooks: Webhooks | None,
) -> Package:
    """The package's facts for the templates."""
    client = client_of(plan.names.lock, api)
    title = " ".join(clean(plan.title).split()) or client
    summary = api.summary or first_sentence(plan.description) or f"Client of {title}."
    return Package(
        name=api.package,
        client=client,
        version=api.version,
        summary=" ".join(clean(summary).split()),
        repository=api.repository,
        license=api.license,
        title=title,
        base_url=plan.servers[0],
        variable=api.base_url_variable,
        credentials=credentials(plan, api),
        error_model=error_model(plan),
        security=security_code(common_security(plan)),
        resources=resources,
        models=tuple((name, module_name(name)) for name in sorted(model_names)),
        webhooks=webhooks,
        former_models=tuple(_former_models(plan, dicts)),
        former=tuple(plan.aliases.told()),
    )


def _former_models(plan: Plan, dicts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The deprecated names of models, and of their dict forms."""
    taken = {*(model.name for model in plan.models), *dicts.values(), *plan.aliases.models}
    for old, name in sorted(plan.aliases.models.items()):
        yield old, name
        if name in dicts and f"{old}Dict" not in taken:
            yield f"{old}Dict", dicts[name]


def error_model(plan: Plan) -> str:
    """The model that every documented error of the API has; empty when they differ or there is none."""
    names = {
        model.name
        for operation in plan.operations
        for answer in operation.answers
        if answer not in operation.successes and answer.schema and (model := plan.model(answer.schema))
    }
    return names.pop() if len(names) == 1 else ""


def common_security(plan: Plan) -> tuple[tuple[str, ...], ...]:
    """The alternatives of schemes that every operation needs; empty when they differ."""
    found = {operation.security for operation in plan.operations}
    return found.pop() if len(found) == 1 else ()
