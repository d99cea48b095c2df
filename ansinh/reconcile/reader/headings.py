"""What the headings of results files mean: our own list's, common names for the same, and a payer's saved layout."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ansinh.kernel.refusal import Refusal
from ansinh.platform.sheets.cells import is_blank
from ansinh.reconcile.reader.words import OUTCOME_KEYS, word_key
from ansinh.reconcile.types import AUTHORISED_UNTIL, LIST_COLUMNS

# Each field and how it is called to a person: what a layout may map.
FIELD_NAMES: dict[str, str] = {column.field: column.heading for column in (*LIST_COLUMNS, AUTHORISED_UNTIL)}
# A column a payer ticks: its heading is the outcome ("Đã trả" | "Chưa trả").
TICKS: dict[str, str] = {"tick_paid": "paid", "tick_unpaid": "unpaid", "tick_returned": "returned"}

_OURS = {word_key(heading): name for name, heading in FIELD_NAMES.items()}
# Other names of the same columns. The first that fits wins, so what only looks like another column stands before it.
_COMMON: tuple[tuple[str, str], ...] = (
    ("other", r"(stt|tt|so tt|so thu tu|ghi chu|ky ten|chu ky|so cmnd|so cccd|cccd|cmnd|can cuoc|dien thoai|sdt)"),
    ("order_code", r"(ma|so) (lenh( chi( tra)?)?|chi tra)|lenh chi( tra)?|order code|ma as"),
    ("collector", r"(ho( va)? ten )?nguoi (nhan|linh) (thay|ho)|nguoi duoc uy quyen|nguoi uy quyen"),
    ("authorised_until", r"(han|hieu luc|thoi han) uy quyen( den( ngay)?)?|uy quyen (den|het han)( ngay)?"),
    ("outcome", r"(ket qua|tinh trang|trang thai)( chi tra| chi| tra| nhan| linh)?|status|result|outcome"),
    ("happened_on", r"ngay( thang)? (tra|chi|chi tra|nhan|linh|phat|giao dich|thuc hien)( tien)?|paid on|date"),
    ("receiver_name", r"(ho( va)? ten )?nguoi (nhan|linh|ky nhan)( tien)?( thuc te)?|receiver"),
    ("relation", r"quan he( voi (nguoi huong|doi tuong|nguoi huong tro cap))?"),
    ("proof", r"(hinh thuc|cach)( ky)? (nhan|xac nhan)|hinh thuc ky"),
    ("reason", r"ly do( (chua|khong) (tra|nhan|chi|linh|chi tra))?( hoan tra)?|reason"),
    ("reference", r"(so|ma) (tham chieu|giao dich|chung tu|but toan)|reference"),
    ("amount", r"so tien (da|thuc) (tra|chi|nhan|linh|chi tra)|so tien( chi tra| tra| chi)?( dong| vnd| d)?"),
    ("amount", r"so tien thuc te|thanh tien|amount"),
    ("name", r"(ho va ten|ho ten|ten)( doi tuong| nguoi huong)?"),
    ("birth", r"(nam|ngay|ngay thang nam) sinh"),
    ("hamlet", r"(thon|to dan pho|ban|ap|xom|khu pho|dia chi)( .*)?"),
    ("commune", r"(ten )?(xa|phuong|xa phuong|don vi)( thi tran)?"),
    ("months", r"(thang|ky) (huong|chi tra|tro cap)"),
)  # fmt: skip
_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _COMMON)
_LONGEST = 60
# Without these a file cannot be matched; the outcome may stand in ticked columns instead.
NEEDED = ("order_code", "amount", "outcome")


class AmbiguousColumns(Refusal):
    """Tệp có hai cột cùng có thể là "{meaning}": {headings}. Hãy xóa hoặc đổi tên cột thừa, hoặc khai một lần
    cột nào là đúng trong mẫu tệp của tổ chức chi trả (ansinh results layout), rồi gửi lại."""


@lru_cache(maxsize=4096)
def field_of(heading: str) -> str | None:
    """The field a heading names by our own list or common use; None when it has no meaning."""
    if len(heading) > _LONGEST:
        return None
    key = word_key(heading)
    if not key or len(key) < 2:
        return None
    if key in _OURS:
        return _OURS[key]
    if key in OUTCOME_KEYS and not key.isdigit():
        return f"tick_{OUTCOME_KEYS[key]}"
    return next((name for name, pattern in _PATTERNS if pattern.fullmatch(key)), None)


@dataclass(frozen=True, slots=True)
class OwnLayout:
    """A payer's own headings: their key → our field."""

    fields: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, columns: Mapping[str, str]) -> OwnLayout:
        """From our field → the payer's heading, as a layout is saved."""
        return cls({word_key(heading): name for name, heading in columns.items()})

    def meaning(self, heading: str) -> str | None:
        """The field of one heading: the layout's word first, then what everybody uses for fields it does not map."""
        own = self.fields.get(word_key(heading))
        if own is not None:
            return own
        common = field_of(heading)
        mapped = self.fields.values()
        taken = common in mapped or (common in TICKS and "outcome" in mapped)
        return None if taken else common


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands under one heading row: field → column from 0, and every heading as written."""

    at: Mapping[str, int]
    headings: tuple[str, ...]
    # Rows the heading takes: 1, or 2 where a parent stands over its parts.
    height: int = 1

    def heading(self, name: str) -> str:
        """The heading of a field's column as the file has it; "" when the file has no such column."""
        index = self.at.get(name)
        return "" if index is None or index >= len(self.headings) else self.headings[index]


