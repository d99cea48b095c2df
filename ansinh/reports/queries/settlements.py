"""A settled month read as its papers, and the papers by name as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Literal

from ansinh.access.types import Actor
from ansinh.funds.queries import get_payer
from ansinh.funds.types import FUND_NAMES
from ansinh.kernel.digest import digest_of
from ansinh.kernel.legal_days import LEGAL_DAYS
from ansinh.kernel.month import Month
from ansinh.kernel.names import folded
from ansinh.places.queries import find_last_place, get_place
from ansinh.reports.layout import Paper
from ansinh.reports.pdf import render_pdf
from ansinh.reports.queries.papers import MEDIA_TYPES, Rendered, UnknownPaper
from ansinh.reports.queries.sheets import office_sheet
from ansinh.reports.rules import printed_name
from ansinh.reports.settlement import (
    CarriedList,
    CarriedRow,
    SettlementRow,
    SettlementSheet,
    carried_paper,
    settlement_paper,
)
from ansinh.reports.types import Place, PlaceLevel, Sheet, Signatory
from ansinh.reports.xlsx import render_xlsx
from ansinh.settlement.queries import NothingToSettle, list_carried_items, list_settlements
from ansinh.settlement.types import MonthSettlement

# By name: the title in Vietnamese and the start of the file's name.
SETTLEMENT_PAPERS: dict[str, tuple[str, str]] = {
    "settlement": ("Bảng quyết toán", "quyet-toan"),
    "settlement_carried": ("Danh sách chưa lĩnh, chuyển kỳ sau", "chuyen-ky-sau"),
}


def render_settlement(
    *,
    payer: str,
    place_code: str,
    month: Month,
    form: Literal["pdf", "xlsx"],
    by: Actor,
    at: datetime,
    paper: str = "settlement",
) -> Rendered:
    """The settlement sheet of a place and payer, or its annex "settlement_carried"; a draft until all is closed.

    Refuses UnknownPaper, NoSuchPayer, OutOfArea, NothingToSettle, NameBesideHiv.
    """
    if paper not in SETTLEMENT_PAPERS:
        raise UnknownPaper(paper=paper, known=", ".join(SETTLEMENT_PAPERS))
    name = get_payer(payer).name
    settled = list_settlements(place_code=place_code, month=month, by=by, payer=payer)
    if not settled:
        raise NothingToSettle(month=month.vi, payer=name, place=place_code)
    sheet = _sheet(place_code, month, name, settled, at)
    laid_out = _sheet_paper(sheet, name, settled) if paper == "settlement" else _annex(sheet, payer, name, by)
    content = render_pdf(laid_out) if form == "pdf" else render_xlsx(laid_out)
    place = folded(get_place(place_code, month.first_day).full_name).replace(" ", "-")
    file_name = f"{SETTLEMENT_PAPERS[paper][1]}-{place}-{month}-{payer}.{form}"
    return Rendered(file_name, MEDIA_TYPES[form], content)


def _sheet(place_code: str, month: Month, payer: str, settled: Sequence[MonthSettlement], at: datetime) -> Sheet:
    unit = get_place(place_code, month.first_day)
    is_closed = all(one.is_closed for one in settled)
    sheet = office_sheet(
        unit,
        month=month,
        is_signed=is_closed,
        digest=_digest(settled) if is_closed else "",
        at=at,
        signed_on=_closed_on(settled) if is_closed else None,
    )
    *_, head = sheet.signatories
    if unit.kind == "commune":
        # The commune signs for what it confirmed, whoever decides there.
        head = Signatory("Chủ tịch", on_behalf=f"TM. Ủy ban nhân dân {unit.type.lower()} {unit.name}")
    payer_signs = Signatory(payer, on_behalf="Đại diện tổ chức chi trả")
    return replace(sheet, signatories=(payer_signs, Signatory("Kế toán", on_behalf="Cơ quan tài chính"), head))


def _sheet_paper(sheet: Sheet, payer: str, settled: Sequence[MonthSettlement]) -> Paper:
    rows = tuple(
        SettlementRow(_commune(one.commune_code, one.month), one.by_fund, one.people_paid, one.people_unpaid, one.fee)
        for one in settled
    )
    return settlement_paper(SettlementSheet(sheet, payer, tuple(FUND_NAMES.items()), rows))


def _annex(sheet: Sheet, payer: str, payer_name: str, by: Actor) -> Paper:
    month = sheet.month
    rows = tuple(
        CarriedRow(
            order_code=item.order_code,
            name=printed_name(item.full_name),
            born_year=item.born_on.year,
            hamlet=item.hamlet,
            commune=_commune(item.commune_code, month).name,
            month=item.order_month,
            dong=item.amount_dong,
            outcome=item.outcome,
            on=item.happened_on,
            reason=item.reason,
        )
        for item in list_carried_items(payer=payer, place_code=sheet.place.code, month=month, by=by)
    )
    return carried_paper(CarriedList(sheet, payer_name, rows))


def _commune(code: str, month: Month) -> Place:
    """The commune as the month names it; one that has ended since by its last name, marked."""
    on = month.first_day
    unit = find_last_place(code, on)
    if unit is None:
        return Place(code, f"Xã mã {code}", PlaceLevel.COMMUNE)
    name = unit.full_name if unit.valid_on(on) else f"{unit.full_name} (cũ)"
    return Place(code, name, PlaceLevel.COMMUNE)


def _digest(settled: Sequence[MonthSettlement]) -> str:
    """Over the communes' closings: one code for the whole sheet; of one commune, its closing's own."""
    digests = [one.digest for one in settled]
    return digests[0] if len(digests) == 1 else digest_of(digests)


def _closed_on(settled: Sequence[MonthSettlement]) -> date:
    return max(one.closed_at for one in settled if one.closed_at is not None).astimezone(LEGAL_DAYS).date()
