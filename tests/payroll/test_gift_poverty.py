"""Gifts to poor and near-poor households: as told of the month, else as a benefit's decision says; by household."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payroll.actions import (
    approve_run,
    check_run,
    compute_run,
    create_occasion,
    open_occasion,
    submit_run,
)
from ansinh.payroll.actions.open_occasion import NobodyOnOccasion
from ansinh.payroll.models import OneOffPayee
from ansinh.payroll.one_off import find_gift_people
from ansinh.payroll.queries import PROOFS, preview_gift
from ansinh.payroll.types import GIFT, Criteria, CriteriaImpossible, GiftPreview
from ansinh.policy.spells import held
from ansinh.policy.types import Poverty
from ansinh.registry.actions import record_fact, undo_change
from ansinh.registry.models import Household, Person, Residence
from ansinh.registry.queries import list_circles
from ansinh.registry.types import Paper
from tests.payroll.conftest import play
from tests.seeding import AT, AUGUST, NGOC_PHAI, Desk, add_grant, add_person

pytestmark = pytest.mark.django_db
_DECIDED = date(2020, 7, 15)
_WANTED: dict[str, tuple[Poverty, ...]] = {
    "poor": ("poor",),
    "near_poor": ("near_poor",),
    "either": ("poor", "near_poor"),
}


def person(name: str) -> Person:
    return Person.objects.get(full_name=name)


def tell(desk: Desk, name: str, value: str, on: date = date(2020, 7, 1), number: int = 9) -> int:
    return record_fact(
        person_id=person(name).pk, kind="poverty", value=value, effective_on=on, paper=Paper(f"{number}/QĐ", _DECIDED),
        by=desk.officer, at=AT,
    ).change_id  # fmt: skip


def names(poverty: str, *, month: Month = AUGUST, per_household: bool = False, age_from: int | None = None) -> set[str]:
    asked = Criteria(poverty=poverty, age_from=age_from)
    found = find_gift_people(NGOC_PHAI, month, _DECIDED, asked, per_household=per_household)
    people = Person.objects.filter(pk__in=[one.person_id for one in found.payees])
    return set(people.values_list("full_name", flat=True))


def preview(desk: Desk, poverty: str, month: Month = AUGUST) -> GiftPreview:
    return preview_gift(
        NGOC_PHAI, month, _DECIDED, Criteria(poverty=poverty), Dong(300_000), per_household=False, by=desk.officer
    )


def test_what_was_told_of_the_month_decides(desk: Desk) -> None:
    assert names("either") == set()
    tell(desk, "Lý Ngọc An", "near_poor")
    poor = tell(desk, "Ma Xuân Thảo", "poor", date(2020, 8, 31))
    assert (names("poor"), names("near_poor")) == ({"Ma Xuân Thảo"}, {"Lý Ngọc An"})
    assert names("either") == {"Ma Xuân Thảo", "Lý Ngọc An"}
    assert names("poor", month=AUGUST + -1) == set()
    undo_change(change_id=poor, reason="ghi nhầm người", by=desk.officer, at=AT)
    assert names("poor") == set()


def test_the_set_reads_dated_facts_as_the_engine_does(desk: Desk) -> None:
    """The month of a change belongs to both values, but for a change of its first day; of one day the last counts."""
    tell(desk, "Lý Ngọc An", "poor", date(2020, 7, 10), 1)
    tell(desk, "Lý Ngọc An", "none", date(2020, 8, 10), 2)
    tell(desk, "Ma Xuân Thảo", "poor", date(2020, 7, 1), 3)
    tell(desk, "Ma Xuân Thảo", "near_poor", date(2020, 8, 1), 4)
    tell(desk, "Trần Xuân Dương", "near_poor", date(2020, 8, 1), 5)
    tell(desk, "Trần Xuân Dương", "poor", date(2020, 8, 1), 6)
    tell(desk, "Ma Thị Tuấn", "none", date(2020, 7, 15), 7)
    tell(desk, "Ma Thị Tuấn", "near_poor", date(2020, 9, 2), 8)
    Residence.objects.update(starts=AUGUST + -1)
    people = {one.pk: one.full_name for one in Person.objects.all()}
    circles = list_circles(list(people), areas={})
    for month in (AUGUST + -1, AUGUST, AUGUST + 1, AUGUST + 2):
        for asked, values in _WANTED.items():
            told = {
                name
                for pk, name in people.items()
                if any(held(circles[pk].people[str(pk)].poverty, month.index, (value,)) for value in values)
            }
            assert names(asked, month=month) == told, (str(month), asked)


def test_where_nobody_told_the_decision_of_a_benefit_says_so(desk: Desk) -> None:
    """Until 6/2021 a lone parent had to be of a poor household (NĐ 136/2013); since then near-poor is enough."""
    assert preview(desk, "poor") == GiftPreview(0, 0, Dong(0), waiting=4)
    play(desk)
    assert preview(desk, "poor") == GiftPreview(1, 1, Dong(300_000), by_decision=1)
    assert preview(desk, "near_poor") == GiftPreview(0, 0, Dong(0))
    later = AUGUST + 12
    assert preview(desk, "either", later).by_decision == 1
    assert (preview(desk, "poor", later).payees, preview(desk, "poor", later).unclear) == (0, 1)
    # What is told outdoes the decision at once, before benefits are decided anew.
    tell(desk, "Ma Thị Tuấn", "near_poor", date(2020, 8, 1))
    assert (names("poor"), names("near_poor", month=later)) == (set(), {"Ma Thị Tuấn"})
    assert preview(desk, "near_poor").by_decision == 0


def test_a_decision_outdone_by_a_higher_one_still_says_so_but_a_carers_speaks_of_another(desk: Desk) -> None:
    add_grant(person("Ma Xuân Thảo"), category="adult_hiv_poor")
    elder = add_person("Hà Văn Lâm", born=date(1940, 5, 5), category="elderly_community_care")
    add_person("Hà Thị Mai", born=date(1975, 5, 5), category="carer_elderly_community", cared_for=elder)
    play(desk)
    assert names("poor") == {"Ma Xuân Thảo", "Hà Văn Lâm", "Ma Thị Tuấn"}


def test_one_poor_member_makes_the_household_poor_and_it_is_given_one(desk: Desk) -> None:
    """Ma Xuân Thảo is 39 on the day of the decision, Trần Xuân Dương 38."""
    home = Household.objects.create(recorded_at=AT)
    Person.objects.filter(full_name__in=["Ma Xuân Thảo", "Trần Xuân Dương"]).update(household=home)
    tell(desk, "Trần Xuân Dương", "near_poor")
    assert names("near_poor") == {"Trần Xuân Dương"}
    assert names("near_poor", per_household=True) == {"Ma Xuân Thảo"}
    assert names("either", per_household=True, age_from=39) == {"Ma Xuân Thảo"}
    assert names("poor", per_household=True) == set()
    assert names("either", age_from=39) == set()


@pytest.mark.parametrize("poverty", ["poor", "near_poor"])
def test_the_list_is_whoever_is_known_so_when_it_is_frozen(desk: Desk, poverty: str) -> None:
    occasion = create_occasion(
        kind=GIFT, title="Quà Tết hộ nghèo", place_code=NGOC_PHAI, month=AUGUST, decision_no="7/QĐ-UBND",
        decided_on=_DECIDED, amount_dong=Dong(300_000), per_household=True, criteria=Criteria(poverty=poverty),
        by=desk.officer, at=AT,
    ).occasion_id  # fmt: skip
    with pytest.raises(NobodyOnOccasion):
        open_occasion(occasion_id=occasion, by=desk.officer, at=AT)
    tell(desk, "Lý Ngọc An", poverty)
    run_id = open_occasion(occasion_id=occasion, by=desk.officer, at=AT).run_id
    for step in (compute_run, check_run, submit_run):
        step(run_id=run_id, by=desk.officer, at=AT)
    approve_run(run_id=run_id, by=desk.approver, at=AT)
    payee = OneOffPayee.objects.get()
    assert (payee.person_id, payee.amount_dong) == (person("Lý Ngọc An").pk, Dong(300_000))
    assert {proof.code: [one.what for one in found] for proof in PROOFS if (found := proof.find())} == {}


def test_what_a_gift_cannot_ask_is_refused_and_what_was_stored_is_read(desk: Desk) -> None:
    with pytest.raises(CriteriaImpossible, match="poor, near_poor, either"):
        Criteria(poverty="rich")
    for stored in (Criteria(poverty="either"), Criteria(age_from=80)):
        assert Criteria.from_json(stored.as_json()) == stored
    old: dict[str, object] = {"age_from": None, "age_to": None, "sex": "", "benefits": [], "receiving": False}
    assert Criteria.from_json({**old, "poor": True}) == Criteria(poverty="poor")
    assert Criteria.from_json({**old, "poor": False}) == Criteria.from_json(old) == Criteria()
