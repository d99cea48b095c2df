"""Money kept back, in the foot of the list it stands on and of the lists after it."""

from __future__ import annotations

import io
import zipfile

from ansinh.kernel.money import total
from ansinh.payroll.models import Run
from ansinh.reports.payment_list import payment_list_paper
from ansinh.reports.queries import RunPapers
from ansinh.reports.xlsx import render_xlsx
from tests.payout.conftest import desk, issue, order_of
from tests.payout.test_carried import ISSUED_AT, SEPTEMBER, TUAN, august
from tests.payout.test_holds import hold
from tests.seeding import AT, NGOC_PHAI, Desk

__all__ = ["desk"]


def test_the_foot_names_who_is_held_and_how_much(desk: Desk) -> None:
    august(desk, TUAN)
    hold(desk, TUAN, kind="other", note="HIV", at=ISSUED_AT)
    run = Run.objects.get(pk=issue(desk, SEPTEMBER).run_id)
    record = RunPapers(run, by=desk.officer, commune=NGOC_PHAI, at=AT).payment_list()
    (row,) = [row for row in record.rows if row.name == TUAN]
    assert row.regular_dong == order_of(TUAN, SEPTEMBER).amount_dong
    paper = payment_list_paper(record)
    of_list, named, before, named_before = paper.notes[-4:]
    now, then = order_of(TUAN, SEPTEMBER).amount_dong, order_of(TUAN).amount_dong
    assert of_list == f"Tạm giữ, chưa chi của danh sách này: 1 người, {now} đồng, gồm:"
    assert named == f"{TUAN} {now} đồng (lý do khác)."
    assert before == f"Tạm giữ, chưa chi của các danh sách trước: 1 người, {then} đồng, gồm:"
    assert named_before == f"{TUAN} {then} đồng (lý do khác)."
    with zipfile.ZipFile(io.BytesIO(render_xlsx(paper))) as book:
        assert of_list in book.read("xl/sharedStrings.xml").decode("utf-8")
    assert total(one.dong for one in record.held) == now + then
