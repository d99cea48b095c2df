"""Reading settlements: figures, what keeps a month from closing, who is carried on, proofs."""

from __future__ import annotations

from ansinh.settlement.queries.months import (
    NothingToSettle,
    allowed_steps,
    get_settlement,
    list_carried_items,
    list_closings,
    list_payers,
    list_settlements,
)
from ansinh.settlement.queries.proofs import PROOFS

__all__ = [
    "PROOFS",
    "NothingToSettle",
    "allowed_steps",
    "get_settlement",
    "list_carried_items",
    "list_closings",
    "list_payers",
    "list_settlements",
]
