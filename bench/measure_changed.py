"""A month in which the facts of two in a hundred moved, some months back: what looking back costs beside the month."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from bench.figure import Figure
from bench.ground import Ground
from bench.months import computed, count_lines, forget_lines, next_payroll, refreshed

if TYPE_CHECKING:
    from ansinh.kernel.month import Month

_SHARE = 50
# Deaths told three months late, as `registry.record_death` writes them, and everybody concerned looked at again.
_DEATHS = """
WITH told AS (
    INSERT INTO registry_change (
        person_id, kind, effective_on, facts, decision_no, evidence, reason, recorded_at, recorded_by
    )
    SELECT person.id, 'death', %(died_on)s, '{}', '', '', 'Đo tốc độ', now(), 0
    FROM registry_person AS person
    INNER JOIN payroll_rosterentry AS entry ON person.id = entry.person_id AND entry.month = %(month)s
    WHERE entry.programme = 'assistance' AND person.merged_into_id IS NULL AND person.born_on < %(died_on)s
        AND person.id %% %(share)s = 0
        AND NOT EXISTS (SELECT FROM registry_change AS known WHERE known.person_id = person.id AND known.kind = 'death')
    RETURNING person_id
),
concerned AS (
    SELECT person_id FROM told
    UNION
    SELECT carer.person_id FROM registry_grant AS carer INNER JOIN told ON carer.cared_for_id = told.person_id
    UNION
    SELECT other.person_id
    FROM registry_grant AS own
    INNER JOIN told ON own.person_id = told.person_id
    INNER JOIN registry_grant AS other ON own.cared_for_id = other.cared_for_id
)
UPDATE registry_person AS person SET facts_version = person.facts_version + 1
FROM concerned WHERE person.id = concerned.person_id
"""


class AlreadyTold(Exception):
    """Nobody is left to tell a death of."""


def measure_changed(ground: Ground) -> list[Figure]:
    """The month computed as it stands, then with the deaths: the retro part is what they add, everybody in both."""
    month = next_payroll()
    plain = _computed_anew(ground, month)
    changed = _tell_deaths(month)
    if not changed:
        raise AlreadyTold("the deaths were told before: remove the database (--clean) and begin again")
    spans = refreshed(month, ground)
    with_deaths = _computed_anew(ground, month)
    found = _count_recoveries(month)
    retro = tuple(max(one - statistics.median(plain), 0.0) for one in with_deaths)
    told = "2 % changed three months back: what that adds to the month's computation"
    note = f"{changed:,} people's facts moved: {found:,} lines of recovery among {count_lines(month):,}."
    return [
        Figure(
            "changed", told, retro, "the whole month computed", plain, count=changed, of="people", goal=0.1,
            notes=(note,),
        ),
        Figure(
            "changed_spans", "decide those 2 % anew", (spans.seconds,), count=changed, of="people",
            peak_mb=spans.peak_mb,
        ),
    ]  # fmt: skip


def _computed_anew(ground: Ground, month: Month) -> tuple[float, ...]:
    taken = []
    for _ in range(ground.rounds):
        forget_lines(month)
        taken.append(computed(month, ground.workers))
    return tuple(taken)


def _tell_deaths(month: Month) -> int:
    from django.db import connection

    died_on = (month + -3).first_day.replace(day=15)
    with connection.cursor() as cursor:
        cursor.execute(_DEATHS, {"month": month.first_day, "died_on": died_on, "share": _SHARE})
        return int(cursor.rowcount)


def _count_recoveries(month: Month) -> int:
    from ansinh.payroll.models import Line

    return Line.objects.filter(payroll_month=month, kind="recovery").count()
