"""Orders made of approved lists and given to the payers: what each step costs a list, beside its rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from bench.figure import Figure
from bench.ground import Ground, desk
from bench.months import first_payroll

if TYPE_CHECKING:
    from ansinh.payroll.models import Run

Part = TypeVar("Part")
Made = TypeVar("Made")

# Lists measured, of the 3,321 of the country.
_LISTS, _QUICK_LISTS, _COUNTRY = 100, 3, 3_321


def measure_orders(ground: Ground) -> list[Figure]:
    """Of the first month's approved lists those with the most people, in as many sessions as the ground has:
    milliseconds a list. Money is sent between the two steps; sending it is not measured.
    """
    from ansinh.ops.acting import now
    from ansinh.payout.actions import issue_orders, release_batch
    from ansinh.payroll.models import RosterEntry

    by = desk()
    runs = _largest(_QUICK_LISTS if ground.quick else _LISTS)
    people = RosterEntry.objects.filter(run__in=runs).count()
    issue, issued = _timed(
        [run.pk for run in runs], lambda run_id: issue_orders(run_id=run_id, by=by.officer, at=now()), ground
    )
    batches = [batch_id for one in issued for batch_id in one.batch_ids]
    _send_money(runs)
    release, _ = _timed(batches, lambda batch_id: release_batch(batch_id=batch_id, by=by.finance, at=now()), ground)
    told = partial(_figure, lists=len(runs), people=people, ground=ground)
    return [told("issue", "issue orders", issue), told("release", f"release {len(batches):,} batches", release)]


def _largest(most: int) -> list[Run]:
    """Those without orders so far: measured again, others are taken."""
    from django.db.models import Count

    from ansinh.payout.models import Order
    from ansinh.payroll.models import Run

    without = Run.objects.exclude(pk__in=Order.objects.values("run_id"))
    approved = without.filter(month=first_payroll(), state="APPROVED").annotate(people=Count("roster"))
    return list(approved.order_by("-people", "place_code")[:most])


def _timed(parts: Iterable[Part], work: Callable[[Part], Made], ground: Ground) -> tuple[float, list[Made]]:
    from ansinh.platform.sessions import run_in_sessions

    began = time.perf_counter()
    done = run_in_sessions(list(parts), work, sessions=ground.workers)
    return time.perf_counter() - began, done


def _send_money(runs: Iterable[Run]) -> None:
    from ansinh.ops.month_pay import send_money
    from ansinh.payout.queries import list_batches

    by = desk()
    for run in runs:
        for code, settles in sorted({(one.payer, one.month) for one in list_batches(by=by.officer, run_id=run.pk)}):
            send_money(code, run, settles, by.finance)


def _figure(name: str, told: str, seconds: float, *, lists: int, people: int, ground: Ground) -> Figure:
    return Figure(
        name=name,
        told=f"{told}: a list of {people // lists} people",
        seconds=(seconds,),
        count=lists,
        of="lists",
        value=1000 * seconds / lists,
        unit="ms a list",
        beside={"country_minutes": round(seconds / lists * _COUNTRY / 60, 1), "sessions": ground.workers},
    )
