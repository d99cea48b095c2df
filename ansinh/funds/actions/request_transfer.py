"""Ask the treasury for the money a payer needs."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.funds.booking import refuse_closed
from ansinh.funds.models import Transfer
from ansinh.funds.moving import NothingToMove, checked_parts, hold_money, must_be_in_budget, write_transfer
from ansinh.funds.queries.money import list_needs
from ansinh.funds.queries.payers import NoContract, list_covering_contracts
from ansinh.funds.states import FUND_NAMES, TO_PAYER
from ansinh.funds.types import MoneyRow, TransferMoved
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import list_commune_codes
from ansinh.platform.action import action


class OverTransfer(Refusal):
    """Xã mã {commune}, {fund}: tháng này cần chuyển thêm nhiều nhất {needed} đồng cho {payer}, không phải {asked} đồng.
    Số cần chuyển là tiền phải trả theo lệnh chi trừ tiền tổ chức chi trả đang giữ và tiền đã đề nghị chuyển; khoản còn
    thiếu của tháng trước thì đề nghị cho chính tháng đó."""


@action(permission="funds.request_transfer", name="Đề nghị rút kinh phí")
def request_transfer(
    *,
    payer: str,
    place_code: str,
    month: Month,
    parts: tuple[MoneyRow, ...] | None = None,
    by: Actor,
    at: datetime,
) -> TransferMoved:
    """Ask the treasury to send a payer what a month's orders need; parts None asks for all that is needed.

    Refuses more than is needed (OverTransfer), a place without contract (NoContract), a month already settled, and
    money that no budget covers (NoBudget, BudgetExceeded).
    """
    holder = hold_money(place_code, month, payer, by=by)
    needs = list_needs(payer=payer, place_code=place_code, month=month)
    wanted = needs if parts is None else checked_parts(parts, place_code=place_code, month=month)
    if not wanted:
        communes = list_commune_codes(place_code, month.first_day)
        refuse_closed(month, {(payer, commune) for commune in communes})
        why = "mọi khoản phải trả đã có đủ tiền, đã được đề nghị chuyển, hoặc chưa lập lệnh chi."
        raise NothingToMove(place=place_code, month=month.vi, payer=payer, why=why)
    _must_be_needed(wanted, needs, payer)
    for commune, contracts in list_covering_contracts((part.commune for part in wanted), month, payer=payer).items():
        if not contracts:
            raise NoContract(commune=commune, month=month.vi, wanted=f" với {payer}")
    refuse_closed(month, {(payer, part.commune) for part in wanted})
    must_be_in_budget(wanted, holder=holder, month=month, requested=False)
    asked = Transfer(
        kind=TO_PAYER, payer_id=payer, place_code=holder, month=month, requested_at=at, requested_by=by.user_id
    )
    transfer = write_transfer(asked, wanted)
    return TransferMoved(transfer.pk, transfer.state, transfer.amount_dong)


def _must_be_needed(wanted: tuple[MoneyRow, ...], needs: tuple[MoneyRow, ...], payer: str) -> None:
    needed = {(part.commune, part.fund): part.dong for part in needs}
    for part in wanted:
        most = needed.get((part.commune, part.fund), Dong(0))
        if part.dong > most:
            raise OverTransfer(
                commune=part.commune, fund=FUND_NAMES[part.fund], payer=payer, needed=most, asked=part.dong
            )
