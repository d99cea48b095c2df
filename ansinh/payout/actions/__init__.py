"""The verbs of the payout, one a file."""

from __future__ import annotations

from ansinh.payout.actions.cancel_batch import cancel_batch
from ansinh.payout.actions.cancel_order import cancel_order
from ansinh.payout.actions.decide_recovery import decide_recovery
from ansinh.payout.actions.hand_over_batch import hand_over_batch
from ansinh.payout.actions.hold_order import hold_order
from ansinh.payout.actions.issue_orders import issue_orders
from ansinh.payout.actions.keep_uncollected import keep_uncollected
from ansinh.payout.actions.record_repayment import record_repayment
from ansinh.payout.actions.record_result import record_result
from ansinh.payout.actions.record_results import record_results
from ansinh.payout.actions.reissue_order import reissue_order
from ansinh.payout.actions.release_batch import release_batch
from ansinh.payout.actions.renew_year_end import renew_year_end
from ansinh.payout.actions.reopen_recovery import reopen_recovery
from ansinh.payout.actions.suspend_uncollected import suspend_uncollected
from ansinh.payout.actions.write_off_recovery import write_off_recovery

__all__ = [
    "cancel_batch",
    "cancel_order",
    "decide_recovery",
    "hand_over_batch",
    "hold_order",
    "issue_orders",
    "keep_uncollected",
    "record_repayment",
    "record_result",
    "record_results",
    "reissue_order",
    "release_batch",
    "renew_year_end",
    "reopen_recovery",
    "suspend_uncollected",
    "write_off_recovery",
]
