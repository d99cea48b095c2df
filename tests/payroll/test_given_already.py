"""One decision recorded twice: whoever stands in both lists blocks, is told at once, and each list has its own code."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payroll.actions import (
    cancel_run,
    check_run,
    clear_finding,
    compute_run,
    create_occasion,
    open_occasion,
    submit_run,
)
from ansinh.payroll.actions.return_run import ReasonMissing
from ansinh.payroll.actions.submit_run import FindingsStillBlock
from ansinh.payroll.models import CommuneList, Line, RosterEntry, Run, RunFinding
from ansinh.payroll.queries import PROOFS, list_alike_occasions
from ansinh.payroll.types import GIFT, Criteria
from ansinh.places.queries import list_commune_codes
from ansinh.registry.models import Household, Person
from tests.payroll.conftest import play
from tests.proofs.breaking import break_rows
from tests.seeding import AT, AUGUST, NGOC_PHAI, Desk, add_person

pytestmark = pytest.mark.django_db
_DECIDED = date(2020, 7, 15)


def gift(
    desk: Desk,
    number: str = "7/QĐ-UBND",
    *,
    title: str = "Quà Tết",
    month: Month = AUGUST,
    criteria: Criteria = Criteria(),  # noqa: B008 - frozen
    decided_on: date = _DECIDED,
    per_household: bool = False,
) -> int:
    return create_occasion(
        kind=GIFT, title=title, place_code=NGOC_PHAI, month=month, decision_no=number, decided_on=decided_on,
        amount_dong=Dong(500_000), criteria=criteria, per_household=per_household, by=desk.officer, at=AT,
    ).occasion_id  # fmt: skip


def checked(desk: Desk, occasion_id: int) -> int:
    """The number of its run, opened, computed and checked."""
    run_id = open_occasion(occasion_id=occasion_id, by=desk.officer, at=AT).run_id
    compute_run(run_id=run_id, by=desk.officer, at=AT)
    check_run(run_id=run_id, by=desk.officer, at=AT)
    return run_id


def told(run_id: int) -> list[str]:
    found = RunFinding.objects.filter(run_id=run_id, code="given_already", severity="blocking")
    return list(found.order_by("pk").values_list("message", flat=True))


def clear(desk: Desk, run_id: int, reason: str) -> None:
    for pk in RunFinding.objects.filter(run_id=run_id, severity="blocking").values_list("pk", flat=True):
        clear_finding(run_id=run_id, finding_id=pk, reason=reason, by=desk.officer, at=AT)


def test_one_decision_listed_twice_blocks_until_a_reason_is_written(desk: Desk) -> None:
    first = checked(desk, gift(desk))
    assert told(first) == []
    submit_run(run_id=first, by=desk.officer, at=AT)
    again = checked(desk, gift(desk, " 07 / qđ-ubnd", title="Quà khác"))
    found = told(again)
    assert len(found) == 4
    assert found[0].startswith(f'Lý Ngọc An đã có ở kỳ chi trả {first} ("Quà Tết", Quyết định số 7/QĐ-UBND')
    with pytest.raises(FindingsStillBlock):
        submit_run(run_id=again, by=desk.officer, at=AT)
    with pytest.raises(ReasonMissing):
        clear(desk, again, " ")
    clear(desk, again, "hai đợt quà của một quyết định")
    assert check_run(run_id=again, by=desk.officer, at=AT).open_blocking == 0
    submit_run(run_id=again, by=desk.officer, at=AT)


def test_the_same_title_of_the_month_and_place_is_told_too(desk: Desk) -> None:
    checked(desk, gift(desk, "7/QĐ"))
    assert len(told(checked(desk, gift(desk, "8/QĐ", title="quà  TẾT")))) == 4


def test_many_of_a_commune_are_told_as_one(desk: Desk) -> None:
    for number in range(3):
        add_person(f"Hoàng Văn {number}", born=date(1930, 1, 1 + number), category="elderly_80_no_pension")
    first = checked(desk, gift(desk))
    (found,) = told(checked(desk, gift(desk)))
    assert found.startswith(f"Xã Ngọc Phái (02053): 7 suất đã có ở kỳ chi trả {first} ")


def test_a_household_given_by_another_of_its_members_is_told(desk: Desk) -> None:
    home = Household.objects.create(recorded_at=AT)
    Person.objects.filter(full_name__in=["Ma Xuân Thảo", "Trần Xuân Dương"]).update(household=home)
    young = Criteria(age_from=38, age_to=38)
    checked(desk, gift(desk, criteria=Criteria(age_from=39, age_to=39), per_household=True))
    (found,) = told(checked(desk, gift(desk, criteria=young, per_household=True)))
    assert found.startswith("hộ của Trần Xuân Dương đã có ở kỳ chi trả")


def test_what_is_another_decision_or_given_up_or_of_others_does_not_block(desk: Desk) -> None:
    first = checked(desk, gift(desk, criteria=Criteria(age_from=80)))
    others = [
        gift(desk, criteria=Criteria(age_to=79)),
        gift(desk, "8/QĐ-UBND", title="Quà khác"),
        gift(desk, "8/QĐ-UBND", month=AUGUST + 12, decided_on=date(2021, 7, 15)),
    ]
    assert [told(checked(desk, one)) for one in others] == [[], [], []]
    cancel_run(run_id=first, reason="lập trùng", by=desk.officer, at=AT)
    assert told(checked(desk, gift(desk, criteria=Criteria(age_from=80)))) == []


def test_what_was_recorded_before_is_told_of_the_place_and_no_other(desk: Desk) -> None:
    before = gift(desk)
    other = next(code for code in list_commune_codes("064", AUGUST.first_day) if code != NGOC_PHAI)

    def alike(place: str, number: str = "7/QĐ-UBND") -> list[int]:
        found = list_alike_occasions(
            GIFT, "Tên khác", place, AUGUST, decision_no=number, decided_on=_DECIDED, by=desk.officer
        )
        return [one.occasion_id for one in found]

    assert (alike(NGOC_PHAI), alike("064"), alike(other)) == ([before], [before], [])
    assert alike(NGOC_PHAI, "8/QĐ-UBND") == []


def test_two_lists_of_the_same_people_have_two_codes_and_verify_knows_both(desk: Desk) -> None:
    play(desk)
    runs = [checked(desk, gift(desk)) for _ in range(2)]
    clear(desk, runs[1], "đúng là hai khoản")
    for run_id in runs:
        submit_run(run_id=run_id, by=desk.officer, at=AT)
    codes = Run.objects.filter(state__in=("SUBMITTED", "APPROVED")).values_list("list_digest", flat=True)
    assert len(set(codes)) == 3
    lists = CommuneList.objects.order_by("run_id").values_list("digest", "names_occasion")
    assert [named for _, named in lists] == [False, True, True]
    assert len({digest for digest, _ in lists}) == 3
    assert not [found for proof in PROOFS for found in proof.find()]


def test_a_monthly_list_keeps_the_code_it_always_had(desk: Desk) -> None:
    """Over its lines alone, so that the codes on papers printed before stay true."""
    run = play(desk)
    people = {one.person_id: one for one in RosterEntry.objects.filter(run=run)}
    said = "\n".join(
        "|".join(
            str(part)
            for part in (
                line.person_id, people[line.person_id].full_name, people[line.person_id].born_on, line.benefit,
                line.for_person_id, line.kind, line.entitlement_month.first_day, line.coefficient,
                line.base_dong.value, line.deducted_dong.value, line.amount_dong.value, line.article,
            )
        )
        for line in Line.objects.filter(run=run).order_by("person_id", "benefit", "for_person_id")
    )  # fmt: skip
    assert CommuneList.objects.get(run=run).digest == sha256(said.encode()).hexdigest()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE payroll_occasion SET decision_no = '9/QĐ'",
        "UPDATE payroll_communelist SET names_occasion = NOT names_occasion",
    ],
)
def test_a_list_said_to_be_of_another_decision_is_named(desk: Desk, statement: str) -> None:
    run_id = checked(desk, gift(desk))
    submit_run(run_id=run_id, by=desk.officer, at=AT)
    break_rows(statement, tables=["payroll_occasion", "payroll_communelist"])
    (broken,) = next(proof for proof in PROOFS if proof.code == "lists_as_signed").find()
    assert f"Kỳ chi trả {run_id} " in broken.what
