"""The verbs of money. Each is one transaction; only `book` and `hold_open` are called inside the transaction of
their caller."""

from __future__ import annotations

from ansinh.funds.actions.add_contract import add_contract
from ansinh.funds.actions.add_payer import add_payer
from ansinh.funds.actions.assign_budget import assign_budget
from ansinh.funds.actions.book import MonthClosed, book, hold_open
from ansinh.funds.actions.cancel_transfer import cancel_transfer
from ansinh.funds.actions.charge_fee import charge_fee
from ansinh.funds.actions.close_period import close_period
from ansinh.funds.actions.close_year import close_year
from ansinh.funds.actions.create_demonstration_payer import create_demonstration_payer
from ansinh.funds.actions.end_contract import end_contract
from ansinh.funds.actions.pay_fee import pay_fee
from ansinh.funds.actions.record_advance import record_advance
from ansinh.funds.actions.record_return import record_return
from ansinh.funds.actions.record_transfer import record_transfer
from ansinh.funds.actions.release_reservation import release_reservation
from ansinh.funds.actions.reopen_period import reopen_period
from ansinh.funds.actions.request_transfer import request_transfer
from ansinh.funds.actions.reserve_budget import reserve_budget
from ansinh.funds.actions.return_advance import return_advance

__all__ = [
    "MonthClosed",
    "add_contract",
    "add_payer",
    "assign_budget",
    "book",
    "cancel_transfer",
    "charge_fee",
    "close_period",
    "close_year",
    "create_demonstration_payer",
    "end_contract",
    "hold_open",
    "pay_fee",
    "record_advance",
    "record_return",
    "record_transfer",
    "release_reservation",
    "reopen_period",
    "request_transfer",
    "reserve_budget",
    "return_advance",
]
