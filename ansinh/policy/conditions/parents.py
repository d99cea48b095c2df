"""Người đơn thân nghèo đang nuôi con."""

from __future__ import annotations

from ansinh.policy.answers import Answer, all_of
from ansinh.policy.clauses import clause
from ansinh.policy.look import Look


@clause("single_parent_poor", law="nd136", since="2015-01", until="2021-07")
def lone_parent_of_poor_household(look: Look) -> Answer:
    """Người thuộc hộ nghèo không có chồng hoặc không có vợ; có chồng hoặc vợ đã chết hoặc mất tích và đang nuôi con
    dưới 16 tuổi hoặc đang nuôi con từ 16 đến 22 tuổi nhưng đang đi học (khoản 4 Điều 5 Nghị định 136/2013/NĐ-CP)."""
    return all_of(look.poor(), look.lone_parent(), look.raising(students=True))


@clause("single_parent_poor", law="nd20", since="2021-07", until="2026-10")
def lone_parent_of_poor_or_near_poor_household(look: Look) -> Answer:
    """Người thuộc diện hộ nghèo, hộ cận nghèo chưa có chồng, vợ; đã có chồng hoặc vợ nhưng đã chết hoặc mất tích theo
    quy định của pháp luật và đang nuôi con dưới 16 tuổi hoặc đang nuôi con từ 16 đến 22 tuổi và người con đó đang học
    (khoản 4 Điều 5 Nghị định 20/2021/NĐ-CP)."""
    return all_of(look.poor_or_near(), look.lone_parent(), look.raising(students=True))


@clause("single_parent_poor", law="nd335", since="2026-10")
def lone_parent_continuing_past_16(look: Look) -> Answer:
    """Người thuộc hộ nghèo, hộ cận nghèo chưa có chồng, vợ hoặc chồng, vợ đã chết, mất tích và đang nuôi con dưới 16
    tuổi; người đang hưởng mà con đủ 16 tuổi vẫn học liên tục thì tiếp tục được hưởng (khoản 4 Điều 5 Nghị định
    335/2026/NĐ-CP)."""
    return all_of(look.poor_or_near(), look.lone_parent(), look.raising(students=True, only_continuing=True))
