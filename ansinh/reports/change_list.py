"""The increase/decrease list (danh sách tăng, giảm): who joined, left or has another amount, and by which decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ansinh.kernel.grouped import grouped
from ansinh.kernel.money import Dong, total
from ansinh.kernel.names import sort_key
from ansinh.kernel.words import dong_in_words
from ansinh.reports.layout import (
    Cell,
    Column,
    Kind,
    Line,
    LineKind,
    Paper,
    coefficient_text,
    month_line,
    month_text,
    paid,
)
from ansinh.reports.rules import (
    NEUTRAL_REASON,
    PrintedGroup,
    mentions_hiv,
    printed_groups,
    refuse_hiv_beside_names,
    veiled,
)
from ansinh.reports.types import NOTHING, ChangeKind, ChangeList, ChangeRow, Group

_NAME = 1
_SECTIONS = (
    (ChangeKind.JOINED, "A", "Tăng"),
    (ChangeKind.LEFT, "B", "Giảm"),
    (ChangeKind.ADJUSTED, "C", "Điều chỉnh mức hưởng"),
)
_FROM = {ChangeKind.JOINED: "Hưởng từ", ChangeKind.LEFT: "Thôi từ", ChangeKind.ADJUSTED: "Áp dụng từ"}


def change_list_paper(record: ChangeList) -> Paper:
    """The list laid out in three sections, each with its count and its money before and now.

    Whoever stands under a joint heading, hidden or not, shows that heading as category and no detail of the law.
    Refuses (NameBesideHiv) when a text of the record still tells who lives with HIV.
    """
    headings = _headings(record)
    lines: list[Line] = []
    number = 0
    for kind, letter, title in _SECTIONS:
        rows = [row for row in record.rows if row.kind is kind]
        rows.sort(key=lambda row: (headings[row.group.code].order, sort_key(row.name), row.born_year))
        if rows:
            lines.append(Line(LineKind.GROUP, (letter, f"{title} ({grouped(len(rows))} người)", *_sums(rows))))
        for row in rows:
            number += 1
            lines.append(Line(LineKind.ROW, _row(number, row, headings[row.group.code])))
    change = _now(record.rows) - _before(record.rows)
    direction = "giảm" if change < NOTHING else "tăng"
    size = -change if change < NOTHING else change
    paper = Paper(
        sheet=record.sheet,
        title=f"Danh sách tăng, giảm đối tượng hưởng {record.about} hằng tháng",
        subtitle=(month_line(record.sheet.month),),
        columns=_COLUMNS,
        lines=tuple(lines),
        total=Line(LineKind.TOTAL, ("", f"TỔNG CỘNG ({grouped(len(record.rows))} người)", *_sums(record.rows))),
        in_words=dong_in_words(size),
        words_label=f"Kinh phí {direction} (bằng chữ)",
        notes=(_comparison(record.rows, direction, size),),
        names_people=True,
        name_columns=frozenset({_NAME}),
    )
    refuse_hiv_beside_names(paper.readable_texts)
    return paper


_COLUMNS = (
    Column("STT", Kind.CENTRED, 9),
    Column("Họ và tên", Kind.TEXT, 34),
    Column("Năm sinh", Kind.CENTRED, 11),
    Column("Địa chỉ", Kind.TEXT, 32),
    Column("Loại đối tượng", Kind.TEXT, 42),
    Column("Hệ số", Kind.CENTRED, 15.5),
    Column("Tháng trước", Kind.MONEY, 18, over="Mức hưởng (đồng/tháng)"),
    Column("Tháng này", Kind.MONEY, 18, over="Mức hưởng (đồng/tháng)"),
    Column("Số, ngày quyết định", Kind.CENTRED, 26),
    Column("Tháng hưởng / thôi hưởng", Kind.CENTRED, 26),
    Column("Lý do", Kind.TEXT, 0),
)


def _comparison(rows: Sequence[ChangeRow], direction: str, size: Dong) -> str:
    counted = Counter(row.kind for row in rows)
    people = ", ".join(
        f"{verb} {grouped(counted[kind])} người"
        for verb, kind in (
            ("tăng", ChangeKind.JOINED),
            ("giảm", ChangeKind.LEFT),
            ("điều chỉnh", ChangeKind.ADJUSTED),
        )
    )
    return f"So với tháng trước: {people}; kinh phí {direction} {size} đồng."


def _headings(record: ChangeList) -> dict[str, PrintedGroup]:
    """The headings of the whole roster; a group that only leavers had counts with the leavers."""
    people: Counter[Group] = Counter()
    for count in record.census:
        people[count.group] += count.people
    known = {group.code for group in people}
    for row in record.rows:
        if row.group.code not in known:
            people[row.group] += 1
    hidden = {row.group.code for row in record.rows if row.is_hiv or mentions_hiv(row.category)}
    marked = {
        Group(group.code, group.title, group.order, group.is_hiv or group.code in hidden): count
        for group, count in people.items()
    }
    return printed_groups(marked, record.hosts)


def _row(number: int, row: ChangeRow, heading: PrintedGroup) -> tuple[Cell, ...]:
    day = f"{row.decided_on:%d/%m/%Y}" if row.decided_on else ""
    decision = veiled(row.decision_no, otherwise="")
    return (
        number,
        row.name,
        str(row.born_year),
        veiled(row.address, otherwise=""),
        heading.title if heading.is_joint else row.category,
        _coefficients(row),
        paid(row.before_dong),
        paid(row.now_dong),
        f"{decision}\n{day}".strip(),
        _months(row),
        _reason(row, heading),
    )


def _months(row: ChangeRow) -> str:
    """From which month this list pays otherwise, and the decision's own month where that is another."""
    said = f"{_FROM[row.kind]}\n{month_text(row.from_month)}"
    if row.granted_from is None or row.granted_from == row.from_month:
        return said
    return f"{said}\n(QĐ từ {month_text(row.granted_from)})"


def _reason(row: ChangeRow, heading: PrintedGroup) -> str:
    event = veiled(row.reason, otherwise=NEUTRAL_REASON)
    if heading.is_joint or not row.detail:
        return event
    return f"{event}: {veiled(row.detail, otherwise='theo quyết định')}"


def _coefficients(row: ChangeRow) -> str:
    before, now = row.coefficient_before, row.coefficient
    if now is None:
        return ""
    if before is None or before == now:
        return coefficient_text(now)
    return f"{coefficient_text(before)} → {coefficient_text(now)}"


def _sums(rows: Sequence[ChangeRow]) -> tuple[Cell, ...]:
    return (None, None, None, None, paid(_before(rows)), paid(_now(rows)), None, None, None)


def _before(rows: Sequence[ChangeRow]) -> Dong:
    return total(row.before_dong for row in rows)


def _now(rows: Sequence[ChangeRow]) -> Dong:
    return total(row.now_dong for row in rows)
