"""The cells of a row that need no table but their own words: numbers, level, decision, months, phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.citizen import CitizenNumber, Identity, Sex
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.numbers import NotACoefficient, NotAnAmount, read_coefficient, read_dong
from ansinh.kernel.phones import read_phone
from ansinh.platform.sheets.cells import is_blank, read_day, read_month, text_of
from ansinh.registry.workbook.noting import Here
from ansinh.registry.workbook.wordings import Wording

Cells = Callable[[str], Any]
Texts = Callable[[str], str]

# A number this long no longer fits a spreadsheet's number cell without losing its end.
_LONGEST_EXACT = 10**15
_SEX_VI = {"male": "nam", "female": "nữ"}
_ID_FINDINGS = {"unknown_province": "id_unknown_province", "leading_zero_lost": "leading_zero_lost"}
_PHONE_FINDINGS = {
    "not_digits": "phone_unreadable",
    "missing": "phone_unreadable",
    "unknown_prefix": "phone_unknown_prefix",
    "leading_zero_lost": "leading_zero_lost",
    "several_numbers": "phone_two_numbers",
}


def has_lost_digits(value: Any) -> bool:
    """Whether a long number was turned into a rounded one by its number cell ("1,90123E+15")."""
    if isinstance(value, str):
        return "E+" in value.upper()
    return isinstance(value, float) and value >= _LONGEST_EXACT


def note_identity_doubts(here: Here, said: str, read: Identity, birth: BirthDate | None, sex: Sex | None) -> None:
    """Tells where the number and the row differ, without ever repeating the number."""
    number = CitizenNumber(read.number) if read.kind == "cccd" and read.number else None
    for doubt in read.doubts:
        if doubt == "birth_year_differs" and birth is not None and number is not None:
            facts = {"number_year": number.birth_year, "year": birth.first_day.year}
            here.note("cccd_contradicts_birth_year", "identity", **facts)
        elif doubt == "sex_differs" and sex is not None and number is not None:
            here.note("id_sex_contradiction", "identity", number_sex=_SEX_VI[number.sex], sex=_SEX_VI[sex])
        elif doubt == "wrong_length":
            here.note("id_wrong_length", "identity", digits=sum(letter.isdigit() for letter in said))
        else:
            here.note(_ID_FINDINGS.get(doubt, "id_unreadable"), "identity")


def read_phone_cell(here: Here, said: str) -> str | None:
    """The number to call, None when the cell holds none that can be dialled."""
    if not said:
        return None
    read = read_phone(said)
    for doubt in read.doubts:
        if doubt == "wrong_length":
            here.note("phone_wrong_length", "phone", text=said, digits=sum(letter.isdigit() for letter in said))
        elif doubt in _PHONE_FINDINGS:
            here.note(_PHONE_FINDINGS[doubt], "phone", text=said)
    return read.number


def read_children(cell: Cells, wording: Wording) -> int | None:
    """The number of children a row names, in its own column or in the wording of its group."""
    said = text_of(cell("children"))
    return int(said) if said.isdigit() and 0 < int(said) < 20 else wording.children


def read_levels(here: Here, cell: Cells) -> tuple[Decimal | None, Dong | None]:
    """Coefficient and amount as written; what is missing or unreadable is told, a failed formula only once."""
    coefficient: Decimal | None = None
    amount: Dong | None = None
    value = cell("coefficient")
    if not is_blank(value):
        try:
            coefficient = _coefficient(value)
        except NotACoefficient:
            here.note("coefficient_unreadable", "coefficient", text=text_of(value))
    elif "coefficient" in here.layout.columns and not _failed(here, "coefficient"):
        here.note("coefficient_missing", "coefficient")
    value = cell("amount")
    if not is_blank(value):
        try:
            amount = _dong(value)
        except NotAnAmount:
            here.note("amount_unreadable", "amount", text=text_of(value))
    elif "amount" in here.layout.columns and not _failed(here, "amount"):
        here.note("amount_missing", "amount")
    return coefficient, amount


# A register repeats a few coefficients and amounts over all its rows. Typed: True is not 1.
_coefficient = lru_cache(maxsize=1024, typed=True)(read_coefficient)
_dong = lru_cache(maxsize=4096, typed=True)(read_dong)


def _failed(here: Here, name: str) -> bool:
    """Whether this row's cell of a field was just told to hold a failed formula."""
    column = here.layout.columns.get(name)
    for finding in reversed(here.findings.all):
        if finding.row != here.number or finding.sheet != here.sheet:
            return False
        if finding.code == "formula_error" and finding.column_index == column:
            return True
    return False


def read_decision(here: Here, cell: Cells, text: Texts) -> tuple[str, date | None]:
    """Number and day of the decision, from two columns or one ("1235/QĐ-UBND ngày 10/3/2020")."""
    number, day = text("decision_no"), read_day(cell("decided_on"))
    if "decision_both" in here.layout.columns and not number:
        number = text("decision_both")
    if day is None and not is_blank(cell("decided_on")):
        here.note("date_unreadable", "decided_on", text=text_of(cell("decided_on")))
    if number and day is None:
        head, _, tail = number.partition(" ngày ")
        day = read_day(tail) if tail else None
        number = head.strip(" ,;") if day else number
    if not number and {"decision_no", "decision_both"} & here.layout.columns.keys():
        here.note("decision_missing", "decision_no" if "decision_no" in here.layout.columns else "decision_both")
    return number, day


def read_month_cell(here: Here, cell: Cells, name: str) -> Month | None:
    """A month column; a missing start of entitlement is told, a missing end is usual."""
    value = cell(name)
    if is_blank(value):
        if name == "from_month" and name in here.layout.columns:
            here.note("from_month_missing", name)
        return None
    month = read_month(value)
    if month is None:
        here.note("month_unreadable", name, text=text_of(value))
    return month
