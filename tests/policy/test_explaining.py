"""What a line says of itself in Vietnamese, and what an importer is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.policy import (
    Named,
    decide,
    emergency_level,
    expected_coefficient,
    explain,
    explain_lost,
    explain_one_off,
    load_pack,
    possible_coefficients,
    why_not,
)
from ansinh.policy.types import Child, Circle, Decision, Entitled, Grant, Insurance, PersonFacts, always

PACK = load_pack()
MONTH = Month.of(2020, 8)


def decided(facts: PersonFacts, *categories: str) -> Decision:
    return decide(Circle({"p": facts}, tuple(Grant(code, "p", code) for code in categories)), PACK)


def line(decision: Decision, month: Month, benefit: str) -> Entitled:
    return next(span for span in decision.spans if span.covers(month) and span.benefit == benefit)


def test_one_sentence_with_its_citation() -> None:
    facts = PersonFacts(born=date(1932, 1, 1), born_precision="year")
    found = line(decided(facts, "elderly_80_no_pension"), MONTH, "elderly_80_no_pension")
    who = Named("Lý Ngọc An", date(1932, 1, 1), "year", "female")
    assert explain(found, PACK, month=MONTH, who=who) == (
        "Bà Lý Ngọc An, sinh năm 1932, tháng 8/2020 hưởng hệ số 1,0 × mức chuẩn 270.000 đ = 270.000 đ/tháng vì "
        "từ đủ 80 tuổi, không có lương hưu, trợ cấp bảo hiểm xã hội hằng tháng, trợ cấp xã hội hằng tháng "
        "(điểm b khoản 5 Điều 5, Điều 6 Nghị định 136/2013/NĐ-CP)."
    )
    told = explain(found, PACK, month=MONTH, who=who, tell_assumed=True)
    # Not the contrary of the reason: the decision has established it, the register holds no record of its own.
    known_by = "Căn cứ quyết định hưởng đã ban hành; sổ chưa có thông tin riêng về"
    assert told.endswith(f"{known_by}: lương hưu, trợ cấp bảo hiểm xã hội.")


def test_the_standard_amount_is_cited_where_another_instrument_sets_it() -> None:
    month = Month.of(2024, 8)
    facts = PersonFacts(born=date(2012, 3, 1), disability=always("severe"))
    said = explain(
        line(decided(facts, "disabled_severe"), month, "disabled_severe"),
        PACK,
        month=month,
        who=Named("Ma Văn Thông", date(2012, 3, 1), "day", "male"),
    )
    assert said.startswith("Em Ma Văn Thông, sinh ngày 01/03/2012, tháng 8/2024 hưởng hệ số 2,0 × mức chuẩn 500.000 đ")
    assert said.endswith(
        "(khoản 6 Điều 5, điểm e khoản 1 Điều 6 Nghị định 20/2021/NĐ-CP; mức chuẩn: Điều 1 Nghị định 76/2024/NĐ-CP)."
    )


def test_what_lost_is_told_when_asked() -> None:
    month = Month.of(2024, 9)
    facts = PersonFacts(
        born=date(1989, 1, 1),
        poverty=always("poor"),
        single_parent=always("never_married"),
        children=(Child(date(2015, 2, 2)),),
        disability=always("severe"),
        hiv=always(True),
        insurance_income=(),
    )
    decision = decided(facts, "disabled_severe", "single_parent_poor", "adult_hiv_poor")
    assert {span.benefit for span in decision.spans if span.covers(month)} == {"disabled_severe", "single_parent_poor"}
    (lost,) = [loss for loss in decision.lost if loss.covers(month)]
    assert (lost.because, lost.to) == ("highest_only", "disabled_severe")
    said = explain(line(decision, month, "disabled_severe"), PACK, month=month, who=Named("A"), lost=decision.lost)
    place = "khoản 2 Điều 6 Nghị định 20/2021/NĐ-CP"
    assert f"chỉ được hưởng một mức cao nhất ({place}), đã hưởng diện “Người khuyết tật nặng”" in said
    assert explain_lost(lost, PACK, month=month, who=Named("Nông Văn Sinh", sex="male")).startswith(
        "Ông Nông Văn Sinh, tháng 9/2024 không hưởng diện “Người nhiễm HIV/AIDS thuộc hộ nghèo” vì "
    )


def test_a_deducted_insurance_sum_is_told() -> None:
    facts = PersonFacts(born=date(1944, 5, 1), insurance_income=always(Insurance("survivor", Dong(300_000))))
    circle = Circle({"p": facts}, (Grant("g", "p", "social_pension"),))
    decision = decide(circle, PACK, {"lower_insurance_sum": "difference"})
    said = explain(decision.spans[0], PACK, month=Month.of(2025, 8), who=Named("B", sex="female"))
    assert "1,0 × mức trợ cấp hưu trí xã hội 500.000 đ − 300.000 đ = 200.000 đ/tháng vì từ đủ 75 tuổi, không có" in said


def test_funeral_support_in_a_sentence() -> None:
    facts = PersonFacts(born=date(1940, 2, 2), died_on=date(2024, 10, 3))
    (support,) = decided(facts, "elderly_80_no_pension").one_off
    assert explain_one_off(support, PACK, who=Named("Hà Thị Lan", date(1940, 2, 2), "day", "female")) == (
        "Bà Hà Thị Lan, sinh ngày 02/02/1940, chết ngày 03/10/2024, được hỗ trợ chi phí mai táng 20 × 500.000 đ = "
        "10.000.000 đ vì đang hưởng diện: Người từ đủ 80 tuổi không có lương hưu, trợ cấp bảo hiểm xã hội hằng tháng "
        "(Điều 11 Nghị định 20/2021/NĐ-CP)."
    )


@pytest.mark.parametrize(
    ("category", "born", "children", "cared_born", "expected"),
    [
        ("disabled_severe", date(1979, 7, 27), None, None, "1.5"),
        ("disabled_severe", date(2016, 6, 6), None, None, "2.0"),
        ("disabled_exceptional", date(1933, 1, 1), None, None, "2.5"),
        ("child_no_care", date(2017, 3, 1), None, None, "2.5"),
        ("child_no_care", date(2016, 8, 31), None, None, "1.5"),
        ("single_parent_poor", date(1984, 8, 13), 2, None, "2.0"),
        ("single_parent_poor", date(1984, 8, 13), None, None, None),
        ("carer_household_exceptional", date(1982, 1, 9), None, None, "1.0"),
        ("carer_child_no_care", date(1961, 6, 3), None, date(2010, 3, 7), "1.5"),
        ("carer_child_no_care", date(1961, 6, 3), None, None, None),
        ("elderly_poor_no_carer", None, None, None, None),
        ("child_under3_special_area", date(2019, 1, 1), None, None, None),
        ("adult_hiv_poor", None, None, None, "1.5"),
    ],
)
def test_the_coefficient_expected_of_a_row(
    category: str, born: date | None, children: int | None, cared_born: date | None, expected: str | None
) -> None:
    found = expected_coefficient(category, born, MONTH, children, cared_born)
    assert found == (None if expected is None else Decimal(expected))


def test_possible_coefficients_by_month() -> None:
    assert possible_coefficients("single_parent_poor", MONTH) == {Decimal(1), Decimal(2)}
    assert Decimal(3) in possible_coefficients("single_parent_poor", Month.of(2024, 1))
    assert possible_coefficients("elderly_80_no_pension", Month.of(2025, 7)) == frozenset()
    assert possible_coefficients("carer_takein_exceptional", MONTH) == {Decimal("1.5")}


def test_why_a_row_contradicts_its_category() -> None:
    assert (why_not("elderly_80_no_pension", PersonFacts(born=date(1950, 1, 1)), MONTH) or ("",))[0] == (
        "too_young_for_category"
    )
    assert (why_not("child_no_care", PersonFacts(born=date(2000, 1, 1)), MONTH) or ("",))[0] == "too_old_for_category"
    assert why_not("child_no_care", PersonFacts(born=date(2010, 1, 1)), MONTH) is None
    assert (why_not("disabled_severe", PersonFacts(disability=()), MONTH) or ("",))[0] == "not_disabled"
    assert (why_not("child_under3_special_area", PersonFacts(), MONTH) or ("",))[0] == "not_in_force"
    assert (why_not("elderly_80_no_pension", PersonFacts(), Month.of(2025, 7)) or ("",))[0] == "abolished"


def test_emergency_meals_rise_with_decree_335() -> None:
    assert emergency_level("protection_meals", date(2026, 10, 4), PACK).value == 60_000
    found = emergency_level("protection_meals", date(2026, 10, 5), PACK)
    assert (int(found.value), found.article) == (100_000, "điểm a khoản 2 Điều 16 Nghị định 335/2026/NĐ-CP")
