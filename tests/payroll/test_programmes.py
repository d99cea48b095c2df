"""Programmes beside each other: each lists what its own regimes owe, at most once a month for a person."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from ansinh.payroll.actions import NobodyToPay, open_run
from ansinh.payroll.models import RosterEntry, Run
from ansinh.payroll.queries import LineFilter, find_run, list_lines, list_runs
from ansinh.payroll.types import ASSISTANCE, MERIT
from tests.payroll.conftest import play, prepare
from tests.seeding import AT, AUGUST, NGOC_PHAI, Desk


@pytest.mark.django_db
def test_a_programme_without_anybody_of_its_regimes_opens_nothing(desk: Desk) -> None:
    with pytest.raises(NobodyToPay):
        open_run(place_code=NGOC_PHAI, month=AUGUST, programme=MERIT, by=desk.officer, at=AT)
    assert not Run.objects.exists()


@pytest.mark.django_db
def test_one_list_a_month_of_each_programme(desk: Desk) -> None:
    run = play(desk)
    assert run.programme == ASSISTANCE
    assert find_run(NGOC_PHAI, AUGUST, by=desk.officer) == run
    assert find_run(NGOC_PHAI, AUGUST, by=desk.officer, programme=MERIT) is None
    assert list_runs(by=desk.officer, programme=MERIT) == []
    same = {"place_code": NGOC_PHAI, "month": AUGUST, "opened_at": AT, "opened_by": 1, "pack_digest": run.pack_digest}
    with pytest.raises(IntegrityError, match="run_month_once"), transaction.atomic():
        Run.objects.create(**same)
    other = Run.objects.create(**same, programme=MERIT)
    entry = RosterEntry.objects.filter(run=run).first()
    assert entry is not None
    entry.pk, entry.run, entry.programme = None, other, MERIT
    entry.save()
    entry.pk = None
    with pytest.raises(IntegrityError, match="roster_person_month_once"), transaction.atomic():
        entry.save()


@pytest.mark.django_db
def test_a_later_list_never_takes_back_what_another_programme_gave(desk: Desk) -> None:
    """Lines of another programme's regimes are neither due nor listed here: September stays what it is alone."""
    run = play(desk)
    alone = [(line.person_id, line.amount_dong) for line in list_lines(run, by=desk.officer, wanted=LineFilter()).lines]
    september = prepare(desk, AUGUST + 1)
    found = list_lines(september, by=desk.officer, wanted=LineFilter()).lines
    assert [(line.person_id, line.amount_dong) for line in found] == alone
