# Made from templates/runtime by `python -m scripts generate`; changes here are lost.
"""Values that JSON carries as text: instants, dates, durations, bytes, UUIDs, decimals; both ways."""

from __future__ import annotations

import base64
import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from . import fast

_UTC = datetime.UTC
_DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d{1,6})?)S)?)?"
)


def _parse_instant(text: str) -> datetime.datetime:
    if len(text) < 16:
        raise ValueError("a date without a time")
    return datetime.datetime.fromisoformat(text)


def _write_instant(value: datetime.datetime) -> Any:
    if value.tzinfo is _UTC and (writer := fast.at_hand()) is not None:
        return writer.to_text(value)
    text = value.isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def is_usual(text: str) -> bool:
    """Whether the text is an instant as nearly all are written, `2026-11-21T12:00:00Z`: it is written so again."""
    if len(text) != 20 or text[19] != "Z" or text[10] != "T":
        return False
    return text[7] == "-" and text[13] == ":" == text[16] and text[11:13] != "24"


def _write_time(value: datetime.time) -> str:
    text = value.isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def _parse_date(text: str) -> datetime.date:
    if len(text) != 10:
        raise ValueError("no plain date")
    return datetime.date.fromisoformat(text)


def _parse_duration(text: str) -> datetime.timedelta:
    match = _DURATION.fullmatch(text)
    parts = {unit: float(number) for unit, number in match.groupdict(0).items() if unit != "sign"} if match else {}
    if match is None or not any(match.groups()[1:]) or text.endswith("T"):
        raise ValueError("no duration")
    value = datetime.timedelta(**parts)
    return -value if match["sign"] else value


def _write_duration(value: datetime.timedelta) -> str:
    sign, value = ("-", -value) if value < datetime.timedelta(0) else ("", value)
    minutes, seconds = divmod(value.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    rest = f"{seconds}.{value.microseconds:06}".rstrip("0") if value.microseconds else str(seconds)
    time = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (rest, "S")) if str(n) != "0")
    days = f"{value.days}D" if value.days else ""
    return f"{sign}P{days}{'T' + time if time else ''}" if days or time else "PT0S"


def _parse_uuid(text: str) -> UUID:
    if len(text) == 36 and (parser := fast.at_hand()) is not None:
        value: UUID = parser.from_text(text, UUID)
        return value
    return UUID(text)


def _write_uuid(value: UUID) -> str:
    writer = fast.at_hand()
    return str(value) if writer is None else str(writer.to_text(value))


def _parse_bytes(text: str) -> bytes:
    return base64.b64decode(text.encode("ascii"), validate=True)


def _write_bytes(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _parse_decimal(text: str) -> Decimal:
    value = Decimal(text) if len(text) < 10_000 else Decimal("nan")
    if not value.is_finite():
        raise ValueError("no finite number")
    return value


PARSERS: dict[str, Callable[[str], Any]] = {
    "bytes": _parse_bytes,
    "datetime.datetime": _parse_instant,
    "datetime.date": _parse_date,
    "datetime.time": datetime.time.fromisoformat,
    "datetime.timedelta": _parse_duration,
    "UUID": _parse_uuid,
    "Decimal": _parse_decimal,
}
"""Annotation -> its value from a JSON string. Each raises `ValueError` or `ArithmeticError` for other texts."""

WRITERS: dict[type, Callable[[Any], str]] = {
    bytes: _write_bytes,
    datetime.datetime: _write_instant,
    datetime.date: datetime.date.isoformat,
    datetime.time: _write_time,
    datetime.timedelta: _write_duration,
    UUID: _write_uuid,
    Decimal: str,
}
"""Type -> its JSON string."""


def writer_for(value: object) -> Callable[[Any], str] | None:
    """How a value is written as text, also for subclasses such as `pandas.Timestamp`; None if it is not."""
    exact = WRITERS.get(type(value))
    if exact is not None:
        return exact
    return next((write for kind, write in WRITERS.items() if isinstance(value, kind)), None)
