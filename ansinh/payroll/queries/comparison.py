"""Two months of a place side by side: who joined, who left, whose amount changed, why and by which decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Min

from ansinh.access.types import Actor
from ansinh.entitlement.queries import Law, list_turns
from ansinh.kernel.birth import BirthDate
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.laws import law_of
from ansinh.payroll.models import Run
from ansinh.payroll.queries.upcoming import said_of
from ansinh.payroll.rules import Evidence, Listed, vi_coefficient, why, why_moved
from ansinh.payroll.staging import benefits_without_amount
from ansinh.payroll.states import ASSISTANCE
from ansinh.places.queries import list_commune_codes, list_paths, list_predecessors, path_of
from ansinh.platform import sql
from ansinh.registry.queries import CHANGE_NAMES
from ansinh.registry.types import KINDS_NEVER_ABOUT_MONEY, birth_of

JOINED, LEFT, CHANGED = "joined", "left", "changed"


class MonthNotListed(Refusal):
    """{place} chưa có danh sách đã tính của tháng {month}, nên chưa so sánh được. Hãy chọn tháng khác, hoặc lập danh
    sách tháng đó trước."""


class SameMonth(Refusal):
    """Hãy chọn hai tháng khác nhau để so sánh; cả hai đang là tháng {month}."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two months' regular money, in đồng, with its reason in Vietnamese.

    `cause`: first_list, decision, change, proposal, moved, calendar, levels, law or unexplained. The decision is that
    of the recorded change where it has one, else the grant's own.
    """

    kind: str
    person_id: int
    grant_id: int
    full_name: str
    birth: BirthDate
    hamlet: str
    commune_code: str
    benefit: str
    before_dong: Dong
    now_dong: Dong
    before_coefficient: Decimal | None
    now_coefficient: Decimal | None
    decision_no: str
    decided_on: date | None
    # The month the decision names; lists may take somebody in later.
    granted_from: Month
    reason: str
    cause: str


def compare_with_month_before(run: Run, *, by: Actor) -> list[Change]:
    """Every joiner, leaver and changed amount against the approved lists of the month before, in printed order.

    Of a run not yet computed nothing can be said, and nothing is. Somebody whose benefit became another one has
    changed: they neither left nor joined.
    """
    by.must_reach(path_of(run.place_code, run.month.first_day))
    return [] if run.computed_at is None else _compare([run], run.place_code, run.month, run.month + -1)


def compare_months(
    place_code: str, month: Month, other: Month, *, by: Actor, programme: str = ASSISTANCE
) -> list[Change]:
    """Every joiner, leaver and changed amount of a place and programme from the earlier to the later of two months.

    The later month's lists may still be in hand; of the earlier one only approved lists count. Refuses a place outside
    the actor's areas (OutOfArea), one month twice (SameMonth) and a month without any list (MonthNotListed).
    """
    if month == other:
        raise SameMonth(month=month.vi)
    earlier, later = sorted((month, other))
    path = path_of(place_code, later.first_day)
    by.must_reach(path)
    computed = Run.objects.filter(month=later, programme=programme, computed_at__isnull=False)
    runs = [run for run in computed.exclude(state="CANCELLED") if _touch(run, path)]
    if not runs:
        raise MonthNotListed(place=place_code, month=later.vi)
    before = _before(list_commune_codes(place_code, later.first_day), later, earlier, programme)
    if not before.runs:
        raise MonthNotListed(place=place_code, month=earlier.vi)
    return _compare(runs, place_code, later, earlier)


def list_unexplained(run: Run) -> list[Change]:
    """What differs from the month before while nothing recorded, and no date of the law, says why."""
    return _compare([run], run.place_code, run.month, run.month + -1, only_unexplained=True)


def told_change(change: Change) -> str:
    """What the difference is, in a few words: for a finding."""
    if change.kind == JOINED:
        return f"có thêm {change.now_dong} đồng"
    if change.kind == LEFT:
        return f"không còn {change.before_dong} đồng"
    levels = ""
    if change.before_coefficient and change.now_coefficient and change.before_coefficient != change.now_coefficient:
        levels = f" (hệ số {vi_coefficient(change.before_coefficient)} → {vi_coefficient(change.now_coefficient)})"
    return f"{change.before_dong} → {change.now_dong} đồng{levels}"


def _touch(run: Run, path: tuple[str, ...]) -> bool:
    """Whether a run's place contains the place of the path or lies in it."""
    return run.place_code in path or path[0] in path_of(run.place_code, run.month.first_day)


@dataclass(frozen=True, slots=True)
class _Before:
    """The earlier month: its approved runs that list these communes or what became them, and which are listed."""

    runs: tuple[Run, ...]
    communes: tuple[str, ...]
    listed: tuple[str, ...]


def _before(communes: tuple[str, ...], month: Month, earlier: Month, programme: str) -> _Before:
    older = [one for one in list_predecessors(communes, month.first_day) if one.part == "whole"]
    codes = (*communes, *(one.code for one in older))
    paths = list_paths(codes, earlier.first_day)
    # Of the country's thousands only those that list one of these communes, whatever level they were opened at.
    places = {code for path in paths.values() for code in path}
    standing = Run.objects.filter(month=earlier, programme=programme, state="APPROVED", place_code__in=places)
    approved = {run.place_code: run for run in standing}
    covered = {code for code, path in paths.items() if not approved.keys().isdisjoint(path)}
    heirs = {one.heir_code for one in older if one.code in covered}
    listed = tuple(code for code in communes if code in covered or code in heirs)
    runs = {run.pk: run for code in covered for at in paths[code] if (run := approved.get(at)) is not None}
    return _Before(tuple(runs.values()), codes, listed)


