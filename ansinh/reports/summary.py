"""Summaries of a month: by group, by commune, and the table of groups (people, coefficients, money) of a place."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal

from ansinh.kernel.words import dong_in_words
from ansinh.reports.layout import Cell, Column, Kind, Line, LineKind, Merged, Paper, less, month_line, paid
from ansinh.reports.rules import PrintedGroup, is_hidden, merged_block, printed_groups
from ansinh.reports.types import Figures, Group, Summary

_MONEY_COLUMNS = (
    Column("Tháng này", Kind.MONEY, 27, over="Số tiền (đồng)"),
    Column("Truy lĩnh", Kind.MONEY, 24, over="Số tiền (đồng)"),
    Column("Khấu trừ thu hồi", Kind.MONEY, 22, over="Số tiền (đồng)"),
    Column("Chưa lĩnh kỳ trước", Kind.MONEY, 24, over="Số tiền (đồng)"),
    Column("Tổng cộng", Kind.MONEY, 29, over="Số tiền (đồng)"),
)
_GROUPS_MM = 114.0


def group_summary_paper(record: Summary) -> Paper:
    """People and money of each group: this month, arrears, recovered, not collected before, in all."""
    lines = tuple(
        Line(LineKind.ROW, (number, heading.title, figures.people, figures.coefficients, *_money(figures)))
        for number, (heading, figures) in enumerate(_by_heading(record), start=1)
    )
    everything = Figures.sum_of(cell.figures for cell in record.cells)
    return Paper(
        sheet=record.sheet,
        title=f"Tổng hợp kinh phí {record.about} hằng tháng theo nhóm đối tượng",
        subtitle=(month_line(record.sheet.month),),
        columns=(
            Column("STT", Kind.CENTRED, 11),
            Column("Nhóm đối tượng", Kind.TEXT, 0),
            Column("Số người", Kind.COUNT, 18),
            Column("Tổng hệ số", Kind.COEFFICIENT, 21),
            *_MONEY_COLUMNS,
        ),
        lines=lines,
        total=Line(LineKind.TOTAL, ("", "TỔNG CỘNG", everything.people, everything.coefficients, *_money(everything))),
        in_words=dong_in_words(everything.total_dong),
        notes=_told_together(record),
    )


def group_table_paper(record: Summary) -> Paper:
    """The short table offices publish: groups with people, share, coefficients and this month's money."""
    everything = Figures.sum_of(cell.figures for cell in record.cells)

    def cells(figures: Figures) -> tuple[Cell, ...]:
        return (
            figures.people,
            _share(figures.people, everything.people),
            figures.coefficients,
            figures.regular_dong,
            _share(int(figures.regular_dong), int(everything.regular_dong)),
        )

    lines = tuple(
        Line(LineKind.ROW, (number, heading.title, *cells(figures)))
        for number, (heading, figures) in enumerate(_by_heading(record), start=1)
    )
    return Paper(
        sheet=record.sheet,
        title=f"Bảng tổng hợp đối tượng và kinh phí {record.about} hằng tháng",
        subtitle=(month_line(record.sheet.month),),
        columns=(
            Column("STT", Kind.CENTRED, 12),
            Column("Nhóm đối tượng", Kind.TEXT, 0),
            Column("Số người", Kind.COUNT, 24),
            Column("Tỷ lệ (%)", Kind.PERCENT, 22),
            Column("Tổng hệ số", Kind.COEFFICIENT, 26),
            Column("Kinh phí (đồng)", Kind.MONEY, 38),
            Column("Tỷ lệ (%)", Kind.PERCENT, 22),
        ),
        lines=lines,
        total=Line(LineKind.TOTAL, ("", "TỔNG CỘNG", *cells(everything))),
        in_words=dong_in_words(everything.regular_dong),
    )


def commune_summary_paper(record: Summary) -> Paper:
    """People by group and money of each commune; HIV groups under the joint heading, cells too small merged."""
    headings = printed_groups(_people(record), record.hosts)
    shown = sorted(dict.fromkeys(headings.values()), key=lambda heading: (heading.order, heading.title))
    communes = {cell.commune.code: cell.commune for cell in record.cells}
    people: dict[str, Counter[PrintedGroup]] = {code: Counter() for code in communes}
    figures: dict[str, list[Figures]] = defaultdict(list)
    for cell in record.cells:
        people[cell.commune.code][headings[cell.group.code]] += cell.figures.people
        figures[cell.commune.code].append(cell.figures)
    codes = sorted(communes)
    counts, totals = _counts([[people[code][heading] for heading in shown] for code in codes], shown)
    lines = []
    for number, (code, counted) in enumerate(zip(codes, counts, strict=True), start=1):
        of_commune = Figures.sum_of(figures[code])
        cells = (number, communes[code].name, *counted, of_commune.people, *_money(of_commune))
        lines.append(Line(LineKind.ROW, cells))
    everything = Figures.sum_of(cell.figures for cell in record.cells)
    return Paper(
        sheet=record.sheet,
        title=f"Tổng hợp đối tượng và kinh phí {record.about} hằng tháng theo xã",
        subtitle=(month_line(record.sheet.month),),
        columns=_commune_columns(shown),
        lines=tuple(lines),
        total=Line(LineKind.TOTAL, ("", "TỔNG CỘNG", *totals, everything.people, *_money(everything))),
        in_words=dong_in_words(everything.total_dong),
    )


