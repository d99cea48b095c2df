"""What every signature of a list rests on: it is the list submitted, still due, and its money set aside once."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.db.models import Sum

from ansinh.access.types import Actor
from ansinh.funds.actions import reserve_budget
from ansinh.funds.types import FundRow, fund_of_regime
from ansinh.kernel.digest import digest_of, short_digest
from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.models import CommuneList, Line, Run
from ansinh.payroll.settling import list_told
from ansinh.payroll.staging import count_outdated
from ansinh.platform import sql


class ListChangedAfterSubmission(Refusal):
    """Danh sách không còn giống lúc trình duyệt (mã kiểm tra khi trình {submitted}, hiện nay {found}).
    Hãy trả lại để lập và trình lại."""


class ListNoLongerDue(Refusal):
    """Danh sách tháng {month} không còn đúng: {count} dòng đã được danh sách khác chi hoặc có số tiền thay đổi từ khi
    tính. Duyệt tiếp sẽ trả hai lần hoặc trả sai. Hãy trả lại danh sách để tính lại rồi trình lại."""


def seal_lists(run: Run) -> str:
    """Write each commune's list with its digest; the digest of the whole run."""
    sql.run("payroll/seal_commune_lists", {"run_id": run.pk, "month": run.month.first_day})
    lists = CommuneList.objects.filter(run=run).order_by("commune_code").values_list("commune_code", "digest")
    return digest_of([list(pair) for pair in lists])


def must_be_as_submitted(run: Run) -> list[int]:
    """What was told of its people before the list was looked through, for `settle`.

    Refuses a list that other lists, approved meanwhile, have made untrue (ListNoLongerDue): the same month of a
    person would be paid twice; and one that is not the one submitted (ListChangedAfterSubmission)."""
    told = list_told(run)
    if outdated := count_outdated(run):
        raise ListNoLongerDue(month=run.month.vi, count=outdated)
    found = seal_lists(run)
    if found != run.list_digest:
        raise ListChangedAfterSubmission(submitted=short_digest(run.list_digest), found=short_digest(found))
    return told


def set_money_aside(run: Run, *, by: Actor, at: datetime) -> Dong:
    """Reserve the run's money in the budgets of its funds; how far they fall short. Want of budget stops nothing."""
    reserved = reserve_budget(
        document=f"run:{run.pk}", place_code=run.place_code, month=run.month, rows=_by_fund(run), by=by, at=at
    )
    return reserved.missing_dong


def _by_fund(run: Run) -> tuple[FundRow, ...]:
    """What the run's lines sum to, by the fund that pays them."""
    lines = Line.objects.filter(payroll_month=run.month, run=run)
    sums = lines.values_list("regime").annotate(dong=Sum("amount_dong")).order_by("regime")
    return tuple(FundRow(fund_of_regime(regime), cast(Dong, dong)) for regime, dong in sums)
