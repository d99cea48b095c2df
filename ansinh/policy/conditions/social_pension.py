"""Trợ cấp hưu trí xã hội."""

from __future__ import annotations

from ansinh.policy.answers import YES, Answer, all_of, any_of
from ansinh.policy.clauses import clause
from ansinh.policy.look import Look


@clause("social_pension", law="nd176", since="2025-07", from_ages=(70, 75))
def social_pensioner(look: Look) -> Answer:
    """Công dân Việt Nam từ đủ 75 tuổi trở lên, hoặc từ đủ 70 đến dưới 75 tuổi thuộc hộ nghèo, hộ cận nghèo; không hưởng
    lương hưu, trợ cấp bảo hiểm xã hội hằng tháng hoặc đang hưởng với mức thấp hơn mức trợ cấp hưu trí xã hội (Điều 21
    Luật Bảo hiểm xã hội 2024, Nghị định 176/2025/NĐ-CP)."""
    of_75 = look.aged(75)
    old_enough = of_75 if of_75 is YES else any_of(all_of(look.aged(70), look.poor_or_near()), of_75)
    return all_of(old_enough, look.insurance_below_pension_level())
