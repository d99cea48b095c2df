"""What pages show at a glance: sums of the runs on a page in one question, names of who did a step, a run's history.

The runs come from `payroll.queries`, which keep to the actor's areas; nothing here opens more than was opened there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from ansinh.access.queries import list_user_names, reach_columns
from ansinh.access.types import Actor
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payroll.queries import Run, list_paid_together, runs_by_id
from ansinh.platform import sql
from ansinh.platform.models import AuditEntry
from ansinh.platform.row_security import whole_view
from ansinh.web.money import MoneySums
from ansinh.web.types import HistoryRow, RunSums
from ansinh.web.wording import VERBS_DONE

# How many rows, and after how many.
Cut: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class BoardPart:
    """Runs in hand, or ended ones, as one page of the board shows them, and how many there are."""

    runs: tuple[Run, ...]
    settled: frozenset[int]
    found: int


def board_of(by: Actor, month: Month | None, *, in_hand: Cut, ended: Cut) -> tuple[BoardPart, BoardPart]:
    """The actor's runs in hand and ended, of one month or of all: a page of each.

    A cut beyond the end shows nothing and counts nothing; ask again from the beginning.
    """
    asked = {
        **reach_columns(by),
        "month": month.first_day if month else None,
        "limit": in_hand[0],
        "offset": in_hand[1],
        "ended_limit": ended[0],
        "ended_offset": ended[1],
    }
    rows = sql.rows("web/list_board", asked)
    runs = runs_by_id((row["id"] for row in rows), by=by)
    parts = [[row for row in rows if row["part"] == part and row["id"] in runs] for part in ("in_hand", "ended")]
    first, second = (
        BoardPart(
            tuple(runs[row["id"]] for row in part),
            frozenset(row["id"] for row in part if row["is_settled"]),
            part[0]["found"] if part else 0,
        )
        for part in parts
    )
    return first, second


def sums_by_run(runs: Sequence[Run]) -> dict[int, RunSums]:
    """The sums of each run, by its id."""
    return {
        row["run_id"]: RunSums(
            lines=row["lines"],
            people=row["people"],
            total_dong=Dong(row["amount_dong"]),
            open_blocking=row["blocking"],
            open_warnings=row["warnings"],
        )
        for row in sql.rows("web/sum_each_run", {"run_ids": [run.pk for run in runs]})
    }


def money_of(run: Run, *, listed_dong: Dong) -> MoneySums:
    """How far the money of one run has come."""
    return money_by_run([run], listed={run.pk: listed_dong})[run.pk]


def money_by_run(runs: Sequence[Run], *, listed: Mapping[int, Dong]) -> dict[int, MoneySums]:
    """How far the money of each approved run has come, by its id; `listed` holds what their lists say.

    Of runs paid together it is the payment's, which the leading one's orders carry: all their lists together.
    """
    lead_of = {run.pk: run.paid_with_id or run.pk for run in runs}
    lists = _listed_together(runs, listed)
    settled = settled_by_run(runs)
    rows = {row["run_id"]: row for row in sql.rows("web/sum_each_money", {"run_ids": sorted(set(lead_of.values()))})}
    return {
        run_id: MoneySums.of({**rows[lead_id], **settled.get(run_id, {})}, listed_dong=lists[lead_id])
        for run_id, lead_id in lead_of.items()
    }


def _listed_together(runs: Sequence[Run], listed: Mapping[int, Dong]) -> dict[int, Dong]:
    """What the approved lists of each payment come to, by its leading run."""
    together = [
        one for one in list_paid_together(run.paid_with_id or run.pk for run in runs) if one.state == "APPROVED"
    ]
    others = sums_by_run([run for run in together if run.pk not in listed])
    sums: dict[int, Dong] = {}
    for run in together:
        lead_id = run.paid_with_id or run.pk
        said = listed[run.pk] if run.pk in listed else others[run.pk].total_dong
        sums[lead_id] = sums.get(lead_id, Dong(0)) + said
    return sums


def settled_by_run(runs: Sequence[Run]) -> dict[int, dict[str, int]]:
    """How many communes each run's list has, and how many are confirmed and settled."""
    rows = sql.rows("web/count_each_settlement", {"run_ids": [run.pk for run in runs]})
    return {row["run_id"]: {key: row[key] for key in ("communes", "confirmed", "closed")} for row in rows}


def names_of(user_ids: Iterable[int | None]) -> dict[int, str]:
    """Full names by user id; ids nobody has are left out."""
    return list_user_names(user_id for user_id in user_ids if user_id)


def doers_of(runs: Iterable[Run]) -> dict[int, str]:
    """The names of all who opened, submitted or approved these runs."""
    return names_of(
        user_id for run in runs for user_id in (run.opened_by, run.submitted_by, run.approved_by, run.countersigned_by)
    )


def history_of(run: Run, *, by: Actor) -> list[HistoryRow]:
    """Who did what to the run and when, newest first, from the audit trail; `by` has opened the run already."""
    entries = AuditEntry.objects.filter(action__in=list(VERBS_DONE), at__gte=run.opened_at, facts__run_id=run.pk)
    with whole_view():
        told = list(entries.order_by("-at", "-pk")[:200])
    return [HistoryRow(one.at, one.actor_name, str(VERBS_DONE[one.action]), _said(one.facts)) for one in told]


def _said(facts: dict[str, Any]) -> str:
    return str(facts.get("reason", ""))
