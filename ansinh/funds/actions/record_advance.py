"""A payer hands cash to its own staff."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.funds.moving import NothingToMove, checked_parts, hold_money, must_be_in_hand, record_sent
from ansinh.funds.states import ADVANCE
from ansinh.funds.types import MoneyRow, TransferMoved
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.record_advance", name="Tạm ứng cho nhân viên chi trả")
def record_advance(
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
    """A payer has given its staff cash to pay out; refuses more than it holds (NotEnoughInHand)."""
    by.must_serve(payer)
    holder = hold_money(place_code, month, payer, by=by)
    wanted = checked_parts(parts, place_code=place_code, month=month)
    if not wanted:
        raise NothingToMove(place=place_code, month=month.vi, payer=payer, why="chưa ghi số tiền tạm ứng nào.")
    must_be_in_hand(wanted, payer=payer, kind="with_payer")
    transfer = record_sent(
        kind=ADVANCE, recipe="give_advance", payer=payer, holder=holder, month=month, parts=wanted,
        voucher_no=voucher_no, sent_on=sent_on, by=by, at=at,
    )  # fmt: skip
    return TransferMoved(transfer.pk, transfer.state, transfer.amount_dong)
