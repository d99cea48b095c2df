"""What the audit trail keeps of an act's arguments and result: by name, from lists; what no list names is not kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.unspoken import unspoken

# Texts that say which paper, place, body, rule or state it was: kept, numbers of people and hidden words blotted out.
KEPT_TEXTS = frozenset(
    {
        "answer", "area", "article", "because", "channel", "code", "commune_code", "countersigner", "decision_no",
        "document", "document_no", "file_name", "form", "fund", "how", "kind", "law", "media_type", "month",
        "order_code", "paper_number", "payer", "payer_code", "payer_name", "place_code", "programme", "reason", "role",
        "sight", "source_key", "state", "status", "title", "username", "verdict", "voucher_no", "way", "what", "why",
    }
)  # fmt: skip
# Fingerprints are long runs of digits and letters by nature.
DIGESTS = frozenset({"content_digest", "digest", "file_digest", "fingerprint", "list_digest"})
# What says who somebody is or how it stands with them, what is as long as a file, what is secret.
NEVER_KEPT = frozenset(
    {
        "account", "account_number", "arguments", "bank", "birth", "blocks", "born", "category", "children",
        "collector_name",
        "collector_relation", "columns", "content", "criteria", "evidence", "full_name", "hamlet", "identity", "item",
        "key", "martyr_name", "martyr_no", "message", "name", "nonce", "note", "number", "paid_by", "password",
        "person_name", "phone", "relation", "representative", "row", "secret", "sex", "token", "value", "words",
        "wording",
    }
)  # fmt: skip
# Records passed whole: their fields are kept as if they were arguments.
RECORDS = frozenset({"paper"})
_PLUMBING = frozenset({"by", "at", "progress"})
_LONGEST = 200
_DIGEST = re.compile(r"[0-9a-f]{0,64}")


@dataclass(frozen=True, slots=True)
class Kept:
    """What one entry says of its act, beside who and when; the first three have columns of their own."""

    facts: dict[str, Any] = field(default_factory=dict)
    person_id: int | None = None
    place_code: str = ""
    reason: str = ""


def kept_of(arguments: Mapping[str, Any], result: object) -> Kept:
    """The arguments and, when the result is a dataclass, its fields."""
    facts = kept_facts(arguments)
    if is_dataclass(result) and not isinstance(result, type):
        facts |= kept_facts(_fields(result))
    person = facts.get("person_id")
    return Kept(
        facts,
        person if isinstance(person, int) else None,
        str(facts.get("place_code") or facts.get("commune_code") or ""),
        str(facts.get("reason") or facts.get("why") or ""),
    )


def kept_facts(values: Mapping[str, Any]) -> dict[str, Any]:
    """Of values by name, those the trail keeps, plain enough for JSON; of several, how many."""
    facts: dict[str, Any] = {}
    for name, value in values.items():
        if name in _PLUMBING or name in NEVER_KEPT:
            continue
        if name in RECORDS and is_dataclass(value) and not isinstance(value, type):
            facts |= kept_facts(_fields(value))
        elif isinstance(value, (list, tuple, frozenset, set)):
            facts[f"{name}_count"] = len(value)
        elif (plain := _plain(name, value)) is not _LEFT_OUT:
            facts[name] = plain
    return facts


_LEFT_OUT = object()


def _fields(record: Any) -> dict[str, Any]:
    return {one.name: getattr(record, one.name) for one in fields(record)}


def _plain(name: str, value: object) -> object:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, str):
        if name in DIGESTS:
            return value if _DIGEST.fullmatch(value) else _LEFT_OUT
        return unspoken(value)[:_LONGEST] if name in KEPT_TEXTS else _LEFT_OUT
    if isinstance(value, Dong):
        return value.value
    if value is None or isinstance(value, (bool, int)):
        return value
    return str(value) if isinstance(value, (Month, Decimal, date)) else _LEFT_OUT
