"""Texts of any length are decoded as their rows are asked for; how long one may be depends on who holds its rows."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest

from ansinh.platform.sheets.opening import open_workbook
from ansinh.platform.sheets.package_guard import HELD, MAX_ROWS, STREAMED, TextLimits, WorkbookTooLarge


def _meaning(heading: str) -> str | None:
    return heading if heading in ("tên", "tiền") else None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_rows_are_those_of_the_text_whatever_its_bytes(encoding: str, end: str, form: Literal["NFC", "NFD"]) -> None:
    # Longer than what is decoded at a time, so that signs of several bytes are parted by it.
    rows = [["tên", "tiền"], *([f"Lý Thị Nguyệt {number}\nở Bản Tàn", "405000"] for number in range(40_000))]
    text = end.join(f'"{name}";{amount}' for name, amount in rows)
    [sheet] = open_workbook(unicodedata.normalize(form, text).encode(encoding), "a.csv", meaning=_meaning)
    assert list(sheet.rows()) == rows
    assert sheet.height >= len(rows) if end != "\r" else sheet.height


def test_bytes_that_spoil_the_text_late_are_seen_before_its_first_row() -> None:
    content = "tên;tiền\n".encode() + b"a;1\n" * 400_000 + b"\xd5;1\n"
    [sheet] = open_workbook(content, "a.csv", meaning=_meaning, text=STREAMED)
    assert list(sheet.rows())[-1] == ["Õ", "1"]


def test_whoever_holds_no_row_takes_more() -> None:
    content = "tên;tiền\n".encode() + b"a;1\n" * MAX_ROWS
    [sheet] = open_workbook(content, "a.csv", meaning=_meaning, text=STREAMED)
    assert sum(1 for _ in sheet.rows()) == MAX_ROWS + 1
    [sheet] = open_workbook(content, "a.csv", meaning=_meaning, text=HELD)
    with pytest.raises(WorkbookTooLarge) as refused:
        list(sheet.rows())
    assert refused.value.facts["what"] == f"hơn {MAX_ROWS} dòng"


def test_a_text_of_too_many_bytes_is_refused() -> None:
    with pytest.raises(WorkbookTooLarge) as refused:
        open_workbook(b"a;1\n" * (1 << 19), "a.csv", meaning=_meaning, text=TextLimits(1 << 20, 1 << 20))
    assert refused.value.facts["what"] == "hơn 1 MB"
