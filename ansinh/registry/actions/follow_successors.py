"""Take residents of ended communes along to the communes that took these over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, Min

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.places.queries import find_last_place, list_paths, list_predecessors, successors
from ansinh.places.types import Predecessor
from ansinh.platform import sql
from ansinh.platform.action import action
from ansinh.registry.models import Residence
from ansinh.registry.queries.unplaced import list_unplaced_residents
from ansinh.registry.types import ResidentsFollowed


@action(permission="registry.follow_successors", name="Chuyển người theo xã mới")
def follow_successors(*, commune_codes: tuple[str, ...], month: Month, by: Actor, at: datetime) -> ResidentsFollowed:
    """Move residents of places that passed whole into the communes, from the month in which the heir began.

    What was true before stays in its own dated row; done again it moves nobody. People of a place that was divided
    stay where they are, to be placed by hand. Refuses (OutOfArea) communes outside the actor's areas.
    """
    for path in list_paths(commune_codes, month.first_day).values():
        by.must_reach(path)
    moved = _follow(list_predecessors(commune_codes, month.first_day), None, at)
    moved += _follow_before_moving(commune_codes, month, at)
    return ResidentsFollowed(moved, len(list_unplaced_residents(commune_codes, month=month)))


def _follow(predecessors: Iterable[Predecessor], person_ids: list[int] | None, at: datetime) -> int:
    """How many homes moved on, of everybody or of some people."""
    whole = [one for one in predecessors if one.part == "whole"]
    places = {
        "codes": [one.code for one in whole],
        "starts_on": [one.starts_on for one in whole],
        "ended_on": [one.ended_on for one in whole],
        "heirs": [one.heir_code for one in whole],
        "froms": [one.heir_from.first_day for one in whole],
    }
    moved = 0
    # One change at a time: an heir may have ended since.
    while whole and (step := sql.run("registry/follow_successors", {**places, "person_ids": person_ids, "at": at})):
        moved += step
    return moved


def _follow_before_moving(commune_codes: tuple[str, ...], month: Month, at: datetime) -> int:
    """Who has moved here since lived until then in whatever took their former commune over."""
    here = Residence.objects.filter(commune_code__in=commune_codes).values("person_id")
    former = Residence.objects.filter(ends__isnull=False, person_id__in=here).exclude(commune_code__in=commune_codes)
    outlived: set[str] = set()
    heirs: set[str] = set()
    spans = former.values_list("commune_code").annotate(first=Min("starts"), last=Max("ends"))
    for code, first, last in spans.order_by("commune_code"):
        place = find_last_place(code, first.first_day)
        if place is not None and place.ends_on is not None and last > Month.containing(place.ends_on):
            outlived.add(code)
            heirs |= {heir.place.code for heir in successors(place, month.first_day)}
    if not outlived:
        return 0
    predecessors = list_predecessors(heirs - set(commune_codes), month.first_day)
    people = former.filter(commune_code__in=outlived).values_list("person_id", flat=True)
    return _follow((one for one in predecessors if one.code in outlived), sorted(set(people)), at)
