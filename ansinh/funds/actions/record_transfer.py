"""The treasury has sent what was asked for."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.funds.booking import book
from ansinh.funds.holders import open_year
from ansinh.funds.models import Transfer
from ansinh.funds.moving import book_parts, check_voucher, document_of, hold_money, must_be_in_budget
from ansinh.funds.queries.budgets import budget_of
from ansinh.funds.queries.transfers import get_transfer, list_parts
from ansinh.funds.states import TRANSFER
from ansinh.funds.types import BookRow, MoneyRow, TransferMoved
from ansinh.kernel.money import Dong, total
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action


class TransferMovedMeanwhile(Refusal):
    """Người khác vừa xử lý lần chuyển tiền số {transfer_id}. Hãy tải lại trang rồi làm tiếp."""


@action(permission="funds.record_transfer", name="Ghi nhận đã chuyển tiền")
def record_transfer(*, transfer_id: int, voucher_no: str, sent_on: date, by: Actor, at: datetime) -> TransferMoved:
    """The treasury's confirmation: from now the payer holds the money and the budget is drawn.

    Refuses a voucher used before (VoucherUsed), a transfer not waiting (StepNotAllowed), and one whose budget was
    taken away meanwhile (BudgetExceeded).
    """
    transfer = get_transfer(transfer_id, by=by)
    hold_money(transfer.place_code, transfer.month, transfer.payer_id, by=by)
    transfer.refresh_from_db()
    TRANSFER.step("record_transfer", transfer.state)
    number = check_voucher(payer=transfer.payer_id, kind=transfer.kind, voucher_no=voucher_no, sent_on=sent_on, at=at)
    parts = list_parts(transfer)
    must_be_in_budget(parts, holder=transfer.place_code, month=transfer.month, requested=True)
    move_transfer(transfer, "record_transfer", sent_at=at, sent_by=by.user_id, voucher_no=number, sent_on=sent_on)
    _use_budget(transfer, parts, by=by, at=at)
    book_parts(transfer, "send_transfer", parts, by=by, at=at)
    return TransferMoved(transfer.pk, transfer.state, transfer.amount_dong)


def move_transfer(transfer: Transfer, verb: str, **changes: object) -> None:
    """Move a transfer one step of its table; refuses (TransferMovedMeanwhile) when somebody was faster."""
    step = TRANSFER.step(verb, transfer.state)
    moved = Transfer.objects.filter(pk=transfer.pk, state=step.source).update(state=step.target, **changes)
    if moved != 1:
        raise TransferMovedMeanwhile(transfer_id=transfer.pk)
    transfer.refresh_from_db()


def _use_budget(transfer: Transfer, parts: tuple[MoneyRow, ...], *, by: Actor, at: datetime) -> None:
    """Draw the budget: first what is reserved, and beyond it what is free.

    A list reserves its net sum; what people owe back is collected later, so its orders may need more.
    """
    holder, document = transfer.place_code, document_of(transfer)
    for fund in sorted({part.fund for part in parts}):
        asked = total(part.dong for part in parts if part.fund == fund)
        reserved = max(Dong(0), budget_of(holder, fund, transfer.month).reserved_dong)
        year = open_year(holder, fund, transfer.month.year)
        for recipe, dong in (("use_reserved", min(asked, reserved)), ("use_available", max(Dong(0), asked - reserved))):
            book(
                recipe=recipe, document=document, key=f"{document}:{recipe}:{fund}", month=transfer.month,
                holder=holder, rows=[BookRow(fund, "", "", dong)], by=by, at=at, year=year,
            )  # fmt: skip
