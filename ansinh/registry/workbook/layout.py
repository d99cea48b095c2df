"""Where the header of a sheet stands and what each column means, one or several header rows, at the top or repeated."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ansinh.registry.workbook.headings import BIRTH_FIELDS, field_of, heading_key

Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]

# A header names the person and at least so many fields in all.
_FIELDS_OF_A_HEADER = 3
_NAMES = frozenset(("name", "name_family", "name_given", "householder"))
_ABOUT_A_PERSON = BIRTH_FIELDS | {"category", "identity", "sex", "sex_male", "sex_female", "decision_no", "amount"}
_NAME_SIGNS = re.compile("t[eê]n|te\u0302n|tªn|teân|họ|ho[ \u0323]|hä ", re.IGNORECASE)
_SUBHEADINGS = re.compile(
    r"(nam|nu|ngay|thang|so|so qd|ngay qd|tu|den|tu thang|den thang|tu ngay|den ngay|ho ten|ho va ten|ho|ten|ho dem|"
    r"ho va ten dem|quan he|cmnd|cccd|cmnd cccd|he so|so tien|muc huong|so thang|dien thoai|ngay cap|noi cap|nam gioi|"
    r"nu gioi|ngay ky|ngay thang nam|ngay thang|thang nam|dong|thon|xa|huyen|ghi chu|ky nhan|ky ten|moi quan he)"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns under one header. `first` and `last` are the header's rows, counted from 0."""

    first: int
    last: int
    # The headings exactly as the sheet has them; parent and sub-heading joined by " – ".
    headings: tuple[str, ...]
    # Field → column, from 0.
    columns: Mapping[str, int]
    # Columns without a meaning for us, and fields that had a second column.
    unknown: tuple[int, ...] = ()
    doubled: tuple[str, ...] = ()
    # Columns that carry on the name ("Họ và tên" merged over two columns).
    name_more: tuple[int, ...] = field(default=())

    def heading(self, name: str) -> str:
        """The heading of a field's column, "" when the sheet has none."""
        column = self.columns.get(name)
        return self.headings[column] if column is not None else ""


def fields_in(row: Sequence[Any]) -> set[str]:
    """The fields that the texts of a row would be headings of."""
    found = {field_of("", cell) for cell in row if type(cell) is str and cell and len(cell) < 160}
    return {name for name in found if name is not None and name != "other"}


def looks_like_header(row: Sequence[Any]) -> bool:
    """Whether a row can be the header, or the part of it that names the columns."""
    texts = [cell for cell in row if cell not in ("", None)]
    if len(texts) < _FIELDS_OF_A_HEADER or sum(type(cell) is str for cell in texts) < len(texts):
        return False
    fields = fields_in(row)
    return (
        bool(fields & _NAMES)
        and bool(fields & _ABOUT_A_PERSON)
        and len(fields) >= _FIELDS_OF_A_HEADER
        and len(fields) * 3 >= len(texts)
    )


def may_be_header(row: Sequence[Any], layout: Layout | None) -> bool:
    """A cheap look before `looks_like_header`: no running number, and some cell speaks of a name in some encoding."""
    ordinal = layout.columns.get("ordinal") if layout is not None else None
    if ordinal is not None and ordinal < len(row):
        number = row[ordinal]
        if type(number) is float or (type(number) is str and number.isdigit()):
            return False
    return any(type(cell) is str and 1 < len(cell) < 60 and _NAME_SIGNS.search(cell) is not None for cell in row)


def read_layout(rows: Sequence[Sequence[Any]], at: int, merged: Merged, offset: int = 0) -> Layout:
    """The layout of the header whose main row is `rows[at]`; `offset` is the sheet's number (from 0) of `rows[0]`."""
    width = max(len(row) for row in rows[max(0, at - 1) : at + 3])
    first, last = at, at
    if at + 1 < len(rows) and _is_subheader(rows[at + 1], rows[at]):
        last = at + 1
    elif at > 0 and _is_parent(rows[at - 1], rows[at], merged, offset + at - 1):
        first = at - 1
    if first == last:
        own = _texts(rows[at], width)
        parents = [""] * width
    else:
        own = _texts(rows[last], width)
        parents = _spread(_texts(rows[first], width), own, merged, offset + first)
    return _named(parents, own, offset + first, offset + last, merged)


def _texts(row: Sequence[Any], width: int) -> list[str]:
    texts = [cell if type(cell) is str else ("" if cell is None else str(cell)) for cell in row]
    return texts + [""] * (width - len(texts))


