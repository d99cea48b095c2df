"""The list of a sum given once: the paper people sign for a gift, an emergency, a funeral or merit."""

from __future__ import annotations

from dataclasses import dataclass

from ansinh.kernel.grouped import grouped
from ansinh.kernel.money import Dong, total
from ansinh.kernel.words import dong_in_words
from ansinh.reports.layout import Column, Kind, Line, LineKind, Paper, money_width, month_line
from ansinh.reports.rules import refuse_hiv_beside_names, veiled
from ansinh.reports.types import Sheet

_NAME = 1


@dataclass(frozen=True, slots=True)
class OneOffRow:
    """Somebody who gets something once; of a funeral the dead, with who arranged it and collects."""

    name: str
    born_year: int
    hamlet: str
    article: str
    amount_dong: Dong
    collector: str = ""
    relation: str = ""
    # Of worship money: the martyrs, each with the number of the certificate or dossier.
    martyrs: str = ""


@dataclass(frozen=True, slots=True)
class OneOffList:
    """The list of one commune, or of the whole run."""

    sheet: Sheet
    title: str
    decision: str
    per_household: bool
    rows: tuple[OneOffRow, ...]


def one_off_list_paper(record: OneOffList) -> Paper:
    """The list laid out, rows as given; the article in every row only where rows differ in it. Refuses (NameBesideHiv)
    a text that tells who lives with HIV."""
    everything = total(row.amount_dong for row in record.rows)
    articles = {row.article for row in record.rows}
    one_article = len(articles) == 1
    worship = any(row.martyrs for row in record.rows)
    columns = _columns(per_household=record.per_household, one_article=one_article, worship=worship, widest=everything)
    units = "hộ" if record.per_household else "người"
    counted = grouped(len(record.rows))
    blank = (None,) * (len(columns) - 6)
    paper = Paper(
        sheet=record.sheet,
        title=record.title,
        subtitle=(month_line(record.sheet.month), f"({record.decision})"),
        columns=columns,
        lines=tuple(
            Line(
                LineKind.ROW,
                (
                    number,
                    row.name,
                    str(row.born_year),
                    veiled(row.hamlet, otherwise=""),
                    *((row.martyrs,) if worship else ()),
                    *(() if one_article else (row.article,)),
                    row.amount_dong,
                    "",
                    row.collector,
                    veiled(row.relation, otherwise=""),
                ),
            )
            for number, row in enumerate(record.rows, start=1)
        ),
        total=Line(LineKind.TOTAL, ("", f"TỔNG CỘNG ({counted} {units})", *blank, everything, None, None, None)),
        in_words=dong_in_words(everything),
        notes=(
            f"Danh sách gồm {counted} {units}, tổng số tiền {everything} đồng.",
            *(f"Căn cứ: {article}." for article in articles if one_article and article != record.decision),
        ),
        names_people=True,
        name_columns=frozenset({_NAME, len(columns) - 2}),
        is_signed_by_row=True,
    )
    refuse_hiv_beside_names(paper.readable_texts)
    return paper


def _columns(*, per_household: bool, one_article: bool, worship: bool, widest: Dong) -> tuple[Column, ...]:
    return (
        Column("STT", Kind.CENTRED, 9),
        Column("Họ và tên chủ hộ" if per_household else "Họ và tên", Kind.TEXT, 50),
        Column("Năm sinh", Kind.CENTRED, 13),
        Column("Thôn, tổ", Kind.TEXT, 35),
        *((Column("Thờ cúng liệt sĩ", Kind.TEXT, 50),) if worship else ()),
        *(() if one_article else (Column("Căn cứ", Kind.TEXT, 45),)),
        Column("Số tiền", Kind.MONEY, money_width(widest, least_mm=26), runs=True),
        Column("Ký, điểm chỉ", Kind.BLANK, 0, over="Người nhận"),
        Column("Họ và tên", Kind.TEXT, 36, over="Người nhận"),
        Column("Quan hệ", Kind.CENTRED, 20, over="Người nhận"),
    )
