# Made from templates/testing by `python -m scripts generate`; changes here are lost.
"""Models for tests: complete and as documented, but for what the test is about."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, TypeVar

from .._runtime.codec import codec_of
from .._runtime.drift import Drift, member
from .._runtime.encode import encode
from .._runtime.model import Model
from .._runtime.unset import UNSET
from .answer import make_example
from .document import PACKAGE, document

M = TypeVar("M", bound=Model)


def make(model: type[M], /, **fields: Any) -> M:
    """A model with these fields, and examples for all others: `make(Thing, name="Ada")`.

    A field is left out if it is `UNSET`. Raises `TypeError` for what is no model of this package, for a field that the
    model does not have, or a value that it cannot have.
    """
    if not _is_model(model):
        raise TypeError(f"expected a model class of {PACKAGE}.models, not {model!r}")
    known = {field.name: field.wire for field in codec_of(model).fields.values()}
    if unknown := fields.keys() - known.keys():
        raise TypeError(f"{model.__name__} has no field {sorted(unknown)[0]!r}; it has {', '.join(known)}")
    data = json.loads(_example(document().models[model.__name__]))
    data.update({known[name]: encode(value) for name, value in fields.items() if value is not UNSET})
    for name, value in fields.items():
        if value is UNSET:
            data.pop(known[name], None)
    drifts: list[Drift] = []
    made = model.from_dict(data, on_drift=drifts.append)
    given = tuple("$" + member(known[name]) for name in fields)
    for drift in drifts:
        if drift.path.startswith(given):
            raise TypeError(f"{model.__name__}{drift.path[1:]}: expected {drift.expected}, not {drift.came}")
    return made


def _is_model(model: Any) -> bool:
    """Whether it is a model class of this package, and not one of another API, or no class at all."""
    name, module = getattr(model, "__name__", ""), getattr(model, "__module__", "")
    return isinstance(model, type) and module.startswith(f"{PACKAGE}.models.") and name in document().models


@cache
def _example(key: str) -> str:
    """The JSON of an example of a schema, which is made once."""
    return json.dumps(make_example(document(), {"$ref": key}))
