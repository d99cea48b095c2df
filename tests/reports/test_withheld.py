"""What a list takes back and what decisions withhold, as its papers say it: the paper's total is what is paid."""

from __future__ import annotations

import pytest

from ansinh.kernel.money import Dong, total
from ansinh.payout.actions import decide_recovery
from ansinh.payout.models import Order
from ansinh.payroll.models import Run
from ansinh.reports.payment_list import payment_list_paper
from ansinh.reports.queries import RunPapers
from tests.payout.conftest import give_budget
from tests.payout.owing import DECIDED_ON, LATER, NOVEMBER, OCTOBER, OWED, REGULAR, Owing, settle_owing
from tests.payroll.conftest import prepare
from tests.seeding import AT, NGOC_PHAI, Desk


@pytest.fixture
def owing(desk: Desk) -> Owing:
    give_budget(desk, 2020)
    return settle_owing(desk)


def papers(owing: Owing, run: Run) -> RunPapers:
    return RunPapers(run, by=owing.desk.officer, commune=NGOC_PHAI, at=AT)


def ordered(run: Run) -> Dong:
    return total(order.amount_dong for order in Order.objects.filter(run_id=run.pk))


def test_what_waits_for_a_decision_is_told_and_not_taken_off(owing: Owing) -> None:
    run = Run.objects.get(pk=owing.issue(OCTOBER).run_id)
    record = papers(owing, run).payment_list()
    rows = {row.name: row for row in record.rows}
    assert (rows["Nông Văn Trẻ"].total_dong, rows["Hoàng Thị Mất"].total_dong) == (Dong(REGULAR), Dong(0))
    assert rows["Nông Văn Trẻ"].claimed_dong == Dong(OWED)
    paper = payment_list_paper(record)
    assert "Khấu trừ thu hồi" not in [column.title for column in paper.columns]
    assert any("không trừ vào danh sách này: 2 dòng, 540.000 đồng" in note for note in paper.notes)
    assert total(row.total_dong for row in record.rows) == ordered(run)
    cells = papers(owing, run).summary().cells
    assert total(cell.figures.total_dong for cell in cells) == ordered(run)


def test_what_a_decision_withholds_is_a_column_before_and_after_the_orders(owing: Owing) -> None:
    owing.issue(OCTOBER)
    decide_recovery(
        recovery_id=owing.recovery(owing.younger).pk, way="netting", decision_no="1/QĐ", decided_on=DECIDED_ON,
        by=owing.desk.approver, at=LATER,
    )  # fmt: skip
    draft = papers(owing, prepare(owing.desk, NOVEMBER)).payment_list()
    (row,) = [row for row in draft.rows if row.name == "Nông Văn Trẻ"]
    assert (row.withheld_dong, row.total_dong) == (Dong(162_000), Dong(REGULAR - 162_000))
    assert "Khấu trừ thu hồi" in [column.title for column in payment_list_paper(draft).columns]
