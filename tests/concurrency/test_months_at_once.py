"""Many who make the month's lists at the same moment: every list once, whole and right, nobody waits in a circle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from django.db import connection

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.payout.actions import issue_orders
from ansinh.payout.models import Batch, Order
from ansinh.payroll.actions import approve_run, check_run, compute_run, open_run, submit_run
from ansinh.payroll.models import Line, Run, RunHand
from ansinh.platform.sessions import run_in_sessions
from tests.committing import at_once
from tests.concurrency.conftest import JANUARY, answered, approve, at_of, first_communes, prepare, provinces, settle
from tests.seeding import Desk

AT = at_of(JANUARY)


def lines() -> list[tuple[str, int, str, int]]:
    """What the lists say, whoever wrote them and in whatever order."""
    found = Line.objects.filter(payroll_month=JANUARY)
    said = found.values_list("run__place_code", "person_id", "benefit", "amount_dong")
    return sorted((place, person, benefit, dong.value) for place, person, benefit, dong in said)


def test_34_provinces_at_once(desk: Desk) -> None:
    """Each with its own officer at its own machine: eight under way at any moment, step by step to the orders."""
    communes = [commune for province in provinces() for commune in first_communes(province)]
    assert len(communes) == 34
    people = {commune: settle(commune) for commune in communes}
    opened = run_in_sessions(
        communes, lambda code: open_run(place_code=code, month=JANUARY, by=desk.officer, at=AT), sessions=8
    )
    run_ids = [run.run_id for run in opened]
    for prepares in (compute_run, check_run):
        run_in_sessions(run_ids, partial(_done, prepares, desk.officer), sessions=8)
    listed = lines()
    assert {person for _, person, _, _ in listed} == {one.pk for some in people.values() for one in some}
    # Computed again, alone, nothing is taken out and nothing added.
    for run_id in run_ids[::7]:
        again = compute_run(run_id=run_id, by=desk.officer, at=AT)
        assert (again.added, again.removed) == (0, 0)
        check_run(run_id=run_id, by=desk.officer, at=AT)
    for step, by in ((submit_run, desk.officer), (approve_run, desk.approver), (issue_orders, desk.officer)):
        run_in_sessions(run_ids, partial(_done, step, by), sessions=8)
    assert lines() == listed
    assert Counter(Run.objects.values_list("state", flat=True)) == {"APPROVED": 34}
    assert Order.objects.count() == len({(place, person) for place, person, _, _ in listed})
    assert Batch.objects.count() == 34


def test_steps_of_many_lists_in_one_another(desk: Desk) -> None:
    """Some open while others compute and others approve: whoever is done with a list goes on to the next step."""
    communes = [commune for province in provinces()[:8] for commune in first_communes(province, 2)]
    for commune in communes:
        settle(commune)

    def whole(number: int) -> None:
        for commune in communes[number::6]:
            for month in (JANUARY, JANUARY + 1):
                approve(desk, prepare(desk, commune, month), month)

    at_once(6, whole)
    months = Counter(Run.objects.filter(state="APPROVED").values_list("month", flat=True))
    assert months == {JANUARY: len(communes), JANUARY + 1: len(communes)}
    assert set(Line.objects.values_list("kind", flat=True)) == {"regular"}


def test_two_workers_at_the_same_month(desk: Desk) -> None:
    """Both begin with the first commune: each list is opened, computed, submitted and approved once."""
    communes = [*first_communes(provinces()[0], 5)]
    for commune in communes:
        settle(commune)

    def opened(number: int) -> Counter[str]:
        """Both in one order, and both against each other's."""
        order = communes if number % 2 else communes[::-1]
        return Counter(
            answered(lambda code=code: open_run(place_code=code, month=JANUARY, by=desk.officer, at=AT))
            for code in order
        )

    said = sum(at_once(4, opened), Counter[str]())
    assert said["done"] == len(communes)
    assert set(said) <= {"done", "month_already_open", "somebody_already_in_month"}
    run_ids = list(Run.objects.order_by("pk").values_list("pk", flat=True))
    at_once(4, lambda number: _each(compute_run, run_ids[:: 1 if number % 2 else -1], desk.officer))
    listed = lines()
    assert len(listed) == len(set(listed)) == 4 * len(communes)
    at_once(2, lambda _: _each(check_run, run_ids, desk.officer))
    for step, by in ((submit_run, desk.officer), (approve_run, desk.approver)):
        told = at_once(3, partial(_step, step, run_ids, by))
        assert sum(told, Counter[str]()) == {"done": len(communes), "step_not_allowed": 2 * len(communes)}
    assert RunHand.objects.filter(did="approve_run").count() == len(communes)
    assert lines() == listed


def _done(step: Callable[..., object], by: Actor, run_id: int) -> object:
    return step(run_id=run_id, by=by, at=AT)


def _step(step: Callable[..., object], run_ids: Sequence[int], by: Actor, _: int) -> Counter[str]:
    return _each(step, run_ids, by)


def _each(step: Callable[..., object], run_ids: Sequence[int], by: Actor) -> Counter[str]:
    return Counter(answered(partial(step, run_id=one, by=by, at=AT)) for one in run_ids)


def test_a_month_nobody_opened_before_is_opened_by_many(desk: Desk) -> None:
    """The month's own table is made by the first; the others wait for it and for nothing else."""
    month = Month.of(2026, 5)
    communes = [commune for province in provinces()[:6] for commune in first_communes(province)]
    for commune in communes:
        settle(commune)
    opened = at_once(
        len(communes),
        lambda number: open_run(place_code=communes[number], month=month, by=desk.officer, at=at_of(month)).people,
    )
    assert opened == [4] * len(communes)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_inherits WHERE inhrelid::regclass::text LIKE '%_202605'")
        assert cursor.fetchone()[0] <= 1
