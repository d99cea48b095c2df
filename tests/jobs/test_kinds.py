"""What jobs do: a step of the month over all lists of a place, a payer's file taken in and recorded; broken off, the
lists that are done stay and are not done again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ansinh.access.types import Actor
from ansinh.jobs import running, sweeping
from ansinh.jobs.actions import start_job
from ansinh.jobs.asking import NotYoursToHaveDone
from ansinh.jobs.kinds import months
from ansinh.jobs.models import Job
from ansinh.payout.models import Result
from ansinh.payroll.models import Run
from ansinh.places.queries import deciding_bodies, get_place, list_commune_codes
from ansinh.reconcile.models import ResultsFile
from ansinh.reconcile.types import LIST_HEADINGS
from tests.jobs.conftest import state_of
from tests.reconcile.conftest import POST, Office, open_office
from tests.reconcile.files import book, row
from tests.seeding import AUGUST, Desk, add_person, open_desk

BAC_KAN = "06"


def clock() -> datetime:
    return datetime.now(UTC)


def asked(kind: str, by: Actor, content: bytes = b"", **arguments: Any) -> int:
    """A job that waits."""
    name = "ket-qua.xlsx" if content else ""
    return start_job(kind=kind, arguments=arguments, content=content, file_name=name, by=by, at=clock()).job_id


def done(kind: str, by: Actor, content: bytes = b"", **arguments: Any) -> dict[str, Any]:
    """What came of a job done at once."""
    job_id = asked(kind, by, content, **arguments)
    running.run_job(job_id, clock=clock)
    job = Job.objects.get(pk=job_id)
    assert job.state == "DONE", job.fault
    return dict(job.result)


@pytest.fixture
def districts(first_load: object, transactional_db: None) -> tuple[str, ...]:
    """Four districts of a province with somebody to pay in each."""
    bodies = [body.code for body in deciding_bodies(get_place(BAC_KAN, AUGUST.first_day), AUGUST.first_day)][:4]
    for number, code in enumerate(bodies):
        commune = list_commune_codes(code, AUGUST.first_day)[0]
        add_person(f"Lý Thị {number}", born=date(1932, 1, 1), category="elderly_80_no_pension", commune=commune)
    return tuple(bodies)


@pytest.fixture
def everywhere(districts: tuple[str, ...]) -> Desk:
    return open_desk()


def month(**more: Any) -> dict[str, Any]:
    return {"place_code": BAC_KAN, "month": str(AUGUST), **more}


def states() -> dict[str, str]:
    return dict(Run.objects.values_list("place_code", "state"))


def test_a_provinces_month_goes_step_by_step(everywhere: Desk, districts: tuple[str, ...]) -> None:
    assert done("month_open", everywhere.officer, **month())["done"] == 4
    assert set(states()) == set(districts)
    assert done("month_open", everywhere.officer, **month()) | {"people": 0} == {
        "done": 0, "passed_over": 4, "refused": 0, "refusals": [], "people": 0,
    }  # fmt: skip
    for step, reached in (("compute", "COMPUTED"), ("check", "CHECKED"), ("submit", "SUBMITTED")):
        assert done(f"month_{step}", everywhere.officer, **month())["done"] == 4
        assert set(states().values()) == {reached}
    # Whoever prepared the lists does not approve them.
    with pytest.raises(NotYoursToHaveDone):
        asked("month_approve", everywhere.officer, **month())
    assert done("month_approve", everywhere.approver, **month())["done"] == 4
    assert set(states().values()) == {"APPROVED"}


def test_one_list_alone_is_done_or_refused_as_if_by_hand(everywhere: Desk) -> None:
    job_id = asked("month_compute", everywhere.officer, **month())
    running.run_job(job_id, clock=clock)
    assert Job.objects.get(pk=job_id).fault_code == "no_lists_there"
    done("month_open", everywhere.officer, **month())
    run = Run.objects.earliest("pk")
    one = month(run_id=run.pk, place_code=run.place_code)
    assert done("month_compute", everywhere.officer, **one)["run_id"] == run.pk
    submitted = asked("month_submit", everywhere.officer, **one)
    running.run_job(submitted, clock=clock)
    assert (state_of(submitted), Job.objects.get(pk=submitted).fault_code) == ("FAILED", "step_not_allowed")


def test_a_list_that_is_refused_holds_up_no_other(everywhere: Desk) -> None:
    done("month_open", everywhere.officer, **month())
    done("month_compute", everywhere.officer, **month())
    run = Run.objects.latest("pk")
    done("month_check", everywhere.officer, **month(run_id=run.pk, place_code=run.place_code))
    told = done("month_submit", everywhere.officer, **month())
    assert (told["done"], told["refused"], len(told["refusals"])) == (1, 3, 3)
    assert {one["code"] for one in told["refusals"]} == {"step_not_allowed"}


def test_many_lists_are_computed_as_sets_and_one_refused_holds_up_no_other(
    everywhere: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(months, "_MANY", 2)
    done("month_open", everywhere.officer, **month())
    told = done("month_compute", everywhere.officer, **month())
    assert (told["done"], told["passed_over"], told["refused"]) == (4, 0, 0)
    assert set(states().values()) == {"COMPUTED"}
    # One moment for a set; one by one, each had its own.
    assert Run.objects.values("computed_at").distinct().count() == 1
    Run.objects.filter(pk=Run.objects.earliest("pk").pk).update(pack_digest="0" * 64)
    told = done("month_compute", everywhere.officer, **month())
    assert (told["done"] + told["passed_over"], told["refused"]) == (3, 1)
    assert told["refusals"][0]["code"] == "law_changed_since_opening"


def test_broken_off_it_goes_on_with_the_lists_left(everywhere: Desk) -> None:
    done("month_open", everywhere.officer, **month())
    job_id = asked("month_compute", everywhere.officer, **month())
    told: Iterator[int] = iter(range(100))
    # The worker ends once a list is done: told of none done, then of one.
    running.run_job(job_id, clock=clock, stopping=lambda: next(told) == 1)
    first = {run.pk: run.computed_at for run in Run.objects.exclude(computed_at=None)}
    assert (state_of(job_id), 0 < len(first) < 4) == ("RUNNING", True)
    sweeping.sweep(clock=clock)
    running.run_job(job_id, clock=clock)
    assert Job.objects.get(pk=job_id).result["passed_over"] == len(first)
    assert set(states().values()) == {"COMPUTED"}
    again = {run.pk: run.computed_at for run in Run.objects.filter(pk__in=first)}
    assert again == first


@pytest.fixture
def office(first_load: object, transactional_db: None) -> Office:
    return open_office()


def test_a_payers_file_is_taken_in_and_recorded(office: Office) -> None:
    by = office.desk.payer
    rows = [row(number, **office.cells(number)) for number in range(1, 9)]
    content = book([LIST_HEADINGS, *rows])
    taken = done("results_import", by, content, payer=POST, month=str(AUGUST))
    assert (taken["rows"], taken["state"], Result.objects.count()) == (8, "CHECKED", 0)
    assert ResultsFile.objects.get().file_name == "ket-qua.xlsx"
    recorded = done("results_apply", by, file_id=taken["file_id"], payer=POST)
    assert (recorded["state"], recorded["applied"], Result.objects.count()) == ("APPLIED", 8, 8)
    again = done("results_apply", by, file_id=taken["file_id"], payer=POST)
    assert (again, Result.objects.count()) == (recorded, 8)


def test_a_payers_file_that_cannot_be_read_is_refused(office: Office) -> None:
    job_id = asked("results_import", office.desk.payer, b"a,b\n1,2\n", payer=POST, month="")
    running.run_job(job_id, clock=clock)
    assert state_of(job_id) == "FAILED"
    assert ResultsFile.objects.count() == 0
    with pytest.raises(NotYoursToHaveDone):
        asked("results_import", office.desk.officer, b"a", payer=POST, month="")
