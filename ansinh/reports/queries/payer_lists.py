"""A released batch read as the list its payer is handed."""

from __future__ import annotations

from ansinh.access.types import Actor
from ansinh.funds.queries import list_contracts
from ansinh.kernel.refusal import Refusal
from ansinh.payout.queries import get_batch, list_batch_items
from ansinh.payout.types import CHANNEL_NAMES, PayItem
from ansinh.places.queries import get_place
from ansinh.registry.queries import open_accounts
from ansinh.reports.layout import month_list_text
from ansinh.reports.payer_list import Account, PayerList, PayerRow
from ansinh.reports.queries.sheets import paper_place
from ansinh.reports.types import Collector

_INTO_ACCOUNTS = frozenset({"bank"})


class NothingToHandOver(Refusal):
    """Đợt chi số {batch_id} chưa xuất chi nên chưa có danh sách để giao. Hãy nhờ kế toán xuất chi trước."""


def read_payer_list(batch_id: int, *, by: Actor) -> PayerList:
    """The list of a released batch, with the accounts in the clear where money goes to accounts.

    Only inside an action: its audit entry records the look at the numbers. Refuses NoSuchBatch, NothingToHandOver.
    """
    batch = get_batch(batch_id, by=by)
    if batch.state != "RELEASED":
        raise NothingToHandOver(batch_id=batch_id)
    on = batch.month.first_day
    items = list_batch_items(batch, by=by)
    communes = {code: get_place(code, on).full_name for code in {item.commune_code for item in items}}
    has_accounts = batch.channel in _INTO_ACCOUNTS
    opened = open_accounts(item.person_id for item in items) if has_accounts else {}
    contracts = {terms.contract_id: terms for terms in list_contracts(by=by, payer=batch.payer)}
    contract = contracts[batch.contract_id]
    return PayerList(
        batch_id=batch.pk,
        key=batch.key,
        month=batch.month,
        place=paper_place(get_place(batch.place_code, on), batch.month),
        payer=contract.payer_name,
        contract_no=contract.number,
        channel=CHANNEL_NAMES[batch.channel],
        declared_count=batch.declared_count,
        declared_dong=batch.declared_dong,
        digest=batch.digest,
        issued_at=batch.issued_at,
        rows=tuple(
            _row(
                item,
                commune=communes[item.commune_code],
                account=Account(item.full_name, opened[item.person_id].number, opened[item.person_id].bank)
                if item.person_id in opened
                else None,
            )
            for item in items
        ),
        has_accounts=has_accounts,
    )


def _row(item: PayItem, *, commune: str, account: Account | None) -> PayerRow:
    return PayerRow(
        order_code=item.order_code,
        name=item.full_name,
        born_year=item.birth.first_day.year,
        hamlet=item.hamlet,
        commune=commune,
        commune_code=item.commune_code,
        months=month_list_text(item.entitlement_months),
        is_carried=item.is_carried,
        amount_dong=item.amount_dong,
        collector=Collector(item.collector_name, item.collector_relation) if item.collector_name else None,
        account=account,
    )
