"""One fingerprint for one content: SHA-256 over a single way of writing data as JSON."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month

# What people compare by eye: on paper, on screens and on the command line alike.
_SHORT = 16


def digest_of(content: Any) -> str:
    """SHA-256, 64 hex digits, of plain data, money, months, dates, Decimals, UUIDs, enums, dataclasses and sets.

    Equal content gives an equal digest whatever the order of keys; a list and a tuple are alike, 1.5 and 1.50 are
    alike, and an amount differs from a bare number. Floats and unknown types raise TypeError.

    >>> digest_of({"a": 1, "b": Decimal("1.50")}) == digest_of({"b": Decimal("1.5"), "a": 1})
    True
    """
    text = json.dumps(_canonical(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def short_digest(digest: str) -> str:
    """The first 16 digits of a digest already made, in capitals and groups of four, for paper and screen.

    >>> short_digest("0123456789abcdef" * 4)
    '0123 4567 89AB CDEF'
    """
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError("short_digest takes the 64 hex digits that digest_of made")
    return " ".join(digest[start : start + 4].upper() for start in range(0, _SHORT, 4))


def _canonical(content: Any) -> Any:
    if content is None or (isinstance(content, (bool, int, str)) and not isinstance(content, Enum)):
        return content
    if isinstance(content, Mapping):
        return {_key(key): _canonical(value) for key, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [_canonical(item) for item in content]
    if isinstance(content, (set, frozenset)):
        return {
            "~set": sorted((_canonical(item) for item in content), key=lambda item: json.dumps(item, sort_keys=True))
        }
    return _canonical_value(content)


def _canonical_value(content: Any) -> Any:
    """Single values that JSON has no word for, each under a name so that kinds never collide."""
    match content:
        case Dong():
            named: Any = {"~dong": content.value}
        case Month():
            named = {"~month": str(content)}
        case datetime():
            if content.tzinfo is None:
                raise TypeError("an instant without a time zone has no digest")
            named = {"~at": content.astimezone(UTC).isoformat()}
        case date():
            named = {"~on": content.isoformat()}
        case Decimal():
            named = {"~decimal": _plain_decimal(content)}
        case UUID():
            named = {"~id": str(content)}
        case Enum():
            named = _canonical(content.value)
        case _ if dataclasses.is_dataclass(content) and not isinstance(content, type):
            named = {item.name: _canonical(getattr(content, item.name)) for item in dataclasses.fields(content)}
        case _:
            raise TypeError(f"no digest of a {type(content).__name__}")
    return named


def _plain_decimal(value: Decimal) -> str:
    """Digits without an exponent or needless zeros; minus nought is nought."""
    if not value.is_finite():
        raise TypeError(f"no digest of {value}")
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def _key(key: Any) -> str:
    """Keys of a JSON object are text; others are written out, so 1 and "1" stay two keys."""
    return (
        key if isinstance(key, str) and not isinstance(key, Enum) else "~" + json.dumps(_canonical(key), sort_keys=True)
    )
