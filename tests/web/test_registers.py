"""Register files: taken in with a clear answer, looked through, marked; later differences decided."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from ansinh.registry.models import Proposal, RegisterFile
from ansinh.registry.queries import list_imports_under_way
from ansinh.registry.queries.under_way import IMPORT_LOCK
from tests.seeding import AUGUST, NGOC_PHAI, Desk
from tests.web.reading import messages_of, text_of

HEADINGS = ("STT", "Họ và tên", "Ngày sinh", "Thôn", "Loại đối tượng", "Hệ số", "Số QĐ")
AN = (1, "Lý Văn An", "12/03/1941", "Nà Pài", "Người khuyết tật nặng", "1,5", "12/QĐ-UBND")
NOBODY = (2, "", "31/02/1950", "Nà Pài", "Người khuyết tật nặng", "1,5", "13/QĐ-UBND")


def workbook(*rows: tuple[object, ...]) -> bytes:
    """A register of Xã Ngọc Phái as an office would write it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Ngọc Phái")
        sheet.write(0, 0, "XÃ NGỌC PHÁI: DANH SÁCH ĐỐI TƯỢNG BẢO TRỢ XÃ HỘI THÁNG 08/2020")
        for number, row in enumerate((HEADINGS, *rows), start=2):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def upload(client: Client, content: bytes, month: str = "2020-08") -> Any:
    """Hand a file in; the page afterwards."""
    file = SimpleUploadedFile("so-ngoc-phai.xlsx", content)
    return client.post("/registers/", {"place": NGOC_PHAI, "month": month, "file": file}, follow=True)


def test_a_file_is_taken_in_and_told_of(officer: Client) -> None:
    response = upload(officer, workbook(AN, NOBODY))
    assert "Đã đọc 2 dòng: nhận 1, để riêng 1" in messages_of(response)[0]
    assert response.redirect_chain[-1][0] == f"/registers/{RegisterFile.objects.get().pk}/"
    assert "dòng 5" in text_of(response)
    assert "so-ngoc-phai.xlsx" in text_of(officer.get("/registers/"))


def test_findings_are_shown_by_severity(officer: Client) -> None:
    upload(officer, workbook(AN, NOBODY))
    address = f"/registers/{RegisterFile.objects.get().pk}/"
    errors = officer.get(address, {"severity": "error"}).context["page"].object_list
    assert errors
    assert {one.severity for one in errors} == {"error"}


def test_rows_set_aside_are_shown_alone_with_their_reasons(officer: Client) -> None:
    upload(officer, workbook(AN, NOBODY))
    response = officer.get(f"/registers/{RegisterFile.objects.get().pk}/", {"severity": "aside"})
    (row,) = response.context["page"].object_list
    assert (row.row, len(row.reasons)) == (5, 2)
    assert "Hãy ghi họ tên" in text_of(response)
    assert "Cả tệp" not in text_of(response)


def test_an_import_under_way_is_told_to_whoever_comes_back(officer: Client, desk: Desk) -> None:
    assert "Đang nhập một tệp" not in text_of(officer.get("/registers/"))
    with connection.cursor() as cursor:
        # The lock an import holds as long as it works.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [IMPORT_LOCK, 6])
    assert "Đang nhập một tệp vào sổ của Tỉnh" in text_of(officer.get("/registers/"))
    assert [one.waiting for one in list_imports_under_way(by=desk.officer, on=AUGUST.first_day)] == [0]


def test_the_same_file_again_changes_nothing(officer: Client) -> None:
    content = workbook(AN)
    upload(officer, content)
    assert "đã được nhập trước đây" in messages_of(upload(officer, content))[0]
    assert RegisterFile.objects.count() == 1


def test_what_is_no_workbook_is_refused_kindly(officer: Client) -> None:
    response = upload(officer, b"day khong phai la so")
    assert response.status_code == 409
    assert messages_of(response)
    assert RegisterFile.objects.count() == 0
    # The place and month stay chosen; only the file is to be chosen again.
    assert (response.context["chosen"], str(response.context["month"])) == (NGOC_PHAI, "2020-08")
    assert re.search(rf'value="{NGOC_PHAI}" required checked', response.content.decode())


def test_a_form_without_a_file_says_so_beside_the_field(officer: Client) -> None:
    response = officer.post("/registers/", {"place": NGOC_PHAI, "month": "2020-08"})
    assert response.status_code == 422
    assert "Hãy chọn tệp Excel của sổ" in text_of(response)


def test_the_marked_workbook_comes_back(officer: Client) -> None:
    upload(officer, workbook(AN, NOBODY))
    response = officer.get(f"/registers/{RegisterFile.objects.get().pk}/marked.xlsx")
    assert response.content.startswith(b"PK")
    assert "danh-dau-so-ngoc-phai.xlsx" in response.headers["Content-Disposition"]


@pytest.mark.parametrize(("verdict", "state"), [("accept", "ACCEPTED"), ("refuse", "REFUSED")])
def test_a_later_difference_waits_for_a_decision(officer: Client, verdict: str, state: str) -> None:
    upload(officer, workbook(AN))
    upload(officer, workbook((*AN[:3], "Bản Cáu", *AN[4:])), month="2020-09")
    waiting = Proposal.objects.filter(state="OPEN")
    assert waiting.exists()
    said = text_of(officer.get("/registers/proposals/"))
    assert "Thôn, tổ: Nà Pài → Bản Cáu" in said
    assert "so-ngoc-phai.xlsx , trang Ngọc Phái, dòng 4" in said
    person = waiting.get(field="hamlet").person
    assert said.count(person.full_name) == 2  # beside the box, for who cannot see it, and as the row's heading
    assert "Thôn, tổ: Nà Pài → Bản Cáu" in text_of(officer.get(f"/people/{person.pk}/"))
    nothing = officer.post("/registers/proposals/decide/", {"verdict": verdict}, follow=True)
    assert "Chưa chọn đề nghị nào" in messages_of(nothing)[0]
    ids = list(waiting.values_list("pk", flat=True))
    officer.post("/registers/proposals/decide/", {"verdict": verdict, "ids": ids})
    assert set(Proposal.objects.values_list("state", flat=True)) == {state}


def test_only_who_may_import_sees_the_form(approver: Client, desk: Desk) -> None:
    assert "Nhập một tệp" not in text_of(approver.get("/registers/"))
    assert "không được giao việc" in messages_of(upload(approver, workbook(AN)))[0]
