"""The papers of a merit list say whose list it is and name no social assistance."""

from __future__ import annotations

from datetime import date

from ansinh.kernel.month import Month
from ansinh.payroll.actions import approve_run, check_run, compute_run, open_run, submit_run
from ansinh.payroll.models import Run
from ansinh.payroll.types import MERIT
from ansinh.reports.change_list import change_list_paper
from ansinh.reports.payment_list import payment_list_paper
from ansinh.reports.pdf import render_pdf
from ansinh.reports.queries import RunPapers
from ansinh.reports.summary import group_summary_paper, group_table_paper
from tests.reports.samples import pages_of
from tests.seeding import AT, NGOC_PHAI, Desk, add_person

SEPTEMBER = Month.of(2024, 9)


def test_every_paper_of_the_list_is_of_merit_allowances(desk: Desk) -> None:
    for name, category in (("Ma Văn Thương", "merit_thuong_binh_21"), ("Lý Thị Góa", "merit_than_nhan_1_liet_si")):
        add_person(name, born=date(1948, 1, 1), category=category, opening=SEPTEMBER)
    opened = open_run(place_code=NGOC_PHAI, month=SEPTEMBER, programme=MERIT, by=desk.officer, at=AT)
    for step in (compute_run, check_run, submit_run):
        step(run_id=opened.run_id, by=desk.officer, at=AT)
    approve_run(run_id=opened.run_id, by=desk.approver, at=AT)
    papers = RunPapers(Run.objects.get(pk=opened.run_id), by=desk.officer, commune=NGOC_PHAI, at=AT)
    listed = payment_list_paper(papers.payment_list())
    summary = papers.summary()
    made = [listed, change_list_paper(papers.change_list()), group_summary_paper(summary), group_table_paper(summary)]
    assert [paper.title for paper in made] == [
        "Danh sách chi trả trợ cấp ưu đãi người có công hằng tháng",
        "Danh sách tăng, giảm đối tượng hưởng trợ cấp ưu đãi người có công hằng tháng",
        "Tổng hợp kinh phí trợ cấp ưu đãi người có công hằng tháng theo nhóm đối tượng",
        "Bảng tổng hợp đối tượng và kinh phí trợ cấp ưu đãi người có công hằng tháng",
    ]
    told = " ".join(" ".join(pages_of(render_pdf(listed))).split())
    for expected in ("Thân nhân liệt sĩ (1 người)", "Thương binh, người hưởng chính sách như thương binh (1 người)",
                     "2.789.000", "1.878.000", "4.667.000"):  # fmt: skip
        assert expected in told
    assert "trợ giúp xã hội" not in told
