"""The staff account for the cash they were given."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.funds.moving import NothingToMove, checked_parts, hold_money, must_be_in_hand, record_sent
from ansinh.funds.states import ADVANCE_RETURNED
from ansinh.funds.types import MoneyRow, TransferMoved
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.return_advance", name="Thanh toán tạm ứng")
def return_advance(
    *,
    payer: str,
    place_code: str,
    month: Month,
    parts: tuple[MoneyRow, ...],
    voucher_no: str,
    sent_on: date,
    by: Actor,
    at: datetime,
) -> TransferMoved:
    """The staff have accounted for an advance: cash handed back and what they paid out against vouchers, together.

    Refuses more than they hold (NotEnoughInHand).
    """
    by.must_serve(payer)
    holder = hold_money(place_code, month, payer, by=by)
    wanted = checked_parts(parts, place_code=place_code, month=month)
    if not wanted:
        raise NothingToMove(place=place_code, month=month.vi, payer=payer, why="chưa ghi số tiền thanh toán nào.")
    must_be_in_hand(wanted, payer=payer, kind="with_staff")
    transfer = record_sent(
        kind=ADVANCE_RETURNED, recipe="take_back_advance", payer=payer, holder=holder, month=month, parts=wanted,
        voucher_no=voucher_no, sent_on=sent_on, by=by, at=at,
    )  # fmt: skip
    return TransferMoved(transfer.pk, transfer.state, transfer.amount_dong)
