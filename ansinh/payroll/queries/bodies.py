"""Whose month it is: the deciding bodies of a place, or of the country."""

from __future__ import annotations

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.places.queries import deciding_bodies, get_place, list_children, list_predecessors
from ansinh.registry.queries import list_inhabited_codes


def list_bodies(place_code: str, month: Month, *, by: Actor) -> list[str]:
    """Codes of the deciding bodies of a place, or without one of the country within the actor's areas.

    Of several, communes nobody ever was at home in, there or in what became part of them, are left out: to ask each of
    the country's communes whom it owes takes longer than the lists.
    """
    day = month.first_day
    if place_code:
        place = get_place(place_code, day)
        bodies = [body for body in deciding_bodies(place, day) if place.code in body.path] or [place]
    else:
        everywhere = [body for province in list_children(None, day) for body in deciding_bodies(province, day)]
        bodies = [body for body in everywhere if by.reaches(body.path)]
        if not bodies:
            by.must_reach(everywhere[0].path)
    if len(bodies) == 1:
        return [bodies[0].code]
    homes = set(list_inhabited_codes())
    homes |= {one.heir_code for one in list_predecessors([body.code for body in bodies], day) if one.code in homes}
    return [body.code for body in bodies if body.kind != "commune" or body.code in homes] or [bodies[0].code]
