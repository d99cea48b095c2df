"""What a text kept beside a person must not say: numbers that name somebody, and who lives with HIV; pure."""

from __future__ import annotations

import re

# Identity numbers, phones and accounts, also written in groups: nine digits and more.
_NUMBER = re.compile(r"(?<![0-9A-Za-z])\+?\d(?:[ .\-]?\d){8,}(?![0-9A-Za-z])")
_STATUS = re.compile(
    r"\bh\.?\s?i\.?\s?v\b\.?|\b(?:aids|sida|arv)\b|nhiễm\s+h\b|suy giảm miễn dịch", re.IGNORECASE
)  # fmt: skip
HIDDEN = "•••"


def speaks_of_hidden(text: str) -> bool:
    """Whether words somebody typed tell a status that is not made public."""
    return _STATUS.search(text) is not None


def unspoken(text: str) -> str:
    """The text with such numbers and words hidden.

    >>> unspoken("CCCD 045 190 001 234, nhiễm HIV, QĐ 12/QĐ-UBND")
    'CCCD •••, nhiễm •••, QĐ 12/QĐ-UBND'
    """
    return _STATUS.sub(HIDDEN, _NUMBER.sub(HIDDEN, text))
