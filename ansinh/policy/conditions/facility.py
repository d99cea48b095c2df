"""Người được nuôi dưỡng trong cơ sở trợ giúp xã hội."""

from __future__ import annotations

from ansinh.policy.answers import Answer, no
from ansinh.policy.clauses import clause
from ansinh.policy.look import Look


@clause("facility_care", law="nd136", since="2015-01", until="2021-07")
def cared_for_in_facility(look: Look) -> Answer:
    """Đối tượng được tiếp nhận chăm sóc, nuôi dưỡng trong cơ sở bảo trợ xã hội (Nghị định 136/2013/NĐ-CP)."""
    return look.in_facility()


@clause("facility_care", law="nd20", since="2021-07")
def cared_for_in_facility_by_decree_20(look: Look) -> Answer:
    """Đối tượng được chăm sóc, nuôi dưỡng trong cơ sở trợ giúp xã hội (Điều 25 Nghị định 20/2021/NĐ-CP)."""
    # Decree 335's own coefficients for facilities are not known yet; the setting says what to do meanwhile.
    if look.month >= look.new_law_month and look.settings.nd335_facility_levels == "not_known":
        return no("no_level")
    return look.in_facility()
