"""The verbs of a month's settlement, one a file."""

from __future__ import annotations

from ansinh.settlement.actions.close_month import close_month
from ansinh.settlement.actions.confirm_month import confirm_month
from ansinh.settlement.actions.reopen_month import reopen_month

__all__ = ["close_month", "confirm_month", "reopen_month"]
