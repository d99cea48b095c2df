"""Reading the money: payers and contracts, budgets, transfers, what payers hold, closed months."""

from __future__ import annotations

from ansinh.funds.holders import holder_of, open_month, open_months, open_year
from ansinh.funds.models import Budget, ClosedMonth, Payer, Transfer
from ansinh.funds.queries.budgets import budget_of, list_budget_decisions, list_budgets, reserved_for
from ansinh.funds.queries.money import list_needs, list_payer_money, money_of
from ansinh.funds.queries.payers import (
    NoContract,
    NoSuchPayer,
    find_last_contract,
    get_contract,
    get_payer,
    list_contracts,
    list_covering_contracts,
    list_payers,
)
from ansinh.funds.queries.periods import is_closed, list_closed_months
from ansinh.funds.queries.proofs import PROOFS
from ansinh.funds.queries.transfers import (
    NoSuchTransfer,
    get_transfer,
    list_parts,
    list_transfers,
    sum_fees,
    sum_paid,
    sum_transfers,
)

__all__ = [
    "PROOFS",
    "Budget",
    "ClosedMonth",
    "NoContract",
    "NoSuchPayer",
    "NoSuchTransfer",
    "Payer",
    "Transfer",
    "budget_of",
    "find_last_contract",
    "get_contract",
    "get_payer",
    "get_transfer",
    "holder_of",
    "is_closed",
    "list_budget_decisions",
    "list_budgets",
    "list_closed_months",
    "list_contracts",
    "list_covering_contracts",
    "list_needs",
    "list_parts",
    "list_payer_money",
    "list_payers",
    "list_transfers",
    "money_of",
    "open_month",
    "open_months",
    "open_year",
    "reserved_for",
    "sum_fees",
    "sum_paid",
    "sum_transfers",
]
