"""A job waits, runs as its asker, tells what came of it; stopped or failed it can be resumed; orphans are found."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import connection

from ansinh.access.models import Appointment
from ansinh.access.roles import Role
from ansinh.access.types import OutOfArea
from ansinh.jobs import running, sweeping
from ansinh.jobs.actions import FileMissing, InputGone, cancel_job, resume_job, start_job
from ansinh.jobs.asking import NotYoursToHaveDone
from ansinh.jobs.beat import beating
from ansinh.jobs.kinds import UnknownKind
from ansinh.jobs.models import Job
from ansinh.jobs.queries import NoSuchJob, find_unopened_inputs, get_job, list_jobs
from ansinh.kernel.machine import StepNotAllowed
from ansinh.platform.models import AuditEntry
from ansinh.platform.origin import WEB, Origin, coming_from
from ansinh.registry.models import Person, RegisterFile
from ansinh.registry.queries import list_register_files
from tests.jobs.conftest import AUGUST_HERE, ask, state_of
from tests.registry.conftest import AN, register
from tests.seeding import AT, PHUONG_VIEN, Desk, appointed


def clock() -> datetime:
    return AT + timedelta(minutes=5)


def run(job_id: int) -> str:
    """Do the job here; where it then stands."""
    running.run_job(job_id, clock=clock)
    return state_of(job_id)


def queued() -> list[tuple[int, str]]:
    """The numbers of jobs in the queue, and where their entries stand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (args->>'job_id')::int, status::text FROM procrastinate_jobs ORDER BY id")
        return list(cursor.fetchall())


def test_a_job_is_asked_for_waits_and_is_done(desk: Desk) -> None:
    with coming_from(Origin(WEB, "10.0.0.7", "abc", "trình duyệt")):
        job_id = ask(desk)
    assert (state_of(job_id), queued()) == ("WAITING", [(job_id, "todo")])
    assert find_unopened_inputs() == []
    assert run(job_id) == "DONE"
    shown = get_job(job_id, by=desk.officer)
    assert (shown.result["accepted"], shown.attempts, shown.percent, shown.asker) == (1, 1, 100, desk.officer.name)
    assert [file.pk for file in list_register_files(by=desk.officer)] == [shown.result["file_id"]]
    assert bytes(Job.objects.get(pk=job_id).sealed_input) == b""
    entry = AuditEntry.objects.get(action="registry.import_register")
    assert (entry.actor_id, entry.channel, entry.address) == (desk.officer.user_id, WEB, "10.0.0.7")
    assert (run(job_id), RegisterFile.objects.count()) == ("DONE", 1)


def test_what_the_work_refuses_is_the_jobs_answer(desk: Desk) -> None:
    job_id = ask(desk, content=b"not a workbook")
    assert run(job_id) == "FAILED"
    shown = get_job(job_id, by=desk.officer)
    assert shown.fault_code
    assert "tệp" in shown.fault.lower()
    assert Person.objects.count() == 0


def test_nobody_asks_for_what_they_may_not_do(desk: Desk) -> None:
    with pytest.raises(NotYoursToHaveDone):
        start_job(
            kind="register_import", arguments=AUGUST_HERE, content=b"x", file_name="a.xlsx", by=desk.approver, at=AT
        )
    elsewhere = appointed(Role.OFFICER, PHUONG_VIEN)
    with pytest.raises(OutOfArea):
        start_job(kind="register_import", arguments=AUGUST_HERE, content=b"x", file_name="a.xlsx", by=elsewhere, at=AT)
    with pytest.raises(FileMissing):
        start_job(kind="register_import", arguments=AUGUST_HERE, by=desk.officer, at=AT)
    with pytest.raises(UnknownKind):
        start_job(kind="nothing", arguments={}, by=desk.officer, at=AT)
    assert (Job.objects.count(), queued()) == (0, [])


def test_whoever_lost_the_work_since_is_refused_when_it_begins(desk: Desk) -> None:
    officer = appointed(Role.OFFICER, "02053", username="can-bo-moi")
    job = start_job(
        kind="register_import", arguments=AUGUST_HERE, content=register(AN), file_name="a.xlsx", by=officer, at=AT
    )
    Appointment.objects.filter(user_id=officer.user_id).update(ends_on=AT.date() + timedelta(days=1))
    assert run(job.job_id) == "FAILED"
    assert Job.objects.get(pk=job.job_id).fault_code == "out_of_area"
    assert RegisterFile.objects.count() == 0


