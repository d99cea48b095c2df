"""Settlements of a month as an actor may see them."""

from __future__ import annotations

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.settlement.models import Closing
from ansinh.settlement.types import CarriedItem, MonthSettlement, StepOffer


def list_payers(*, place_code: str, month: Month, by: Actor) -> list[str]:
    """Codes of the payers who have something to settle for communes of the place in the month."""
    raise NotImplementedError


def list_settlements(*, place_code: str, month: Month, by: Actor, payer: str = "") -> list[MonthSettlement]:
    """Every payer and commune of the place with something to settle, by payer and commune."""
    raise NotImplementedError


def get_settlement(*, payer: str, commune_code: str, month: Month, by: Actor) -> MonthSettlement:
    """One payer, commune and month, with the rows in the way; refuses (NothingToSettle)."""
    raise NotImplementedError


def list_carried_items(*, payer: str, place_code: str, month: Month, by: Actor) -> list[CarriedItem]:
    """The orders carried on at the end of the month, by commune and name."""
    raise NotImplementedError


def list_closings(*, payer: str, commune_code: str, month: Month, by: Actor) -> list[Closing]:
    """Every closing of the month, the first first, with its parts and its reopening if any."""
    raise NotImplementedError


def allowed_steps(*, payer: str, place_code: str, month: Month, by: Actor) -> list[StepOffer]:
    """Each verb of the table of states as this actor meets it for the place: allowed, or why not (Vietnamese)."""
    raise NotImplementedError
