"""Money a person does not come for: when to ask, and when the law has the allowance suspended."""

from __future__ import annotations

from dataclasses import dataclass

from ansinh.kernel.month import Month
from ansinh.policy.citations import cited
from ansinh.policy.pack_model import Pack


@dataclass(frozen=True, slots=True)
class UncollectedRule:
    """Months in a row not received: `warns_at` to ask, `suspends_at` to suspend; None where no text known says so."""

    warns_at: int
    suspends_at: int | None
    article: str


def uncollected_rule(month: Month, pack: Pack) -> UncollectedRule:
    """Không nhận trợ cấp từ 03 tháng liên tục trở lên thì tạm dừng (khoản 3 Điều 2 Thông tư 02/2021/TT-BLĐTBXH; Điều 9
    Nghị định 335/2026/NĐ-CP); by the text in force in the month."""
    found = [rule for rule in pack.uncollected.suspends if rule.from_month <= month]
    if not found:
        return UncollectedRule(pack.uncollected.warns_at, None, "")
    rule = found[-1]
    article = cited([(pack.laws[rule.law].title, rule.article)])
    return UncollectedRule(pack.uncollected.warns_at, rule.months, article)
