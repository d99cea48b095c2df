"""This month beside the month before: who joined, who left, whose amount changed, and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from ansinh.access.types import Actor
from ansinh.kernel.birth import BirthDate
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payroll.models import Run
from ansinh.payroll.rules import Listed, why_changed, why_joined, why_moved
from ansinh.places.queries import list_commune_codes, list_predecessors, path_of
from ansinh.platform import sql
from ansinh.registry.types import birth_of

JOINED, LEFT, CHANGED = "joined", "left", "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two months' regular money, in đồng, with its reason in Vietnamese."""

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


def compare_with_month_before(run: Run, *, by: Actor) -> list[Change]:
    """Every joiner, leaver and changed amount against the approved lists of the month before, in printed order.

    Of a run not yet computed nothing can be said, and nothing is. Somebody whose benefit became another one has
    changed: they neither left nor joined.
    """
    by.must_reach(path_of(run.place_code, run.month.first_day))
    if run.computed_at is None:
        return []
    communes = list_commune_codes(run.place_code, run.month.first_day)
    taken_over = [one.code for one in list_predecessors(communes, run.month.first_day) if one.part == "whole"]
    had_previous = Run.objects.filter(month=run.month + -1, state="APPROVED").exists()
    rows = sql.rows(
        "payroll/compare_months",
        {
            "run_id": run.pk,
            "month": run.month.first_day,
            "month_before": (run.month + -1).first_day,
            "communes": [*communes, *taken_over],
        },
    )
    return _moves_joined([_change(row, run.month, had_previous) for row in rows])


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


def _change(row: dict[str, Any], month: Month, had_previous: bool) -> Change:
    before, now = _listed(row, "before"), _listed(row, "now")
    if now is None:
        kind, reason = LEFT, row["lost_reason"] or "Không còn quyết định hưởng ở địa bàn này"
    elif before is None:
        kind, reason = JOINED, why_joined(now, month=month, had_previous_run=had_previous)
    else:
        kind, reason = CHANGED, why_changed(before, now)
    return Change(
        kind=kind,
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
        decision_no=row["decision_no"],
        decided_on=row["decided_on"],
        granted_from=Month.containing(row["granted_starts"]),
        reason=reason,
    )
