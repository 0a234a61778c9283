"""From the bytes of an answer to models, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import anthropic_models
import bench.models
import cattrs.preconf.json
import dataclass_models
import msgspec
import msgspec_models
import opc_client.models
import openai_models
import pydantic_models
from bench._runtime.jsontext import dumps

from . import data
from .measure import Result, in_turn

_CASES = (
    ("One phone agent, 30 fields", "PhoneAgent", data.agent()),
    ("A page of 100 small objects", "LabelPage", data.labels()),
    ("A page of 100 large nested objects", "IssuePage", data.issues()),
)
OURS = "this project"


def decode() -> Iterator[Result]:
    """Every case, from bytes; all but `json.loads` and this project's are strict or lose what they do not know."""
    for title, model, value in _CASES:
        yield Result(f"Decode: {title}", "µs", "json.loads", in_turn(_decoders(model, data.text(value))), 1.0)


def _decoders(model: str, content: bytes) -> dict[str, Callable[[], object]]:
    ours = getattr(bench.models, model)
    assert json.loads(ours.from_json(content, strict=True).to_json()) == json.loads(content)
    struct = msgspec.json.Decoder(getattr(msgspec_models, model))
    pydantic = getattr(pydantic_models, model)
    generated = getattr(opc_client.models, model)
    plain = getattr(dataclass_models, model)
    converter = cattrs.preconf.json.make_converter()
    openai, anthropic = getattr(openai_models, model), getattr(anthropic_models, model)
    return {
        "json.loads": lambda: json.loads(content),
        OURS: lambda: ours.from_json(content),
        "msgspec Struct": lambda: struct.decode(content),
        "pydantic": lambda: pydantic.model_validate_json(content),
        "cattrs": lambda: converter.loads(content, plain),
        "openapi-python-client": lambda: generated.from_dict(json.loads(content)),
        "openai": lambda: openai.construct(**json.loads(content)),
        "anthropic": lambda: anthropic.construct(**json.loads(content)),
    }


def encode() -> Iterator[Result]:
    """Every case, to the bytes of a request's body."""
    for title, model, value in _CASES:
        yield Result(f"Encode: {title}", "µs", "json.dumps", in_turn(_encoders(model, value)), 1.0)


def _encoders(model: str, value: dict[str, Any]) -> dict[str, Callable[[], object]]:
    content = data.text(value)
    ours = getattr(bench.models, model).from_json(content)
    assert json.loads(ours.to_json()) == value
    struct = msgspec.json.decode(content, type=getattr(msgspec_models, model))
    pydantic = getattr(pydantic_models, model).model_validate_json(content)
    generated = getattr(opc_client.models, model).from_dict(json.loads(content))
    converter = cattrs.preconf.json.make_converter()
    plain = converter.loads(content, getattr(dataclass_models, model))
    openai = getattr(openai_models, model).construct(**json.loads(content))
    anthropic = getattr(anthropic_models, model).construct(**json.loads(content))
    encoder = msgspec.json.Encoder()
    return {
        "json.dumps": lambda: json.dumps(value).encode(),
        OURS: lambda: dumps(ours.to_dict()),
        "msgspec Struct": lambda: encoder.encode(struct),
        "pydantic": lambda: pydantic.model_dump_json(exclude_unset=True).encode(),
        "cattrs": lambda: converter.dumps(plain).encode(),
        "openapi-python-client": lambda: json.dumps(generated.to_dict()).encode(),
        "openai": lambda: openai.model_dump_json(exclude_unset=True).encode(),
        "anthropic": lambda: anthropic.model_dump_json(exclude_unset=True).encode(),
    }
