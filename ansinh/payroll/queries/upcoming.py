"""What the calendar does by itself: whose money changes in the coming days though nobody acts, and what to decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from ansinh.access.types import Actor
from ansinh.entitlement.queries import Law, count_stale, list_turns
from ansinh.entitlement.types import DecisionFound, Owed, Turn
from ansinh.kernel.birth import BirthDate
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.laws import law_at
from ansinh.payroll.rules import vi_coefficient
from ansinh.places.queries import list_commune_codes, list_commune_paths, path_of
from ansinh.platform import sql
from ansinh.policy import decision_rule, load_pack
from ansinh.registry.queries import CHANGE_NAMES
from ansinh.registry.types import birth_of

Proposed = Literal["start", "adjust", "switch", "stop", "renew"]
# The span a work list looks over when nobody says another, and the longest it can: births and laws beyond are guesses.
DEFAULT_DAYS, MOST_DAYS = 90, 370
AUTHORISATION = "authorisation"
# Papers about what the law did by itself tell nothing of why.
_PAPERS = ("adjust_grant", "record_grant")


class DaysOutOfRange(Refusal):
    """Số ngày xem trước phải từ 1 đến {most}, không phải {days}."""


@dataclass(frozen=True, slots=True)
class Level:
    """What is owed in a month: benefit, coefficient, đồng."""

    benefit: str
    coefficient: Decimal
    amount: Dong


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One thing the calendar does. `happens_on` None: only the month is known. `from_month`: the first list with it.

    `event`: age, child_age, cared_for_age, decision, facts, law or authorisation; `said` tells it without naming a
    category. `rule`: where the law says from when such a decision counts. `decision` None: none recorded yet.
    """

    person_id: int
    full_name: str
    sort_key: str
    birth: BirthDate
    commune_code: str
    hamlet: str
    event: str
    said: str
    happens_in: Month
    happens_on: date | None
    from_month: Month | None
    before: Level | None
    after: Level | None
    proposed: Proposed
    rule: str
    decision: DecisionFound | None


@dataclass(frozen=True, slots=True)
class UpcomingList:
    """The work list in the order of days. `stale`: people whose latest facts their spans do not know yet."""

    place_code: str
    first_day: date
    last_day: date
    rows: tuple[Upcoming, ...]
    stale: int


def list_upcoming(place_code: str, *, on: date, by: Actor, days: int = DEFAULT_DAYS) -> UpcomingList:
    """Whose line changes in the lists from the month of `on` to that of its last day, and whose authorisation ends.

    Somebody who reaches an age within the days and is paid for the last time in that month is named too, though the
    line changes the month after. Refuses a place outside the actor's areas (OutOfArea) and days out of range.
    """
    if not 1 <= days <= MOST_DAYS:
        raise DaysOutOfRange(days=days, most=MOST_DAYS)
    path = path_of(place_code, on)
    by.must_reach(path)
    last_day = on + timedelta(days=days)
    first, last = Month.containing(on), Month.containing(last_day)
    communes = list_commune_codes(place_code, on)
    law = law_at(path, first)
    turns = list_turns(communes, home_month=first, first=first, last=last + 1, law=law)
    amount = _amounts(place_code, on, law)
    rows = [_upcoming(turn, amount) for turn in turns]
    rows = [row for row in rows if row.from_month is None or row.from_month <= last or _happens_by(row, last_day)]
    asked = {"communes": list(communes), "month": first.first_day, "first_day": on, "last_day": last_day}
    rows += [_authorisation(row) for row in sql.rows("payroll/list_ending_authorisations", asked)]
    rows.sort(key=lambda row: (row.happens_on or row.happens_in.last_day, row.sort_key, row.person_id))
    return UpcomingList(place_code, on, last_day, tuple(rows), count_stale(communes, first, law=law))


def _happens_by(row: Upcoming, last_day: date) -> bool:
    if row.happens_on is not None:
        return row.happens_on <= last_day
    return row.happens_in <= Month.containing(last_day)


