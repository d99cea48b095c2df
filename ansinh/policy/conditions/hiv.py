"""Trẻ em và người lớn nhiễm HIV thuộc hộ nghèo."""

from __future__ import annotations

from ansinh.policy.answers import Answer, all_of
from ansinh.policy.clauses import clause
from ansinh.policy.look import Look


@clause("child_hiv_poor", law="nd136", since="2015-01", until="2021-07", to_ages=(16,))
@clause("child_hiv_poor", law="nd20", since="2021-07", until="2026-10", to_ages=(16,))
@clause("child_hiv_poor", law="nd335", since="2026-10", to_ages=(16,))
def poor_child_with_hiv(look: Look) -> Answer:
    """Trẻ em nhiễm HIV thuộc hộ nghèo (khoản 3 Điều 5)."""
    return all_of(look.within(16), look.infected(), look.poor())


@clause("adult_hiv_poor", law="nd136", since="2015-01", until="2021-07", from_ages=(16,))
@clause("adult_hiv_poor", law="nd20", since="2021-07", until="2026-10", from_ages=(16,))
@clause("adult_hiv_poor", law="nd335", since="2026-10", from_ages=(16,))
def poor_adult_with_hiv(look: Look) -> Answer:
    """Người nhiễm HIV/AIDS thuộc diện hộ nghèo không có nguồn thu nhập ổn định hằng tháng về tiền lương, tiền công,
    lương hưu, trợ cấp bảo hiểm xã hội, trợ cấp xã hội hằng tháng (khoản 8 Điều 5; khoản 3 Điều 5 Nghị định
    136/2013/NĐ-CP)."""
    # "Trợ cấp xã hội hằng tháng" is read subject to the single parent's exception; otherwise the highest one decides.
    return all_of(look.aged(16), look.infected(), look.poor(), look.without_insurance(), look.without_stable_income())
