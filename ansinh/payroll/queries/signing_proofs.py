"""What must hold of who signed a list: nobody who prepared it or told what it says; above a threshold, two people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ansinh.funds.types import FUND_NAMES
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform import sql
from ansinh.platform.proofs import Break


def find_runs_of_one_hand() -> list[Break]:
    """Who signed each list, and who opened, computed, checked, cleared or submitted it, or told what it says of its
    people since their last list: never the same person."""
    return [
        Break(
            f"Kỳ chi trả {row['run_id']} tháng {Month.containing(row['month']).vi}: người phê duyệt cũng là người "
            + ("mở, tính, kiểm tra hoặc trình" if row["has_prepared"] else "ghi biến động, nhập sổ hoặc lập đợt chi"),
            {"run_id": row["run_id"], "approved_by": row["user_id"]},
            row["place_code"],
        )
        for row in sql.rows("payroll/find_runs_of_one_hand")
    ]


def find_runs_not_countersigned() -> list[Break]:
    """Each approved run's sum by fund and the thresholds in force when it was approved: above one, a second person
    signed, who is neither the first nor who prepared it."""
    return [
        Break(
            f"Kỳ chi trả {row['run_id']} tháng {Month.containing(row['month']).vi}: {'; '.join(_faults(row))}",
            {"run_id": row["run_id"], "threshold_id": row["above_id"], "countersigned_by": row["countersigned_by"]},
            row["place_code"],
        )
        for row in sql.rows("payroll/find_runs_not_countersigned")
    ]


def _faults(row: Mapping[str, Any]) -> Iterator[str]:
    if row["threshold_id"] != row["above_id"]:
        if row["above_id"] is None:
            yield f"ghi ngưỡng số {row['threshold_id']}, nhưng không vượt ngưỡng nào"
        else:
            yield (
                f"{FUND_NAMES[row['fund']].lower()} {Dong(row['listed_dong'])} đồng vượt ngưỡng số {row['above_id']} "
                f"({Dong(row['amount_dong'])} đồng), kỳ không ghi ngưỡng này"
            )
    if row["threshold_id"] is not None and row["countersigned_by"] is None:
        yield "vượt ngưỡng mà chỉ một người duyệt"
    if row["countersigned_by"] is not None and row["countersigned_by"] in (
        row["opened_by"],
        row["submitted_by"],
        row["approved_by"],
    ):
        yield "người duyệt lần hai cũng là người lập, trình hoặc duyệt lần một"