def test_a_waiting_job_is_stopped_at_once_and_resumed(desk: Desk) -> None:
    job_id = ask(desk)
    assert cancel_job(job_id=job_id, by=desk.officer, at=AT).state == "CANCELLED"
    with pytest.raises(StepNotAllowed):
        cancel_job(job_id=job_id, by=desk.officer, at=AT)
    assert run(job_id) == "CANCELLED"
    assert resume_job(job_id=job_id, by=desk.officer, at=AT).state == "WAITING"
    assert run(job_id) == "DONE"
    with pytest.raises(StepNotAllowed):
        resume_job(job_id=job_id, by=desk.officer, at=AT)


def test_a_running_job_stops_at_its_next_step_and_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    job_id = ask(desk, content=register(*([AN] * 3)))
    asked_to_stop: list[bool] = []

    def stopping() -> bool:
        if not asked_to_stop:
            asked_to_stop.append(cancel_elsewhere(desk, job_id))
        return False

    running.run_job(job_id, clock=clock, stopping=stopping)
    shown = get_job(job_id, by=desk.officer)
    assert (shown.state, shown.fault_code) == ("CANCELLED", "cancelled")
    assert (RegisterFile.objects.count(), Person.objects.count()) == (0, 0)


def cancel_elsewhere(desk: Desk, job_id: int) -> bool:
    """As somebody at another machine would: on a connection of their own."""
    params = connection.get_connection_params()
    kept = {key: params[key] for key in ("host", "port", "user", "password", "dbname") if params.get(key)}
    with psycopg.connect(**kept) as other:
        other.execute("UPDATE jobs_job SET cancel_asked_at = now() WHERE id = %s", [job_id])
    return True


def test_a_worker_that_ends_leaves_its_job_to_another(desk: Desk) -> None:
    job_id = ask(desk)
    running.run_job(job_id, clock=clock, stopping=lambda: True)
    assert (state_of(job_id), RegisterFile.objects.count()) == ("RUNNING", 0)
    assert sweeping.sweep(clock=clock) == 1
    assert (state_of(job_id), sweeping.sweep(clock=clock)) == ("WAITING", 0)
    assert run(job_id) == "DONE"


def test_a_job_somebody_runs_is_nobody_elses(desk: Desk) -> None:
    job_id = ask(desk)
    with beating(job_id) as beat:
        assert beat is not None
        assert beat.begin() is not None
        assert sweeping.sweep(clock=clock) == 0
        assert run(job_id) == "RUNNING"
    assert sweeping.sweep(clock=clock) == 1


def test_what_kills_its_workers_is_given_up(desk: Desk) -> None:
    job_id = ask(desk)
    for _ in range(sweeping.MOST_ATTEMPTS):
        running.run_job(job_id, clock=clock, stopping=lambda: True)
        sweeping.sweep(clock=clock)
    shown = get_job(job_id, by=desk.officer)
    assert (shown.state, shown.fault_code) == ("FAILED", "worker_lost")
    resume_job(job_id=job_id, by=desk.officer, at=AT)
    assert run(job_id) == "DONE"


def test_an_entry_lost_from_the_queue_is_put_again(desk: Desk) -> None:
    job_id = ask(desk)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert sweeping.sweep(clock=clock) == 1
    assert queued() == [(job_id, "todo")]


def test_files_of_jobs_given_up_are_emptied_in_time(desk: Desk) -> None:
    job_id = ask(desk)
    cancel_job(job_id=job_id, by=desk.officer, at=datetime.now(UTC))
    assert sweeping.empty_given_up() == 0
    Job.objects.filter(pk=job_id).update(ended_at=datetime.now(UTC) - timedelta(days=31))
    assert sweeping.empty_given_up() == 1
    with pytest.raises(InputGone):
        resume_job(job_id=job_id, by=desk.officer, at=AT)


def test_jobs_are_seen_by_whoever_works_there(desk: Desk) -> None:
    job_id = ask(desk)
    neighbour = appointed(Role.OFFICER, PHUONG_VIEN)
    assert [one.job_id for one in list_jobs(by=desk.officer)] == [job_id]
    assert [one.job_id for one in list_jobs(by=desk.approver)] == [job_id]
    assert list_jobs(by=neighbour) == []
    for refused in (get_job, cancel_job, resume_job):
        with pytest.raises(NoSuchJob):
            refused(job_id=job_id, by=neighbour, **({} if refused is get_job else {"at": AT}))


def test_a_fault_of_the_software_is_told_and_leaves_nothing(desk: Desk) -> None:
    job_id = ask(desk)
    Job.objects.filter(pk=job_id).update(arguments={"place_code": "02053"})
    with pytest.raises(KeyError):
        running.run_job(job_id, clock=clock)
    assert Job.objects.get(pk=job_id).fault_code == "job_broke"
