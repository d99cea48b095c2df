"""Payers' words for what happened and how it was witnessed, with and without accents, in any case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ansinh.kernel.legacy_text import decoded
from ansinh.kernel.names import folded, written
from ansinh.platform.sheets.cells import text_of
from ansinh.reconcile.states import PAID, RETURNED, UNPAID

_OUTCOMES: dict[str, tuple[str, ...]] = {
    PAID: (
        "da tra", "da chi", "da chi tra", "da nhan", "da linh", "da phat", "da tra tien", "da nhan tien", "x", "v",
        "1", "paid", "true",
    ),
    UNPAID: (
        "chua tra", "chua chi", "chua chi tra", "chua nhan", "chua linh", "chua phat", "chua nhan tien", "khong nhan",
        "khong linh", "vang", "vang mat", "unpaid", "not paid",
    ),
    RETURNED: ("hoan tra", "da hoan tra", "hoan lai", "tra lai", "bi tra lai", "da tra lai", "returned"),
}  # fmt: skip
_PROOFS: dict[str, tuple[str, ...]] = {
    "signature": ("ky nhan", "ky", "ky ten", "da ky", "chu ky", "signature"),
    "fingerprint": ("diem chi", "lan tay", "van tay", "fingerprint"),
    "otp": ("ma xac nhan", "otp", "ma otp", "ma xac thuc"),
    "bank": ("chuyen khoan", "ck", "ngan hang", "bao co", "bank"),
}
# Signs of a tick keep no letter when folded.
_TICKS = ("✓", "✔", "√", "☑", "☒")


def word_key(value: Any) -> str:
    """A cell reduced to its word: "ĐÃ TRẢ." → "da tra"; a tick is "x"."""
    return _key(text_of(value))


@lru_cache(maxsize=8192)
def _key(text: str) -> str:
    if text in _TICKS:
        return "x"
    return " ".join(re.sub(r"[^a-z0-9]+", " ", folded(decoded(written(text))[0])).split())


OUTCOME_KEYS: dict[str, str] = {word: outcome for outcome, words in _OUTCOMES.items() for word in words}
PROOF_KEYS: dict[str, str] = {word: proof for proof, words in _PROOFS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Words:
    """The words known to everybody and, before them, the payer's own."""

    own: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, words: Mapping[str, str]) -> Words:
        """With a payer's own: their word → paid | unpaid | returned."""
        return cls({word_key(word): outcome for word, outcome in words.items()})

    def outcome(self, value: Any) -> str | None:
        """paid, unpaid or returned; None for a word nobody knows."""
        key = word_key(value)
        return self.own.get(key) or OUTCOME_KEYS.get(key)


def read_proof(value: Any) -> str | None:
    """signature, fingerprint, otp or bank; None for a word nobody knows."""
    return PROOF_KEYS.get(word_key(value))
