"""Records the money's actions and queries hand out and take in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ansinh.funds.recipes import ACCOUNTS, RECIPES
from ansinh.funds.states import (
    CHANNEL_NAMES,
    FUND_NAMES,
    FUNDS,
    PAYER_KIND_NAMES,
    STATE_NAMES,
    TRANSFER_KIND_NAMES,
    fund_of_regime,
)
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month

__all__ = [
    "ACCOUNTS",
    "CHANNEL_NAMES",
    "FUNDS",
    "FUND_NAMES",
    "PAYER_KIND_NAMES",
    "RECIPES",
    "STATE_NAMES",
    "TRANSFER_KIND_NAMES",
    "BookRow",
    "BudgetAssigned",
    "BudgetReserved",
    "BudgetStatus",
    "ContractTerms",
    "FeeCharged",
    "FundRow",
    "MoneyRow",
    "PayerMoney",
    "PeriodMoved",
    "TransferMoved",
    "TransferTotals",
    "YearFigures",
    "fund_of_regime",
]


@dataclass(frozen=True, slots=True)
class BookRow:
    """One amount to be booked by a recipe. `to_commune` only where money moves to another commune's accounts."""

    fund: str
    payer: str
    commune: str
    dong: Dong
    to_commune: str = ""


@dataclass(frozen=True, slots=True)
class FundRow:
    """An amount of a fund, of a whole run or place."""

    fund: str
    dong: Dong


@dataclass(frozen=True, slots=True, order=True)
class MoneyRow:
    """An amount of a fund for a commune: a part of a transfer."""

    commune: str
    fund: str
    dong: Dong


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """What a payer agreed to: where ('' = everywhere), from when to when (exclusive), for what fee, by which ways."""

    contract_id: int
    payer: str
    payer_name: str
    place_code: str
    number: str
    signed_on: date
    starts: Month
    ends: Month | None
    # A share of the money paid, such as 0.004.
    fee_rate: Decimal
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BudgetAssigned:
    """A budget decision recorded, and what is now available of that fund and year."""

    budget_id: int
    available_dong: Dong


@dataclass(frozen=True, slots=True)
class BudgetReserved:
    """A run's money set aside; `missing_dong` is how far the budgets of its funds fall short of it, zero if not."""

    document: str
    reserved_dong: Dong
    missing_dong: Dong


@dataclass(frozen=True, slots=True)
class TransferMoved:
    """A transfer in its new state."""

    transfer_id: int
    state: str
    amount_dong: Dong


@dataclass(frozen=True, slots=True)
class FeeCharged:
    """The fee of a payer, commune and month as it now stands charged, and what this act added to it."""

    paid_dong: Dong
    fee_dong: Dong
    added_dong: Dong


@dataclass(frozen=True, slots=True)
class PeriodMoved:
    """A month of a payer and commune now closed or open."""

    payer: str
    commune_code: str
    month: Month
    closed: bool


@dataclass(frozen=True, slots=True)
class YearFigures:
    """A budget year closed: what was used, what was given up, what payers carry on."""

    place_code: str
    fund: str
    year: int
    used_dong: Dong
    given_up_dong: Dong
    carried_dong: Dong


@dataclass(frozen=True, slots=True)
class BudgetStatus:
    """A budget as its books stand. assigned = available + reserved + used; `requested` waits for the treasury."""

    place_code: str
    fund: str
    year: int
    assigned_dong: Dong
    available_dong: Dong
    reserved_dong: Dong
    used_dong: Dong
    requested_dong: Dong
    closed: bool


@dataclass(frozen=True, slots=True)
class PayerMoney:
    """What a payer holds for a commune, by fund, against what is still owed to people through it."""

    payer: str
    commune: str
    fund: str
    with_payer_dong: Dong
    with_staff_dong: Dong
    owed_dong: Dong
    # Asked of the treasury, not sent yet.
    requested_dong: Dong

    @property
    def needed_dong(self) -> Dong:
        """What the treasury must still send so that everything owed can be paid; below zero: too much is in hand."""
        return self.owed_dong - self.with_payer_dong - self.with_staff_dong - self.requested_dong


@dataclass(frozen=True, slots=True)
class TransferTotals:
    """What documents of one kind moved for a payer, commune, month and fund."""

    payer: str
    commune: str
    month: Month
    fund: str
    dong: Dong
