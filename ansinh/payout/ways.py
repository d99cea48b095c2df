"""By which contract and channel a run's people are paid, and where money not collected before is presented again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ansinh.funds.queries import list_covering_contracts
from ansinh.funds.types import ContractTerms
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payout.payment import Payment
from ansinh.payout.states import BANK, CASH
from ansinh.payroll.types import ASSISTANCE, MERIT, ONE_OFF
from ansinh.places.queries import get_place, list_commune_codes, list_predecessors
from ansinh.platform import sql
from ansinh.policy import load_pack, passes_on

# By the programme of a list, those whose money not collected before is presented again with it.
CARRIED_WITH: dict[str, tuple[str, ...]] = {ASSISTANCE: (ASSISTANCE, ONE_OFF), MERIT: (MERIT,), ONE_OFF: ()}

_FROM_EVER = date(1900, 1, 1)


class NoContract(Refusal):
    """Xã {commune} có người được chi trả trong tháng {month} nhưng chưa có hợp đồng chi trả {how} phủ xã này.
    Hãy ghi hợp đồng với tổ chức chi trả cho địa bàn, rồi lập lệnh chi lại."""


@dataclass(frozen=True, slots=True)
class Way:
    """How one commune is paid: the contracts by bank and in cash, if there are."""

    commune: str
    bank: ContractTerms | None
    cash: ContractTerms | None


@dataclass(frozen=True, slots=True)
class CarriedOrder:
    """An order to be presented again: where its money stands, where it goes, and in which round."""

    order_id: int
    person_id: int
    month: Month
    amount_dong: int
    payer: str
    channel: str
    state: str
    from_commune: str
    to_commune: str
    round: int


def ways_of(communes: Iterable[str], payment: Payment) -> list[Way]:
    """The way of each commune; refuses (NoContract) one where somebody of the payment could not be paid."""
    month = payment.month
    ways = []
    without_cash = []
    for commune, contracts in list_covering_contracts(communes, month).items():
        way = Way(commune, _first(contracts, BANK), _first(contracts, CASH))
        if way.bank is None and way.cash is None:
            raise NoContract(commune=get_place(commune, month.first_day), month=month.vi, how="nào")
        if way.cash is None:
            without_cash.append(commune)
        ways.append(way)
    if without_cash:
        lacking = sql.rows("payout/find_without_cash", {**payment.params, "communes": without_cash})
        if lacking:
            place = get_place(lacking[0]["commune_code"], month.first_day)
            raise NoContract(commune=place, month=month.vi, how="bằng tiền mặt (người hưởng chưa có tài khoản)")
    return ways


def list_carried_orders(communes: tuple[str, ...], month: Month, programme: str) -> list[CarriedOrder]:
    """Orders of earlier months not collected that are to be presented again in these communes with a list of the
    programme, by order; where money does not pass over the turn of the year, only those of the month's own."""
    carried = CARRIED_WITH[programme]
    rows = sql.rows(
        "payout/list_carried",
        {
            "month": month.first_day,
            "communes": list(communes),
            "programmes": list(carried),
            **_followed(communes, month),
        },
    )
    found = [CarriedOrder(**{**row, "month": Month.containing(row["month"])}) for row in rows]
    pack = load_pack()
    return [order for order in found if passes_on(order.month, month, pack)]


def list_lifted_orders(communes: tuple[str, ...], month: Month, programme: str) -> list[CarriedOrder]:
    """Orders of earlier months never released and free now, of these communes, that go with a list of the programme: a
    hold kept them back, or they were renewed at the end of a year before.

    Those of a commune that ended since go out with their own month's orders, issued again.
    """
    carried = CARRIED_WITH[programme]
    asked = {"month": month.first_day, "communes": list(communes), "programmes": list(carried)}
    rows = sql.rows("payout/list_lifted", asked)
    return [CarriedOrder(**{**row, "month": Month.containing(row["month"])}) for row in rows]


def contracts_for_carried(orders: Iterable[CarriedOrder], month: Month) -> dict[int, int]:
    """The contract each order is presented again under: of its own payer, by its own channel, where it goes now.

    An order whose payer has no such contract any more is left out: its money stays with that payer.
    """
    orders = tuple(orders)
    covering = list_covering_contracts({order.to_commune for order in orders}, month)
    found = {}
    for order in orders:
        of_payer = [terms for terms in covering[order.to_commune] if terms.payer == order.payer]
        if (terms := _first(of_payer, order.channel)) is not None:
            found[order.order_id] = terms.contract_id
    return found


def communes_of(place_code: str, month: Month) -> tuple[str, ...]:
    """The communes of a run's place in its month."""
    return list_commune_codes(place_code, month.first_day)


def _first(contracts: Iterable[ContractTerms], channel: str) -> ContractTerms | None:
    return next((terms for terms in contracts if channel in terms.channels), None)


def _followed(communes: tuple[str, ...], month: Month) -> dict[str, list[Any]]:
    """Which code of which months counts as which commune now; '' asks where the person lives (a divided commune)."""
    before = list_predecessors(communes, month.first_day)
    # A code that went on under another place means this one only since.
    since = dict.fromkeys(communes, _FROM_EVER)
    for old in before:
        if old.code in since:
            since[old.code] = max(since[old.code], old.ended_on)
    rows: list[tuple[str, date, date | None, str]] = [(code, starts, None, code) for code, starts in since.items()]
    spans = {(old.code, old.starts_on, old.ended_on, old.heir_code if old.part == "whole" else "") for old in before}
    rows += [span for span in sorted(spans) if not span[3] or span[3] in since]
    return {
        "from_codes": [row[0] for row in rows],
        "from_starts": [row[1] for row in rows],
        "from_ends": [row[2] for row in rows],
        "to_codes": [row[3] for row in rows],
    }
