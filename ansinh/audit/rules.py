"""An entry in words: what its facts are called, how a value is read, what a channel is called; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ansinh.audit.fact_words import FACT_NAMES, WAY_WORDS
from ansinh.kernel.grouped import grouped
from ansinh.kernel.legal_days import LEGAL_DAYS

_MONTH, _DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])"), re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_CODED = frozenset({"state", "way", "how", "channel"})

# Said in columns of their own, or by the words of the act.
SAID_ELSEWHERE = frozenset({"commune_code", "person_id", "place_code", "reason", "why"})


def told_of(facts: Mapping[str, Any], codes: Mapping[str, str] | None = None) -> tuple[tuple[str, str], ...]:
    """The facts as (name, value) in words, those of known names first; what is empty is left out.

    `codes`: what the states and channels of the act's app are called.

    >>> told_of({"run_id": 12, "amount_dong": 405000, "twins": 1, "reason": "x", "fund": ""})
    (('số tiền', '405.000 đồng'), ('kỳ chi trả số', '12'), ('người có thể trùng', '1'))
    >>> told_of({"state": "SENT", "month": "2026-10", "sent_at": "2026-11-22 14:12:33+00:00"}, {"SENT": "Đã chuyển"})
    (('tháng', '10/2026'), ('trạng thái', 'Đã chuyển'), ('sent_at', '21:12 22/11/2026'))
    """
    said = [(key, value) for key, value in facts.items() if key not in SAID_ELSEWHERE and value not in (None, "")]
    said.sort(key=lambda one: (one[0] not in FACT_NAMES, one[0]))
    return tuple(
        (FACT_NAMES.get(key, key.removesuffix("_count")), _value(key, value, codes or {})) for key, value in said
    )


def _value(key: str, value: object, codes: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if key.endswith("_dong") and isinstance(value, int):
        return f"{grouped(value)} đồng"
    if key.endswith("_at"):
        return f"{datetime.fromisoformat(str(value)).astimezone(LEGAL_DAYS):%H:%M %d/%m/%Y}"
    if key in _CODED:
        return codes.get(str(value)) or WAY_WORDS.get(str(value), str(value))
    return _day(str(value))


def _day(text: str) -> str:
    """Months and days as people here write them; anything else as it is."""
    if _MONTH.fullmatch(text):
        return f"{text[5:]}/{text[:4]}"
    if _DAY.fullmatch(text):
        return f"{text[8:]}/{text[5:7]}/{text[:4]}"
    return text