def _compare(
    runs: list[Run], place_code: str, month: Month, earlier: Month, *, only_unexplained: bool = False
) -> list[Change]:
    communes = list_commune_codes(place_code, month.first_day)
    # Only runs of one programme are compared together.
    before = _before(communes, month, earlier, runs[0].programme)
    levels = any(_differ(runs, before.runs, column) for column in ("levels_not_taken", "level_packs"))
    rows = sql.rows(
        "payroll/compare_months",
        {
            "run_ids": [run.pk for run in runs],
            "run_ids_before": [run.pk for run in before.runs],
            "month": month.first_day,
            "month_before": earlier.first_day,
            "programme": runs[0].programme,
            "communes": list(communes),
            "communes_before": list(before.communes),
            "listed_communes": list(before.listed),
            "since": min((run.opened_at for run in before.runs), default=None) or _first_opening(),
            "never_about_money": [kind for kind in KINDS_NEVER_ABOUT_MONEY if kind != "undo_change"],
            "levels_differ": levels,
            "without_amount": list(benefits_without_amount(runs[0], month)),
            "packs_differ": _differ(runs, before.runs, "pack_digest"),
            "only_unexplained": only_unexplained,
        },
    )
    said = {} if only_unexplained or not rows else _said(communes, month, earlier, law_of(runs[0]))
    return _moves_joined([_change(row, month, said, levels_differ=levels) for row in rows])


def _differ(runs: list[Run], before: tuple[Run, ...], column: str) -> bool:
    return bool(before) and {getattr(run, column) for run in runs} != {getattr(run, column) for run in before}


def _first_opening() -> Any:
    """Where nothing was listed in the earlier month, whatever was recorded since the first list may be why."""
    return Run.objects.aggregate(first=Min("opened_at"))["first"]


def _said(communes: tuple[str, ...], month: Month, earlier: Month, law: Law) -> Mapping[int, str]:
    """By person what the calendar did between two months, in words; the latest counts."""
    turns = list_turns(communes, home_month=month, first=earlier + 1, last=month, law=law)
    return {turn.person_id: said_of(turn) for turn in turns if turn.happenings}


def _moves_joined(changes: list[Change]) -> list[Change]:
    """The changes with each person's one lost and one new benefit told as one change, in the place of the first."""
    of_person: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        of_person[change.person_id].append(change)
    told: list[Change] = []
    for change in changes:
        own = sorted(of_person[change.person_id], key=lambda one: one.kind == JOINED)
        if [one.kind for one in own] != [LEFT, JOINED]:
            told.append(change)
        elif change is of_person[change.person_id][0]:
            left, joined = own
            told.append(
                replace(
                    joined,
                    kind=CHANGED,
                    before_dong=left.before_dong,
                    before_coefficient=left.before_coefficient,
                    reason=why_moved(joined.reason),
                )
            )
    return told


def _listed(row: dict[str, Any], when: str) -> Listed | None:
    if row[f"{when}_dong"] is None:
        return None
    starts = Month.containing(row["span_starts"]) if row["span_starts"] else Month(0)
    return Listed(
        coefficient=row[f"{when}_coefficient"],
        base_dong=Dong(row[f"{when}_base_dong"]),
        amount_dong=Dong(row[f"{when}_dong"]),
        starts=starts,
        reason=row["span_reason"] or "",
    )


def _evidence(row: dict[str, Any], said: Mapping[int, str], *, levels_differ: bool) -> Evidence:
    kind = row["change_kind"] or ""
    return Evidence(
        had_list=row["had_list"],
        by_dates=row["is_by_dates"],
        first_listed=row["is_first_listed"],
        unexplained=row["is_unexplained"],
        change_kind=kind,
        change_name="Hoàn tác biến động đã ghi" if row["change_undone_kind"] else CHANGE_NAMES.get(kind, ""),
        change_on=row["change_effective_on"],
        change_is_of_grant=bool(row["change_is_of_grant"]),
        proposal_accepted=row["proposal_at"] is not None,
        moved_from=Month.containing(row["home_starts"]) if row["home_starts"] else None,
        levels_differ=levels_differ,
        calendar=said.get(row["person_id"], ""),
        grant_ends=Month.containing(row["granted_ends"]) if row["granted_ends"] else None,
        lost=row["lost_reason"] or "",
        without_amount=row["is_without_amount"],
    )


def _change(row: dict[str, Any], month: Month, said: Mapping[int, str], *, levels_differ: bool) -> Change:
    before, now = _listed(row, "before"), _listed(row, "now")
    cause, reason = why(before, now, _evidence(row, said, levels_differ=levels_differ), month=month)
    by_change = cause == "change" and bool(row["change_no"])
    return Change(
        kind=LEFT if now is None else JOINED if before is None else CHANGED,
        person_id=row["person_id"],
        grant_id=row["grant_id"],
        full_name=row["full_name"],
        birth=birth_of(row["born_on"], row["birth_precision"]),
        hamlet=row["hamlet"],
        commune_code=row["commune_code"],
        benefit=row["benefit"],
        before_dong=before.amount_dong if before else Dong(0),
        now_dong=now.amount_dong if now else Dong(0),
        before_coefficient=row["before_coefficient"],
        now_coefficient=row["now_coefficient"],
        decision_no=row["change_no"] if by_change else row["decision_no"],
        decided_on=row["change_decided_on"] if by_change else row["decided_on"],
        granted_from=Month.containing(row["granted_starts"]),
        reason=reason,
        cause=cause,
    )
