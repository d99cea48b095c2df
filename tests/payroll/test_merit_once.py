"""Merit given once: worship money by the law for each martyr and year, grants by a decision; never a monthly list's."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from ansinh.funds.queries import budget_of
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions import (
    add_payee,
    check_run,
    compute_run,
    create_occasion,
    open_occasion,
    remove_payee,
)
from ansinh.payroll.models import Line, OneOffPayee, Run, RunFinding, WorshippedMartyr
from ansinh.payroll.queries import LineFilter, explain_line, get_occasion, list_lines, list_payees
from ansinh.payroll.types import MERIT_ONCE, MERIT_YEARLY
from ansinh.registry.actions import record_death
from ansinh.registry.models import Person
from ansinh.registry.types import Paper
from tests.payroll.test_merit_lists import AT, CHO_DON_COMMUNE, SEPTEMBER, lines, played, prepared, resident
from tests.payroll.test_one_off import signed
from tests.proofs.breaking import found_by_proof
from tests.seeding import NGOC_PHAI, Desk, open_desk

DECIDED = date(2024, 7, 10)


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return open_desk()


def place_in(month: Month) -> str:
    """Ngọc Phái, which belongs to the new xã Chợ Đồn since 1 July 2025."""
    return NGOC_PHAI if month < Month.of(2025, 7) else CHO_DON_COMMUNE


def occasion(desk: Desk, kind: str = MERIT_YEARLY, month: Month = SEPTEMBER, **more: object) -> int:
    made = create_occasion(
        kind=kind, title="Thờ cúng liệt sĩ 2024", place_code=place_in(month), month=month, decision_no="27/QĐ-SLĐTBXH",
        decided_on=DECIDED, by=desk.officer, at=AT, **more,  # type: ignore[arg-type]
    )  # fmt: skip
    return made.occasion_id


def worship(desk: Desk, occasion_id: int, person: Person, martyr: str, number: str) -> Dong:
    return add_payee(
        occasion_id=occasion_id, person_id=person.pk, martyr_name=martyr, martyr_no=number, by=desk.officer, at=AT
    ).amount_dong


def code_of(refused: pytest.ExceptionInfo[Refusal]) -> str:
    return refused.value.code


def test_worship_money_is_the_laws_for_each_martyr_and_no_monthly_list_takes_it_back(desk: Desk) -> None:
    """NĐ 77/2024: 1.400.000 đồng a martyr and year. A widow on the merit list (1.565.000) worships two of them; a
    nephew outside every list one. The month's merit list before and after holds the widow's allowance alone."""
    widow = resident("Lý Thị Góa", "merit_tuat_tb_bb_cdhh")
    nephew = resident("Lý Văn Cháu", "elderly_80_no_pension", date(1980, 1, 1))
    played(desk)
    yearly = occasion(desk)
    assert get_occasion(yearly, by=desk.officer).amount_dong == Dong(1_400_000)
    assert worship(desk, yearly, widow, "Lý  Văn Nhất", "ls 01/bk") == Dong(1_400_000)
    assert worship(desk, yearly, widow, "Lý Văn Nhì", "LS02/BK") == Dong(2_800_000)
    assert worship(desk, yearly, nephew, "Lý Văn Ba", "LS03/BK") == Dong(1_400_000)
    told = {one.full_name: one.martyrs for one in list_payees(yearly, by=desk.officer)}
    assert told["Lý Thị Góa"] == ("Lý Văn Nhất (LS01/BK)", "Lý Văn Nhì (LS02/BK)")
    run = signed(desk, yearly)
    assert budget_of(NGOC_PHAI, "merit", SEPTEMBER).reserved_dong == Dong(1_565_000 + 4_200_000)
    line = next(one for one in list_lines(run, by=desk.officer, wanted=LineFilter()).lines if one.person_id == widow.pk)
    assert (line.group_name, line.law) == ("Trợ cấp thờ cúng liệt sĩ", "nd77")
    assert explain_line(line) == (
        "Thờ cúng liệt sĩ 2024: Lý Thị Góa được chi một lần 2.800.000 đồng = 2 × 1.400.000 đồng, theo Điều 1 Nghị định "
        "77/2024/NĐ-CP. Thờ cúng năm 2024: liệt sĩ Lý Văn Nhất (LS01/BK), Lý Văn Nhì (LS02/BK)."
    )
    october = played(desk, SEPTEMBER + 1)
    assert lines(widow, SEPTEMBER + 1) == [("regular", "merit_tuat_tb_bb_cdhh", "2024-10", 1_565_000)]
    assert not Line.objects.filter(run_id=october.pk, person_id=nephew.pk).exists()
    assert found_by_proof() == {}


def test_a_martyr_is_worshipped_once_a_year_whoever_does(desk: Desk) -> None:
    brother, sister = (
        resident(name, "elderly_80_no_pension", date(1940, 1, 1)) for name in ("Ma Văn Anh", "Ma Thị Em")
    )
    first, second = occasion(desk), occasion(desk, month=SEPTEMBER + 1)
    worship(desk, first, brother, "Ma Văn Liệt", "15/LS")
    for other in (first, second):
        with pytest.raises(Refusal) as refused:
            worship(desk, other, sister, "Ma Văn Liệt", "15/ls")
        assert code_of(refused) == "martyr_already_worshipped"
    assert OneOffPayee.objects.count() == WorshippedMartyr.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        WorshippedMartyr.objects.create(
            payee=OneOffPayee.objects.get(), for_year=2024, martyr_no="15/LS", full_name="khác"
        )
    # Next year is another; and who is taken off the list leaves the martyr to another.
    worship(desk, occasion(desk, month=Month.of(2025, 2)), brother, "Ma Văn Liệt", "15/LS")
    remove_payee(occasion_id=first, person_id=brother.pk, by=desk.officer, at=AT)
    worship(desk, second, sister, "Ma Văn Liệt", "15/LS")
    signed(desk, second)
    for change in (WorshippedMartyr.objects.filter(for_year=2024).delete,
                   lambda: WorshippedMartyr.objects.filter(for_year=2024).update(martyr_no="16/LS")):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_what_is_missing_or_dead_is_refused(desk: Desk) -> None:
    old = resident("Bà Cụ", "elderly_80_no_pension", date(1930, 1, 1))
    yearly = occasion(desk)
    for martyr, number in (("", "1/LS"), ("Ma Văn A", " "), ("Ma Văn A", "1" * 61)):
        with pytest.raises(Refusal) as refused:
            worship(desk, yearly, old, martyr, number)
        assert code_of(refused) == "martyr_missing"
    paper = Paper("5/GCT", date(2024, 9, 2))
    record_death(person_id=old.pk, died_on=date(2024, 9, 1), paper=paper, by=desk.officer, at=AT)
    with pytest.raises(Refusal) as refused:
        worship(desk, yearly, old, "Ma Văn A", "1/LS")
    assert code_of(refused) == "worshipper_dead"


@pytest.mark.parametrize(
    ("month", "facts", "expected"),
    [
        (SEPTEMBER, {}, 1_400_000),
        (SEPTEMBER, {"amount_dong": Dong(2_000_000)}, 2_000_000),
        (SEPTEMBER, {"amount_dong": Dong(1_399_999)}, "below_worship_level"),
        (SEPTEMBER, {"for_year": 2025}, "worship_year_wrong"),
        (Month.of(2025, 2), {"for_year": 2024}, 1_400_000),
        # No level of before July 2024 or after June 2026 is known here: the decision's sum, or nothing.
        (Month.of(2026, 9), {}, "worship_level_unknown"),
        (Month.of(2026, 9), {"amount_dong": Dong(1_500_000)}, 1_500_000),
        (SEPTEMBER, {"for_year": 2023}, "worship_level_unknown"),
    ],
)
def test_the_sum_is_the_laws_of_the_year_or_more(
    desk: Desk, month: Month, facts: dict[str, object], expected: int | str
) -> None:
    if isinstance(expected, str):
        with pytest.raises(Refusal) as refused:
            occasion(desk, month=month, **facts)  # type: ignore[arg-type]
        assert code_of(refused) == expected
        return
    made = get_occasion(occasion(desk, month=month, **facts), by=desk.officer)  # type: ignore[arg-type]
    assert made.amount_dong == Dong(expected)
    assert bool(made.article) == (expected == 1_400_000)


def test_martyrs_of_one_name_are_a_warning(desk: Desk) -> None:
    old = resident("Bà Cụ", "elderly_80_no_pension", date(1930, 1, 1))
    yearly = occasion(desk)
    for number in ("1/LS", "2/LS"):
        worship(desk, yearly, old, "Ma Văn A", number)
    run_id = open_occasion(occasion_id=yearly, by=desk.officer, at=AT).run_id
    compute_run(run_id=run_id, by=desk.officer, at=AT)
    assert check_run(run_id=run_id, by=desk.officer, at=AT).open_blocking == 0
    told = RunFinding.objects.filter(run_id=run_id, code="same_martyr_twice").values_list("message", flat=True)
    assert len(told) == 2
    assert "Bằng Tổ quốc ghi công" in told[0]


def test_a_merit_grant_is_given_by_its_decision_and_article(desk: Desk) -> None:
    soldier = resident("Ma Văn Thương", "merit_thuong_binh_21")
    for facts, code in (
        ({"article": "Điều 5"}, "amount_missing"),
        ({"amount_dong": Dong(9_000_000)}, "article_missing"),
        ({"amount_dong": Dong(9_000_000), "article": "Điều " + "5" * 100}, "article_missing"),
    ):
        with pytest.raises(Refusal) as refused:
            occasion(desk, MERIT_ONCE, **facts)
        assert code_of(refused) == code
    once = occasion(desk, MERIT_ONCE, amount_dong=Dong(9_000_000), article="Điều 14 Pháp lệnh 02/2020/UBTVQH14")
    add_payee(occasion_id=once, person_id=soldier.pk, by=desk.officer, at=AT)
    with pytest.raises(Refusal) as refused:
        add_payee(occasion_id=once, person_id=soldier.pk, by=desk.officer, at=AT)
    assert code_of(refused) == "already_on_list"
    run = signed(desk, once)
    (line,) = list_lines(run, by=desk.officer, wanted=LineFilter()).lines
    assert (line.amount_dong, line.group_name) == (Dong(9_000_000), "Trợ cấp ưu đãi người có công một lần")
    assert line.article == "Điều 14 Pháp lệnh 02/2020/UBTVQH14, Quyết định số 27/QĐ-SLĐTBXH ngày 10/07/2024"
    assert Line.objects.get(run_id=run.pk).regime == "merit"
    assert found_by_proof() == {}


def test_a_list_given_once_is_not_asked_about_monthly_tables(desk: Desk) -> None:
    """No table of 9/2026 is published: the merit list says so; a grant given once in that month does not."""
    month = Month.of(2026, 9)
    soldier = resident("Ma Văn Thương", "merit_thuong_binh_21", opening=month, commune=CHO_DON_COMMUNE)
    made = create_occasion(
        kind=MERIT_ONCE, title="Một lần", place_code=CHO_DON_COMMUNE, month=month, decision_no="1/QĐ",
        decided_on=DECIDED, amount_dong=Dong(1_000_000), article="Điều 14", by=desk.officer, at=AT,
    )  # fmt: skip
    add_payee(occasion_id=made.occasion_id, person_id=soldier.pk, by=desk.officer, at=AT)
    run = signed(desk, made.occasion_id)
    assert not RunFinding.objects.filter(run=run).exists()
    assert RunFinding.objects.filter(run=prepared(desk, month, CHO_DON_COMMUNE), code="amount_not_published").exists()
    assert Run.objects.filter(month=month).count() == 2
