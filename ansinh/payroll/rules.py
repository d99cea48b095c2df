"""Pure rules of the month: how far back due is compared with listed, and why an amount changed between two months."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month

# Months before the run's own that are compared again; late decisions reach back this far.
HORIZON_MONTHS = 24


def horizon_of(month: Month) -> Month:
    """The first entitlement month a run of `month` still compares."""
    return month + -HORIZON_MONTHS


@dataclass(frozen=True, slots=True)
class Listed:
    """What one run lists for one person and benefit as regular money."""

    coefficient: Decimal
    base_dong: Dong
    amount_dong: Dong
    starts: Month
    reason: str


def why_joined(now: Listed, *, month: Month, had_previous_run: bool) -> str:
    """Why somebody stands in this month's list and not in the last one's."""
    if not had_previous_run:
        return "Tháng đầu lập danh sách trên hệ thống"
    if now.starts == month:
        return f"Bắt đầu hưởng từ tháng {month.vi}: {now.reason}"
    return f"Được hưởng từ tháng {now.starts.vi}, nay mới có trong danh sách: {now.reason}"


def why_changed(before: Listed, now: Listed) -> str:
    """Why the same person and benefit has another amount than last month."""
    reasons = []
    if before.coefficient != now.coefficient:
        reasons.append(f"hệ số {_vi(before.coefficient)} → {_vi(now.coefficient)}: {now.reason}")
    if before.base_dong != now.base_dong:
        reasons.append(f"mức chuẩn {before.base_dong} → {now.base_dong} đồng")
    return "; ".join(reasons)


def why_moved(joined: str) -> str:
    """Why one benefit of a person became another: the law's words of the new one follow the colon."""
    _, _, words = joined.partition(": ")
    return f"Chuyển sang diện hưởng khác: {words}" if words else "Chuyển sang diện hưởng khác"


def _vi(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")