def find_columns(row: Sequence[Any], below: Sequence[Any], layout: OwnLayout) -> Columns | None:
    """The columns when this row (with the one below, for parents over parts) is a heading; None when it is none.

    Refuses (AmbiguousColumns) a heading under which a needed field stands twice.
    """
    for reader in (layout, OwnLayout()) if layout.fields else (layout,):
        own = _meanings(row, reader)
        if not _some_needed(own):
            continue
        both = dict(own)
        under = _meanings(below, reader)
        if _is_under(below, under, own):
            both |= under
            if _is_whole(both):
                return _columns(both, row, below, height=2)
        if _is_whole(own):
            return _columns(own, row, (), height=1)
    return None


def _meanings(row: Sequence[Any], layout: OwnLayout) -> dict[int, str]:
    found = {}
    for index, cell in enumerate(row):
        if type(cell) is str and cell and (name := layout.meaning(cell)):
            found[index] = name
    return found


def _some_needed(meanings: Mapping[int, str]) -> bool:
    return "order_code" in meanings.values()


def _is_whole(meanings: Mapping[int, str]) -> bool:
    names = set(meanings.values())
    return {"order_code", "amount"} <= names and ("outcome" in names or not names.isdisjoint(TICKS))


def _is_under(below: Sequence[Any], under: Mapping[int, str], above: Mapping[int, str]) -> bool:
    """Whether the row below holds parts of parents: two or more headings, nothing else, no order code of its own."""
    filled = [index for index, cell in enumerate(below) if not is_blank(cell)]
    code = next(index for index, name in above.items() if name == "order_code")
    return len(filled) >= 2 and code not in filled and all(index in under for index in filled)


def _columns(meanings: Mapping[int, str], row: Sequence[Any], below: Sequence[Any], *, height: int) -> Columns:
    width = max(len(row), len(below))
    headings = []
    for index in range(width):
        parts = [
            str(cells[index]).strip() for cells in (below, row) if index < len(cells) and not is_blank(cells[index])
        ]
        headings.append(parts[0] if parts else "")
    at: dict[str, int] = {}
    for index, name in sorted(meanings.items()):
        if name in at and name in (*NEEDED, *TICKS, "happened_on"):
            raise AmbiguousColumns(
                meaning=FIELD_NAMES.get(name, headings[index]), headings=f'"{headings[at[name]]}", "{headings[index]}"'
            )
        at.setdefault(name, index)
    if "outcome" in at:
        # A column of words decides; "Đã trả" beside it is a sum or an amount, not a tick.
        at = {name: index for name, index in at.items() if name not in TICKS}
    return Columns(at, tuple(headings), height)
