"""Người cao tuổi."""

from __future__ import annotations

from ansinh.policy.answers import Answer, all_of
from ansinh.policy.clauses import clause
from ansinh.policy.look import Look


@clause("elderly_poor_no_carer", law="nd136", since="2015-01", until="2021-07", from_ages=(60,))
@clause("elderly_poor_no_carer", law="nd20", since="2021-07", until="2026-10", from_ages=(60,))
@clause("elderly_poor_no_carer", law="nd335", since="2026-10", from_ages=(60,))
def poor_elderly_without_supporter(look: Look) -> Answer:
    """Người cao tuổi thuộc diện hộ nghèo, không có người có nghĩa vụ và quyền phụng dưỡng hoặc có người có nghĩa vụ và
    quyền phụng dưỡng nhưng người này đang hưởng trợ cấp xã hội hằng tháng (điểm a khoản 5 Điều 5)."""
    return all_of(look.aged(60), look.poor(), look.without_able_supporter())


@clause("elderly_75_79_special_area", law="nd20", since="2021-07", until="2025-07", from_ages=(75,), to_ages=(80,))
def poor_elderly_of_75_in_special_area(look: Look) -> Answer:
    """Người cao tuổi từ đủ 75 tuổi đến 80 tuổi thuộc diện hộ nghèo, hộ cận nghèo không thuộc diện quy định ở điểm a
    khoản này đang sống tại địa bàn các xã, thôn vùng đồng bào dân tộc thiểu số và miền núi đặc biệt khó khăn (điểm b
    khoản 5 Điều 5 Nghị định 20/2021/NĐ-CP)."""
    return all_of(look.aged(75), look.within(80), look.poor_or_near(), look.in_special_area(), look.outside_point_a())


@clause("elderly_80_no_pension", law="nd136", since="2015-01", until="2021-07", from_ages=(80,))
@clause("elderly_80_no_pension", law="nd20", since="2021-07", until="2025-07", from_ages=(80,))
def elderly_of_80_without_pension(look: Look) -> Answer:
    """Người từ đủ 80 tuổi trở lên không thuộc diện quy định tại điểm a khoản này mà không có lương hưu, trợ cấp bảo
    hiểm xã hội hằng tháng, trợ cấp xã hội hằng tháng (điểm c khoản 5 Điều 5 Nghị định 20/2021/NĐ-CP; điểm b khoản 5
    Điều 5 Nghị định 136/2013/NĐ-CP)."""
    # Other monthly assistance pays at least as much: the rule of the highest one decides.
    return all_of(look.aged(80), look.without_insurance(), look.outside_point_a())


@clause("elderly_community_care", law="nd136", since="2015-01", until="2021-07", from_ages=(60,))
@clause("elderly_community_care", law="nd20", since="2021-07", until="2026-10", from_ages=(60,))
@clause("elderly_community_care", law="nd335", since="2026-10", from_ages=(60,))
def elderly_cared_for_in_community(look: Look) -> Answer:
    """Người cao tuổi thuộc diện hộ nghèo, không có người có nghĩa vụ và quyền phụng dưỡng, không có điều kiện sống ở
    cộng đồng, đủ điều kiện tiếp nhận vào cơ sở trợ giúp xã hội nhưng có người nhận nuôi dưỡng và chăm sóc tại cộng
    đồng (điểm d khoản 5 Điều 5 Nghị định 20/2021/NĐ-CP; điểm b khoản 5 Điều 5 Nghị định 335/2026/NĐ-CP)."""
    return all_of(look.aged(60), look.poor(), look.without_supporter(), look.taken_in())
