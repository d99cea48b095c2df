"""Many lists computed at once: set by set, or a month without lines loaded aside and attached whole."""

from __future__ import annotations

from datetime import date
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction

from ansinh.access.types import Role
from ansinh.kernel.machine import StepNotAllowed
from ansinh.kernel.month import Month
from ansinh.payroll.actions import cancel_run, check_run, compute_many, compute_run, compute_runs, open_run
from ansinh.payroll.actions.compute_runs import LoadedInVain
from ansinh.payroll.loading import end, load
from ansinh.payroll.models import Line, Run
from ansinh.payroll.runs import NoSuchRun
from ansinh.platform.action import NotPermitted
from ansinh.platform.models import AuditEntry
from ansinh.platform.protections import find_weakened
from ansinh.platform.row_security import Sight, seeing
from tests.committing import at_once, transactional_db
from tests.payroll.steadiness import staged
from tests.seeding import AT, AUGUST, NGOC_PHAI, PHUONG_VIEN, Desk, add_person, appointed, open_desk

__all__ = ["transactional_db"]

pytestmark = pytest.mark.usefixtures("transactional_db")


class Killed(Exception):
    """The work ends here, as if its process had."""


@pytest.fixture
def desk(transactional_db: None) -> Desk:
    desk = open_desk()
    for number in range(8):
        commune = NGOC_PHAI if number % 2 else PHUONG_VIEN
        add_person(f"Nông Văn {number}", born=date(1950 + number, 1, 1), category="disabled_severe", commune=commune)
    return desk


def opened(desk: Desk, month: Month = AUGUST) -> list[int]:
    places = (NGOC_PHAI, PHUONG_VIEN)
    return [open_run(place_code=place, month=month, by=desk.officer, at=AT).run_id for place in places]


