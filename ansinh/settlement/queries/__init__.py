"""Reading settlements: figures, what keeps a month from closing, who is carried on, proofs."""

from __future__ import annotations

from ansinh.platform.proofs import Proof
from ansinh.settlement.queries.months import (
    allowed_steps,
    get_settlement,
    list_carried_items,
    list_closings,
    list_payers,
    list_settlements,
)

PROOFS: tuple[Proof, ...] = ()

__all__ = [
    "PROOFS",
    "allowed_steps",
    "get_settlement",
    "list_carried_items",
    "list_closings",
    "list_payers",
    "list_settlements",
]
