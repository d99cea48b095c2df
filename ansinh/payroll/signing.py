"""What every signature of a list rests on: it is the list submitted, still due, and its money set aside once."""

from __future__ import annotations

from collections.abc import Sequence
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


def seal_lists(runs: Sequence[Run]) -> dict[int, str]:
    """Write each commune's list with its digest; by run, the digest of the whole of it."""
    sealed: dict[int, list[list[str]]] = {run.pk: [] for run in runs}
    for month in {run.month for run in runs}:
        asked = {"run_ids": [run.pk for run in runs if run.month == month], "month": month.first_day}
        sql.run("payroll/seal_commune_lists", asked)
    lists = CommuneList.objects.filter(run__in=runs).order_by("run_id", "commune_code")
    for run_id, commune_code, digest in lists.values_list("run_id", "commune_code", "digest"):
        sealed[run_id].append([commune_code, digest])
    return {run_id: digest_of(pairs) for run_id, pairs in sealed.items()}


def must_be_as_submitted(runs: Sequence[Run]) -> dict[int, list[int]]:
    """By run what was told of its people before it was looked through, for `settle`.

    Refuses a list that other lists, approved meanwhile, have made untrue (ListNoLongerDue): the same month of a
    person would be paid twice; and one that is not the one submitted (ListChangedAfterSubmission)."""
    told = list_told(runs)
    outdated = count_outdated(runs)
    for run in runs:
        if run.pk in outdated:
            raise ListNoLongerDue(month=run.month.vi, count=outdated[run.pk])
    found = seal_lists(runs)
    for run in runs:
        if found[run.pk] != run.list_digest:
            raise ListChangedAfterSubmission(submitted=short_digest(run.list_digest), found=short_digest(found[run.pk]))
    return told


def set_money_aside(runs: Sequence[Run], *, by: Actor, at: datetime) -> dict[int, Dong]:
    """Reserve each run's money in the budgets of its funds; by run, how far they fall short. Want of budget stops
    nothing."""
    rows = _by_fund(runs)
    missing: dict[int, Dong] = {}
    # Books are held in this order by whoever holds several.
    for run in sorted(runs, key=lambda run: run.place_code):
        reserved = reserve_budget(
            document=f"run:{run.pk}", place_code=run.place_code, month=run.month, rows=tuple(rows.get(run.pk, ())),
            by=by, at=at,
        )  # fmt: skip
        missing[run.pk] = reserved.missing_dong
    return missing


def _by_fund(runs: Sequence[Run]) -> dict[int, list[FundRow]]:
    """What each run's lines sum to, by the fund that pays them."""
    lines = Line.objects.filter(payroll_month__in={run.month for run in runs}, run__in=runs)
    sums = lines.values_list("run_id", "regime").annotate(dong=Sum("amount_dong")).order_by("run_id", "regime")
    rows: dict[int, list[FundRow]] = {}
    for run_id, regime, dong in sums:
        rows.setdefault(run_id, []).append(FundRow(fund_of_regime(regime), cast(Dong, dong)))
    return rows