def _commune_columns(shown: list[PrintedGroup]) -> tuple[Column, ...]:
    # Five groups or fewer have room for their titles; more share what the money leaves.
    group_mm = min(22.0, _GROUPS_MM / max(1, len(shown)))
    return (
        Column("STT", Kind.CENTRED, 9),
        Column("Xã, phường, thị trấn", Kind.TEXT, 0),
        *(Column(heading.title, Kind.COUNT, group_mm, over="Số người theo nhóm đối tượng") for heading in shown),
        Column("Tổng số người", Kind.COUNT, 14),
        *(Column(column.title, column.kind, column.width_mm - 5, column.over) for column in _MONEY_COLUMNS),
    )


def _by_heading(record: Summary) -> list[tuple[PrintedGroup, Figures]]:
    """Figures under the headings this place may show: each group its own from the district up, joined in a commune."""
    host = _host(record)
    under: dict[PrintedGroup, list[Figures]] = defaultdict(list)
    if host is None:
        headings = printed_groups(_people(record), record.hosts)
        for cell in record.cells:
            under[headings[cell.group.code]].append(cell.figures)
    else:
        for cell in record.cells:
            own, told = _split(cell.figures) if is_hidden(cell.group) else (cell.figures, Figures())
            under[PrintedGroup(host.title, host.order)].append(told)
            if own != Figures():
                under[PrintedGroup(cell.group.title, cell.group.order)].append(own)
    ordered = sorted(under.items(), key=lambda item: (item[0].order, item[0].title))
    return [(heading, Figures.sum_of(parts)) for heading, parts in ordered]


def _host(record: Summary) -> Group | None:
    """The group that takes the hidden groups' back money; None where hidden groups are not shown by themselves.

    A few named people have arrears, recoveries or money not collected: told by group, the sums would name the hidden.
    """
    if not record.shows_hiv:
        return None
    hosts = {cell.group for cell in record.cells if cell.group.code in record.hosts and not is_hidden(cell.group)}
    return max(hosts, key=lambda group: (group.order, group.code), default=None)


def _split(figures: Figures) -> tuple[Figures, Figures]:
    """This month's regular part, and the rest."""
    own = Figures(figures.people, figures.coefficients, figures.regular_dong)
    told = Figures(
        arrears_dong=figures.arrears_dong, recovery_dong=figures.recovery_dong, carried_dong=figures.carried_dong
    )
    return own, told


def _told_together(record: Summary) -> tuple[str, ...]:
    """That it is so, whether or not there is any."""
    host = _host(record)
    if host is None or not any(is_hidden(cell.group) for cell in record.cells):
        return ()
    hidden = {cell.group.title: None for cell in record.cells if is_hidden(cell.group)}
    titles = "; ".join(hidden)
    return (f'Truy lĩnh, thu hồi, tiền chưa lĩnh kỳ trước của nhóm "{titles}" ghi chung ở nhóm "{host.title}".',)


def _people(record: Summary) -> Counter[Group]:
    people: Counter[Group] = Counter()
    for cell in record.cells:
        people[cell.group] += cell.figures.people
    return people


def _counts(rows: list[list[int]], headings: list[PrintedGroup]) -> tuple[list[tuple[Cell, ...]], tuple[Cell, ...]]:
    """The counts of the communes and of all, joint cells merged with their neighbours where they hold too few."""
    joint = next((index for index, heading in enumerate(headings) if heading.is_joint), None)
    columns, done = merged_block(rows, joint) if joint is not None else (range(0), frozenset())
    cells = [_merged(row, columns) if index in done else tuple(row) for index, row in enumerate(rows)]
    totals = [sum(column) for column in zip(*rows, strict=True)]
    # The total of a single commune is that commune.
    return cells, _merged(totals, columns) if done and len(rows) == 1 else tuple(totals)


def _merged(counts: list[int], columns: range) -> tuple[Cell, ...]:
    cells: list[Cell] = list(counts)
    if len(columns) > 1:
        for index in columns:
            cells[index] = None
        cells[columns.start] = Merged(sum(counts[columns.start : columns.stop]), len(columns))
    return tuple(cells)


def _money(figures: Figures) -> tuple[Cell, ...]:
    return (
        figures.regular_dong,
        paid(figures.arrears_dong),
        less(figures.recovery_dong),
        paid(figures.carried_dong),
        figures.total_dong,
    )


def _share(part: int, whole: int) -> Decimal | None:
    """A percentage with two decimals; none of nothing."""
    if whole == 0:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
