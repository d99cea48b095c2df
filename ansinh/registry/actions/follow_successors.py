"""Take residents of ended communes along to the communes that took these over."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.places.queries import list_paths, list_predecessors
from ansinh.platform import sql
from ansinh.platform.action import action
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
    whole = [one for one in list_predecessors(commune_codes, month.first_day) if one.part == "whole"]
    places = {
        "codes": [one.code for one in whole],
        "starts_on": [one.starts_on for one in whole],
        "ended_on": [one.ended_on for one in whole],
        "heirs": [one.heir_code for one in whole],
        "froms": [one.heir_from.first_day for one in whole],
    }
    moved = 0
    # One change at a time: an heir may have ended since.
    while whole and (step := sql.run("registry/follow_successors", {**places, "at": at})):
        moved += step
    return ResidentsFollowed(moved, len(list_unplaced_residents(commune_codes, month=month)))
