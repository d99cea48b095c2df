"""A request for transfer read as its paper."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Literal

from ansinh.access.types import Actor
from ansinh.funds.queries import Transfer, find_last_contract, get_transfer, list_parts
from ansinh.funds.types import FUND_NAMES, fund_of_regime
from ansinh.kernel.digest import digest_of
from ansinh.kernel.legal_days import LEGAL_DAYS
from ansinh.kernel.money import Dong
from ansinh.kernel.names import folded
from ansinh.kernel.refusal import Refusal
from ansinh.payout.queries import list_month_money, list_orders, list_transfer_needs
from ansinh.payout.types import OrderFilter
from ansinh.payroll.queries import LineFilter, get_run, list_lines, together_with
from ansinh.places.queries import get_place, list_commune_codes
from ansinh.reports.pdf import render_pdf
from ansinh.reports.queries.papers import MEDIA_TYPES, Rendered
from ansinh.reports.queries.sheets import office_sheet
from ansinh.reports.transfer_request import FundRequest, TransferRequest, transfer_request_paper
from ansinh.reports.types import NOTHING
from ansinh.reports.xlsx import render_xlsx


class NoRequestToPrint(Refusal):
    """Lần chuyển tiền số {transfer_id} không có giấy đề nghị để in: đã hủy, hoặc không phải tiền chuyển cho
    tổ chức chi trả. Hãy mở lại danh sách chuyển tiền của tháng."""


def render_transfer_request(*, transfer_id: int, form: Literal["pdf", "xlsx"], by: Actor, at: datetime) -> Rendered:
    """The request as a file; refuses NoSuchTransfer, NoRequestToPrint."""
    record = read_transfer_request(transfer_id, by=by, at=at)
    paper = transfer_request_paper(record)
    content = render_pdf(paper) if form == "pdf" else render_xlsx(paper)
    place = folded(record.sheet.place.name).replace(" ", "-")
    name = f"de-nghi-chuyen-kinh-phi-{record.number}-{place}-{record.sheet.month}.{form}"
    return Rendered(name, MEDIA_TYPES[form], content)


def read_transfer_request(transfer_id: int, *, by: Actor, at: datetime) -> TransferRequest:
    """What was asked for, by fund, beside what the month's orders come to; refuses NoSuchTransfer, NoRequestToPrint."""
    transfer = get_transfer(transfer_id, by=by)
    if transfer.kind != "transfer" or transfer.state == "CANCELLED":
        raise NoRequestToPrint(transfer_id=transfer_id)
    on = transfer.month.first_day
    unit = get_place(transfer.place_code, on)
    communes = list_commune_codes(transfer.place_code, on)
    parts = list_parts(transfer)
    contract = find_last_contract(transfer.payer_id, parts[0].commune, transfer.month)
    listed = _listed(transfer, frozenset(communes), by=by)
    requested: dict[str, Dong] = defaultdict(lambda: NOTHING)
    for part in parts:
        requested[part.fund] += part.dong
    uncollected: dict[str, Dong] = defaultdict(lambda: NOTHING)
    for money in list_month_money(transfer.payer_id, communes, transfer.month, by=by):
        uncollected[money.fund] += money.carried_in_dong
    sheet = office_sheet(
        unit,
        month=transfer.month,
        is_signed=True,
        digest=digest_of({"transfer": transfer.pk, "payer": transfer.payer_id, "parts": parts}),
        at=at,
        signed_on=transfer.requested_at.astimezone(LEGAL_DAYS).date(),
        middle="Kế toán",
    )
    return TransferRequest(
        sheet=sheet,
        number=transfer.pk,
        payer=transfer.payer.name,
        contract_no=contract.number if contract else "",
        signed_on=contract.signed_on if contract else None,
        funds=tuple(
            FundRequest(
                fund=name,
                regular_dong=listed[fund, "regular"],
                arrears_dong=listed[fund, "arrears"],
                recovery_dong=-listed[fund, "recovery"],
                requested_dong=requested[fund],
                uncollected_dong=uncollected[fund],
            )
            for fund, name in FUND_NAMES.items()
            if any(listed[fund, kind] for kind in _KINDS) or requested[fund] or uncollected[fund]
        ),
    )


_TAKEN = "recovery"
_KINDS = ("regular", "arrears", _TAKEN)


def _listed(transfer: Transfer, communes: frozenset[str], *, by: Actor) -> dict[tuple[str, str], Dong]:
    """The lines behind the month's orders of this payer here, by fund and kind; what the orders are less by is below
    nothing: recoveries netted against arrears, and what is withheld for what people owe back."""
    orders = list_orders(by=by, wanted=OrderFilter(month=transfer.month, payer=transfer.payer_id)).orders
    paid_here: dict[int, set[int]] = defaultdict(set)
    for order in orders:
        if order.commune_code in communes and order.month == transfer.month and order.state != "CANCELLED":
            paid_here[order.run_id].add(order.person_id)
    sums: dict[tuple[str, str], Dong] = defaultdict(lambda: NOTHING)
    for run_id, people in paid_here.items():
        for run in together_with(get_run(run_id, by=by)):
            for line in list_lines(run, by=by, wanted=LineFilter()).lines:
                if line.person_id in people and line.kind != _TAKEN:
                    sums[fund_of_regime(line.regime), line.kind] += line.amount_dong
                    sums[fund_of_regime(line.regime), _TAKEN] -= line.amount_dong
        for need in list_transfer_needs(run_id, by=by):
            if need.payer == transfer.payer_id and need.commune_code in communes:
                sums[need.fund, _TAKEN] += need.amount_dong
    return sums
