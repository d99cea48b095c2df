"""The comparison of a run with any month: its reasons and decisions, and nobody's category beside a name."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from ansinh.payroll.models import Run
from ansinh.registry.actions import record_death, stop_grant
from ansinh.registry.models import Grant, Person
from ansinh.registry.types import Paper
from tests.payroll.conftest import play, prepare
from tests.seeding import AUGUST, CHO_DON, Desk
from tests.web.months import VEILED
from tests.web.reading import text_of

NOW = datetime(2020, 9, 20, 2, 0, tzinfo=UTC)
PAPER = Paper("77/QĐ-UBND", date(2020, 9, 18))


@pytest.fixture
def october(desk: Desk) -> Run:
    """August and September approved, October computed; one died in August, the veiled one was stopped in September."""
    play(desk, AUGUST, CHO_DON)
    dead = Person.objects.get(full_name="Lý Ngọc An")
    record_death(person_id=dead.pk, died_on=date(2020, 8, 18), paper=PAPER, by=desk.officer, at=NOW)
    play(desk, AUGUST + 1, CHO_DON)
    veiled = Person.objects.get(full_name=VEILED)
    grant = Grant.objects.get(person=veiled)
    stop_grant(person_id=veiled.pk, grant_id=grant.pk, happened_on=date(2020, 9, 9), paper=PAPER, by=desk.officer,
               at=NOW)  # fmt: skip
    return prepare(desk, AUGUST + 2, CHO_DON)


def shown(client: Client, run: Run, **asked: str) -> dict[str, str]:
    """By name the reason each change stands beside."""
    response = client.get(f"/runs/{run.pk}/changes/", asked)
    return {one.full_name: reason for one, reason in response.context["rows"]}


def test_with_the_month_before_or_another_one(officer: Client, october: Run) -> None:
    stopped, died = "Thôi hưởng (sự việc ngày 09/09/2020)", "Qua đời ngày 18/08/2020"
    assert {name: one.partition(":")[0] for name, one in shown(officer, october).items()} == {VEILED: stopped}
    both = shown(officer, october, **{"with": "2020-08"})
    assert {name: one.partition(":")[0] for name, one in both.items()} == {VEILED: stopped, "Lý Ngọc An": died}
    assert shown(officer, october, **{"with": "bừa"}) == shown(officer, october)
    page = text_of(officer.get(f"/runs/{october.pk}/changes/", {"with": "2020-08"}))
    assert "77/QĐ-UBND" in page
    assert "hiv" not in page.lower()
