"""Tables of the payout: orders, the batches they are presented in, what came of them."""

from __future__ import annotations

from ansinh.payout.models.answers import NotReceivedAnswer
from ansinh.payout.models.batches import Batch, BatchItem
from ansinh.payout.models.orders import Cancellation, Claim, Order, OrderPart
from ansinh.payout.models.recoveries import Recovery, RecoveryDecision, RecoveryEntry, Repayment
from ansinh.payout.models.results import Recording, ReportedRow, Result
from ansinh.payout.models.year_ends import YearEnd, YearEndItem

__all__ = [
    "Batch",
    "BatchItem",
    "Cancellation",
    "Claim",
    "NotReceivedAnswer",
    "Order",
    "OrderPart",
    "Recording",
    "Recovery",
    "RecoveryDecision",
    "RecoveryEntry",
    "Repayment",
    "ReportedRow",
    "Result",
    "YearEnd",
    "YearEndItem",
]
