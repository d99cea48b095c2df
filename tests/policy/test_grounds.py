"""Where the law says that a granted benefit is not paid, and why a decision pays months before it."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.kernel.month import Month
from ansinh.policy import load_pack, place_of_suspension, why_before_signing
from ansinh.policy.grounds import place_of_loss

PACK = load_pack()


@pytest.mark.parametrize(
    ("because", "benefit", "month", "place"),
    [
        ("dead", "disabled_severe", "2020-08", "Điều 8 Nghị định 136/2013/NĐ-CP"),
        ("dead", "disabled_severe", "2022-02", "khoản 2 Điều 8 Nghị định 20/2021/NĐ-CP"),
        ("dead", "disabled_severe", "2026-11", "Điều 8 Nghị định 335/2026/NĐ-CP"),
        ("highest_only", "elderly_80_no_pension", "2022-02", "khoản 2 Điều 6 Nghị định 20/2021/NĐ-CP"),
        ("highest_only", "disabled_severe", "2026-10", "Điều 6 Nghị định 335/2026/NĐ-CP"),
        ("has_insurance", "elderly_80_no_pension", "2022-02", "điểm c khoản 5 Điều 5 Nghị định 20/2021/NĐ-CP"),
        ("not_poor", "single_parent_poor", "2020-09", "khoản 4 Điều 5 Nghị định 136/2013/NĐ-CP"),
        ("couple_one_share", "carer_disabled_parent", "2024-01", "khoản 2 Điều 20 Nghị định 20/2021/NĐ-CP"),
        ("couple_one_share", "carer_disabled_parent", "2020-01", ""),
        ("assistance_higher", "merit_ba_me_vnah", "2025-01", "khoản 2 Điều 6 Nghị định 20/2021/NĐ-CP"),
        ("dead", "merit_ba_me_vnah", "2025-01", ""),
        ("abolished", "elderly_80_no_pension", "2025-08", ""),
        ("no_level", "disabled_severe", "2022-02", ""),
    ],
)
def test_a_loss_is_cited_by_its_reason_and_the_law_of_its_month(
    because: str, benefit: str, month: str, place: str
) -> None:
    assert place_of_loss(because, benefit, Month.parse(month), PACK) == place


def test_every_reason_can_be_placed() -> None:
    for because in PACK.reasons:
        assert "  " not in place_of_loss(because, "disabled_severe", Month.of(2022, 2), PACK)


def test_months_before_the_signing_have_their_rule() -> None:
    signed = date(2021, 12, 20)
    assert why_before_signing("disabled_severe", signed, PACK) == (
        "diện này hưởng từ tháng được cấp giấy xác nhận khuyết tật (khoản 1 Điều 8 Nghị định 20/2021/NĐ-CP)"
    )
    assert why_before_signing("elderly_80_no_pension", signed, PACK).startswith("diện này hưởng từ tháng đủ 80 tuổi (")
    assert why_before_signing("single_parent_poor", signed, PACK) == ""
    assert why_before_signing("disabled_severe", date(2026, 10, 6), PACK) == "", "Decree 335 counts from the signing"
    assert why_before_signing("disabled_severe", date(2014, 1, 1), PACK) == ""


def test_a_suspension_is_cited_by_its_month() -> None:
    assert place_of_suspension(Month.of(2021, 6), PACK) == ""
    assert place_of_suspension(Month.of(2022, 3), PACK) == "khoản 3 Điều 2 Thông tư 02/2021/TT-BLĐTBXH"
    assert place_of_suspension(Month.of(2026, 12), PACK) == "Điều 9 Nghị định 335/2026/NĐ-CP"
