"""Merit allowances (ưu đãi người có công) by item: the published table, and what to do while a new one is missing."""

from __future__ import annotations

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.policy.pack_model import Pack


class MeritTableNotPublished(Refusal):
    """Chưa có bảng mức trợ cấp người có công "{item}" cho tháng {month}. Hãy chờ bảng chính thức hoặc đổi thiết lập
    merit_tables_2026."""


def merit_amount(item: str, month: Month, pack: Pack) -> Dong:
    """The monthly merit allowance of an item; refuses (MeritTableNotPublished) months without a table.

    Under the setting "scaled" the last table is raised with the standard amount and rounded to the thousand.
    """
    table = pack.merit_table
    missing = item not in table.items or month < table.starts
    if missing or (month >= table.ends and pack.settings.merit_tables_2026 == "not_published"):
        raise MeritTableNotPublished(item=item, month=month.vi)
    amount = table.items[item]
    if month < table.ends:
        return Dong(amount)
    before = pack.standard_amount("merit", table.starts).dong.value
    now = pack.standard_amount("merit", month).dong.value
    # Half a thousand is rounded up, in whole numbers.
    unit = table.round_to
    return Dong((2 * amount * now + unit * before) // (2 * unit * before) * unit)
