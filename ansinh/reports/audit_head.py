"""The head of the audit chain as a sheet of paper: who keeps it can say later that nothing before it was changed."""

from __future__ import annotations

from datetime import datetime

from ansinh.audit.types import ChainHead
from ansinh.kernel.grouped import grouped
from ansinh.kernel.legal_days import LEGAL_DAYS
from ansinh.reports.typeset import typeset


def head_pdf(head: ChainHead, *, made_by: str, at: datetime) -> bytes:
    """One page A4; the hash in groups of eight, so that people can read it to one another."""
    groups = [head.hash[start : start + 8] for start in range(0, len(head.hash), 8)]
    written = head.at.astimezone(LEGAL_DAYS) if head.at else None
    said = {
        "title": "Đầu chuỗi nhật ký hệ thống",
        "subtitle": head.until_vi(at),
        "rows": [
            ["Số mục đến đây:", grouped(head.number)],
            ["Mục cuối ghi lúc:", f"{written:%H:%M:%S ngày %d/%m/%Y}" if written else "không có"],
            ["Dấu vết của mục cuối:", "SHA-256, 64 chữ số"],
        ],
        "hash_lines": ["  ".join(groups[start : start + 4]) for start in range(0, len(groups), 4)],
        "meaning": (
            "Dấu vết này tính từ nội dung của mục cuối và dấu vết của mục liền trước, cứ thế đến mục đầu tiên. Nếu "
            f"sau này mục số {head.number} trong hệ thống mang dấu vết khác, hoặc không còn, thì nhật ký đến đây đã bị "
            "sửa, chèn hoặc xóa. Hãy giữ tờ này ở nơi người quản trị hệ thống không lấy được."
        ),
        "made_by": made_by,
        "printed": f"In lúc {at.astimezone(LEGAL_DAYS):%H:%M ngày %d/%m/%Y}",
    }
    return typeset("head.typ", said, printed_at=int(at.timestamp()))