def _is_subheader(row: Sequence[Any], above: Sequence[Any]) -> bool:
    """Short sub-headings under a header row: texts only, at least one known, none of a person."""
    texts = [(index, cell) for index, cell in enumerate(row) if cell not in ("", None)]
    if not texts or any(type(cell) is not str for _, cell in texts):
        return False
    if fields_in(row) and looks_like_header(row):
        return False
    known = sum(bool(_SUBHEADINGS.fullmatch(heading_key(cell))) for _, cell in texts)
    # A sub-heading stands under a heading that spans columns: somewhere its own column is empty above, or is parent.
    spans = any(index >= len(above) or above[index] in ("", None) for index, _ in texts)
    return known * 2 >= len(texts) and (spans or known == len(texts))


def _is_parent(row: Sequence[Any], below: Sequence[Any], merged: Merged, number: int) -> bool:
    """A row over the main header whose texts span several columns of it."""
    texts = [index for index, cell in enumerate(row) if type(cell) is str and cell.strip()]
    if not texts or any(cell not in ("", None) and type(cell) is not str for cell in row):
        return False
    spans = [index for index in texts if any(top == (number, index) and end[1] > index for top, end in merged)]
    if any(end[1] - top[1] + 1 >= sum(bool(cell) for cell in below) for top, end in merged if top[0] == number):
        return False
    upright = [index for index in texts if index < len(below) and below[index] in ("", None)]
    return bool(spans or upright) and len(texts) >= 2


def _spread(parents: list[str], own: list[str], merged: Merged, number: int) -> list[str]:
    """Parents carried right over the columns they span: by the merges where the file tells them, else over blanks."""
    out = list(parents)
    spans = {top[1]: end[1] for top, end in merged if top[0] <= number <= end[0] and end[1] > top[1]}
    for index, text in enumerate(parents):
        if not text.strip():
            continue
        if index in spans:
            reach = range(index + 1, min(spans[index] + 1, len(out)))
        else:
            reach = range(index + 1, len(out)) if own[index].strip() else range(0)
        for column in reach:
            if parents[column].strip() or (index not in spans and not own[column].strip()):
                break
            out[column] = text
    return out


def _named(parents: list[str], own: list[str], first: int, last: int, merged: Merged) -> Layout:
    headings: list[str] = []
    columns: dict[str, int] = {}
    unknown: list[int] = []
    doubled: list[str] = []
    for index, (parent, text) in enumerate(zip(parents, own, strict=True)):
        both = bool(parent.strip() and text.strip())
        headings.append(f"{parent.strip()} – {text.strip()}" if both else (text if text.strip() else parent))
        if not headings[index].strip():
            continue
        name = field_of(parent, text) if both else field_of("", headings[index])
        if name is None or name in ("other", "stop_decision"):
            unknown.append(index)
        elif name in columns:
            unknown.append(index)
            doubled.append(headings[index])
        else:
            columns[name] = index
    _settle(columns, unknown)
    return Layout(
        first=first,
        last=last,
        headings=tuple(headings),
        columns=columns,
        unknown=tuple(sorted(unknown)),
        doubled=tuple(doubled),
        name_more=_name_more(columns, headings, merged, first),
    )


def _settle(columns: dict[str, int], unknown: list[int]) -> None:
    """Readings that hang on the other columns: "Tên" alone is the name, "Tổng" alone the amount, "Nam/Nữ" the birth."""
    parts = {"name_given", "name_family"} & columns.keys()
    if "name" not in columns and len(parts) < 2:
        for stand_in in (*parts, "householder"):
            if stand_in in columns:
                columns["name"] = columns.pop(stand_in)
                break
    elif "name_given" in columns and "name_family" not in columns:
        unknown.append(columns.pop("name_given"))
    if "householder" in columns:
        unknown.append(columns.pop("householder"))
    if "total" in columns:
        column = columns.pop("total")
        if "amount" in columns:
            unknown.append(column)
        else:
            columns["amount"] = column
    if not BIRTH_FIELDS & columns.keys():
        for sex in ("male", "female"):
            if f"sex_{sex}" in columns:
                columns[f"birth_{sex}"] = columns.pop(f"sex_{sex}")


def _name_more(columns: dict[str, int], headings: list[str], merged: Merged, first: int) -> tuple[int, ...]:
    start = columns.get("name")
    if start is None:
        return ()
    for top, end in merged:
        if top == (first, start) and end[1] > start:
            return tuple(c for c in range(start + 1, end[1] + 1) if c < len(headings) and not headings[c].strip())
    return ()


def find_layout(rows: Sequence[Sequence[Any]], merged: Merged, offset: int = 0) -> Layout | None:
    """The layout of the first header among the rows, None when there is none."""
    for at, row in enumerate(rows):
        if looks_like_header(row):
            return read_layout(rows, at, merged, offset)
    return None
