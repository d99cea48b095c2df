"""From which payroll places list by which law's levels."""

from __future__ import annotations

from ansinh.access.queries import reach_of
from ansinh.access.types import Actor
from ansinh.payroll.laws import LawBook
from ansinh.payroll.models import LevelStart
from ansinh.places.queries import path_of


def title_of_start(start: LevelStart) -> str:
    """Its instrument's title; the code of one of a level pack taken back since."""
    laws = LawBook().pack(path_of(start.place_code, start.first_payroll.first_day), start.first_payroll).laws
    return laws[start.law].title if start.law in laws else start.law


def list_level_starts(*, by: Actor) -> list[LevelStart]:
    """Every first payroll recorded for places the actor works in, withdrawn ones too, newest first."""
    reaches = reach_of(by)
    found = LevelStart.objects.order_by("-proposed_at", "-pk")
    return [start for start in found if reaches(start.place_code, start.first_payroll.first_day)]
