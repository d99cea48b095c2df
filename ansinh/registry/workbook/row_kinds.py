"""What a row of a sheet is: a person, a heading over a group, a sum, the foot, nothing. A person is never swallowed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ansinh.kernel.legacy_text import Encoding, decoded
from ansinh.kernel.names import folded
from ansinh.platform.sheets.cells import is_blank, is_mark
from ansinh.registry.workbook.cells import may_be_birth
from ansinh.registry.workbook.headings import BIRTH_FIELDS
from ansinh.registry.workbook.layout import Layout

Kind = Literal["blank", "person", "group", "sum", "foot", "column_numbers", "unclear"]

_SUM = re.compile(
    r"(tong cong|tong so( tien)?|tong|cong)( (nhom|xa|phuong|thi tran|thon|ban|to|muc|phan|trang|so|toan|"
    r"luy ke|cong|doi|tiep|chung|theo|danh sach|huyen|tinh|kinh phi|tien|cac|dien|khoan|so tien)\b.*|"
    r" [ivxlc]+| \d+.*| [a-z]|)"
    r"|(luy ke|mang sang|chuyen trang|cong mang sang|cong doi|so cong)\b.*|.*\(? ?[ivx]+ ?\+ ?[ivx]+.*"
)
_FOOT = re.compile(
    r".*\b(nguoi lap( bieu| danh sach)?|lap bieu|chu tich|pho chu tich|tm uy ban|tm ubnd|kt chu tich|thu truong|"
    r"ke toan|phu trach|xac nhan|thu quy|bang chu|noi nhan|ky ghi ro|ky ten dong dau|truong phong|giam doc|thanh tra|"
    r"can bo (lap|chinh sach|ldtbxh|van hoa)|cong chuc|ngay \d* ?thang \d* ?nam( \d+)?)\b.*"
    r"|(ghi chu|luu y|chu thich)\b.*"
)
_ROMAN = re.compile(r"[ivxlc]+|[a-h]|\d{1,2}(\.\d{1,2})+|[ivx]+[.\-]\d{1,2}", re.IGNORECASE)
_FAMILY_NAMES = frozenset(
    """
    a adrong ama bach ban be bui ca cam cao chang chau chu cil cong cu cut dam dang danh dao dau diep dinh do doan
    duong eban gia giang giap h ha hac hau hmok ho hoang hua huynh jan k kha khang khuc kieu kim kpa kra ksor la
    lac lai lam lang lao lau le lenh lia lieng lim linh lo loc lu luc luong luu ly ma mac mai man mau mlo mong
    moong nay ngan nghe nghiem ngo nguyen nhan nhu ninh nong nung pa pham phan phi phu phung quach quan quang rah
    rcom ro sa siu son sung ta tai tang thach thai tieu to toan ton tong trac tran trieu trinh truc trung truong
    tu ung van vang vi via vo vu vuong xong y
    """.split()  # noqa: SIM905 - a hundred quoted words are harder to read
)
# Fields that tell of one person; a sum or a heading has none of them.
_EVIDENCE = (
    "identity",
    "category",
    "sex",
    "decision_no",
    "decision_both",
    "decided_on",
    "from_month",
    "phone",
    "cared_for",
)
# With a birth and so many pieces in all, nothing else about the row matters.
_PLAINLY_A_PERSON = 3


@dataclass(frozen=True, slots=True)
class RowSense:
    """The kind of a row and, for a heading or sum, its text."""

    kind: Kind
    text: str = ""


_PERSON = RowSense("person")


class RowKinds:
    """Tells the kind of each row under one layout; remembers whether the foot of the sheet has begun."""

    def __init__(self, layout: Layout, leaning: Encoding | None = None) -> None:
        columns = layout.columns
        self._leaning = leaning
        self._name = columns.get("name", columns.get("name_given"))
        self._ordinal = columns.get("ordinal")
        self._births = tuple(columns[name] for name in BIRTH_FIELDS & columns.keys())
        self._evidence = tuple(columns[name] for name in _EVIDENCE if name in columns)
        self._money = tuple(columns[name] for name in ("amount", "coefficient") if name in columns)
        self._foot = False

    def sense(self, row: Sequence[Any]) -> RowSense:
        """The kind of one row."""
        has_birth = self._has_birth(row)
        evidence = self._pieces_of_evidence(row) + has_birth
        if evidence >= _PLAINLY_A_PERSON and has_birth:
            return _PERSON
        filled = [index for index, cell in enumerate(row) if not is_blank(cell)]
        if not filled:
            return RowSense("blank")
        if self._is_column_numbers(row, filled):
            return RowSense("column_numbers")
        label = self._label(row, filled)
        if evidence:
            return self._with_evidence(row, filled, label, evidence)
        return self._without_evidence(row, filled, label)

    def _with_evidence(self, row: Sequence[Any], filled: list[int], label: str, evidence: int) -> RowSense:
        # One text alone under the category column, or a title merged from another column, is a heading or the foot.
        if len(filled) == 1 and type(row[filled[0]]) is str and filled[0] not in self._births:
            if self._is_foot(row, filled) or self._foot:
                self._foot = True
                return RowSense("foot")
            return RowSense("group", label)
        texts = [row[index] for index in filled if type(row[index]) is str]
        if len(texts) == len(filled) and self._is_foot(row, filled) and not self._has_birth(row):
            self._foot = True
            return RowSense("foot")
        # Under the foot two names side by side are signatures; a number, a birth or money beside one is a person.
        if self._foot and not self._has_birth(row) and evidence < 2 and len(texts) == len(filled):
            return RowSense("foot")
        return _PERSON

    def _without_evidence(self, row: Sequence[Any], filled: list[int], label: str) -> RowSense:
        key = self._key(label)
        if label and _SUM.fullmatch(key) and not self._numbered_person(row, key):
            return RowSense("sum", label)
        if self._is_foot(row, filled):
            self._foot = True
            return RowSense("foot")
        return self._heading_or_person(row, filled, label)

    def _heading_or_person(self, row: Sequence[Any], filled: list[int], label: str) -> RowSense:
        ordinal = row[self._ordinal] if self._ordinal is not None and self._ordinal < len(row) else ""
        numbered = isinstance(ordinal, (int, float)) or (
            isinstance(ordinal, str) and ordinal.strip().rstrip(".").isdigit()
        )
        name = row[self._name] if self._name is not None and self._name < len(row) else ""
        named = isinstance(name, str) and bool(name.strip()) and self._reads_like_a_name(name) and not self._foot
        if named and (numbered or any(index in self._money for index in filled) or not self._is_outlined(ordinal)):
            return _PERSON
        texts = [index for index in filled if type(row[index]) is str]
        outlined = self._is_outlined(ordinal)
        if label and (outlined or (len(texts) == 1 and not numbered) or len(filled) <= 2):
            return RowSense("foot" if self._foot and not outlined else "group", label)
        if label and numbered and not self._foot and isinstance(name, str) and len(name.split()) > 5:
            return RowSense("group", label)
        return RowSense("foot") if self._foot else RowSense("unclear", label)

    def _pieces_of_evidence(self, row: Sequence[Any]) -> int:
        width = len(row)
        return sum(index < width and not is_blank(row[index]) for index in self._evidence)

    def _has_birth(self, row: Sequence[Any]) -> bool:
        return any(
            i < len(row) and (may_be_birth(row[i]) or (is_mark(row[i]) and type(row[i]) is str)) for i in self._births
        )

    def _label(self, row: Sequence[Any], filled: list[int]) -> str:
        """The row's own words: the longest text among its first cells, its outline number left out."""
        texts = [row[index].strip() for index in filled if type(row[index]) is str and not row[index].startswith("#")]
        words = [text for text in texts if any(letter.isalpha() for letter in text)]
        return max(words, key=len) if words else ""

    def _key(self, text: str) -> str:
        folded_text = folded(decoded(text, leaning=self._leaning)[0])
        return " ".join(re.sub(r"[^a-z0-9+]+", " ", folded_text).split())

    def _numbered_person(self, row: Sequence[Any], key: str) -> bool:
        """A person called Cộng or Tổng: numbered like the others, and the words are not a plain "Cộng"."""
        ordinal = row[self._ordinal] if self._ordinal is not None and self._ordinal < len(row) else ""
        return (
            isinstance(ordinal, (int, float))
            and ordinal > 0
            and len(key.split()) > 2
            and not key.startswith("tong cong")
        )

    def _is_foot(self, row: Sequence[Any], filled: list[int]) -> bool:
        return any(type(row[i]) is str and _FOOT.fullmatch(self._key(row[i])) and len(row[i]) < 300 for i in filled)

    def _is_outlined(self, ordinal: Any) -> bool:
        return isinstance(ordinal, str) and bool(_ROMAN.fullmatch(ordinal.strip().strip(".()/")))

    def _reads_like_a_name(self, text: str) -> bool:
        words = self._key(text).split()
        return 2 <= len(words) <= 6 and words[0] in _FAMILY_NAMES and not any(c.isdigit() for c in text)

    def _is_column_numbers(self, row: Sequence[Any], filled: list[int]) -> bool:
        """The row of column numbers some forms print under the header: 1, 2, 3 … or A, B, 1, 2 …"""
        if len(filled) < 4:
            return False
        marks = [
            str(int(c)) if isinstance(c, float) and c.is_integer() else str(c).strip("() ")
            for c in map(row.__getitem__, filled)
        ]
        if any(len(mark) > 2 and not re.fullmatch(r"\d{1,2}=.*", mark) for mark in marks):
            return False
        numbers = [int(mark) for mark in marks if mark.isdigit()]
        return len(numbers) >= 3 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 3
