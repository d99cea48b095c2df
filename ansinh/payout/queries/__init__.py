"""Reading the payout: batches, orders, carried money, judgements. Queries take the actor and keep to their areas."""

from __future__ import annotations

from ansinh.payout.batches import NoSuchBatch, NoSuchOrder
from ansinh.payout.judging import clear_rows
from ansinh.payout.models import Batch, Order
from ansinh.payout.queries.batches import (
    allowed_batch_steps,
    batch_totals,
    get_batch,
    list_batch_items,
    list_batches,
    page_of_batches,
)
from ansinh.payout.queries.holds import list_held_of_run, list_holds
from ansinh.payout.queries.money import list_month_money, list_transfer_needs, list_unreleased, list_unresolved
from ansinh.payout.queries.not_received import list_not_received
from ansinh.payout.queries.orders import (
    ALL_ROWS,
    batches_naming,
    carried_by_person,
    find_order_by_code,
    get_order,
    list_carried,
    list_orders,
    order_history,
    order_totals,
)
from ansinh.payout.queries.proofs import PROOFS
from ansinh.payout.queries.recoveries import get_recovery, list_recoveries, recovery_history, withheld_by_person
from ansinh.payout.queries.results import judge_results, judged_rows, list_rows_set_aside
from ansinh.payout.queries.under_way import list_orders_under_way
from ansinh.payout.queries.year_ends import list_to_return, list_year_end
from ansinh.payout.recoveries import NoSuchRecovery, issued_among
from ansinh.payout.rules import read_order_code, receiver_key

__all__ = [
    "ALL_ROWS",
    "PROOFS",
    "Batch",
    "NoSuchBatch",
    "NoSuchOrder",
    "NoSuchRecovery",
    "Order",
    "allowed_batch_steps",
    "batch_totals",
    "batches_naming",
    "carried_by_person",
    "clear_rows",
    "find_order_by_code",
    "get_batch",
    "get_order",
    "get_recovery",
    "issued_among",
    "judge_results",
    "judged_rows",
    "list_batch_items",
    "list_batches",
    "list_carried",
    "list_held_of_run",
    "list_holds",
    "list_month_money",
    "list_not_received",
    "list_orders",
    "list_orders_under_way",
    "list_recoveries",
    "list_rows_set_aside",
    "list_to_return",
    "list_transfer_needs",
    "list_unreleased",
    "list_unresolved",
    "list_year_end",
    "order_history",
    "order_totals",
    "page_of_batches",
    "read_order_code",
    "receiver_key",
    "recovery_history",
    "withheld_by_person",
]
