"""The list of a run: what a filter finds, what it totals, what leaves as a workbook, what never shows."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from ansinh.payroll.models import Run
from ansinh.payroll.queries import summarise_runs
from tests.seeding import AUGUST, PHUONG_VIEN, Desk
from tests.web.months import VEILED, run_in
from tests.web.reading import text_of


@pytest.fixture
def run_id(desk: Desk) -> int:
    return run_in("COMPUTED", desk)


def names_on(response: Any) -> list[str]:
    """The people a page of the list shows, in order."""
    return [line.full_name for line, _ in response.context["rows"]]


def sheet_of(response: Any) -> list[list[Any]]:
    """The rows of a workbook that was downloaded."""
    return CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()


def test_names_are_found_without_accents(officer: Client, run_id: int) -> None:
    assert names_on(officer.get(f"/runs/{run_id}/", {"name": "dang thi"})) == ["Đặng Thị Dương"]


def test_a_filter_that_fits_nobody_lists_nobody(officer: Client, run_id: int) -> None:
    response = officer.get(f"/runs/{run_id}/", {"name": "khong co ai"})
    assert names_on(response) == []
    assert "Không có dòng nào khớp với bộ lọc" in text_of(response)
    assert "0 dòng · 0 đ" in text_of(response)


def test_signs_of_patterns_in_a_name_are_plain_signs(officer: Client, run_id: int) -> None:
    assert names_on(officer.get(f"/runs/{run_id}/", {"name": "%"})) == []


def test_the_total_is_that_of_the_filter(officer: Client, run_id: int) -> None:
    response = officer.get(f"/runs/{run_id}/", {"commune": PHUONG_VIEN})
    cell = summarise_runs([Run.objects.get()])["by_commune"][PHUONG_VIEN]
    assert len(names_on(response)) == cell["count"] == 2
    assert int(response.context["found"].total) == cell["amount"]


def test_the_largest_amount_comes_first_when_asked(officer: Client, run_id: int) -> None:
    response = officer.get(f"/runs/{run_id}/", {"order": "amount", "commune": PHUONG_VIEN})
    amounts = [int(line.amount_dong) for line, _ in response.context["rows"]]
    assert amounts == sorted(amounts, reverse=True)


def test_htmx_gets_the_table_alone(officer: Client, run_id: int) -> None:
    part = officer.get(f"/runs/{run_id}/", headers={"HX-Request": "true", "HX-Target": "found"}).content.decode()
    assert "<table" in part
    assert "<html" not in part


def test_no_page_of_a_list_names_what_is_veiled(officer: Client, desk: Desk) -> None:
    run_id = run_in("APPROVED", desk)
    later = run_in("CHECKED", desk, month=AUGUST + 1)
    pages = [f"/runs/{one}/{tab}" for one in (run_id, later) for tab in ("", "changes/", "findings/", "history/")]
    for page in pages:
        assert "hiv" not in officer.get(page).content.decode().lower(), page


def test_the_veil_is_worn_by_others_too(officer: Client, run_id: int) -> None:
    headings = {line.full_name: heading for line, heading in officer.get(f"/runs/{run_id}/").context["rows"]}
    worn = [name for name, heading in headings.items() if heading == headings[VEILED]]
    assert len(worn) > 1
    joint = officer.get(f"/runs/{run_id}/", {"group": "chung"})
    assert names_on(joint) == [name for name in headings if name in worn]
    assert int(joint.context["found"].total) == sum(int(line.amount_dong) for line, _ in joint.context["rows"])


def test_the_workbook_holds_what_the_filter_shows(officer: Client, run_id: int) -> None:
    shown = names_on(officer.get(f"/runs/{run_id}/", {"commune": PHUONG_VIEN}))
    response = officer.get(f"/runs/{run_id}/export.xlsx", {"commune": PHUONG_VIEN})
    rows = sheet_of(response)
    assert [row[1] for row in rows[3:-1]] == shown
    assert "HIV" not in str(rows)
    assert "attachment" in response.headers["Content-Disposition"]


def test_a_longer_list_asks_no_more_questions(
    officer: Client, run_id: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    officer.get(f"/runs/{run_id}/")
    with django_assert_max_num_queries(22):
        officer.get(f"/runs/{run_id}/")
    with django_assert_max_num_queries(22):
        officer.get(f"/runs/{run_id}/", {"commune": PHUONG_VIEN})


def test_a_commune_sees_its_groups_under_the_veil_a_district_its_numbers(officer: Client, desk: Desk) -> None:
    of_commune = run_in("COMPUTED", desk, place=PHUONG_VIEN)
    assert "hiv" not in text_of(officer.get(f"/runs/{of_commune}/summary/")).lower()


@pytest.mark.parametrize("form", ["pdf", "xlsx"])
def test_papers_come_as_files(officer: Client, run_id: int, form: str) -> None:
    response = officer.get(f"/runs/{run_id}/papers/payment_list.{form}", {"commune": PHUONG_VIEN})
    assert response.status_code == 200
    assert response.content.startswith(b"%PDF" if form == "pdf" else b"PK")
    assert f".{form}" in response.headers["Content-Disposition"]


def test_a_paper_nobody_knows_is_no_page(officer: Client, run_id: int) -> None:
    assert officer.get(f"/runs/{run_id}/papers/poem.pdf").status_code == 404
    assert officer.get(f"/runs/{run_id}/papers/payment_list.doc").status_code == 404
