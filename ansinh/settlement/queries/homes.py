"""Where a month's money is settled: each commune with the old ones whose money it took over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ansinh.kernel.month import Month
from ansinh.places.queries import list_commune_codes, list_predecessors


@dataclass(frozen=True, slots=True)
class Home:
    """A commune whose month is settled. `members`: its own code and those of communes merged into it since, each with
    the last month that was settled under that code (None: this one still is).
    """

    code: str
    members: tuple[tuple[str, Month | None], ...]
    # An old commune that was divided: money nobody took over is settled where it was.
    is_divided: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for code, _ in self.members)


def homes_within(place_code: str, month: Month) -> tuple[Home, ...]:
    """The communes of a place in a month, then the old ones of its land that were divided; refuses (UnknownPlace)."""
    return homes_of(list_commune_codes(place_code, month.first_day), month)


def homes_of(communes: Iterable[str], month: Month) -> tuple[Home, ...]:
    """The homes of some communes of a month, divided old ones of their land included."""
    asked = tuple(dict.fromkeys(communes))
    ended = [former for former in list_predecessors(asked, month.first_day) if former.ended_on <= month.first_day]
    heirs = {former.code: former.heir_code for former in ended if former.part == "whole"}
    last: dict[str, date] = {}
    for former in ended:
        last[former.code] = max(last.get(former.code, date.min), former.ended_on)
    members: dict[str, list[tuple[str, Month | None]]] = {code: [(code, None)] for code in asked}
    divided = [former.code for former in ended if former.part == "split" and former.code not in members]
    members |= {code: [(code, None)] for code in divided}
    for code in heirs:
        home = _home_of(code, heirs, members)
        if home and home != code and code not in members:
            members[home].append((code, Month.containing(last[code] - timedelta(days=1))))
    return tuple(Home(code, tuple(found), code not in asked) for code, found in members.items())


def _home_of(code: str, heirs: dict[str, str], members: dict[str, list[tuple[str, Month | None]]]) -> str:
    """Where the money of an old commune went in the end, through every merger; "" when to none of these."""
    seen: set[str] = set()
    while code in heirs and code not in members and code not in seen:
        seen.add(code)
        code = heirs[code]
    return code if code in members else ""
