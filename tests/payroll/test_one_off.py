"""Sums given once: gifts by criteria, funerals by the law, emergencies by decision; once for everybody, four eyes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from ansinh.funds.queries import budget_of
from ansinh.kernel.birth import BirthDate
from ansinh.kernel.money import Dong
from ansinh.payroll.actions import (
    add_payee,
    approve_run,
    cancel_run,
    check_run,
    compute_run,
    create_occasion,
    open_occasion,
    remove_payee,
    submit_run,
)
from ansinh.payroll.actions.add_payee import AlreadyOnList, CollectorMissing, FuneralAlreadyGiven
from ansinh.payroll.actions.create_occasion import AmountMissing, BelowLaw, WouldTellStatus
from ansinh.payroll.actions.open_occasion import NobodyOnOccasion
from ansinh.payroll.models import Line, Occasion, OneOffPayee, Run, RunFinding
from ansinh.payroll.one_off import NoFuneralOwed, OccasionAlreadyOpen
from ansinh.payroll.queries import (
    PROOFS,
    LineFilter,
    explain_line,
    get_occasion,
    list_lines,
    list_payees,
    preview_gift,
)
from ansinh.payroll.types import EMERGENCY, FUNERAL, GIFT, Criteria, CriteriaImpossible
from ansinh.registry.actions import add_person, record_death
from ansinh.registry.models import Household, Person
from ansinh.registry.types import Paper
from tests.payroll.conftest import play, prepare
from tests.seeding import AT, AUGUST, NGOC_PHAI, Desk

pytestmark = pytest.mark.django_db
_TET = date(2020, 7, 15)


def gift(desk: Desk, criteria: Criteria | None, *, dong: int = 500_000, per_household: bool = False) -> int:
    return create_occasion(
        kind=GIFT, title="Quà Tết người cao tuổi", place_code=NGOC_PHAI, month=AUGUST, decision_no="7/QĐ-UBND",
        decided_on=_TET, amount_dong=Dong(dong), per_household=per_household, criteria=criteria, by=desk.officer, at=AT,
    ).occasion_id  # fmt: skip


def signed(desk: Desk, occasion_id: int) -> Run:
    opened = open_occasion(occasion_id=occasion_id, by=desk.officer, at=AT)
    compute_run(run_id=opened.run_id, by=desk.officer, at=AT)
    check_run(run_id=opened.run_id, by=desk.officer, at=AT)
    submit_run(run_id=opened.run_id, by=desk.officer, at=AT)
    approve_run(run_id=opened.run_id, by=desk.approver, at=AT)
    return Run.objects.get(pk=opened.run_id)


def person(name: str) -> Person:
    return Person.objects.get(full_name=name)


def listed(run: Run, desk: Desk) -> dict[str, int]:
    found = list_lines(run, by=desk.officer, wanted=LineFilter()).lines
    return {line.full_name: line.amount_dong.value for line in found}


def broken() -> dict[str, list[str]]:
    return {proof.code: [one.what for one in found] for proof in PROOFS if (found := proof.find())}


def test_a_gift_reaches_whoever_meets_its_criteria_once(desk: Desk) -> None:
    """Born 1932: 88 on the day of the decision; the others are 39 and younger."""
    month = play(desk)
    before = listed(month, desk)
    elderly = Criteria(age_from=80, receiving=True)
    seen = preview_gift(NGOC_PHAI, AUGUST, _TET, elderly, Dong(500_000), per_household=False, by=desk.officer)
    assert (seen.payees, seen.total_dong) == (1, Dong(500_000))
    run = signed(desk, gift(desk, elderly))
    assert listed(run, desk) == {"Lý Ngọc An": 500_000}
    assert budget_of(NGOC_PHAI, "gift", AUGUST).reserved_dong == Dong(500_000)
    (line,) = list_lines(run, by=desk.officer, wanted=LineFilter()).lines
    assert explain_line(line) == (
        "Quà Tết người cao tuổi: Lý Ngọc An được chi một lần 500.000 đồng, "
        "theo Quyết định số 7/QĐ-UBND ngày 15/07/2020."
    )
    # The next month neither makes it good nor takes it back.
    assert listed(prepare(desk, AUGUST + 1), desk) == before
    assert broken() == {}


def test_ages_count_on_the_day_of_the_decision(desk: Desk) -> None:
    """Ma Xuân Thảo, born 27/02/1981, is 39 on 15/07/2020."""
    ages = [Criteria(age_from=39, age_to=39), Criteria(age_from=40, age_to=79), Criteria(age_to=38)]
    found = [
        preview_gift(NGOC_PHAI, AUGUST, _TET, one, Dong(1), per_household=False, by=desk.officer).payees for one in ages
    ]
    assert found == [1, 0, 2]


def test_a_gift_to_households_is_given_to_the_oldest(desk: Desk) -> None:
    home = Household.objects.create(recorded_at=AT)
    Person.objects.filter(full_name__in=["Ma Xuân Thảo", "Trần Xuân Dương"]).update(household=home)
    run = signed(desk, gift(desk, Criteria(), per_household=True))
    assert set(listed(run, desk)) == {"Lý Ngọc An", "Ma Xuân Thảo", "Ma Thị Tuấn"}
    line = next(
        one for one in list_lines(run, by=desk.officer, wanted=LineFilter()).lines if one.full_name == "Ma Xuân Thảo"
    )
    assert line.household_id == home.pk
    assert "hộ của Ma Xuân Thảo" in explain_line(line)


def test_what_is_signed_never_changes_and_a_run_given_up_frees_the_list(desk: Desk) -> None:
    occasion = gift(desk, None)
    with pytest.raises(NobodyOnOccasion):
        open_occasion(occasion_id=occasion, by=desk.officer, at=AT)
    who = person("Lý Ngọc An").pk
    add_payee(occasion_id=occasion, person_id=who, by=desk.officer, at=AT)
    with pytest.raises(AlreadyOnList):
        add_payee(occasion_id=occasion, person_id=who, by=desk.officer, at=AT)
    opened = open_occasion(occasion_id=occasion, by=desk.officer, at=AT)
    with pytest.raises(OccasionAlreadyOpen):
        remove_payee(occasion_id=occasion, person_id=who, by=desk.officer, at=AT)
    cancel_run(run_id=opened.run_id, reason="thiếu người", by=desk.officer, at=AT)
    add_payee(occasion_id=occasion, person_id=person("Ma Thị Tuấn").pk, by=desk.officer, at=AT)
    run = signed(desk, occasion)
    assert len(listed(run, desk)) == 2
    with pytest.raises(OccasionAlreadyOpen):
        open_occasion(occasion_id=occasion, by=desk.officer, at=AT)
    for change in (OneOffPayee.objects.all().delete, lambda: Occasion.objects.update(title="khác")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(place_code=NGOC_PHAI, month=AUGUST, programme="one_off", occasion_id=occasion,
                           opened_at=AT, opened_by=1, pack_digest="")  # fmt: skip


def test_computing_again_changes_nothing(desk: Desk) -> None:
    opened = open_occasion(occasion_id=gift(desk, Criteria()), by=desk.officer, at=AT)
    first = compute_run(run_id=opened.run_id, by=desk.officer, at=AT)
    again = compute_run(run_id=opened.run_id, by=desk.officer, at=AT)
    assert (first.added, again.added, again.removed, again.total_dong) == (4, 0, 0, Dong(2_000_000))


def test_a_funeral_is_supported_once_by_the_law(desk: Desk) -> None:
    """NĐ 136/2013 Điều 11: 20 lần mức chuẩn 270.000 = 5.400.000 đồng; ai lo mai táng là người nhận."""
    dead = person("Lý Ngọc An")
    occasions = [
        create_occasion(
            kind=FUNERAL, title="Mai táng tháng 8", place_code=NGOC_PHAI, month=AUGUST, decision_no=f"{number}/QĐ",
            decided_on=_TET, by=desk.officer, at=AT,
        ).occasion_id
        for number in (1, 2)
    ]  # fmt: skip
    son = {"collector_name": "Lý Văn Ba", "collector_relation": "con"}
    with pytest.raises(NoFuneralOwed):
        add_payee(occasion_id=occasions[0], person_id=dead.pk, by=desk.officer, at=AT, **son)
    paper = Paper(decision_no="5/GCT", decided_on=date(2020, 7, 18))
    record_death(person_id=dead.pk, died_on=date(2020, 7, 16), paper=paper, by=desk.officer, at=AT)
    with pytest.raises(CollectorMissing):
        add_payee(occasion_id=occasions[0], person_id=dead.pk, by=desk.officer, at=AT)
    given = add_payee(occasion_id=occasions[0], person_id=dead.pk, by=desk.officer, at=AT, **son)
    assert given.amount_dong == Dong(5_400_000)
    with pytest.raises(FuneralAlreadyGiven):
        add_payee(occasion_id=occasions[1], person_id=dead.pk, by=desk.officer, at=AT, **son)
    run = signed(desk, occasions[0])
    (line,) = list_lines(run, by=desk.officer, wanted=LineFilter()).lines
    assert (line.amount_dong, line.collector, line.collector_relation) == (Dong(5_400_000), "Lý Văn Ba", "con")
    assert "20 × 270.000 đồng" in explain_line(line)
    assert broken() == {}


def test_an_emergency_gives_at_least_what_the_law_does_to_people_without_papers_too(desk: Desk) -> None:
    """NĐ 20/2021 Điều 15: dựng lại nhà tối thiểu 40 triệu đồng."""
    facts = {"kind": EMERGENCY, "title": "Bão số 3", "place_code": NGOC_PHAI, "month": AUGUST + 14,
             "decision_no": "9/QĐ", "decided_on": date(2021, 9, 20), "item": "housing_rebuild",
             "happened_on": date(2021, 9, 10), "per_household": True, "by": desk.officer, "at": AT}  # fmt: skip
    with pytest.raises(BelowLaw):
        create_occasion(**facts, amount_dong=Dong(39_999_999))  # type: ignore[arg-type]
    occasion = create_occasion(**facts, amount_dong=Dong(40_000_000)).occasion_id  # type: ignore[arg-type]
    added = [
        add_person(
            full_name="Hoàng Văn Páo", birth=BirthDate.parse_vi("1970"), sex="male", commune_code=NGOC_PHAI,
            hamlet="Nà Pài", from_month=AUGUST, reason="chưa có căn cước", by=desk.officer, at=AT,
        )
        for _ in range(2)
    ]  # fmt: skip
    assert [one.twins for one in added] == [0, 1]
    for one in added:
        add_payee(occasion_id=occasion, person_id=one.person_id, by=desk.officer, at=AT)
    assert [one.amount_dong for one in list_payees(occasion, by=desk.officer)] == [Dong(40_000_000)] * 2
    run_id = open_occasion(occasion_id=occasion, by=desk.officer, at=AT).run_id
    compute_run(run_id=run_id, by=desk.officer, at=AT)
    assert check_run(run_id=run_id, by=desk.officer, at=AT).open_blocking == 1
    assert "cùng họ tên, năm sinh và thôn" in RunFinding.objects.get(run_id=run_id).message


def test_what_cannot_be_decided_is_refused(desk: Desk) -> None:
    with pytest.raises(CriteriaImpossible):
        Criteria(age_from=80, age_to=70)
    with pytest.raises(WouldTellStatus):
        gift(desk, Criteria(benefits=("adult_hiv_poor",)))
    with pytest.raises(AmountMissing):
        gift(desk, Criteria(), dong=0)
    card = get_occasion(gift(desk, Criteria()), by=desk.officer)
    assert (card.run_id, card.payees) == (None, 0)
    assert not Line.objects.exists()
    assert replace(card, title="") != card
