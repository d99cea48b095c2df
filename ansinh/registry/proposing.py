"""What a later file says differently from the register: proposals for an officer, never a silent overwriting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ansinh.kernel.month import Month
from ansinh.kernel.names import written
from ansinh.registry.models import Grant, Person, Residence
from ansinh.registry.types import birth_of
from ansinh.registry.workbook import RegisterRow

FIELD_NAMES: dict[str, str] = {
    "full_name": "họ tên",
    "birth": "ngày sinh",
    "sex": "giới tính",
    "commune": "xã",
    "hamlet": "thôn, tổ",
    "category": "diện hưởng",
    "decision_no": "số quyết định",
    "decided_on": "ngày quyết định",
    "starts": "tháng bắt đầu hưởng",
    "coefficient": "hệ số trong quyết định",
    "children": "số con",
    "absent": "không còn trong tệp",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs, old and new as plain data for JSON."""

    field: str
    old: Any
    new: Any

    @property
    def message(self) -> str:
        return f"{FIELD_NAMES[self.field]}: {_shown(self.old)} → {_shown(self.new)}"


def differences(person: Person, home: Residence | None, grant: Grant, row: RegisterRow) -> Iterator[Difference]:
    """The fields in which a row differs from what the register holds; an empty cell differs in nothing."""
    pairs: list[tuple[str, Any, Any]] = [
        ("full_name", person.full_name, written(row.name)),
        ("birth", birth_of(person.born_on, person.birth_precision).vi, row.birth.vi if row.birth else None),
        ("sex", person.sex, row.sex),
        ("commune", home.commune_code if home else "", row.commune_code),
        ("hamlet", home.hamlet if home else "", row.hamlet),
        ("decision_no", grant.decision_no, row.decision_no),
        (
            "decided_on",
            grant.decided_on and grant.decided_on.isoformat(),
            row.decided_on and row.decided_on.isoformat(),
        ),
        ("starts", str(grant.starts), row.from_month and str(row.from_month)),
        ("coefficient", _plain(grant.coefficient), _plain(row.coefficient)),
        ("children", grant.children, row.children),
    ]
    for field, old, new in pairs:
        if new not in (None, "") and new != old and not _same_name(field, old, new):
            yield Difference(field, old, new)


def _same_name(field: str, old: Any, new: Any) -> bool:
    """A name in capitals is the same name."""
    return field in ("full_name", "hamlet") and str(old).casefold() == str(new).casefold()


def _plain(number: Any) -> str | None:
    return None if number is None else f"{number.normalize():f}"


def _shown(value: Any) -> str:
    if value in (None, ""):
        return "(trống)"
    text = str(value)
    return Month.parse(text).vi if len(text) == 7 and text[4:5] == "-" else text