def tables(pattern: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ %s", [pattern])
        return [name for (name,) in cursor.fetchall()]


def lines_of(run_id: int) -> set[tuple[object, ...]]:
    columns = ("person_id", "benefit", "kind", "entitlement_month", "amount_dong", "article", "group_name")
    return set(Line.objects.filter(run_id=run_id).values_list(*columns))


def _until_its_session_is_gone() -> None:
    """The server notices within a moment; what the session held is then nobody's."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()")
            if cursor.fetchone()[0] == 0:
                return
        sleep(0.05)


def must_be_right(run_ids: list[int], month: Month = AUGUST) -> None:
    """Four people a commune, one line each, as staging says; computed, told, guarded, and nothing left over."""
    assert [run.state for run in Run.objects.filter(pk__in=run_ids)] == ["COMPUTED", "COMPUTED"]
    for run_id in run_ids:
        assert Line.objects.filter(run_id=run_id).count() == 4
        assert len(staged(Run.objects.get(pk=run_id), whole=True)) == 4
        entry = AuditEntry.objects.filter(action="payroll.compute_run", facts__run_id=run_id).latest("pk")
        assert (entry.facts["added"], entry.facts["lines"]) == (4, 4)
    assert tables("^payroll_load_") == []
    assert tables(f"^payroll_line_{month.year}{month.number:02d}$") != []
    assert find_weakened() == []


@pytest.mark.parametrize("many", [1, 1_000])
def test_both_ways_give_the_same_lists(desk: Desk, many: int) -> None:
    run_ids = opened(desk)
    seen: list[tuple[int, int]] = []
    done = compute_many(run_ids, by=desk.officer, at=AT, many=many, progress=lambda one, of: seen.append((one, of)))
    assert (done.lines, len(done.runs)) == (8, 2)
    assert seen == [(1, 1)]
    must_be_right(run_ids)
    before = {run_id: lines_of(run_id) for run_id in run_ids}
    # Computed again, by itself, nothing changes.
    for run_id in run_ids:
        again = compute_run(run_id=run_id, by=desk.officer, at=AT)
        assert (again.removed, again.added) == (0, 0)
        assert lines_of(run_id) == before[run_id]
    check_run(run_id=run_ids[0], by=desk.officer, at=AT)


def test_a_month_loaded_aside_keeps_what_the_database_keeps(desk: Desk) -> None:
    run_ids = opened(desk)
    compute_many(run_ids, by=desk.officer, at=AT, many=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_constraint WHERE conrelid = 'payroll_line_202008'::regclass AND contype = 'f'"
            " AND convalidated AND conparentid <> 0"
        )
        assert cursor.fetchone()[0] == 4
        cursor.execute(
            "SELECT count(*) FROM pg_inherits JOIN pg_index ON indexrelid = inhrelid"
            " WHERE indrelid = 'payroll_line_202008'::regclass AND indisvalid"
        )
        assert cursor.fetchone()[0] == 5
        cursor.execute("SELECT relrowsecurity FROM pg_class WHERE relname = 'payroll_line_202008'")
        assert cursor.fetchone()[0]


def test_work_under_somebodys_sight_loads_as_the_worker(desk: Desk) -> None:
    run_ids = opened(desk)
    with seeing(Sight(desk.officer.user_id, everywhere=True)):
        compute_many(run_ids, by=desk.officer, at=AT, many=1)
    must_be_right(run_ids)


def test_killed_between_loading_and_landing_leaves_an_orphan_that_the_next_one_sweeps(desk: Desk) -> None:
    run_ids = opened(desk)
    runs = list(Run.objects.filter(pk__in=run_ids).order_by("pk"))

    def killed(_: int) -> None:
        loaded = load([runs], sessions=1)
        assert sum(lines for lines, _ in loaded.sums.values()) == 8
        raise Killed

    # In a session of its own, that ends with it: what it had loaded is nobody's.
    with pytest.raises(Killed):
        at_once(1, killed)
    assert len(tables("^payroll_load_")) == 1
    _until_its_session_is_gone()
    assert not Line.objects.exists()
    assert {run.state for run in Run.objects.filter(pk__in=run_ids)} == {"OPEN"}
    compute_many(run_ids, by=desk.officer, at=AT, many=1)
    must_be_right(run_ids)


def test_a_loading_under_way_is_not_swept_and_a_month_attached_meanwhile_refuses_it(desk: Desk) -> None:
    run_ids = opened(desk)
    runs = list(Run.objects.filter(pk__in=run_ids).order_by("pk"))
    loaded = load([runs], sessions=2)
    # Another work computes the same lists and is done first; it leaves what we hold alone.
    at_once(1, lambda _: compute_many(run_ids, by=desk.officer, at=AT, many=1, sessions=1))
    assert tables("^payroll_load_") == [loaded.table]
    with pytest.raises(LoadedInVain):
        compute_runs(run_ids=run_ids, loaded=loaded, by=desk.officer, at=AT)
    end(loaded)
    must_be_right(run_ids)


def test_two_provinces_at_once_both_have_their_lists(desk: Desk) -> None:
    """Both load aside; one lands as the partition, the other's lines are added to it."""
    run_ids = opened(desk)
    done = at_once(2, lambda number: compute_many([run_ids[number]], by=desk.officer, at=AT, many=1, sessions=1))
    assert [one.lines for one in done] == [4, 4]
    must_be_right(run_ids)


def test_an_empty_table_of_the_month_gives_way(desk: Desk) -> None:
    """Made by a list that had nobody to pay, or given up: what many compute is loaded aside all the same."""
    run_ids = opened(desk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT payroll_add_partition(%s)", [AUGUST.first_day])
        cursor.execute("SELECT 'payroll_line_202008'::regclass::oid")
        (empty,) = cursor.fetchone()
    assert find_weakened() == []
    compute_many(run_ids, by=desk.officer, at=AT, many=1)
    must_be_right(run_ids)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'payroll_line_202008'::regclass::oid")
        assert cursor.fetchone()[0] != empty
    # Lines it has now stay: more of it is added to them.
    again = compute_many(run_ids, by=desk.officer, at=AT, many=1)
    assert [(one.removed, one.added, one.lines) for one in again.runs] == [(0, 0, 4), (0, 0, 4)]


def test_whoever_reads_lines_is_not_held_up_while_the_months_table_is_made(desk: Desk) -> None:
    """Nor holds it up: one has read lines and is not done, another makes the table and is not done, one reads on."""
    read, made = Event(), Event()

    def works(number: int) -> int:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '10s'")
            if number == 0:
                count = Line.objects.count()
                read.set()
                assert made.wait(10)
                return count
            assert read.wait(10)
            cursor.execute("SELECT payroll_add_partition(%s)", [AUGUST.first_day])
            at_once(1, lambda _: Line.objects.count())
            made.set()
            return 0

    assert at_once(2, works) == [0, 0]


def test_inside_a_transaction_all_is_done_in_it(desk: Desk) -> None:
    run_ids = opened(desk)
    with transaction.atomic():
        assert compute_many(run_ids, by=desk.officer, at=AT, many=1).lines == 8
        transaction.set_rollback(True)
    assert not Line.objects.exists()


def test_one_refused_all_are_and_nothing_is_left(desk: Desk) -> None:
    run_ids = opened(desk)
    cancel_run(run_id=run_ids[1], reason="lập lại", by=desk.officer, at=AT)
    with pytest.raises(StepNotAllowed):
        compute_many(run_ids, by=desk.officer, at=AT, many=1)
    assert tables("^payroll_load_") == []
    assert not Line.objects.exists()
    assert Run.objects.get(pk=run_ids[0]).state == "OPEN"
    assert not AuditEntry.objects.filter(action="payroll.compute_run").exists()


def test_whoever_may_not_or_not_there_is_refused_before_anything_is_loaded(desk: Desk) -> None:
    run_ids = opened(desk)
    with pytest.raises(NotPermitted):
        compute_many(run_ids, by=desk.approver, at=AT, many=1)
    elsewhere = appointed(Role.OFFICER, "02")
    with pytest.raises(NoSuchRun):
        compute_many(run_ids, by=elsewhere, at=AT, many=1)
    assert tables("^payroll_load_") == []
