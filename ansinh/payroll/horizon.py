"""How many months back this installation compares due and listed: a setting, frozen on each run at its opening."""

from __future__ import annotations

from django.conf import settings

from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.rules import HORIZON_MONTHS, horizon_of

# Below a year a decree applied late would lose money; beyond ten the law itself is not in the pack.
LEAST, MOST = 12, 120


class HorizonOutOfRange(Refusal):
    """ANSINH_HORIZON_MONTHS (số tháng trước được so lại khi lập danh sách) phải là số từ {least} đến {most},
    không phải "{found}". Bỏ trống thì là {usual} tháng."""


def horizon_months() -> int:
    """What runs opened now get; refuses (HorizonOutOfRange) a setting that is no such number."""
    found = str(settings.HORIZON_MONTHS or HORIZON_MONTHS)
    if not found.isdecimal() or not LEAST <= int(found) <= MOST:
        raise HorizonOutOfRange(least=LEAST, most=MOST, found=found, usual=HORIZON_MONTHS)
    return int(found)


def horizon_ahead(month: Month) -> Month:
    """The first entitlement month a run of `month` not opened yet would compare."""
    return horizon_of(month, horizon_months())
