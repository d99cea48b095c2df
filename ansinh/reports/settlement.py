"""The settlement sheet of a month (bảng quyết toán) and its annex of those carried on: records and layout."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month
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
    paid,
)
from ansinh.reports.rules import refuse_hiv_beside_names, veiled
from ansinh.reports.types import Place, Sheet
from ansinh.settlement.types import Figures

_SUBJECT, _DRAFT = "quyết toán", "chưa có giá trị quyết toán"
_OUTCOMES = {"unpaid": "Chưa lĩnh", "returned": "Đã chi, bị trả lại"}


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """One commune's month: the equation by fund (codes), how many were paid and not, the fee once charged."""

    commune: Place
    by_fund: tuple[tuple[str, Figures], ...]
    people_paid: int
    people_unpaid: int
    fee: Dong | None = None


@dataclass(frozen=True, slots=True)
class SettlementSheet:
    """A month settled with one payer. `fund_names`: code and name of each fund, in printed order."""

    sheet: Sheet
    payer_name: str
    fund_names: tuple[tuple[str, str], ...]
    rows: tuple[SettlementRow, ...]


@dataclass(frozen=True, slots=True)
class CarriedRow:
    """One order carried on to the next month; `outcome` "unpaid" or "returned"."""

    order_code: str
    name: str
    born_year: int
    hamlet: str
    commune: str
    month: Month
    dong: Dong
    outcome: str
    on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class CarriedList:
    """Everybody whose money is carried on at the end of a month, by commune and name."""

    sheet: Sheet
    payer_name: str
    rows: tuple[CarriedRow, ...]


def settlement_paper(record: SettlementSheet) -> Paper:
    """The equation of each commune, of each fund where there are several, and of all; paid money also in words."""
    everything = Figures.sum_of(figures for row in record.rows for _, figures in row.by_fund)
    fees = [row.fee for row in record.rows if row.fee is not None]
    fee = total(fees) if fees else None
    lines = [
        Line(
            LineKind.ROW,
            (
                number,
                row.commune.name,
                row.people_paid,
                row.people_unpaid,
                *_equation(Figures.sum_of(figures for _, figures in row.by_fund)),
                row.fee,
            ),
        )
        for number, row in enumerate(record.rows, start=1)
    ]
    used = _funds(record)
    if len(used) > 1:
        lines += [
            Line(LineKind.GROUP, ("", f"Trong đó: {name}", None, None, *_equation(figures), None))
            for name, figures in used
        ]
    net = ", trừ khoản bị trả lại" if everything.payments_returned else ""
    people = (sum(row.people_paid for row in record.rows), sum(row.people_unpaid for row in record.rows))
    return Paper(
        sheet=record.sheet,
        title="Bảng quyết toán kinh phí chi trả trợ giúp xã hội",
        subtitle=(month_line(record.sheet.month),),
        columns=_columns(everything),
        lines=tuple(lines),
        total=Line(LineKind.TOTAL, ("", "TỔNG CỘNG", *people, *_equation(everything), fee)),
        in_words=dong_in_words(everything.paid_net),
        words_label=f"Số tiền đã chi trả{net} (bằng chữ)",
        notes=_notes(record, used, everything, fee),
        subject=_SUBJECT,
        draft_words=_DRAFT,
    )


def carried_paper(record: CarriedList) -> Paper:
    """The annex: who was not paid, for which month, how much and why; in the order given.

    Refuses (NameBesideHiv) when a text still tells who lives with HIV.
    """
    rows = record.rows
    dong = total(row.dong for row in rows)
    paper = Paper(
        sheet=record.sheet,
        title="Danh sách chưa lĩnh, chuyển kỳ sau",
        subtitle=(f"Kèm theo Bảng quyết toán kinh phí chi trả trợ giúp xã hội {_small(record.sheet.month)}",),
        columns=_CARRIED_COLUMNS,
        lines=tuple(Line(LineKind.ROW, _carried(number, row)) for number, row in enumerate(rows, start=1)),
        total=Line(
            LineKind.TOTAL,
            ("", f"TỔNG CỘNG ({len(rows)} lệnh chi)", None, None, None, None, None, dong, None, None, None),
        ),
        in_words=dong_in_words(dong),
        notes=(f"Tổ chức chi trả: {record.payer_name}.",),
        names_people=True,
        name_columns=frozenset({2}),
        subject=_SUBJECT,
        draft_words=_DRAFT,
    )
    refuse_hiv_beside_names(paper.readable_texts)
    return paper


