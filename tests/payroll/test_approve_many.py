"""Lists approved together: each as if it had been approved by itself, or none of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from ansinh.funds.models import Reservation
from ansinh.kernel.machine import StepNotAllowed
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payroll.actions import approve_run, approve_runs, submit_run
from ansinh.payroll.models import CommuneList, RosterEntry, Run, Unsettled
from ansinh.payroll.runs import SamePersonTwice
from ansinh.payroll.signing import ListNoLongerDue
from ansinh.platform.action import NotPermitted
from ansinh.platform.models import AuditEntry
from ansinh.registry.models import Person
from tests.payroll.conftest import prepare
from tests.payroll.test_second_approval import decided
from tests.seeding import AT, AUGUST, NGOC_PHAI, PHUONG_VIEN, Desk, add_person


@pytest.fixture
def submitted(desk: Desk) -> list[Run]:
    """Lists of two communes, handed to the approver, in the order in which budgets are held."""
    add_person("Lý Thị Sen", born=date(1950, 1, 1), category="disabled_severe", commune=PHUONG_VIEN)
    runs = [_submitted(desk, PHUONG_VIEN), _submitted(desk, NGOC_PHAI)]
    Unsettled.objects.bulk_create(
        Unsettled(person_id=person, programme="assistance") for person in Person.objects.values_list("pk", flat=True)
    )
    return runs


def _submitted(desk: Desk, place: str, month: Month = AUGUST) -> Run:
    run = prepare(desk, month, place)
    submit_run(run_id=run.pk, by=desk.officer, at=AT)
    return run


def _told(runs: list[Run]) -> list[Any]:
    """All an approval leaves behind."""
    ids = [run.pk for run in runs]
    return [
        *Run.objects.filter(pk__in=ids).order_by("pk").values(),
        *Reservation.objects.order_by("document", "fund").values("document", "fund", "year", "amount_dong"),
        *CommuneList.objects.filter(run__in=ids).order_by("run_id").values("run_id", "commune_code", "digest"),
        *Unsettled.objects.order_by("person_id").values("person_id", "programme"),
        *AuditEntry.objects.filter(action="payroll.approve_run").order_by("pk").values("facts", "place_code"),
    ]


@pytest.mark.parametrize("threshold", [None, 1_000_000], ids=["one signature", "one of them needs two"])
def test_together_is_as_one_by_one(desk: Desk, submitted: list[Run], threshold: int | None) -> None:
    if threshold is not None:
        decided(desk, threshold)
    with transaction.atomic():
        moved = [approve_run(run_id=run.pk, by=desk.approver, at=AT) for run in submitted]
        alone = _told(submitted)
        transaction.set_rollback(True)
    together = approve_runs(run_ids=[run.pk for run in submitted], by=desk.approver, at=AT)
    assert list(together.runs) == moved
    assert _told(submitted) == alone
    states = ["APPROVED", "APPROVED" if threshold is None else "ENDORSED"]
    assert [one.state for one in moved] == states
    assert Reservation.objects.count() == states.count("APPROVED")
    # Nothing is known any more to have been told of whoever stands in an approved list, of others it still is.
    assert Unsettled.objects.count() == Person.objects.count() - sum(
        run.roster.count() for run, state in zip(submitted, states, strict=True) if state == "APPROVED"
    )


def test_lists_of_two_months_are_looked_through_one_after_the_other(desk: Desk, submitted: list[Run]) -> None:
    """As opening leaves them nobody is in both; who came into both all the same is not paid a month twice."""
    first = submitted[1]
    add_person("Bàn Văn Chòi", born=date(1950, 1, 1), category="disabled_severe", commune="02047")
    later = _submitted(desk, "02047", AUGUST + 1)
    twin = RosterEntry.objects.filter(run=first).first()
    assert twin is not None
    twin.pk, twin.run, twin.month = None, later, later.month
    twin.save()
    run_ids = [later.pk, *(run.pk for run in submitted)]
    with pytest.raises(ListNoLongerDue):
        approve_runs(run_ids=run_ids, by=desk.approver, at=AT)
    assert set(Run.objects.values_list("state", flat=True)) == {"SUBMITTED"}


def test_one_refused_none_is_signed(desk: Desk, submitted: list[Run]) -> None:
    second, first = submitted
    approve_run(run_id=second.pk, by=desk.approver, at=AT)
    with pytest.raises(StepNotAllowed):
        approve_runs(run_ids=[first.pk, second.pk], by=desk.approver, at=AT)
    Run.objects.filter(pk=first.pk).update(opened_by=desk.approver.user_id)
    with pytest.raises(SamePersonTwice), transaction.atomic():
        approve_runs(run_ids=[first.pk], by=desk.approver, at=AT)
    with pytest.raises(NotPermitted):
        approve_runs(run_ids=[first.pk], by=desk.officer, at=AT)
    first.refresh_from_db()
    assert (first.state, first.approved_by) == ("SUBMITTED", None)
    assert [row.amount_dong for row in Reservation.objects.all()] == [Dong(540_000)]
