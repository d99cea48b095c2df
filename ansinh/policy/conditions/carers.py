"""Hỗ trợ kinh phí chăm sóc. The look is at the cared-for person; of clause 20.2.a at the disabled parent."""

from __future__ import annotations

from ansinh.policy.answers import Answer, all_of
from ansinh.policy.clauses import clause
from ansinh.policy.conditions.children import child_without_source_of_care
from ansinh.policy.conditions.elderly import elderly_cared_for_in_community
from ansinh.policy.look import Look


@clause("carer_child_no_care", law="nd136", since="2015-01", until="2021-07", to_ages=(16,))
@clause("carer_child_no_care", law="nd20", since="2021-07", until="2026-10", to_ages=(16,))
@clause("carer_child_no_care", law="nd335", since="2026-10", to_ages=(16,))
def carer_of_child_without_care(look: Look) -> Answer:
    """Hộ gia đình, cá nhân nhận chăm sóc, nuôi dưỡng trẻ em quy định tại khoản 1 Điều 5 (khoản 1 Điều 20 Nghị định
    20/2021/NĐ-CP; khoản 1 Điều 17 Nghị định 335/2026/NĐ-CP)."""
    return all_of(child_without_source_of_care(look), look.taken_in())


@clause("carer_elderly_community", law="nd136", since="2015-01", until="2021-07", from_ages=(60,))
@clause("carer_elderly_community", law="nd20", since="2021-07", until="2026-10", from_ages=(60,))
@clause("carer_elderly_community", law="nd335", since="2026-10", from_ages=(60,))
def carer_of_elderly_in_community(look: Look) -> Answer:
    """Hộ gia đình, cá nhân nhận chăm sóc người cao tuổi quy định tại điểm d khoản 5 Điều 5 (điểm b khoản 1 Điều 20 Nghị
    định 20/2021/NĐ-CP; điểm b khoản 1 Điều 17 Nghị định 335/2026/NĐ-CP)."""
    return elderly_cared_for_in_community(look)


@clause("carer_disabled_parent", law="nd28", since="2015-01", until="2021-07")
@clause("carer_disabled_parent", law="nd20", since="2021-07", until="2026-10")
@clause("carer_disabled_parent", law="nd335", since="2026-10")
def disabled_parent(look: Look) -> Answer:
    """Người khuyết tật đặc biệt nặng, người khuyết tật nặng đang mang thai hoặc nuôi con dưới 36 tháng tuổi (điểm a
    khoản 2 Điều 20 Nghị định 20/2021/NĐ-CP; Điều 17 Nghị định 28/2012/NĐ-CP)."""
    return all_of(look.held_grade("severe", "exceptional"), look.carrying_or_nursing())


@clause("carer_household_exceptional", law="nd28", since="2015-01", until="2021-07")
@clause("carer_household_exceptional", law="nd20", since="2021-07", until="2026-10")
@clause("carer_household_exceptional", law="nd335", since="2026-10")
def household_of_exceptionally_disabled(look: Look) -> Answer:
    """Hộ gia đình đang trực tiếp chăm sóc, nuôi dưỡng mỗi một người khuyết tật đặc biệt nặng (điểm c khoản 2 Điều 20
    Nghị định 20/2021/NĐ-CP; Điều 18 Nghị định 28/2012/NĐ-CP)."""
    return all_of(look.held_grade("exceptional"), look.not_known_taken_in(), look.cared_for_at_home())


@clause("carer_takein_exceptional", law="nd28", since="2015-01", until="2021-07")
@clause("carer_takein_exceptional", law="nd20", since="2021-07", until="2026-10")
@clause("carer_takein_exceptional", law="nd335", since="2026-10")
def taker_in_of_exceptionally_disabled(look: Look) -> Answer:
    """Hộ gia đình, cá nhân nhận chăm sóc, nuôi dưỡng người khuyết tật đặc biệt nặng (điểm d khoản 2 Điều 20 Nghị định
    20/2021/NĐ-CP; Điều 18 Nghị định 28/2012/NĐ-CP)."""
    return all_of(look.held_grade("exceptional"), look.taken_in())
