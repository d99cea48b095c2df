"""A payer pays money back to the treasury."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.funds.actions.cancel_transfer import ReasonMissing
from ansinh.funds.booking import book
from ansinh.funds.holders import open_year
from ansinh.funds.moving import (
    NothingToMove,
    checked_parts,
    document_of,
    hold_money,
    must_be_in_hand,
    must_be_of_month,
    record_sent,
)
from ansinh.funds.states import RETURNED
from ansinh.funds.types import BookRow, MoneyRow, TransferMoved
from ansinh.kernel.money import total
from ansinh.kernel.month import Month
from ansinh.platform.action import action


@action(permission="funds.record_return", name="Ghi nhận tiền nộp trả")
def record_return(
    *,
    payer: str,
    place_code: str,
    month: Month,
    parts: tuple[MoneyRow, ...],
    voucher_no: str,
    sent_on: date,
    reason: str,
    by: Actor,
    at: datetime,
) -> TransferMoved:
    """A payer has paid money back to the treasury; the budget year of the month can use it again.

    Refuses more than the payer holds (NotEnoughInHand), money that only came in a later month (NotOfMonth) and a month
    already settled.
    """
    holder = hold_money(place_code, month, payer, by=by)
    if not reason.strip():
        raise ReasonMissing()
    wanted = checked_parts(parts, place_code=place_code, month=month)
    if not wanted:
        raise NothingToMove(place=place_code, month=month.vi, payer=payer, why="chưa ghi số tiền nộp trả nào.")
    must_be_in_hand(wanted, payer=payer, kind="with_payer")
    must_be_of_month(wanted, payer=payer, month=month)
    transfer = record_sent(
        kind=RETURNED, recipe="return_money", payer=payer, holder=holder, month=month, parts=wanted,
        voucher_no=voucher_no, sent_on=sent_on, reason=reason.strip(), by=by, at=at,
    )  # fmt: skip
    document = document_of(transfer)
    for fund in sorted({part.fund for part in wanted}):
        dong = total(part.dong for part in wanted if part.fund == fund)
        book(
            recipe="give_back_budget", document=document, key=f"{document}:give_back_budget:{fund}", month=month,
            holder=holder, rows=[BookRow(fund, "", "", dong)], by=by, at=at,
            year=open_year(holder, fund, month.year),
        )  # fmt: skip
    return TransferMoved(transfer.pk, transfer.state, transfer.amount_dong)
