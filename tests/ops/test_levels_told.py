"""What a change of levels would do, in the words and the JSON of the command line."""

from __future__ import annotations

import pytest

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.ops.levels_told import (
    months_told,
    preview_facts,
    preview_told,
    signed,
    simulation_facts,
    simulation_told,
)
from ansinh.payroll.queries import Forecast, GroupForecast, ListForecast, Two

NONE = Two(Dong(0), Dong(0))
JULY, OCTOBER, NOVEMBER = (Month.of(2026, number) for number in (7, 10, 11))


def told() -> Forecast:
    """12.345 people at 40.000 more each: 493.800.000 a month, four months made good."""
    regular, late = Two(Dong(6_172_500_000), Dong(6_666_300_000)), Two(Dong(0), Dong(493_800_000))
    group = GroupForecast("Người cao tuổi", 12_345, regular, Two(Dong(0), Dong(4 * 493_800_000)))
    listed = ListForecast(
        month=NOVEMBER,
        people=12_345,
        listed=12_400,
        regular=regular,
        arrears=Two(Dong(0), Dong(4 * 493_800_000)),
        recovery=NONE,
        late=tuple((month, late) for month in JULY.until(NOVEMBER)),
        groups=(group,),
    )
    return Forecast("19", "Nghị định 335/2026/NĐ-CP", 12_345, (listed,), (group,))


def test_a_preview_says_people_money_and_months() -> None:
    said = preview_told(told())
    assert said.startswith("12.345 người, +2.469.000.000 đồng trong danh sách tháng 11/2026")
    assert "Truy lĩnh tháng 7–10/2026: +1.975.200.000 đồng" in said
    assert "Người cao tuổi: 12.345 người, hằng tháng +493.800.000 đồng" in said


def test_the_facts_carry_both_sides() -> None:
    facts = preview_facts(told())
    assert (facts["place"], facts["month"], facts["people"], facts["more_dong"]) == (
        "19",
        "2026-11",
        12_345,
        2_469_000_000,
    )
    assert facts["by_kind"]["regular"] == {
        "now_dong": 6_172_500_000,
        "then_dong": 6_666_300_000,
        "more_dong": 493_800_000,
    }
    assert [row["month"] for row in facts["late"]] == ["2026-07", "2026-08", "2026-09", "2026-10"]
    tried = simulation_facts(told())
    assert (tried["more_dong"], len(tried["months"]), tried["by_group"][0]["people"]) == (2_469_000_000, 1, 12_345)


def test_a_simulation_says_what_it_does_not_guess() -> None:
    said = simulation_told(told())
    assert "11/2026: 12.345 người; +493.800.000 đồng; +1.975.200.000 đồng" in said
    assert "không đoán ai sẽ được hưởng thêm" in said


@pytest.mark.parametrize(("amount", "said"), [(5_000, "+5.000"), (-5_000, "−5.000"), (0, "0")])
def test_more_and_less_carry_their_sign(amount: int, said: str) -> None:
    assert signed(Dong(amount)) == said


def test_months_are_said_as_short_as_they_can_be() -> None:
    assert months_told(JULY, OCTOBER) == "tháng 7–10/2026"
    assert months_told(NOVEMBER, Month.of(2027, 2)) == "tháng 11/2026–2/2027"
    assert months_told(JULY, JULY) == "tháng 7/2026"
