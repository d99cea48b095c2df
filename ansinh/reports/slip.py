"""The slip that explains a person's month (phiếu giải thích mức hưởng): what lists gave, what is owed, why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.kernel.words import dong_in_words
from ansinh.reports.layout import Column, Kind, Line, LineKind, Paper, month_line, month_text
from ansinh.reports.rules import mentions_hiv, veiled
from ansinh.reports.types import Sheet


class SlipTellsStatus(Refusal):
    """Không in phiếu có ghi diện hưởng của {who}: nội dung này không được để cạnh họ tên trên giấy (điểm b khoản 1
    Điều 8 Nghị định 20/2021/NĐ-CP). Hãy in phiếu không ghi diện hưởng."""


@dataclass(frozen=True, slots=True)
class SlipRow:
    """What one list gave for the month. `amount_dong` is below nothing where it was taken back."""

    payroll_month: Month
    kind: str
    coefficient: Decimal
    base_dong: Dong
    amount_dong: Dong
    decision_no: str
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class Slip:
    """One person's month. `called`: "Bà Lý Ngọc An, sinh năm 1932". `paragraphs` name the category and its articles;
    `laws` are the titles alone, for the slip that names none. `due_dong` is owed as known now."""

    sheet: Sheet
    name: str
    called: str
    month: Month
    rows: tuple[SlipRow, ...]
    due_dong: Dong
    listed_dong: Dong
    paragraphs: tuple[str, ...]
    laws: tuple[str, ...]


def slip_paper(record: Slip, *, names_category: bool) -> Paper:
    """The slip laid out, of everybody in the same two forms: with the paragraphs, or with sums and laws alone.

    Refuses (SlipTellsStatus) the form with paragraphs where they would put an HIV status beside the name.
    """
    if names_category and any(mentions_hiv(text.replace(record.name, "")) for text in record.paragraphs):
        raise SlipTellsStatus(who=record.name)
    given = total(row.amount_dong for row in record.rows)
    return Paper(
        sheet=record.sheet,
        title="Phiếu giải thích mức hưởng",
        subtitle=(record.called, month_line(record.month)),
        columns=_COLUMNS,
        lines=tuple(Line(LineKind.ROW, _cells(number, row)) for number, row in enumerate(record.rows, start=1)),
        total=Line(LineKind.TOTAL, ("", "CỘNG", None, None, None, given, None)),
        in_words=dong_in_words(given),
        notes=(*(record.paragraphs if names_category else _unnamed(record)), _owed(record)),
        names_people=True,
        subject="phiếu",
        draft_words="danh sách chưa được phê duyệt",
    )


_COLUMNS = (
    Column("STT", Kind.CENTRED, 12),
    Column("Danh sách tháng", Kind.TEXT, 34),
    Column("Khoản", Kind.TEXT, 34),
    Column("Hệ số", Kind.COEFFICIENT, 20),
    Column("Mức chuẩn", Kind.MONEY, 34),
    Column("Số tiền đã ghi", Kind.MONEY, 38),
    Column("Số, ngày quyết định", Kind.TEXT, 0),
)


def _cells(number: int, row: SlipRow) -> tuple[int | str | Decimal | Dong, ...]:
    day = f" ngày {row.decided_on:%d/%m/%Y}" if row.decided_on else ""
    return (
        number,
        month_text(row.payroll_month),
        row.kind,
        row.coefficient,
        row.base_dong,
        row.amount_dong,
        f"{veiled(row.decision_no, otherwise='')}{day}".strip(),
    )


def _unnamed(record: Slip) -> tuple[str, ...]:
    """The same words for everybody: where the rules stand, and where the reasons are."""
    laws = "; ".join(record.laws)
    said = "Mức hưởng = hệ số × mức chuẩn" + (f", theo {laws}." if laws else ".")
    return (said, "Diện hưởng và lý do của từng khoản ghi trong quyết định và hồ sơ lưu tại Ủy ban nhân dân.")


def _owed(record: Slip) -> str:
    of, missing = month_text(record.month), record.due_dong - record.listed_dong
    said = f"Được hưởng của tháng {of}: {record.due_dong} đồng; các danh sách đã ghi: {record.listed_dong} đồng"
    if missing > Dong(0):
        return f"{said}; còn thiếu {missing} đồng."
    if missing < Dong(0):
        return f"{said}; đã ghi thừa {-missing} đồng."
    return f"{said}."
