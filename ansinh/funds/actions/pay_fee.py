"""Pay a payer for paying."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.funds.moving import NothingToMove, checked_parts, hold_money, record_sent
from ansinh.funds.states import FEE, FUND_NAMES
from ansinh.funds.types import MoneyRow, TransferMoved
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ledger.queries import list_balances
from ansinh.places.queries import list_commune_codes
from ansinh.platform.action import action


class FeeNotOwed(Refusal):
    """Xã mã {commune}, {fund}: chi phí chi trả còn phải trả cho {payer} là {owed} đồng, ít hơn {asked} đồng.
    Chi phí chỉ được tính khi quyết toán tháng, theo số tiền đã chi trả."""


@action(permission="funds.pay_fee", name="Trả chi phí chi trả")
def pay_fee(
    *,
    payer: str,
    place_code: str,
    month: Month,
    voucher_no: str,
    sent_on: date,
    parts: tuple[MoneyRow, ...] | None = None,
    by: Actor,
    at: datetime,
) -> TransferMoved:
    """Pay a payer the fees charged for a place; parts None pays all that is owed. `month` is the month it is paid in.

    Refuses more than is owed (FeeNotOwed).
    """
    holder = hold_money(place_code, month, payer, by=by)
    owed = {
        (balance.account.place, balance.account.fund): -balance.dong
        for balance in list_balances(
            kinds=("fee_owed",), payers=(payer,), places=list_commune_codes(place_code, month.first_day)
        )
    }
    everything = tuple(MoneyRow(commune, fund, dong) for (commune, fund), dong in owed.items() if dong > Dong(0))
    wanted = checked_parts(everything if parts is None else parts, place_code=place_code, month=month)
    if not wanted:
        why = "không còn chi phí chi trả nào phải trả."
        raise NothingToMove(place=place_code, month=month.vi, payer=payer, why=why)
    for part in wanted:
        most = owed.get((part.commune, part.fund), Dong(0))
        if part.dong > most:
            raise FeeNotOwed(commune=part.commune, fund=FUND_NAMES[part.fund], payer=payer, owed=most, asked=part.dong)
    transfer = record_sent(
        kind=FEE, recipe="pay_fee", payer=payer, holder=holder, month=month, parts=wanted, voucher_no=voucher_no,
        sent_on=sent_on, by=by, at=at,
    )  # fmt: skip
    return TransferMoved(transfer.pk, transfer.state, transfer.amount_dong)
