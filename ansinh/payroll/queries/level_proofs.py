"""What must hold of levels loaded as data: they are what two people agreed to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ansinh.kernel.month import Month
from ansinh.platform import sql
from ansinh.platform.proofs import Break
from ansinh.policy import digest_of_levels


def find_levels_not_as_agreed() -> list[Break]:
    """Each level pack's text, place, first payroll and paper and who loaded and approved it, and what the audit trail
    wrote of it; lists went by approved ones only."""
    return [
        Break(
            f"Gói mức số {row['level_pack_id']} “{row['title']}”: {'; '.join(faults)}",
            {"level_pack_id": row["level_pack_id"], "faults": faults},
            row["place_code"],
        )
        for row in sql.rows("payroll/list_level_packs_told")
        if (faults := list(_faults(row)))
    ]


def _faults(row: Mapping[str, Any]) -> Iterator[str]:
    if row["told_proposed_by"] is None:
        yield "nhật ký không ghi việc nạp gói này"
        return
    if digest_of_levels(row["text"], row["file_name"]) != row["told_digest"]:
        yield "nội dung không phải như lúc nạp"
    now = (row["place_code"], str(Month.containing(row["first_payroll"])), row["decision_no"], row["proposed_by"])
    told = tuple(row[f"told_{name}"] for name in ("place_code", "first_payroll", "decision_no", "proposed_by"))
    if now != told:
        yield "địa bàn, tháng áp dụng, quyết định hoặc người nạp không phải như lúc nạp"
    if row["approved_by"] != row["told_approved_by"]:
        yield "người duyệt không phải người đã duyệt theo nhật ký"
    if row["approved_by"] is not None and row["approved_by"] == row["proposed_by"]:
        yield "người duyệt cũng là người nạp"
    if row["state"] == "APPROVED" and row["approved_by"] is None:
        yield "đang áp dụng mà chưa ai duyệt"
    if row["lists"] and row["state"] != "APPROVED":
        yield f"{row['lists']} kỳ chi trả lập theo gói này nhưng gói không ở trạng thái đã duyệt"