def _equation(figures: Figures) -> tuple[Cell, ...]:
    return (
        paid(figures.transferred),
        paid(figures.carried_in),
        paid(figures.paid),
        less(figures.payments_returned),
        paid(figures.money_returned),
        paid(figures.carried_on),
        paid(figures.in_hand),
        # Zero is the point of the paper: it is written.
        figures.difference,
    )


def _columns(everything: Figures) -> tuple[Column, ...]:
    widest = max(everything.transferred, everything.carried_in, everything.paid, everything.carried_on)
    wide = money_width(widest, least_mm=21)
    received, used, left = "Kinh phí tiếp nhận", "Kinh phí sử dụng", "Kinh phí còn lại cuối kỳ"
    return (
        Column("STT", Kind.CENTRED, 9),
        Column("Xã, phường, thị trấn", Kind.TEXT, 0),
        Column("Đã lĩnh", Kind.COUNT, 12, over="Số người"),
        Column("Chưa lĩnh", Kind.COUNT, 12, over="Số người"),
        Column("Được chuyển trong kỳ", Kind.MONEY, wide, over=received),
        Column("Kỳ trước chuyển sang", Kind.MONEY, wide, over=received),
        Column("Đã chi trả", Kind.MONEY, wide, over=used),
        Column("Đã chi, bị trả lại", Kind.MONEY, 21, over=used),
        Column("Nộp trả Kho bạc", Kind.MONEY, 20, over=used),
        Column("Chưa lĩnh, chuyển kỳ sau", Kind.MONEY, 20, over=left),
        Column("Còn ở tổ chức chi trả", Kind.MONEY, 20, over=left),
        Column("Chênh lệch", Kind.MONEY, 17),
        Column("Chi phí chi trả", Kind.MONEY, 19),
    )


def _funds(record: SettlementSheet) -> list[tuple[str, Figures]]:
    """The funds that moved money, by name, with what they moved everywhere."""
    by_code = {
        code: Figures.sum_of(figures for row in record.rows for fund, figures in row.by_fund if fund == code)
        for code, _ in record.fund_names
    }
    return [(name, by_code[code]) for code, name in record.fund_names if by_code[code] != Figures()]


def _notes(
    record: SettlementSheet, used: list[tuple[str, Figures]], everything: Figures, fee: Dong | None
) -> tuple[str, ...]:
    funds = ", ".join(name[0].lower() + name[1:] for name, _ in used)
    notes = [f"Tổ chức chi trả: {record.payer_name}." + (f" Nguồn: {funds}." if funds else "")]
    notes.append(
        "Chênh lệch = được chuyển + kỳ trước chuyển sang − đã chi trả + bị trả lại − nộp trả − chuyển kỳ sau − còn ở "
        "tổ chức chi trả."
    )
    amounts: Iterable[tuple[str, Dong | None]] = (
        ("Chưa lĩnh, chuyển kỳ sau", everything.carried_on),
        ("Còn ở tổ chức chi trả", everything.in_hand),
        ("Chi phí chi trả", fee),
    )
    notes += [f"{name}: {dong} đồng ({dong_in_words(dong).lower()})." for name, dong in amounts if dong]
    return tuple(notes)


_CARRIED_COLUMNS = (
    Column("STT", Kind.CENTRED, 9),
    Column("Mã lệnh chi", Kind.CENTRED, 26),
    Column("Họ và tên", Kind.TEXT, 40),
    Column("Năm sinh", Kind.CENTRED, 13),
    Column("Thôn, tổ dân phố", Kind.TEXT, 28),
    Column("Xã, phường, thị trấn", Kind.TEXT, 28),
    Column("Tháng chi trả", Kind.CENTRED, 16),
    Column("Số tiền", Kind.MONEY, 22),
    Column("Kết quả", Kind.CENTRED, 22),
    Column("Ngày", Kind.CENTRED, 19),
    Column("Lý do", Kind.TEXT, 0),
)


def _carried(number: int, row: CarriedRow) -> tuple[Cell, ...]:
    return (
        number,
        row.order_code,
        row.name,
        str(row.born_year),
        veiled(row.hamlet, otherwise=""),
        row.commune,
        month_text(row.month),
        row.dong,
        _OUTCOMES[row.outcome],
        f"{row.on:%d/%m/%Y}" if row.on else "",
        veiled(row.reason, otherwise=""),
    )


def _small(month: Month) -> str:
    return month_line(month).replace("Tháng", "tháng", 1)
