"""Money of an earlier month nobody collected stands on the next list: beside the person's own, or in a row alone."""

from __future__ import annotations

import pytest

from ansinh.kernel.money import Dong, total
from ansinh.payroll.models import Run
from ansinh.registry.models import Grant, Person
from ansinh.reports.layout import LineKind
from ansinh.reports.payment_list import payment_list_paper
from ansinh.reports.pdf import render_pdf
from ansinh.reports.queries import RunPapers
from ansinh.reports.types import CarriedOver, PaymentRow
from tests.payroll.conftest import prepare
from tests.reports.paid_months import fund, release, report
from tests.reports.samples import pages_of
from tests.seeding import AT, AUGUST, NGOC_PHAI, Desk

SEPTEMBER = AUGUST + 1
AN, THAO = "Lý Ngọc An", "Ma Xuân Thảo"


def rows_of(run: Run, desk: Desk) -> dict[str, PaymentRow]:
    listed = RunPapers(run, by=desk.officer, commune=NGOC_PHAI, at=AT).payment_list()
    assert len({row.name for row in listed.rows}) == len(listed.rows)
    return {row.name: row for row in listed.rows}


@pytest.fixture
def august(desk: Desk) -> Desk:
    """August paid; An and Thảo did not come. An's grant ends with August."""
    fund(desk)
    _, batch, _ = release(desk, AUGUST)
    away = {person.pk for person in Person.objects.filter(full_name__in=[AN.upper(), THAO])}
    report(desk, batch, unpaid=away)
    an = Person.objects.get(full_name=AN.upper())
    Grant.objects.filter(person=an).update(ends=SEPTEMBER)
    Person.objects.filter(pk=an.pk).update(facts_version=an.facts_version + 1)
    return desk


def test_it_stands_beside_this_months_money_in_draft_and_approved_list_alike(august: Desk) -> None:
    draft = rows_of(prepare(august, SEPTEMBER), august)
    thao = draft[THAO]
    assert thao.carried_over == CarriedOver(1, thao.regular_dong)
    assert thao.total_dong == thao.regular_dong + thao.regular_dong
    assert draft["Ma Thị Tuấn"].carried_over is None


def test_somebody_no_longer_listed_has_a_row_of_their_own(august: Desk) -> None:
    an = rows_of(prepare(august, SEPTEMBER), august)[AN]
    assert not an.is_listed
    assert (an.carried_over, an.total_dong) == (CarriedOver(1, Dong(270_000)), Dong(270_000))
    assert an.decision_no == "12/QĐ-UBND"
    assert an.group.title.startswith("Người cao tuổi")


def test_released_it_is_still_what_the_batch_presents(august: Desk) -> None:
    run, batch, _ = release(august, SEPTEMBER)
    listed = RunPapers(run, by=august.officer, commune=NGOC_PHAI, at=AT).payment_list()
    assert total(row.total_dong for row in listed.rows) == batch.declared_dong
    assert {row.name for row in listed.rows if row.carried_over} == {AN, THAO}


def test_group_subtotals_page_totals_and_the_foot_take_it_in(august: Desk) -> None:
    run, batch, _ = release(august, SEPTEMBER)
    paper = payment_list_paper(RunPapers(run, by=august.officer, commune=NGOC_PHAI, at=AT).payment_list())
    at = len(paper.columns) - 4
    assert total(
        c for line in paper.lines if line.kind is LineKind.GROUP and isinstance(c := line.cells[at], Dong)
    ) == (batch.declared_dong)
    (page,) = pages_of(render_pdf(paper))
    assert f"Lũy kế {paper.total.cells[7]}" in page
    assert str(batch.declared_dong) in page
    assert "chưa lĩnh kỳ trước: 2 người, " in page


def test_summaries_show_it_by_group_and_commune(august: Desk) -> None:
    run, batch, _ = release(august, SEPTEMBER)
    cells = RunPapers(run, by=august.officer, commune="", at=AT).summary().cells
    assert total(cell.figures.total_dong for cell in cells) == batch.declared_dong
    elderly = next(cell.figures for cell in cells if cell.group.title.startswith("Người cao tuổi"))
    assert (elderly.people, elderly.regular_dong, elderly.carried_dong) == (0, Dong(0), Dong(270_000))
