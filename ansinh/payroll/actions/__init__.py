"""The verbs of the month, one a file."""

from __future__ import annotations

from ansinh.payroll.actions.add_payee import add_payee
from ansinh.payroll.actions.approve_level_pack import approve_level_pack
from ansinh.payroll.actions.approve_level_start import approve_level_start
from ansinh.payroll.actions.approve_run import approve_run
from ansinh.payroll.actions.approve_runs import approve_runs
from ansinh.payroll.actions.approve_threshold import approve_threshold
from ansinh.payroll.actions.cancel_run import cancel_run
from ansinh.payroll.actions.check_run import check_run
from ansinh.payroll.actions.clear_finding import clear_finding
from ansinh.payroll.actions.compute_run import compute_run
from ansinh.payroll.actions.compute_runs import compute_many, compute_runs
from ansinh.payroll.actions.countersign_run import countersign_run
from ansinh.payroll.actions.create_occasion import create_occasion
from ansinh.payroll.actions.open_occasion import open_occasion
from ansinh.payroll.actions.open_run import NobodyToPay, nobody_to_pay, open_run
from ansinh.payroll.actions.pay_apart import pay_apart
from ansinh.payroll.actions.pay_together import pay_together
from ansinh.payroll.actions.propose_level_pack import propose_level_pack
from ansinh.payroll.actions.propose_level_start import propose_level_start
from ansinh.payroll.actions.propose_threshold import propose_threshold
from ansinh.payroll.actions.refresh_spans import refresh_spans, refresh_spans_in
from ansinh.payroll.actions.remove_payee import remove_payee
from ansinh.payroll.actions.return_run import return_run
from ansinh.payroll.actions.submit_run import submit_run
from ansinh.payroll.actions.withdraw_level_pack import withdraw_level_pack
from ansinh.payroll.actions.withdraw_level_start import withdraw_level_start
from ansinh.payroll.actions.withdraw_threshold import withdraw_threshold

__all__ = [
    "NobodyToPay",
    "add_payee",
    "approve_level_pack",
    "approve_level_start",
    "approve_run",
    "approve_runs",
    "approve_threshold",
    "cancel_run",
    "check_run",
    "clear_finding",
    "compute_many",
    "compute_run",
    "compute_runs",
    "countersign_run",
    "create_occasion",
    "nobody_to_pay",
    "open_occasion",
    "open_run",
    "pay_apart",
    "pay_together",
    "propose_level_pack",
    "propose_level_start",
    "propose_threshold",
    "refresh_spans",
    "refresh_spans_in",
    "remove_payee",
    "return_run",
    "submit_run",
    "withdraw_level_pack",
    "withdraw_level_start",
    "withdraw_threshold",
]
