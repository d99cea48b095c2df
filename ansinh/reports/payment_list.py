"""The payment list of a commune (danh sách chi trả): the paper people sign when they are paid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from ansinh.kernel.grouped import grouped
from ansinh.kernel.money import Dong, total
from ansinh.kernel.words import dong_in_words
from ansinh.reports.layout import (
    Cell,
    Column,
    Kind,
    Line,
    LineKind,
    Paper,
    less,
    money_width,
    month_line,
    month_text,
    months_text,
    paid,
    roman,
)
from ansinh.reports.rules import ordered_rows, printed_groups, refuse_hiv_beside_names, veiled
from ansinh.reports.types import Collector, Group, HeldRow, PaymentList, PaymentRow

_NAME = 1
# The columns before the first amount; a heading or a total spans them.
_BEFORE_MONEY = 7
# Held people named on one line of the foot.
_NAMED_A_LINE = 3


def payment_list_paper(record: PaymentList, *, within: Literal["name", "hamlet"] = "name") -> Paper:
    """The list laid out: groups with subtotals, rows by name (or by hamlet), totals, the sum in words.

    Refuses (NameBesideHiv) when a text of the record still tells who lives with HIV.
    """
    has_recovery = _has_recovery(record.rows)
    columns = _columns(record.rows)
    people: Counter[Group] = Counter(row.group for row in record.rows)
    lines: list[Line] = []
    number = 0
    headings = printed_groups(people, record.hosts)
    for index, (heading, rows) in enumerate(ordered_rows(record.rows, headings, within=within), start=1):
        label = f"{heading.title} ({grouped(len(rows))} người)"
        lines.append(Line(LineKind.GROUP, (roman(index), label, *_sums(rows, has_recovery=has_recovery))))
        for row in rows:
            number += 1
            lines.append(Line(LineKind.ROW, _row(number, row, has_recovery=has_recovery)))
    sums = _sums(record.rows, has_recovery=has_recovery)
    paper = Paper(
        sheet=record.sheet,
        title=record.title,
        subtitle=(month_line(record.sheet.month),),
        columns=columns,
        lines=tuple(lines),
        total=Line(LineKind.TOTAL, ("", f"TỔNG CỘNG ({grouped(len(record.rows))} người)", *sums)),
        in_words=dong_in_words(total(row.total_dong for row in record.rows)),
        notes=_notes(record),
        names_people=True,
        name_columns=frozenset({_NAME, len(columns) - 2}),
        is_signed_by_row=True,
    )
    refuse_hiv_beside_names(paper.readable_texts)
    return paper


def _notes(record: PaymentList) -> tuple[str, ...]:
    """What the list adds up to and, where somebody is paid money of an earlier list, which part is this month's.

    The digest on the paper is that of this month's list: money carried over was sealed with the list it was first on.
    """
    everything = total(row.total_dong for row in record.rows)
    said = f"Danh sách gồm {grouped(len(record.rows))} người, tổng số tiền {everything} đồng."
    carried = [row for row in record.rows if row.carried_over]
    later = (*_claimed(record.rows), *_held(record.held))
    if not carried:
        return said, *later
    listed = [row for row in record.rows if row.is_listed]
    carried_dong = total(row.carried_dong for row in carried)
    of_month = f"danh sách tháng {month_text(record.sheet.month)}: {grouped(len(listed))} người"
    of_before = f"chưa lĩnh kỳ trước: {grouped(len(carried))} người, {carried_dong} đồng"
    sealed = " (mã kiểm tra là của phần này)" if record.sheet.stamp.digest else ""
    return said, f"Trong đó: {of_month}, {everything - carried_dong} đồng{sealed}; {of_before}.", *later


def _claimed(rows: Sequence[PaymentRow]) -> tuple[str, ...]:
    """What the list takes back and does not take off these payments: it waits for a decision."""
    claimed = [row for row in rows if row.claimed_dong]
    if not claimed:
        return ()
    dong = total(row.claimed_dong for row in claimed)
    return (f"Phải thu hồi, chờ quyết định, không trừ vào danh sách này: {grouped(len(claimed))} dòng, {dong} đồng.",)


def _held(held: Sequence[HeldRow]) -> tuple[str, ...]:
    """Whose money stands on this list, or stood on an earlier one, and is not paid out for now."""
    notes: list[str] = []
    for heading, rows in (
        ("Tạm giữ, chưa chi của danh sách này", [row for row in held if not row.is_earlier]),
        ("Tạm giữ, chưa chi của các danh sách trước", [row for row in held if row.is_earlier]),
    ):
        if not rows:
            continue
        people = grouped(len(rows))
        notes.append(f"{heading}: {people} người, {total(row.dong for row in rows)} đồng, gồm:")
        named = [f"{row.name} {row.dong} đồng ({row.why.lower()})" for row in rows]
        notes += ["; ".join(named[at : at + _NAMED_A_LINE]) + "." for at in range(0, len(named), _NAMED_A_LINE)]
    return tuple(notes)


def _columns(rows: Sequence[PaymentRow]) -> tuple[Column, ...]:
    regular = money_width(total(row.regular_dong for row in rows), least_mm=16)
    everything = money_width(total(row.total_dong for row in rows), least_mm=17)
    arrears = money_width(total(row.arrears_dong for row in rows), least_mm=15)
    carried = money_width(total(row.carried_dong for row in rows), least_mm=15)
    recovered = money_width(-total(row.taken_dong for row in rows), least_mm=14.5)
    recovery = (Column("Khấu trừ thu hồi", Kind.MONEY, recovered, runs=True),) if _has_recovery(rows) else ()
    return (
        Column("STT", Kind.CENTRED, 7.5),
        Column("Họ và tên", Kind.TEXT, 32.5),
        Column("Năm sinh", Kind.CENTRED, 9),
        Column("Thôn, tổ", Kind.TEXT, 17.5),
        Column("Hệ số", Kind.COEFFICIENT, 8),
        Column("Số QĐ hưởng", Kind.CENTRED, 23),
        Column("Số sổ", Kind.CENTRED, 14),
        Column("Tiền tháng này", Kind.MONEY, regular, runs=True),
        Column("Từ – đến", Kind.CENTRED, 14.5, over="Truy lĩnh"),
        Column("Số tháng", Kind.CENTRED, 8.5, over="Truy lĩnh"),
        Column("Số tiền", Kind.MONEY, arrears, over="Truy lĩnh", runs=True),
        *recovery,
        Column("Số tháng", Kind.CENTRED, 8.5, over="Chưa lĩnh kỳ trước"),
        Column("Số tiền", Kind.MONEY, carried, over="Chưa lĩnh kỳ trước", runs=True),
        Column("Tổng số tiền", Kind.MONEY, everything, runs=True),
        Column("Ký, điểm chỉ", Kind.BLANK, 0, over="Người nhận"),
        Column("Họ và tên", Kind.TEXT, 20.5, over="Người nhận"),
        Column("Quan hệ", Kind.CENTRED, 11, over="Người nhận"),
    )


def _has_recovery(rows: Sequence[PaymentRow]) -> bool:
    """The column of what is taken off stands only on a list that has some."""
    return any(row.taken_dong for row in rows)


def _row(number: int, row: PaymentRow, *, has_recovery: bool) -> tuple[Cell, ...]:
    collector = row.collector or Collector("", "")
    recovery: tuple[Cell, ...] = (less(row.taken_dong),) if has_recovery else ()
    return (
        number,
        row.name,
        str(row.born_year),
        veiled(row.hamlet, otherwise=""),
        row.coefficient,
        veiled(row.decision_no, otherwise=""),
        veiled(row.book_no, otherwise=""),
        paid(row.regular_dong),
        months_text(row.arrears.span) if row.arrears else "",
        row.arrears.months if row.arrears else None,
        paid(row.arrears_dong),
        *recovery,
        row.carried_over.months if row.carried_over else None,
        paid(row.carried_dong),
        row.total_dong,
        "",
        collector.name,
        veiled(collector.relation, otherwise=""),
    )


def _sums(rows: Sequence[PaymentRow], *, has_recovery: bool) -> tuple[Cell, ...]:
    """The cells of a heading or total from the third column on."""

    def summed(amounts: Iterable[Dong]) -> Dong | None:
        return paid(total(amounts))

    recovered = total(row.taken_dong for row in rows)
    recovery: tuple[Cell, ...] = (less(recovered),) if has_recovery else ()
    before: tuple[Cell, ...] = (None,) * (_BEFORE_MONEY - 2)
    return (
        *before,
        summed(row.regular_dong for row in rows),
        None,
        None,
        summed(row.arrears_dong for row in rows),
        *recovery,
        None,
        summed(row.carried_dong for row in rows),
        total(row.total_dong for row in rows),
        None,
        None,
        None,
    )
