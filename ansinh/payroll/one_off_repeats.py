"""Occasions that look like one decision recorded twice."""

from __future__ import annotations

from datetime import date
from typing import Any

from ansinh.kernel.month import Month
from ansinh.kernel.names import folded
from ansinh.payroll.models import Occasion


def list_alike(
    kind: str,
    title: str,
    place_code: str,
    month: Month,
    *,
    decision_no: str,
    decided_on: date,
    for_year: int | None = None,
) -> list[Occasion]:
    """Occasions of the kind with the same decision number, or the same title, month and place; the oldest first.

    Decisions are numbered anew each year: a number of another year is another decision, as worship money of another
    year is another sum. "07/QĐ-UBND" and "7 / qđ-ubnd" are one number.
    """
    same_kind: dict[str, Any] = {"kind": kind}
    if for_year is not None:
        same_kind["for_year"] = for_year
    number, name = _number(decision_no), folded(title)
    return [
        one
        for one in Occasion.objects.filter(**same_kind).order_by("pk")
        if (one.decided_on.year == decided_on.year and _number(one.decision_no) == number)
        or ((one.month, one.place_code) == (month, place_code) and folded(one.title) == name)
    ]


def list_alike_others(occasion: Occasion) -> list[Occasion]:
    """The same of an occasion recorded, without itself."""
    found = list_alike(
        occasion.kind,
        occasion.title,
        occasion.place_code,
        occasion.month,
        decision_no=occasion.decision_no,
        decided_on=occasion.decided_on,
        for_year=occasion.for_year,
    )
    return [one for one in found if one.pk != occasion.pk]


def _number(decision_no: str) -> str:
    return folded(decision_no).replace(" ", "").lstrip("0")
