"""A run read as papers: what its lines, its approval and the register's words become."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from ansinh.payroll.actions import countersign_run
from ansinh.payroll.models import Run
from ansinh.reports.layout import day_line
from ansinh.reports.payment_list import payment_list_paper
from ansinh.reports.pdf import render_pdf
from ansinh.reports.queries import RunPapers
from tests.payroll.conftest import play, prepare
from tests.payroll.test_second_approval import another, approved, decided, submitted
from tests.reports.samples import pages_of
from tests.seeding import AT, NGOC_PHAI, Desk

LATE_EVENING = datetime(2020, 7, 23, 17, 30, tzinfo=UTC)


def papers(run: Run, desk: Desk, commune: str = NGOC_PHAI) -> RunPapers:
    return RunPapers(run, by=desk.officer, commune=commune, at=AT)


def test_names_kept_in_capitals_are_written_as_people_write_them(desk: Desk) -> None:
    names = {row.name for row in papers(prepare(desk), desk).payment_list().rows}
    assert names == {"Lý Ngọc An", "Ma Xuân Thảo", "Ma Thị Tuấn"}


def test_an_approved_list_bears_the_day_of_its_approval_in_vietnam(desk: Desk) -> None:
    run = play(desk)
    # Half past midnight of the 24th there.
    run.approved_at = LATE_EVENING
    sheet = papers(run, desk).payment_list().sheet
    assert sheet.stamp.signed_on == date(2020, 7, 24)
    assert day_line(sheet) == "Chợ Đồn, ngày 24 tháng 7 năm 2020"


def test_a_draft_leaves_day_and_year_to_be_written(desk: Desk) -> None:
    sheet = papers(prepare(desk), desk).payment_list().sheet
    assert sheet.stamp.signed_on is None
    assert day_line(sheet) == "Chợ Đồn, ngày ….. tháng ….. năm ………"


def test_the_change_list_says_commune_and_the_decisions_own_month(desk: Desk) -> None:
    rows = papers(prepare(desk), desk).change_list().rows
    assert {row.address for row in rows} == {"Nà Pài, xã Ngọc Phái"}
    assert {str(row.granted_from) for row in rows} == {"2019-01"}
    assert {row.reason for row in rows} == {"Mới đưa vào danh sách"}


def test_a_list_two_people_approved_names_both(desk: Desk) -> None:
    decided(desk, 0)
    run = submitted(desk)
    approved(desk, run)
    assert papers(Run.objects.get(pk=run.pk), desk).sheet().stamp.approvals == ()
    countersign_run(run_id=run.pk, by=replace(another(desk), user_id=desk.finance.user_id), at=LATE_EVENING)
    sheet = papers(Run.objects.get(pk=run.pk), desk).sheet()
    assert sheet.stamp.approvals == (
        "Phê duyệt lần một: Hoàng Văn Duyệt (chủ tịch minh họa), 09:00 22/07/2020",
        "Phê duyệt lần hai: Lục Thị Toán (kế toán minh họa), 00:30 24/07/2020",
    )
    assert sheet.stamp.signed_on == date(2020, 7, 24)
    paper = papers(Run.objects.get(pk=run.pk), desk).payment_list()
    assert "Phê duyệt lần hai: Lục Thị Toán" in pages_of(render_pdf(payment_list_paper(paper)))[-1]
