"""A long paper set in parts: page for page what it is when it is set at once."""

from __future__ import annotations

import io
import os
import re
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month, MonthSpan
from ansinh.reports.layout import Paper
from ansinh.reports.payment_list import payment_list_paper
from ansinh.reports.pdf import render_pdf
from ansinh.reports.types import Back, CarriedOver, ListState, PaymentRow
from ansinh.reports.typeset import SettingEnded
from tests.reports.samples import CARERS, CHILDREN, DISABLED, ELDERLY, HIV, PARENTS, pages_of, payment_list, row

GROUPS = (CHILDREN, HIV, PARENTS, ELDERLY, DISABLED, CARERS)
ARREARS = Back(MonthSpan(Month.of(2019, 11), Month.of(2020, 8)), 9, Dong(2_430_000))
PEOPLE = 90


def somebody(number: int) -> PaymentRow:
    """Everybody has a book of their own; some have a long name, some have arrears, some did not collect."""
    name = "Nguyễn Hoàng Phạm Thị Thu Phương Khánh Linh" if number % 9 == 0 else f"Triệu Văn Khánh {number}"
    one = replace(row(name, GROUPS[number % len(GROUPS)]), book_no=f"BK{number:05d}")
    if number % 7 == 0:
        return replace(one, arrears=ARREARS)
    return replace(one, carried_over=CarriedOver(2, Dong(540_000))) if number % 11 == 0 else one


@pytest.fixture(scope="module")
def rows() -> tuple[PaymentRow, ...]:
    return tuple(somebody(number) for number in range(PEOPLE))


@pytest.fixture(scope="module")
def paper(rows: tuple[PaymentRow, ...]) -> Paper:
    return payment_list_paper(payment_list(*rows))


@pytest.fixture(scope="module")
def joined(paper: Paper) -> bytes:
    return render_pdf(paper, part_lines=20)


def pictures(pdf: bytes) -> list[bytes]:
    """Each page as it looks."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [bytes(page.render(scale=1).buffer) for page in document]
    finally:
        document.close()


def test_everybody_stands_on_it_once_and_in_order(rows: tuple[PaymentRow, ...], joined: bytes) -> None:
    text = "\n".join(pages_of(joined))
    assert sorted(re.findall(r"BK\d{5}", text)) == sorted(one.book_no for one in rows)
    numbers = [int(number) for number in re.findall(r"^(\d+)\s+(?:Triệu|Nguyễn) ", text, re.MULTILINE)]
    assert numbers == list(range(1, PEOPLE + 1))


def test_sums_are_carried_over_the_joints(rows: tuple[PaymentRow, ...], joined: bytes) -> None:
    so_far = 0
    for page in pages_of(joined):
        of_page, reached = (
            int(re.findall(rf"{label}[^\n]* ([\d.]+)", page)[0].replace(".", "")) for label in ("Cộng trang", "Lũy kế")
        )
        so_far += of_page
        assert reached == so_far
    assert so_far == int(total(one.total_dong for one in rows))


def test_each_page_says_once_which_it_is_of_how_many(joined: bytes) -> None:
    pages = pages_of(joined)
    said = [re.findall(r"Trang (\d+)/(\d+)", page) for page in pages]
    assert said == [[(str(number), str(len(pages)))] for number in range(1, len(pages) + 1)]


def test_it_looks_as_if_it_had_been_set_at_once(paper: Paper, joined: bytes) -> None:
    assert pictures(joined) == pictures(render_pdf(paper))


@pytest.mark.parametrize("part_lines", [5, 25])
def test_so_does_a_draft_in_parts_of_less_than_a_page_and_of_more(
    rows: tuple[PaymentRow, ...], part_lines: int
) -> None:
    draft = payment_list_paper(payment_list(*rows[:60], state=ListState.DRAFT))
    assert pictures(render_pdf(draft, part_lines=part_lines)) == pictures(render_pdf(draft))


def test_the_same_paper_gives_the_same_bytes_and_says_what_it_is(paper: Paper, joined: bytes) -> None:
    assert render_pdf(paper, part_lines=20) == joined
    read = pypdf.PdfReader(io.BytesIO(joined))
    assert read.metadata is not None
    assert read.metadata.title == "Danh sách chi trả trợ giúp xã hội hằng tháng – Tháng 8 năm 2020"
    assert read.metadata.author == "Ủy ban nhân dân huyện Chợ Đồn"
    assert str(read.root_object["/Lang"]) == "vi-VN"


def test_how_far_it_is_is_told_in_lines(paper: Paper) -> None:
    told: list[tuple[int, int]] = []
    render_pdf(paper, part_lines=30, progress=lambda done, lines: told.append((done, lines)))
    assert len(told) > 2
    assert told == sorted(told)
    assert told[-1] == (len(paper.lines), len(paper.lines))


def test_long_papers_are_set_apart_without_being_asked(rows: tuple[PaymentRow, ...]) -> None:
    """More lines than are set here, less than two parts: one part, and its own page numbers."""
    pages = pages_of(render_pdf(payment_list_paper(payment_list(*(rows * 5)))))
    assert f"Trang {len(pages)}/{len(pages)}" in pages[-1]
    assert "TỔNG CỘNG (450 người)" in pages[-1]


def test_a_setting_process_that_is_killed_is_told(paper: Paper) -> None:
    killer = threading.Thread(target=_kill_the_setting)
    killer.start()
    with pytest.raises(SettingEnded, match="mã thoát -9"):
        render_pdf(paper, part_lines=100)
    killer.join()


def _kill_the_setting() -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for children in Path("/proc/self/task").glob("*/children"):
            for pid in map(int, children.read_text(encoding="ascii").split()):
                if b"ansinh.reports.typeset" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    os.kill(pid, signal.SIGKILL)
                    return
        time.sleep(0.01)