def _amounts(place_code: str, on: date, law: Law) -> Callable[[str, Owed | None, Month], Level | None]:
    """What a side of a turn is worth in a month, at the standard amount of its commune."""
    paths = list_commune_paths(place_code, on)

    @cache
    def base(commune: str, key: str, month: Month) -> Dong | None:
        found = law.pack.find_amount(key, month, paths[commune], law.levels_not_taken)
        return None if found is None else found.dong

    def level(commune: str, owed: Owed | None, month: Month) -> Level | None:
        standard = None if owed is None else base(commune, law.pack.category(owed.benefit).amount_key, month)
        if owed is None or standard is None:
            return None
        amount = standard.times(owed.coefficient) - owed.deducted
        return Level(owed.benefit, owed.coefficient, amount)

    return level


def _upcoming(turn: Turn, level: Callable[[str, Owed | None, Month], Level | None]) -> Upcoming:
    first = next(iter(turn.happenings), None)
    return Upcoming(
        person_id=turn.person_id,
        full_name=turn.full_name,
        sort_key=turn.sort_key,
        birth=turn.birth,
        commune_code=turn.commune_code,
        hamlet=turn.hamlet,
        event=first.kind if first else "facts",
        said=said_of(turn),
        happens_in=first.happens_in if first else turn.month,
        happens_on=first.happens_on if first else None,
        from_month=turn.month,
        before=level(turn.commune_code, turn.before, turn.month + -1),
        after=level(turn.commune_code, turn.after, turn.month),
        proposed=turn.asks,
        rule=decision_rule(turn.asks, turn.month, load_pack()),
        decision=turn.decision,
    )


def _authorisation(row: dict[str, Any]) -> Upcoming:
    until: date = row["authorised_until"]
    return Upcoming(
        person_id=row["person_id"],
        full_name=row["full_name"],
        sort_key=row["sort_key"],
        birth=birth_of(row["born_on"], row["birth_precision"]),
        commune_code=row["commune_code"],
        hamlet=row["hamlet"],
        event=AUTHORISATION,
        said="giấy ủy quyền nhận thay hết hạn",
        happens_in=Month.containing(until),
        happens_on=until,
        from_month=None,
        before=None,
        after=None,
        proposed="renew",
        rule="",
        decision=None,
    )


def said_of(turn: Turn) -> str:
    """What makes the turn, naming no category: birthdays, laws, dates of decisions; else the change recorded."""
    recorded = CHANGE_NAMES.get(turn.decision.kind, "") if turn.decision and turn.decision.kind not in _PAPERS else ""
    if recorded and not any(one.kind.endswith("age") for one in turn.happenings):
        return f"{recorded[0].lower()}{recorded[1:]} (đã ghi)"
    return "; ".join(dict.fromkeys(one.said for one in turn.happenings)) or "mức hưởng thay đổi"


def missing_decision(turn: Turn) -> str:
    """That the law changed or ended what somebody is paid and the paper is missing: what, since when, what to do."""
    last = turn.month + -1
    if turn.after is None or turn.before is None:
        happened = f"hưởng hết tháng {last.vi}, danh sách đã thôi chi từ tháng {turn.month.vi}"
        paper, way = "quyết định thôi hưởng", "Ghi thôi hưởng"
    else:
        levels = f"hệ số {vi_coefficient(turn.before.coefficient)} → {vi_coefficient(turn.after.coefficient)}"
        moved = turn.asks == "switch"
        what = f"chuyển diện hưởng, {levels}" if moved else levels
        happened = f"{what} từ tháng {turn.month.vi}, danh sách đã tính theo luật"
        paper, way = "quyết định điều chỉnh", "Ghi quyết định điều chỉnh"
    rule = decision_rule(turn.asks, turn.month, load_pack())
    return (
        f"{turn.full_name} {said_of(turn)}: {happened} ({rule}) nhưng sổ chưa ghi {paper}. "
        f'Hãy ban hành {paper} và ghi vào sổ ("{way}").'
    )
