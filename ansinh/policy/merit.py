"""Merit allowances (ưu đãi người có công) by item: the published table, and what to do while a new one is missing."""

from __future__ import annotations

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.policy.amounts import MERIT_PREFIX
from ansinh.policy.citations import cited
from ansinh.policy.pack_model import Pack
from ansinh.policy.types import StandardAmount


class MeritTableNotPublished(Refusal):
    """Chưa có bảng mức trợ cấp người có công "{item}" cho tháng {month}. Hãy chờ bảng chính thức hoặc đổi thiết lập
    merit_tables_2026."""


def merit_amount(item: str, month: Month, pack: Pack) -> Dong:
    """The monthly merit allowance of an item; refuses (MeritTableNotPublished) months without a table.

    Under the setting "scaled" the last table is raised with the standard amount and rounded to the thousand.
    """
    code = f"{MERIT_PREFIX}{item}"
    found = pack.find_amount(code, month) if code in pack.categories_by_code else None
    if found is None:
        raise MeritTableNotPublished(item=item, month=month.vi)
    return found.dong


def find_worship_amount(
    month: Month, pack: Pack, levels_not_taken: frozenset[str] = frozenset()
) -> StandardAmount | None:
    """What whoever worships a martyr gets once a year (trợ cấp thờ cúng liệt sĩ), for each martyr, its article as
    printed; None where the decree whose merit standard amount is in force that month is not known to tell it."""
    rows = [row for row in pack.amounts["merit"] if row.law not in levels_not_taken]
    found = pack.merit.worship_a_year(month, rows)
    if found is None:
        return None
    return StandardAmount(found.dong, found.law, cited([(pack.laws[found.law].title, found.article)]))
