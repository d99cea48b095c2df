"""Which categories ask a person to be of a poor, or a poor or near-poor household, month by month."""

from __future__ import annotations

import pytest

from ansinh.kernel.month import Month
from ansinh.policy import list_poverty_asked, load_pack

_ALWAYS_POOR = {"child_hiv_poor", "adult_hiv_poor", "elderly_poor_no_carer", "elderly_community_care"}


@pytest.mark.parametrize(
    ("month", "poor", "either"),
    [
        ("2014-12", set(), set()),
        ("2020-08", {*_ALWAYS_POOR, "single_parent_poor"}, set()),
        (
            "2021-07",
            _ALWAYS_POOR,
            {"single_parent_poor", "elderly_75_79_special_area", "child_under3_special_area"},
        ),
        ("2025-07", _ALWAYS_POOR, {"single_parent_poor", "child_under3_special_area"}),
        ("2026-10", _ALWAYS_POOR, {"single_parent_poor", "child_under3_special_area"}),
    ],
)
def test_clauses_say_which_households(month: str, poor: set[str], either: set[str]) -> None:
    """NĐ 136/2013, 20/2021, 335/2026 Điều 5: khoản 3, 4, điểm a, b, d khoản 5, khoản 6, 7."""
    asked = list_poverty_asked(Month.parse(month), load_pack())
    assert {code for code, households in asked.items() if households == ("poor",)} == poor
    assert {code for code, households in asked.items() if households == ("poor", "near_poor")} == either
