"""A payer's large results file: taken in and judged in one transaction, recorded in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansinh.access.types import Actor
from ansinh.funds.queries import get_payer
from ansinh.jobs.types import Kind, Task
from ansinh.kernel.month import Month
from ansinh.reconcile.actions import apply_results, import_results
from ansinh.reconcile.queries import get_results_file
from ansinh.reconcile.types import ResultsAccount


def _check_payer(arguments: Mapping[str, Any], by: Actor) -> None:
    get_payer(arguments["payer"])
    by.must_serve(arguments["payer"])


def _import(task: Task) -> dict[str, Any]:
    month = task.arguments.get("month")
    account = import_results(
        content=task.content,
        file_name=task.file_name,
        payer=task.arguments["payer"],
        month=Month.parse(month) if month else None,
        by=task.by,
        at=task.clock(),
        progress=task.progress,
    )
    return _told(account)


def _check_file(arguments: Mapping[str, Any], by: Actor) -> None:
    get_results_file(arguments["file_id"], by=by)


def _apply(task: Task) -> dict[str, Any]:
    task.progress(0, 1)
    return _told(apply_results(file_id=task.arguments["file_id"], by=task.by, at=task.clock()))


def _told(account: ResultsAccount) -> dict[str, Any]:
    return {
        "file_id": account.file_id,
        "state": account.state,
        "rows": account.rows,
        "applied": account.applied,
        "set_aside": account.set_aside,
        "paid_dong": account.paid_dong.value,
        "unpaid_dong": account.unpaid_dong.value,
    }


RESULTS_IMPORT = Kind(
    code="results_import",
    name_vi="Nhập tệp kết quả chi trả",
    permission="reconcile.import_results",
    sight="reconcile.see_results",
    check=_check_payer,
    perform=_import,
    resumes_vi="Cả tệp được nhận cùng lúc hoặc không dòng nào; làm lại là đọc lại cả tệp.",
    takes_file=True,
)
RESULTS_APPLY = Kind(
    code="results_apply",
    name_vi="Ghi nhận kết quả chi trả",
    permission="reconcile.apply_results",
    sight="reconcile.see_results",
    check=_check_file,
    perform=_apply,
    resumes_vi="Cả tệp được ghi cùng lúc hoặc không dòng nào; làm lại không ghi hai lần.",
)
