"""The audit trail as a workbook or CSV: one row an entry, what was typed never computes."""

from __future__ import annotations

import io
from collections.abc import Iterable

from ansinh.audit.types import CHANNEL_NAMES, TrailEntry
from ansinh.kernel.legal_days import LEGAL_DAYS
from ansinh.platform.sheets.writing import OfficeBook, csv_content

_COLUMNS = (
    ("Số", 10), ("Lúc", 20), ("Người làm", 28), ("Số người dùng", 12), ("Việc", 40), ("Tên việc", 28),
    ("Người được nhắc đến", 14), ("Mã địa bàn", 10), ("Địa bàn", 24), ("Lý do", 40), ("Từ", 12), ("Địa chỉ", 16),
    ("Phiên", 20), ("Máy", 30), ("Nội dung", 60), ("Dấu vết", 66),
)  # fmt: skip


def trail_workbook(entries: Iterable[TrailEntry]) -> bytes:
    """The entries as given, in an .xlsx."""
    content = io.BytesIO()
    with OfficeBook(content, constant_memory=True) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet("Nhật ký")
        sheet.freeze_panes(1, 0)
        for column, (title, width) in enumerate(_COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, bold)
        for row, entry in enumerate(entries, start=1):
            for column, cell in enumerate(_cells(entry)):
                if isinstance(cell, int):
                    sheet.write_number(row, column, cell)
                elif cell:
                    sheet.write_string(row, column, cell)
    return content.getvalue()


def trail_csv(entries: Iterable[TrailEntry]) -> bytes:
    """The same as comma-separated text."""
    return csv_content([[title for title, _ in _COLUMNS], *(_cells(entry) for entry in entries)])


def _cells(entry: TrailEntry) -> list[str | int]:
    return [
        entry.number,
        f"{entry.at.astimezone(LEGAL_DAYS):%Y-%m-%d %H:%M:%S}",
        entry.actor_name,
        entry.actor_id,
        entry.what,
        entry.action,
        entry.person_id or entry.whom,
        entry.place_code,
        entry.place,
        entry.reason,
        CHANNEL_NAMES[entry.channel],
        entry.address,
        entry.session,
        entry.agent,
        "; ".join(f"{name}: {value}" for name, value in entry.told),
        entry.hash,
    ]
