"""Numbers that name a person: the 12-digit citizen number and the 9-digit identity card before it.

Neither has a check digit. What a number says of sex and birth year is a doubt when it differs, never a refusal:
the register can be the one that is wrong. Reprs and refusals hide the digits, for they end up in logs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from ansinh.kernel.birthplaces import BIRTHPLACES
from ansinh.kernel.refusal import Refusal

Sex = Literal["male", "female"]
Doubt = Literal[
    "missing",
    "not_digits",
    "wrong_length",
    "leading_zero_lost",
    "unknown_province",
    "birth_year_differs",
    "sex_differs",
]

# Separators people type, an Excel text mark, zero-width signs; and the ".0" of a number cell turned to text.
_SEPARATORS = re.compile("[\\s.,\\-_/'\u2019\u200b\ufeff]+")
_NUMBER_CELL = re.compile(r"\.0$")


class NotACitizenNumber(Refusal):
    """Số định danh cá nhân phải có đúng 12 chữ số; số vừa nhập có {length} ký tự. Hãy xem lại thẻ căn cước."""


class NotAnOldIdentityNumber(Refusal):
    """Số chứng minh nhân dân phải có đúng 9 chữ số; số vừa nhập có {length} ký tự. Hãy xem lại giấy tờ."""


def _plain(text: str) -> str:
    return _SEPARATORS.sub("", _NUMBER_CELL.sub("", text.strip()))


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


@dataclass(frozen=True, slots=True)
class CitizenNumber:
    """A 12-digit personal identification number: 3 province, 1 century and sex, 2 year of birth, 6 of its own.

    >>> number = CitizenNumber.parse("001 184 012345")
    >>> number.province_code, number.sex, number.birth_year
    ('001', 'female', 1984)
    """

    digits: str = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> CitizenNumber:
        """The number with spaces and dots left out; refuses (NotACitizenNumber) anything but 12 digits."""
        digits = _plain(text)
        if len(digits) != 12 or not _is_digits(digits):
            raise NotACitizenNumber(length=len(digits))
        return cls(digits)

    @property
    def province_code(self) -> str:
        """Three digits: where the birth was registered, among the 63 provinces before 1/7/2025."""
        return self.digits[:3]

    @property
    def province_name(self) -> str | None:
        """The old province's name, or None for a code that was never given."""
        return BIRTHPLACES.get(self.province_code)

    @property
    def sex(self) -> Sex:
        return "female" if int(self.digits[3]) % 2 else "male"

    @property
    def birth_year(self) -> int:
        """1984 of "x84" after century digit 0 or 1; 2 and 3 are the 2000s, and so on."""
        return 1900 + int(self.digits[3]) // 2 * 100 + int(self.digits[4:6])

    def __str__(self) -> str:
        return self.digits


@dataclass(frozen=True, slots=True)
class OldIdentityNumber:
    """A 9-digit card number (CMND): no longer a valid paper after 31/12/2024, kept to recognise a person.

    Source: Luật Căn cước 26/2023/QH15, Điều 46.
    """

    digits: str = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> OldIdentityNumber:
        """The number with spaces and dots left out; refuses (NotAnOldIdentityNumber) anything but 9 digits."""
        digits = _plain(text)
        if len(digits) != 9 or not _is_digits(digits):
            raise NotAnOldIdentityNumber(length=len(digits))
        return cls(digits)

    def __str__(self) -> str:
        return self.digits


@dataclass(frozen=True, slots=True)
class Identity:
    """What a cell said: the kind of number, its digits (None when unreadable) and every doubt about it."""

    kind: Literal["cccd", "cmnd", "unreadable"]
    number: str | None = field(repr=False)
    doubts: tuple[Doubt, ...] = ()


def read_identity(text: str, *, born_year: int | None = None, sex: Sex | None = None) -> Identity:
    """The identity number in a cell. Never refuses; gives back zeros that a number cell lost, and says so.

    Eleven digits (or ten: Hà Nội is 001) become a citizen number only when that names a known province.

    >>> read_identity("1184012345", born_year=1984, sex="female").doubts
    ('leading_zero_lost',)
    """
    digits = _plain(text)
    if not digits:
        return Identity("unreadable", None, ("missing",))
    if not _is_digits(digits):
        return Identity("unreadable", None, ("not_digits",))
    length = len(digits)
    if length in (8, 9):
        return Identity("cmnd", digits.zfill(9), ("leading_zero_lost",) if length == 8 else ())
    padded = digits.zfill(12)
    if length not in (10, 11, 12) or (length < 12 and padded[:3] not in BIRTHPLACES):
        return Identity("unreadable", None, ("wrong_length",))
    number = CitizenNumber(padded)
    doubts: list[Doubt] = ["leading_zero_lost"] if length < 12 else []
    if number.province_name is None:
        doubts.append("unknown_province")
    if born_year is not None and born_year != number.birth_year:
        doubts.append("birth_year_differs")
    if sex is not None and sex != number.sex:
        doubts.append("sex_differs")
    return Identity("cccd", padded, tuple(doubts))
