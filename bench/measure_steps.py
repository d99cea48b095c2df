"""What each step of the month costs a list, beside its lines: a province's lists, each step over all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bench.figure import Figure
from bench.ground import Desk, Ground, desk

if TYPE_CHECKING:
    from ansinh.kernel.month import Month

# Lists measured, of the 3,321 of the country.
_LISTS, _QUICK_LISTS, _COUNTRY = 100, 3, 3_321


def measure_steps(ground: Ground) -> list[Figure]:
    """A month nobody opened yet, opened to released, in as many sessions as the ground has: milliseconds a list.

    Leaves that month's lists behind, approved and paid out, for these communes only: to be measured last.
    """
    played = _Played(desk(), ground, _next_month())
    played.play()
    return [
        Figure(
            name=f"step_{name}",
            told=f"{told}, a list of {played.people // max(played.lists, 1)} people",
            seconds=(seconds,),
            count=played.lists,
            of="lists",
            value=1000 * seconds / played.lists,
            unit="ms a list",
            beside={"country_minutes": round(seconds / played.lists * _COUNTRY / 60, 1), "sessions": ground.workers},
        )
        for name, told, seconds in played.taken
    ]


@dataclass
class _Played:
    """One month on its way, timed step by step."""

    desk: Desk
    ground: Ground
    month: Month
    lists: int = 0
    people: int = 0
    taken: list[tuple[str, str, float]] = field(default_factory=list)

    def play(self) -> None:
        """Every step of the command line, money sent between issue and release."""
        from ansinh.ops.acting import now
        from ansinh.payout.actions import issue_orders, release_batch
        from ansinh.payroll.actions import approve_run, check_run, compute_run, open_run, submit_run

        officer, approver = self.desk.officer, self.desk.approver
        opened = self._timed(
            "open", "open, nothing to decide", self._communes(),
            lambda code: open_run(place_code=code, month=self.month, by=officer, at=now()),
        )  # fmt: skip
        self.lists, self.people = len(opened), sum(run.people for run in opened)
        runs = [run.run_id for run in opened]
        self._timed("compute", "compute", runs, lambda run: compute_run(run_id=run, by=officer, at=now()))
        self._timed("check", "check", runs, lambda run: check_run(run_id=run, by=officer, at=now()))
        self._clear(runs)
        self._timed("submit", "submit", runs, lambda run: submit_run(run_id=run, by=officer, at=now()))
        self._timed("approve", "approve", runs, lambda run: approve_run(run_id=run, by=approver, at=now()))
        issued = self._timed("issue", "issue orders", runs, lambda run: issue_orders(run_id=run, by=officer, at=now()))
        batches = [batch for one in issued for batch in one.batch_ids]
        self._send_money(batches)
        self._timed(
            "release", "release", batches,
            lambda batch: release_batch(batch_id=batch, by=self.desk.finance, at=now()),
        )  # fmt: skip

    def _timed(self, name: str, told: str, parts: Sequence[Any], work: Callable[[Any], Any]) -> list[Any]:
        from ansinh.platform.sessions import run_in_sessions

        began = time.perf_counter()
        done = run_in_sessions(parts, work, sessions=self.ground.workers)
        self.taken.append((name, told, time.perf_counter() - began))
        return done

    def _communes(self) -> list[str]:
        """Those with the most people; their spans brought up to date before, which is measured by itself."""
        from django.db import connection

        from ansinh.ops.acting import now
        from ansinh.payroll.actions import refresh_spans

        most = _QUICK_LISTS if self.ground.quick else _LISTS
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT home.commune_code FROM registry_residence AS home"
                " INNER JOIN places_unit AS unit ON home.commune_code = unit.code AND unit.validity @> %s::date"
                " WHERE home.ends IS NULL AND unit.kind = 'commune'"
                " GROUP BY home.commune_code ORDER BY count(*) DESC, home.commune_code LIMIT %s",
                [self.month.first_day, most],
            )
            codes = [code for (code,) in cursor.fetchall()]
        for code in codes:
            refresh_spans(place_code=code, month=self.month, by=self.desk.officer, at=now())
        return codes

    def _clear(self, runs: Sequence[int]) -> None:
        from ansinh.ops.acting import now
        from ansinh.payroll.actions import clear_finding
        from ansinh.payroll.queries import get_run, list_findings

        for run_id in runs:
            for found in list_findings(get_run(run_id, by=self.desk.officer), severity="blocking"):
                if found.cleared_at is None:
                    clear_finding(
                        run_id=run_id, finding_id=found.pk, reason="đo thời gian", by=self.desk.officer, at=now()
                    )

    def _send_money(self, batch_ids: Sequence[int]) -> None:
        """Budget and transfer for every list and payer, as much as the batches need."""
        from ansinh.funds.actions import assign_budget, record_transfer, request_transfer
        from ansinh.funds.queries import list_needs
        from ansinh.kernel.money import Dong
        from ansinh.ops.acting import now
        from ansinh.payout.queries import get_batch

        by = self.desk.finance
        today = now().date()
        batches = [get_batch(batch_id, by=by) for batch_id in batch_ids]
        for payer, place, month in sorted({(one.payer, one.place_code, one.month) for one in batches}):
            for need in list_needs(payer=payer, place_code=place, month=month):
                assign_budget(
                    place_code=place, fund=need.fund, year=month.year, amount_dong=Dong(max(need.dong.value, 1)),
                    decision_no=f"đo {month}-{payer}-{need.commune}", decided_on=today, reason="đo thời gian", by=by,
                    at=now(),
                )  # fmt: skip
            sent = request_transfer(payer=payer, place_code=place, month=month, by=by, at=now())
            record_transfer(
                transfer_id=sent.transfer_id, voucher_no=f"đo {month}-{payer}-{place}", sent_on=today, by=by, at=now()
            )


def _next_month() -> Month:
    """The month after the last that has a list; of this year's first where none has."""
    from ansinh.kernel.month import Month
    from ansinh.payroll.models import Run

    last = Run.objects.order_by("-month").values_list("month", flat=True).first()
    return Month.of(2026, 1) if last is None else last + 1
