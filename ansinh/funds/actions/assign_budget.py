"""Record a budget decision."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.funds.booking import book
from ansinh.funds.holders import budget_holder, first_month, is_year_closed
from ansinh.funds.models import Budget
from ansinh.funds.queries.budgets import status_of
from ansinh.funds.states import FUND_NAMES
from ansinh.funds.types import BookRow, BudgetAssigned
from ansinh.kernel.money import Dong
from ansinh.kernel.names import written
from ansinh.kernel.refusal import Refusal
from ansinh.ledger.actions import lock_book
from ansinh.platform.action import action


class BadBudget(Refusal):
    """Không ghi được dự toán này: {why}."""


class BudgetAlreadyRecorded(Refusal):
    """Quyết định số {decision_no} đã được ghi cho {fund} năm {year} của {holder} rồi, nên không ghi thêm lần nữa."""


class BudgetAlreadyUsed(Refusal):
    """Không giảm được: sau khi giảm, dự toán {fund} năm {year} của {holder} còn {left} đồng, mà đã rút {used} đồng."""


class YearClosed(Refusal):
    """Năm ngân sách {year}, {fund} của {holder} đã khóa, nên không ghi thêm được."""


@action(permission="funds.assign_budget", name="Giao dự toán")
def assign_budget(
    *,
    place_code: str,
    fund: str,
    year: int,
    amount_dong: Dong,
    decision_no: str,
    decided_on: date,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> BudgetAssigned:
    """Record a decision that gives a deciding body money of a fund for a year, or takes some back (below zero).

    A commune under a district draws on the district's. Refuses the same decision twice (BudgetAlreadyRecorded), a
    reduction below what is drawn (BudgetAlreadyUsed), a closed year (YearClosed).
    """
    holder, _ = budget_holder(place_code, year)
    by.must_reach(holder.path[::-1])
    number = written(decision_no)
    facts = {"fund": FUND_NAMES.get(fund, fund), "year": year, "holder": holder.code}
    _must_be_sound(fund, amount_dong, number)
    lock_book(holder.code)
    if Budget.objects.filter(place_code=holder.code, fund=fund, year=year, decision_no=number).exists():
        raise BudgetAlreadyRecorded(decision_no=number, **facts)
    if is_year_closed(holder.code, fund, year):
        raise YearClosed(**facts)
    status = status_of(holder.code, fund, year)
    left = status.assigned_dong + amount_dong
    if left < status.used_dong:
        raise BudgetAlreadyUsed(left=left, used=status.used_dong, **facts)
    budget = Budget.objects.create(
        place_code=holder.code, fund=fund, year=year, amount_dong=amount_dong, decision_no=number,
        decided_on=decided_on, reason=reason.strip(), recorded_at=at, recorded_by=by.user_id,
    )  # fmt: skip
    document = f"budget:{budget.pk}"
    book(
        recipe="assign_budget", document=document, key=document, month=first_month(holder, year), holder=holder.code,
        rows=[BookRow(fund, "", "", amount_dong)], by=by, at=at, year=year,
    )  # fmt: skip
    return BudgetAssigned(budget.pk, status_of(holder.code, fund, year).available_dong)


def _must_be_sound(fund: str, amount_dong: Dong, number: str) -> None:
    why = ""
    if fund not in FUND_NAMES:
        why = f"nguồn phải là một trong: {', '.join(FUND_NAMES)}"
    elif not amount_dong:
        why = "số tiền bằng 0"
    elif not number:
        why = "chưa có số quyết định giao dự toán"
    if why:
        raise BadBudget(why=why)
