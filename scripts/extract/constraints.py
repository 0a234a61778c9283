"""Reads the labelled lines of a field, such as `Required range: 1 <= x <= 10`, into its schema."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .samples import decode
from .types import Schema, nullable, of_type, value_schemas

_NUMBER = r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
_RANGE = re.compile(rf"(?:(?P<low>{_NUMBER})\s*(?P<over><=?)\s*)?x(?:\s*(?P<sign><=?|>=?)\s*(?P<high>{_NUMBER}))?")
_LENGTH = re.compile(r"(?P<low>\d+)(?:\s*[-–]\s*(?P<high>\d+))?(?:\s*(?:characters?|elements?|items?))?")


@dataclass(frozen=True)
class Constraint:
    """A label of a page with its values."""

    label: str
    values: list[Any]
    inline: bool = False
    """The values begin on the label's own line, where several share it."""

    def apply(self, schema: Schema) -> str:
        """Writes the constraint into the schema; says what is wrong with it, or nothing."""
        try:
            if self.label == "Available options:":
                return self._options(schema)
            if self.label.startswith("Example"):
                return self._examples(schema)
            if not self.values:
                raise ValueError("no value")
            text = str(self.values[0])
            if self.label == "Pattern:":
                (of_type(schema, "string") or schema)["pattern"] = _plain(text)
            elif self.label == "Required range:":
                (of_type(schema, "integer", "number") or schema).update(_range(text.replace("`", "").strip()))
            else:
                self._length(schema, text.replace("`", "").strip())
        except ValueError:
            return f"{self.label!r} cannot be read"
        return ""

    def _options(self, schema: Schema) -> str:
        options = [_plain(option) for value in self.values for option in self._listed(value)]
        options = [option for option in options if option]
        target = next((inner for inner in value_schemas(schema) if "enum" in inner), None)
        target = target if target is not None else of_type(schema, "string", "integer", "number", "boolean")
        if target is None or not options:
            raise ValueError("no options")
        target["enum"] = [coerce(option, {"type": target.get("type")}) for option in dict.fromkeys(options)]
        return "The last option is missing" if str(self.values[-1]).endswith(",") else ""

    def _listed(self, text: str) -> list[str]:
        """The options on one line: one, or several where they cannot stand on lines of their own."""
        if text.count("`") > 2:
            return [f"`{option}`" for option in re.findall(r"`([^`]*)`", text)]
        if self.inline or len(self.values) == 1:
            return re.findall(r'(?:"[^"]*"|[^,])+', text)
        return [text.strip().removeprefix(",").removesuffix(",")]

    def _examples(self, schema: Schema) -> str:
        if self.values and isinstance(self.values[0], list):
            examples = self.values[0]
        else:
            examples = [coerce(_plain(value), schema) for value in self.values]
        if not examples:
            raise ValueError("no example")
        schema["examples"] = examples
        return ""

    def _length(self, schema: Schema, text: str) -> None:
        found = _LENGTH.fullmatch(text)
        if not found:
            raise ValueError(text)
        array = of_type(schema, "array")
        is_array = "array" in self.label or ("string" not in self.label and array is not None)
        target = array if is_array else of_type(schema, "string")
        suffix = "Items" if is_array else "Length"
        target = schema if target is None else target
        low, high = int(found["low"]), int(found["high"] or found["low"])
        if not self.label.startswith("Maximum"):
            target[f"min{suffix}"] = low
        if not self.label.startswith("Minimum"):
            target[f"max{suffix}"] = high


def coerce(text: str, schema: Schema) -> Any:
    """The value that a text stands for, given its type; text where any is allowed and it is no JSON.

    Raises:
        ValueError: It is no value of that type.
    """
    kinds = {inner.get("type") for inner in value_schemas(schema)}
    if text == "null" and (nullable(schema) or schema.get("type") == "null"):
        return None
    if "array" in kinds or "object" in kinds:
        kinds = {inner.get("type") for inner in schema.get("anyOf", [schema])}
    if kinds <= {"string", "null"}:
        value = _decoded(text) if text[:1] == '"' else text
        return value if isinstance(value, str) else text
    value = _decoded(text)
    if isinstance(value, str) and not kinds & {"string", None}:
        raise ValueError(text)
    return value


def _decoded(text: str) -> Any:
    try:
        return decode(text)
    except ValueError:
        return text


def _plain(text: str) -> str:
    """The text without the backticks that Markdown puts around it."""
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == "`" else text


def _number(text: str) -> int | float:
    number = float(text)
    return int(text) if re.fullmatch(r"-?\d+", text) else number


def _range(text: str) -> Schema:
    found = _RANGE.fullmatch(text)
    if not found or (found["low"] is None and found["high"] is None):
        raise ValueError(text)
    result: Schema = {}
    if found["low"] is not None:
        result["minimum" if found["over"] == "<=" else "exclusiveMinimum"] = _number(found["low"])
    if found["high"] is not None:
        bound = "minimum" if found["sign"][0] == ">" else "maximum"
        word = bound if found["sign"].endswith("=") else f"exclusive{bound.title()}"
        result[word] = _number(found["high"])
    return result
