"""Merit allowances: a category an item, the amount by table and month, never a guess where no table is published."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.policy import Named, NoStandardAmount, decide, explain, find_worship_amount, load_pack
from ansinh.policy.types import Circle, Decision, Grant, PersonFacts, always

PACK = load_pack()
ITEM = "merit_thuong_binh_21"


def decided(*categories: str, facts: PersonFacts | None = None) -> Decision:
    known = facts or PersonFacts(born=date(1960, 1, 1), disability=always("severe"))
    grants = tuple(Grant(code, "p", code, starts=Month.of(2022, 1)) for code in categories)
    return decide(Circle({"p": known}, grants), PACK)


def paid(decision: Decision, month: str) -> list[str]:
    return [span.benefit for span in decision.spans if span.covers(Month.parse(month))]


def test_an_items_amount_is_its_tables() -> None:
    found = PACK.standard_amount(ITEM, Month.of(2024, 7), ("01",))
    assert (found.dong, found.law, found.area) == (Dong(1_878_000), "nd77", None)


@pytest.mark.parametrize("month", ["2024-06", "2026-07"])
def test_a_month_without_a_table_has_no_amount(month: str) -> None:
    assert PACK.find_amount(ITEM, Month.parse(month)) is None
    with pytest.raises(NoStandardAmount):
        PACK.standard_amount(ITEM, Month.parse(month))


def test_while_a_place_does_not_list_by_the_new_decree_its_table_stays_the_old_one() -> None:
    found = PACK.standard_amount(ITEM, Month.of(2026, 8), levels_not_taken=frozenset({"nd321"}))
    assert (found.dong, found.law) == (Dong(1_878_000), "nd77")


def test_months_before_the_first_table_are_told_as_lost_not_paid() -> None:
    decision = decided(ITEM)
    assert paid(decision, "2024-06") == []
    assert [lost.because for lost in decision.lost if lost.covers(Month.of(2024, 6))] == ["no_level"]


def test_while_the_table_is_missing_the_last_one_still_bars_lower_assistance() -> None:
    """1,878,000 at least, against 1.5 × 540,000."""
    decision = decided(ITEM, "disabled_severe")
    assert paid(decision, "2026-08") == [ITEM]
    assert sorted(paid(decision, "2026-10")) == ["disabled_severe", ITEM]


def test_the_lost_assistance_names_the_allowance_that_won() -> None:
    lost = [one for one in decided(ITEM, "disabled_severe").lost if one.covers(Month.of(2025, 1))]
    assert [(one.benefit, one.because, one.to) for one in lost] == [("disabled_severe", "merit_higher", ITEM)]


def test_a_decision_in_the_register_speaks_before_a_noted_sum() -> None:
    """The sum noted as a fact is the same allowance, not another one beside it."""
    facts = PersonFacts(born=date(1950, 1, 1), poverty=always("poor"), supporter=always("none"), taken_in=always(True),
                        merit=always(Dong(1_399_000)))  # fmt: skip
    assert paid(decided("merit_phu_cap_81plus", "elderly_community_care", facts=facts), "2025-01") == [
        "elderly_community_care"
    ]


def test_the_sentence_tells_the_item_its_amount_and_the_decrees() -> None:
    line = next(span for span in decided(ITEM).spans if span.covers(Month.of(2025, 1)))
    told = explain(line, PACK, month=Month.of(2025, 1), who=Named("Nguyễn Văn An", date(1960, 1, 1), "year", "male"))
    assert told == (
        "Ông Nguyễn Văn An, sinh năm 1960, tháng 1/2025 hưởng trợ cấp ưu đãi “Thương binh, tỷ lệ tổn thương cơ thể "
        "21%” 1.878.000 đ/tháng theo bảng mức vì được quyết định hưởng trợ cấp, phụ cấp ưu đãi người có công hằng "
        "tháng (Điều 3 Nghị định 75/2021/NĐ-CP; Điều 1 Nghị định 77/2024/NĐ-CP)."
    )


def test_every_item_has_a_printed_group_of_its_own_kind() -> None:
    month = Month.of(2025, 1)
    honoured = [category.code for category in PACK.categories if category.kind == "merit"]
    assert PACK.group_of(ITEM, month) == "Thương binh, người hưởng chính sách như thương binh"
    assert {PACK.group_of(code, month) for code in honoured}.isdisjoint(PACK.list_groups(month))


def test_worship_money_is_known_while_the_decree_that_tells_it_is_in_force() -> None:
    """1.400.000 đồng a martyr and year of the decree of July 2024 (verified); never raised in proportion."""
    found = find_worship_amount(Month.of(2024, 7), PACK)
    assert found is not None
    assert (found.dong, found.law, found.article) == (Dong(1_400_000), "nd77", "Điều 1 Nghị định 77/2024/NĐ-CP")
    scaled = PACK.with_settings({"merit_tables_2026": "scaled"})
    for month in (Month.of(2024, 6), Month.of(2026, 7), Month.of(2010, 1)):
        assert find_worship_amount(month, scaled) is None
    # Where the new decree's levels are not taken yet, the old one's stands.
    assert find_worship_amount(Month.of(2026, 9), PACK, frozenset({"nd321"})) == found
