"""Trẻ em không có nguồn nuôi dưỡng, người học tiếp sau 16 tuổi, trẻ em dưới 3 tuổi vùng đặc biệt khó khăn."""

from __future__ import annotations

from ansinh.policy.answers import Answer, all_of
from ansinh.policy.clauses import clause
from ansinh.policy.look import Look


@clause("child_no_care", law="nd136", since="2015-01", until="2021-07", to_ages=(16,))
@clause("child_no_care", law="nd20", since="2021-07", until="2026-10", to_ages=(16,))
@clause("child_no_care", law="nd335", since="2026-10", to_ages=(16,))
def child_without_source_of_care(look: Look) -> Answer:
    """Trẻ em dưới 16 tuổi không có nguồn nuôi dưỡng thuộc một trong các trường hợp: bị bỏ rơi chưa có người nhận làm
    con nuôi; mồ côi cả cha và mẹ; mồ côi một bên và bên kia mất tích, đang ở cơ sở trợ giúp xã hội hoặc đang chấp
    hành án phạt tù, biện pháp bắt buộc; và các trường hợp tương tự (khoản 1 Điều 5)."""
    return all_of(look.within(16), look.without_source_of_care())


@clause("youth_16_plus_study", law="nd136", since="2015-01", until="2021-07", from_ages=(16,), to_ages=(22, 23))
@clause("youth_16_plus_study", law="nd20", since="2021-07", until="2026-10", from_ages=(16,), to_ages=(22, 23))
def student_once_without_care(look: Look) -> Answer:
    """Người thuộc diện quy định tại khoản 1 đang hưởng trợ cấp xã hội hằng tháng mà đủ 16 tuổi nhưng đang học văn hóa,
    học nghề, trung học chuyên nghiệp, cao đẳng, đại học văn bằng thứ nhất thì tiếp tục được hưởng đến khi kết thúc
    học, nhưng tối đa không quá 22 tuổi (khoản 2 Điều 5)."""
    return all_of(look.aged(16), look.of_student_age(), look.was_without_source_of_care(), look.studying())


@clause("youth_16_plus_study", law="nd335", since="2026-10", from_ages=(16,), to_ages=(22, 23))
def continuous_student_once_without_care(look: Look) -> Answer:
    """Người thuộc diện quy định tại khoản 1 đang hưởng mà đủ 16 tuổi nhưng đang học liên tục thì tiếp tục được hưởng
    cho đến khi kết thúc khóa học (khoản 2 Điều 5 Nghị định 335/2026/NĐ-CP)."""
    return all_of(
        look.aged(16),
        look.was_without_source_of_care(),
        look.was_in_payment_or_studies(),
        look.studying_without_break(16),
    )


@clause("child_under3_special_area", law="nd20", since="2021-07", until="2026-10", to_ages=(3,))
@clause("child_under3_special_area", law="nd335", since="2026-10", to_ages=(3,))
def small_child_in_special_area(look: Look) -> Answer:
    """Trẻ em dưới 3 tuổi thuộc hộ nghèo, hộ cận nghèo không thuộc đối tượng quy định tại các khoản 1, 3 và 6 đang sống
    tại các xã, thôn vùng đồng bào dân tộc thiểu số và miền núi đặc biệt khó khăn (khoản 7 Điều 5)."""
    # Clauses 1, 3 and 6 always pay a child under 3 more: the rule of the highest one excludes this clause.
    return all_of(look.within(3), look.poor_or_near(), look.in_special_area())
