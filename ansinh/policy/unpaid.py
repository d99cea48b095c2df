"""Money listed but not collected: whether it may still be presented in a later month."""

from __future__ import annotations

from ansinh.kernel.month import Month
from ansinh.policy.pack_model import Pack


def passes_on(listed: Month, to: Month, pack: Pack) -> bool:
    """Whether uncollected money of one month may be paid with a later one: always within a year, over the turn of
    the year by the setting unpaid_at_year_end (khoản 4 Điều 34 Nghị định 20/2021/NĐ-CP names no last month)."""
    if to < listed:
        return False
    return to.year == listed.year or pack.settings.unpaid_at_year_end == "carried_on"
