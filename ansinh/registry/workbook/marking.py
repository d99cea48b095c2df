"""Gives the office its own register back with the findings in its cells."""

from __future__ import annotations

from collections.abc import Iterable

from ansinh.platform.sheets import marking
from ansinh.registry.workbook.headings import meaning_of
from ansinh.registry.workbook.types import Finding

_TITLE = "KẾT QUẢ KIỂM TRA DANH SÁCH"


def mark_workbook(content: bytes, findings: Iterable[Finding], *, filename: str = "") -> bytes:
    """An .xlsx of the same sheets, names, order and values, marked; refuses what cannot be opened."""
    return marking.mark_workbook(content, findings, title=_TITLE, meaning=meaning_of, filename=filename)
