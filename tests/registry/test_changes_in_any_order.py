"""Changes told in whatever order: what one says never depends on when the others were told."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.policy import decide, load_pack
from ansinh.registry.actions import (
    follow_successors,
    move_resident,
    record_fact,
    record_grant,
    resume_grant,
    suspend_grant,
    undo_change,
)
from ansinh.registry.models import Grant, Person, Residence
from ansinh.registry.queries import list_circles
from ansinh.registry.queries.circles import grants_of
from ansinh.registry.rules import first_month_without
from ansinh.registry.types import Paper
from tests.seeding import NGOC_PHAI, PHUONG_VIEN, Desk, add_person, open_desk

NOW = datetime(2020, 12, 10, 2, 0, tzinfo=UTC)
PAPER = Paper("88/QĐ-UBND", date(2020, 12, 1), "Giấy chứng tử", "")
OCTOBER = Month.of(2020, 10)


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return open_desk()


@pytest.fixture
def person(desk: Desk) -> Person:
    return add_person("Nông Đình Chánh", born=date(1960, 11, 7), category="disabled_severe")


def own_grant(person: Person) -> Grant:
    return Grant.objects.get(person=person)


def test_the_month_in_which_a_condition_ends_is_paid_though_it_was_never_recorded_before(
    desk: Desk, person: Person
) -> None:
    """Nobody had written that he was severely disabled; from 15/10 he is not: October is paid, November is not."""
    record_fact(
        person_id=person.pk, kind="disability", value="none", effective_on=date(2020, 10, 15), paper=PAPER,
        by=desk.officer, at=NOW,
    )  # fmt: skip
    circle = list_circles([person.pk], areas={})[person.pk]
    assert [span.ends for span in decide(circle, load_pack()).spans][-1:] == [OCTOBER + 1]


def test_a_bar_told_once_more_lets_no_month_through(desk: Desk, person: Person) -> None:
    for day in (date(2020, 1, 5), date(2020, 9, 7)):
        record_fact(
            person_id=person.pk, kind="imprisoned", value="yes", effective_on=day, paper=PAPER, by=desk.officer, at=NOW
        )
    circle = list_circles([person.pk], areas={})[person.pk]
    assert [span.ends for span in decide(circle, load_pack()).spans] == [Month.of(2020, 2)]


def test_a_suspension_told_out_of_order_is_refused_and_one_undone_between_two_ends_with_the_later(
    desk: Desk, person: Person
) -> None:
    """Suspended 3–5/2020 and 7–9/2020; the first resumption undone, the suspension runs from 3 to 9."""
    of = {"person_id": person.pk, "grant_id": own_grant(person).pk, "paper": PAPER, "by": desk.officer, "at": NOW}
    suspend_grant(from_month=Month.of(2020, 3), **of)  # type: ignore[arg-type]
    first = resume_grant(resumed_on=date(2020, 5, 2), **of)  # type: ignore[arg-type]
    with pytest.raises(Refusal) as refused:
        suspend_grant(from_month=Month.of(2020, 2), **of)  # type: ignore[arg-type]
    assert refused.value.code == "resumed_later"
    suspend_grant(from_month=Month.of(2020, 7), **of)  # type: ignore[arg-type]
    resume_grant(resumed_on=date(2020, 9, 2), **of)  # type: ignore[arg-type]
    undo_change(change_id=first.change_id, reason="nhầm", by=desk.officer, at=NOW)
    assert [one.left_out for one in grants_of(person.pk)] == [((Month.of(2020, 3), Month.of(2020, 9)),)]


def test_who_comes_back_is_paid_again_and_by_a_decision_made_then(desk: Desk, person: Person) -> None:
    """Left from 9/2020, back in the same commune from 11/2020; or granted anew from 10/2020 while away."""
    of = {"person_id": person.pk, "paper": PAPER, "by": desk.officer, "at": NOW}
    move_resident(from_month=Month.of(2020, 9), **of)  # type: ignore[arg-type]
    record_grant(category="single_parent_poor", starts=OCTOBER, **of)  # type: ignore[arg-type]
    assert [(one.starts, first_month_without(one)) for one in grants_of(person.pk)] == [
        (Month.of(2019, 1), Month.of(2020, 9)),
        (OCTOBER, None),
    ]
    back = move_resident(from_month=OCTOBER + 1, commune_code=NGOC_PHAI, **of)  # type: ignore[arg-type]
    assert [one.left_out for one in grants_of(person.pk)] == [((Month.of(2020, 9), OCTOBER + 1),), ()]
    undo_change(change_id=back.change_id, reason="nhầm", by=desk.officer, at=NOW)
    assert [(one.commune_code, one.ends) for one in Residence.objects.filter(person=person)] == [(NGOC_PHAI, None)]


def test_a_move_told_after_its_commune_ended_is_taken_and_undone(desk: Desk, person: Person) -> None:
    """From Ngọc Phái to Xuân Lạc in 5/2025, told in 8/2025, when Chợ Đồn had already taken Ngọc Phái over."""
    august = datetime(2025, 8, 10, tzinfo=UTC)
    heirs = {"commune_codes": ("02020", "02026"), "month": Month.of(2025, 8), "by": desk.officer, "at": august}
    follow_successors(**heirs)  # type: ignore[arg-type]
    told = move_resident(
        person_id=person.pk, commune_code="02023", from_month=Month.of(2025, 5), paper=PAPER, by=desk.officer, at=august
    )
    follow_successors(**heirs)  # type: ignore[arg-type]
    homes = Residence.objects.filter(person=person).order_by("starts")
    assert [one.commune_code for one in homes] == [NGOC_PHAI, "02023", "02026"]
    undo_change(change_id=told.change_id, reason="nhầm", by=desk.officer, at=august)
    follow_successors(**heirs)  # type: ignore[arg-type]
    assert [one.commune_code for one in homes.all()] == [NGOC_PHAI, "02020"]


def test_who_moved_on_before_the_heir_was_opened_lived_in_the_heir_till_then(desk: Desk) -> None:
    """Hàng Mã went to Hoàn Kiếm on 1/7/2025; moved to Nam Cường from 10/2025, whose month is opened first."""
    person = add_person("Lý Thị Hạnh", born=date(1980, 1, 1), category="disabled_severe", commune="00043")
    october = datetime(2025, 10, 10, tzinfo=UTC)
    move_resident(
        person_id=person.pk, commune_code="02026", from_month=Month.of(2025, 10), paper=PAPER, by=desk.officer,
        at=october,
    )  # fmt: skip
    for moved in (1, 0):
        done = follow_successors(commune_codes=("02026",), month=Month.of(2025, 10), by=desk.officer, at=october)
        assert done.moved == moved
    homes = Residence.objects.filter(person=person).order_by("starts")
    assert [(one.commune_code, str(one.ends)) for one in homes] == [
        ("00043", "2025-07"),
        ("00070", "2025-10"),
        ("02026", "None"),
    ]


def test_a_move_corrected_in_its_month_and_undone_is_the_move_again(desk: Desk, person: Person) -> None:
    of = {"person_id": person.pk, "from_month": OCTOBER, "paper": PAPER, "by": desk.officer, "at": NOW}
    move_resident(commune_code=PHUONG_VIEN, **of)  # type: ignore[arg-type]
    corrected = move_resident(commune_code="02023", **of)  # type: ignore[arg-type]
    undo_change(change_id=corrected.change_id, reason="nhầm", by=desk.officer, at=NOW)
    homes = Residence.objects.filter(person=person).order_by("starts")
    assert [one.commune_code for one in homes] == [NGOC_PHAI, PHUONG_VIEN]


def test_two_who_care_for_the_same_person_are_paid_once(desk: Desk, person: Person) -> None:
    """One support for one cared for (khoản 2 Điều 20 Nghị định 20/2021): the decision written down first is paid."""
    carers = [
        add_person(name, born=date(1980, 1, 1), category="carer_household_exceptional", cared_for=person)
        for name in ("Nông Văn Một", "Nông Văn Hai")
    ]
    circles = list_circles([one.pk for one in carers], areas={})
    paid = {span.person for circle in circles.values() for span in decide(circle, load_pack()).spans
            if span.benefit == "carer_household_exceptional"}  # fmt: skip
    assert paid == {str(carers[0].pk)}
