"""Which orders a question has to look at: among a nation's, by the narrowest of what is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ansinh.access.queries import reach_of
from ansinh.access.types import EVERYWHERE, Actor
from ansinh.kernel.month import Month
from ansinh.places.queries import days_within, know_places, list_codes_reached, list_meanings
from ansinh.platform import sql
from ansinh.platform.row_security import whole_view
from ansinh.registry.queries import find_people

# Of a name so many people are looked up where nothing else narrows the search.
_PEOPLE = 500
# Above this nothing is cut: papers ask for everything.
_ALL = 1_000_000
# As homes are now.
_NOW = Month.containing(date.max)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """By what orders are found, as parameters of `list_orders`; whether older ones, or more people, were left out."""

    columns: dict[str, Any]
    is_cut: bool = False


def narrowed_by(asked: Mapping[str, Any], by: Actor, *, most: int) -> Narrowed:
    """How to find the candidates of a question whose parameters are `asked`."""
    ways: tuple[tuple[str, object, dict[str, Any]], ...] = (
        ("orders", asked["order_ids"] is not None, {}),
        ("people", asked["person_id"], {"people": [asked["person_id"]]}),
        ("batches", asked["batch_id"], {"batches": [asked["batch_id"]]}),
        ("run", asked["run_id"], {}),
        ("communes", asked["communes"] is not None, {"near": asked["communes"]}),
    )
    for way, narrows, columns in ways:
        if narrows:
            return _found_by(way, **columns)
    batches, is_cut = _newest_batches(asked, by, most)
    if not asked["name"] or most > _ALL:
        return _found_by("batches", batches=batches, is_cut=is_cut)
    # Whose name it is now, beside the newest lists, which say what it was.
    people = find_people(asked["name"], by=by, month=_NOW, limit=_PEOPLE + 1)
    ids = [one.person_id for one in people[:_PEOPLE]]
    return _found_by("people", "batches", people=ids, batches=batches, is_cut=len(people) > _PEOPLE)


def _found_by(
    *ways: str, people: Sequence[int] = (), batches: Sequence[int] = (), near: Sequence[str] = (), is_cut: bool = False
) -> Narrowed:
    columns = {"by": list(ways), "people": list(people), "batches": list(batches), "near": list(near)}
    return Narrowed(columns, is_cut)


def _newest_batches(asked: Mapping[str, Any], by: Actor, most: int) -> tuple[list[int], bool]:
    places = None if EVERYWHERE in by.areas else list(list_codes_reached(tuple(sorted(by.areas)))[1])
    within = {name: asked[name] for name in ("month", "before", "payer")}
    rows = sql.rows("payout/list_newest_batches", {**within, "places": places, "most": most})
    return [row["id"] for row in rows], any(row["is_last"] for row in rows)


def reached_communes(by: Actor) -> list[str] | None:
    """The communes the actor may see orders of, by their codes in the months they listed; None for all."""
    if EVERYWHERE in by.areas:
        return None
    areas = frozenset(by.areas)
    codes = days_within(tuple(sorted(areas)))
    know_places(codes)
    always = {code for code in codes if all(not areas.isdisjoint(one.path) for one in list_meanings(code))}
    if len(always) == len(codes):
        return sorted(always)
    reaches = reach_of(by)
    # Codes and months alone, of whoever's list: a commune's orders may be of its district's run, which it does not see.
    with whole_view():
        places = sql.rows("payout/list_standing_places", {"codes": sorted(set(codes) - always)})
    return sorted(always | {row["commune_code"] for row in places if reaches(row["commune_code"], row["month"])})
