"""Level packs as the office keeps them, and the packs of the law that lists go by with them."""

from __future__ import annotations

from ansinh.access.queries import reach_of
from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.payroll.laws import LawBook, law_of
from ansinh.payroll.models import LevelPack, Run
from ansinh.places.queries import path_of
from ansinh.policy import Pack


def list_level_packs(*, by: Actor) -> list[LevelPack]:
    """Every level pack of places the actor works in, withdrawn ones too, newest first."""
    reaches = reach_of(by)
    found = LevelPack.objects.order_by("-pk")
    return [one for one in found if reaches(one.place_code, one.first_payroll.first_day)]


def pack_listed_by(place_code: str, month: Month) -> Pack:
    """The law with the levels the place's list of that month goes by; refuses (UnknownPlace) a place not there then."""
    return LawBook().pack(path_of(place_code, month.first_day), month)


def pack_of_run(run: Run) -> Pack:
    """The law with the levels that run goes by."""
    return law_of(run).pack
