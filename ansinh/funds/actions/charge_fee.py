"""The fee: a share of what was paid."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.queries import must_reach_place
from ansinh.access.types import Actor
from ansinh.funds.booking import book
from ansinh.funds.holders import holder_of
from ansinh.funds.queries.payers import NoContract, find_last_contract
from ansinh.funds.queries.transfers import sum_fees, sum_paid
from ansinh.funds.rules import fee_of
from ansinh.funds.types import BookRow, FeeCharged
from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month
from ansinh.ledger.actions import lock_book
from ansinh.ledger.queries import count_entries
from ansinh.platform.action import action


@action(permission="funds.charge_fee", name="Tính chi phí chi trả")
def charge_fee(*, payer: str, commune_code: str, month: Month, by: Actor, at: datetime) -> FeeCharged:
    """Bring the fee of a payer, commune and month to the contract's share of what the books say was paid in it.

    Net of payments that came back (TT 76/2021/TT-BTC: a share of the money paid). Said again it adds nothing. Refuses
    a month already settled, and a payer that never had a contract there (NoContract).
    """
    must_reach_place(by, commune_code, month.first_day)
    lock_book(holder_of(commune_code, month.first_day))
    paid = sum_paid(payer=payer, commune=commune_code, month=month)
    charged = {fee.fund: fee.dong for fee in sum_fees(communes=(commune_code,), month=month, payer=payer)}
    if not paid and not charged:
        return FeeCharged(Dong(0), Dong(0), Dong(0))
    contract = find_last_contract(payer, commune_code, month)
    if contract is None:
        raise NoContract(commune=commune_code, month=month.vi, wanted=f" với {payer}")
    due = fee_of(contract.fee_rate, paid)
    added = {fund: due.get(fund, Dong(0)) - charged.get(fund, Dong(0)) for fund in sorted(due.keys() | charged.keys())}
    book_fee("charge_fee", payer, commune_code, month, added, by=by, at=at)
    return FeeCharged(total(paid.values()), total(due.values()), total(added.values()))


def book_fee(
    recipe: str, payer: str, commune_code: str, month: Month, fees: dict[str, Dong], *, by: Actor, at: datetime
) -> None:
    """Book fees of one payer, commune and month by fund; each act on them is a document of its own number."""
    document = f"fee:{payer}:{commune_code}:{month}"
    book(
        recipe=recipe, document=document, key=f"{document}:{count_entries(document) + 1}", month=month,
        holder=commune_code, rows=[BookRow(fund, payer, commune_code, dong) for fund, dong in fees.items()],
        by=by, at=at,
    )  # fmt: skip
