"""Closed months of payers and communes."""

from __future__ import annotations

from ansinh.funds.models import ClosedMonth
from ansinh.kernel.month import Month


def is_closed(*, payer: str, commune: str, month: Month) -> bool:
    """Whether the month of that payer and commune takes no more money."""
    return ClosedMonth.objects.filter(payer_id=payer, commune_code=commune, month=month).exists()


def list_closed_months(*, payer: str, commune: str) -> list[Month]:
    """The closed months of a payer and commune, oldest first."""
    closed = ClosedMonth.objects.filter(payer_id=payer, commune_code=commune).order_by("month")
    return list(closed.values_list("month", flat=True))
