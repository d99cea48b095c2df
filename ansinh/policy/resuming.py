"""From which month a suspended allowance pays again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ansinh.kernel.month import Month
from ansinh.policy.citations import cited
from ansinh.policy.pack_loading import load_pack
from ansinh.policy.pack_model import Pack


@dataclass(frozen=True, slots=True)
class Resumption:
    """The first month paid again, and where the law says so (empty: it says nothing, a setting decides)."""

    month: Month
    article: str


def resumes_from(*, suspended_from: Month, resumed_on: date, pack: Pack | None = None) -> Resumption:
    """Đủ điều kiện hưởng lại thì được truy lĩnh từ thời điểm tạm dừng (khoản 4 Điều 9 Nghị định 335/2026/NĐ-CP).

    Before that decree no text says from when: the setting resume_before_335 does.
    """
    used = pack or load_pack()
    law = used.laws["nd335"]
    if resumed_on >= law.in_force:
        return Resumption(suspended_from, cited([(law.title, "d9.k4")]))
    if used.settings.resume_before_335 == "from_suspension":
        return Resumption(suspended_from, "")
    return Resumption(max(suspended_from, Month.containing(resumed_on)), "")
