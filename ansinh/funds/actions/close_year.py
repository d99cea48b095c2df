"""Close a budget year."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.funds.actions.assign_budget import BadBudget, YearClosed
from ansinh.funds.booking import book
from ansinh.funds.holders import budget_holder, is_year_closed
from ansinh.funds.models import ClosedYear
from ansinh.funds.queries.budgets import status_of
from ansinh.funds.queries.money import money_of
from ansinh.funds.states import FUND_NAMES
from ansinh.funds.types import BookRow, YearFigures
from ansinh.kernel.legal_days import LEGAL_DAYS
from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ledger.actions import lock_book
from ansinh.places.queries import list_commune_codes
from ansinh.platform.action import action
from ansinh.policy import load_pack


class YearNotOver(Refusal):
    """Năm {year} chưa hết (hôm nay {today}), nên chưa khóa được năm ngân sách."""


class BudgetStillBound(Refusal):
    """Năm {year}, {fund} của {holder}: còn giữ {reserved} đồng cho danh sách đã duyệt và {requested} đồng đang đề nghị
    chuyển, nên chưa khóa được. Hãy chuyển nốt hoặc hủy đề nghị; phần không còn cần thì bỏ giữ dự toán."""


class MoneyStillWithPayer(Refusal):
    """Năm {year}, {fund} của {holder}: tổ chức chi trả còn giữ {held} đồng. Theo cách hiểu đang chọn, tiền chưa lĩnh
    cuối năm phải nộp trả trước khi khóa: hãy ghi nhận tiền nộp trả."""


@action(permission="funds.close_year", name="Khóa năm ngân sách")
def close_year(*, place_code: str, fund: str, year: int, by: Actor, at: datetime) -> YearFigures:
    """Give up what is left of a budget when its year is over; later acts of its months go to the next open year.

    Refuses while anything is reserved or requested (BudgetStillBound). Money not collected stays with the payer, or
    must have been returned before (MoneyStillWithPayer), by the setting unpaid_at_year_end of the law's pack.
    """
    holder, day = budget_holder(place_code, year)
    by.must_reach(holder.path[::-1])
    if fund not in FUND_NAMES:
        raise BadBudget(why=f"nguồn phải là một trong: {', '.join(FUND_NAMES)}")
    today = at.astimezone(LEGAL_DAYS).date()
    if today.year <= year:
        raise YearNotOver(year=year, today=f"{today:%d/%m/%Y}")
    lock_book(holder.code)
    facts = {"year": year, "fund": FUND_NAMES[fund], "holder": holder.code}
    if is_year_closed(holder.code, fund, year):
        raise YearClosed(**facts)
    status = status_of(holder.code, fund, year)
    if status.reserved_dong or status.requested_dong:
        raise BudgetStillBound(**facts, reserved=status.reserved_dong, requested=status.requested_dong)
    money = [cell for cell in money_of(list_commune_codes(holder.code, day)) if cell.fund == fund]
    held = total(cell.with_payer_dong + cell.with_staff_dong for cell in money)
    if held > Dong(0) and load_pack().settings.unpaid_at_year_end == "returned":
        raise MoneyStillWithPayer(**facts, held=held)
    document = f"year:{holder.code}:{fund}:{year}"
    book(
        recipe="close_year", document=document, key=document, month=Month.of(year, 12), holder=holder.code,
        rows=[BookRow(fund, "", "", status.available_dong)], by=by, at=at, year=year,
    )  # fmt: skip
    ClosedYear.objects.create(
        place_code=holder.code, fund=fund, year=year, used_dong=status.used_dong,
        given_up_dong=status.available_dong, carried_dong=held, closed_at=at, closed_by=by.user_id,
    )  # fmt: skip
    return YearFigures(holder.code, fund, year, status.used_dong, status.available_dong, held)
