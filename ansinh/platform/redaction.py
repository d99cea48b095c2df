"""What logs and fault reports may not tell: secrets, people's numbers, the values a statement failed on.

A last net, not a licence: nothing of this is logged on purpose. It stands where text leaves for a file or a screen.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

HIDDEN = "•••"

_NAMES = (
    r"pass(?:word|wd)?|pwd|mật khẩu|secret(?:_key)?|sealing_key|[a-z_]*token|session(?:id|_key)|__host-\w+|set-cookie"
    r"|cookie|authorization|otp|passcode"
)
_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    # The password in an address such as DATABASE_URL; where it holds an @ itself, up to the last one.
    (re.compile(r"(\w+://[^\s/:@'\"]*:)[^\s'\"]+@"), rf"\1{HIDDEN}@"),
    # Headers run to the end of the line; other named secrets to the end of the quotes or of the word.
    (re.compile(r"(?im)^(\s*(?:set-cookie|cookie|authorization)\s*:).*$"), rf"\1 {HIDDEN}"),
    (
        re.compile(rf"(?i)(?<![a-z])((?:{_NAMES})['\"]?\s*[:=]\s*)(?:b?'[^'\n]*'|b?\"[^\"\n]*\"|[^\s,;&)}}]+)"),
        rf"\1{HIDDEN}",
    ),
    # PostgreSQL repeats the row it refused, and the cell COPY stumbled over.
    (re.compile(r"(?m)^(\s*(?:DETAIL|CONTEXT|STATEMENT):).*$"), rf"\1 {HIDDEN}"),
    # Keys, tokens and session keys are long runs of letters and digits; words of code hold no digit or an underscore.
    (re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z]*\d)[A-Za-z0-9]{32,}(?![A-Za-z0-9])"), HIDDEN),
    # Identity, account and phone numbers, also parted by dots or spaces.
    (re.compile(r"(?<![\d.,:-])(?:\+84[ .]?|0)\d{2,3}[ .]\d{3}[ .]\d{3,4}(?![\d.])"), HIDDEN),
    (re.compile(r"(?<![\d.])\d{9,}(?![\d.]\d)"), HIDDEN),
)


def redacted(text: str) -> str:
    """The text with secrets, long numbers and the database's repeated values hidden."""
    for sign, instead in _RULES:
        text = sign.sub(instead, text)
    return text


def without_traceback(record: logging.LogRecord) -> bool:
    """A filter for what visitors cause: one line, no traceback."""
    record.exc_info = record.exc_text = None
    return True


class SafeFormatter(logging.Formatter):
    """Lines of the log, tracebacks included, redacted as they are written."""

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))
