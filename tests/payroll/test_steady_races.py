"""What is told by another session while a list is approved: not in that list, and looked at by the next one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Event

import pytest
from django.db import connection, transaction

from ansinh.payroll.actions import open_run, submit_run
from ansinh.payroll.models import Run, Unsettled
from ansinh.payroll.settling import list_told, settle
from ansinh.payroll.staging import count_outdated
from ansinh.registry.actions import move_resident
from ansinh.registry.models import Person
from ansinh.registry.types import Paper
from tests.committing import transactional_db
from tests.payroll.conftest import prepare
from tests.payroll.steadiness import same_both_ways, steady_people
from tests.seeding import AT, AUGUST, CHO_DON, PHUONG_VIEN, Desk, add_person, open_desk

__all__ = ["transactional_db"]

LATER = datetime(2020, 9, 5, 2, 0, tzinfo=UTC)
PAPER = Paper("30/QĐ-UBND", date(2020, 9, 1), "", "")


@pytest.fixture
def people(transactional_db: None) -> tuple[Desk, list[Person]]:
    made = [add_person(f"Nông Văn {number}", born=date(1960, 1, 1), category="disabled_severe") for number in range(3)]
    return open_desk(), made


def test_a_move_committed_after_an_approval_looked_is_in_the_next_list(people: tuple[Desk, list[Person]]) -> None:
    desk, (mover, *others) = people
    run = prepare(desk, place=CHO_DON)
    submit_run(run_id=run.pk, by=desk.officer, at=AT)
    told, approved = Event(), Event()

    def tell() -> None:
        try:
            with transaction.atomic():
                move_resident(
                    person_id=mover.pk, commune_code=PHUONG_VIEN, from_month=AUGUST, paper=PAPER, by=desk.officer,
                    at=LATER,
                )  # fmt: skip
                with connection.cursor() as cursor:
                    cursor.execute("SELECT count(*) FROM payroll_unsettled")
                    assert cursor.fetchone()[0] > 0
                told.set()
                approved.wait(timeout=60)
        finally:
            told.set()
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        telling = pool.submit(tell)
        assert told.wait(timeout=60)
        with transaction.atomic():
            # As an approval does: what was told is asked before the list is looked through; nobody waits for anybody.
            marks = list_told([run])
            assert count_outdated([run]) == {}
            approved.set()
            telling.result()
            # Committed meanwhile: the list as it was looked at is signed, its marks alone are taken away.
            Run.objects.filter(pk=run.pk).update(state="APPROVED", approved_by=desk.approver.user_id, approved_at=LATER)
            settle([run], marks)
    assert Run.objects.get(pk=run.pk).state == "APPROVED"
    assert set(Unsettled.objects.values_list("person_id", flat=True)) == {mover.pk}
    second = Run.objects.get(pk=open_run(place_code=CHO_DON, month=AUGUST + 1, by=desk.officer, at=LATER).run_id)
    assert steady_people(second) == {one.pk for one in others}
    same_both_ways(second.pk)
