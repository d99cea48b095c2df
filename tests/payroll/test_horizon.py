"""How many months back a list compares: a setting of the installation, frozen on each run."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import override_settings

from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions import open_run
from ansinh.payroll.models import Line, Run
from tests.payroll.conftest import play
from tests.proofs.breaking import found_by_proof
from tests.seeding import AT, AUGUST, NGOC_PHAI, Desk, add_person, open_desk


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    """Granted and to be paid here since 1/2018, first listed in 8/2020: 31 months before it."""
    add_person(
        "Nông Văn Nặng",
        born=date(1975, 3, 2),
        category="disabled_severe",
        starts=Month.of(2018, 1),
        opening=Month.of(2018, 1),
    )
    return open_desk()


def months() -> tuple[str, int]:
    """The first month listed, and how many."""
    listed = [line.entitlement_month for line in Line.objects.all()]
    return str(min(listed)), len(listed)


def test_two_years_unless_said_otherwise(desk: Desk) -> None:
    run = play(desk)
    assert (run.horizon_months, run.horizon) == (24, Month.of(2018, 8))
    assert months() == ("2018-08", 25)


@override_settings(HORIZON_MONTHS="36")
def test_as_far_back_as_the_installation_says(desk: Desk) -> None:
    assert play(desk).horizon_months == 36
    assert months() == ("2018-01", 32)
    assert found_by_proof() == {}


def test_a_run_keeps_the_horizon_it_was_opened_with(desk: Desk) -> None:
    """The setting raised after the first list: the second makes the seven months before good; lowered, nothing."""
    play(desk)
    with override_settings(HORIZON_MONTHS="36"):
        assert Run.objects.get().horizon == Month.of(2018, 8)
        play(desk, AUGUST + 1)
        assert months() == ("2018-01", 33)
    with override_settings(HORIZON_MONTHS="12"):
        play(desk, AUGUST + 2)
        assert months() == ("2018-01", 34)
    assert found_by_proof() == {}


@pytest.mark.parametrize("said", ["11", "121", "hai năm"])
def test_a_setting_out_of_range_is_refused(desk: Desk, said: str) -> None:
    with override_settings(HORIZON_MONTHS=said), pytest.raises(Refusal) as refused:
        open_run(place_code=NGOC_PHAI, month=AUGUST, by=desk.officer, at=AT)
    assert refused.value.code == "horizon_out_of_range"
    assert said in refused.value.message
