"""Every file the web gives, of a month full of dangerous names: nothing in it computes, nothing of it is a page."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from ansinh.funds.models import Transfer
from ansinh.payout.models import Batch
from ansinh.platform.sheets.writing import looks_like_formula
from ansinh.reconcile.models import ResultsFile
from ansinh.registry.actions import import_register, record_death
from ansinh.registry.models import Person, Residence
from ansinh.registry.types import Paper
from ansinh.web.downloads import FILE_TYPES, NotAFileToGive, file_answer, safe_file_name
from ansinh.web.urls import urlpatterns
from tests.seeding import AT, AUGUST, NGOC_PHAI, Desk, add_person
from tests.web.conftest import signed_in
from tests.web.paying import money_at

NAMES = ("=cmd|' /C calc'!A0", "@SUM(1+1)*cmd", "-1+1", '+HYPERLINK("http://x")')
HAMLET = "=1+1"
PAPER = Paper("=5/QĐ-UBND", date(2020, 7, 10), "Trích lục khai tử")
SETTLED = "/settlement/064/2020-08/buu-dien"
ALIKE = "ket-qua <script>.html=1.csv"


@pytest.fixture
def hostile(desk: Desk) -> Desk:
    """The small place with people whose names are formulas, their August paid and settled."""
    for name in NAMES:
        add_person(name, born=date(1930, 3, 1), category="elderly_80_no_pension")
    Residence.objects.update(hamlet=HAMLET)
    return desk


# Each address that gives a file, and what stands in its place. Nobody adds one that is not tried here.
PAPERS = ("payment_list", "change_list", "summary_by_group", "summary_by_commune", "group_table")
GIVEN: dict[str, tuple[str, ...]] = {
    "export_upcoming": ("/upcoming/export.xlsx?place=02020",),
    "export": ("/runs/{run}/export.xlsx",),
    "paper": tuple(f"/runs/{{run}}/papers/{paper}.{form}" for paper in PAPERS for form in ("xlsx", "pdf")),
    "transfer_paper": ("/transfers/{transfer}/request.xlsx", "/transfers/{transfer}/request.pdf"),
    "payer_list": ("/batches/{batch}/list.xlsx", "/batches/{batch}/list.csv"),
    "marked_results": ("/results/{results}/marked.xlsx",),
    "settlement_paper": (f"{SETTLED}/sheet.xlsx", f"{SETTLED}/sheet.pdf"),
    "export_changes": ("/people/changes/export.xlsx",),
    "slip": ("/people/{person}/slip/2020-08.pdf",),
    "who_looked_paper": ("/people/{person}/who-looked.pdf",),
    "explained": ("/people/{person}/slip/2020-08.json",),
    "export_audit": ("/audit/export.xlsx", "/audit/export.csv"),
    "audit_head": ("/audit/head.pdf",),
    "marked": ("/registers/{register}/marked.xlsx",),
}
# The only formula of ours: the sum under a list.
OURS = re.compile(r"SUM\(J4:J\d+\)")


def test_no_address_gives_a_file_unseen() -> None:
    ends = re.compile(r"\.(?:<slug:form>|[a-z]{3,4})$")
    assert {pattern.name for pattern in urlpatterns if ends.search(str(pattern.pattern))} == set(GIVEN)


def test_nothing_in_any_file_computes_and_none_is_a_page(hostile: Desk) -> None:
    numbers = _settled(hostile)
    named: set[str] = set()
    for addresses in GIVEN.values():
        for address in addresses:
            asker = hostile.payer if "/batches/" in address else hostile.officer
            response = signed_in(asker).get(address.format(**numbers))
            if response.status_code == 405:
                response = signed_in(asker).post(address.format(**numbers))
            assert response.status_code == 200, address
            named |= _looked_through(address, response)
    assert named == {*NAMES, HAMLET}


def _settled(desk: Desk) -> dict[str, int]:
    """August settled, a change of each told, a register full of formulas taken in: the numbers to ask by."""
    run_id = money_at("CLOSED", desk)
    for person in Person.objects.filter(full_name__in=NAMES):
        record_death(person_id=person.pk, died_on=date(2020, 7, 3), paper=PAPER, by=desk.officer, at=AT)
    rows = [["Họ và tên", "Ngày sinh", "Thôn", "Loại đối tượng"]]
    rows += [[name, "12/03/1941", HAMLET, "Người khuyết tật nặng"] for name in NAMES]
    raw = "\r\n".join(",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows).encode()
    register = import_register(
        content=raw, file_name=f"=1{ALIKE}", place_code=NGOC_PHAI, month=AUGUST, by=desk.officer, at=AT
    )
    batch = Batch.objects.get()
    return {
        "run": run_id,
        "batch": batch.pk,
        "transfer": Transfer.objects.get().pk,
        "person": Person.objects.filter(full_name=NAMES[0]).earliest("pk").pk,
        "register": register.file_id,
        "results": ResultsFile.objects.get().pk,
    }


def _looked_through(address: str, response: Any) -> set[str]:
    """Asserts that a file can do nothing; the dangerous texts it bears as they were typed."""
    ending = address.partition("?")[0].rpartition(".")[2]
    assert response.headers["X-Content-Type-Options"] == "nosniff", address
    if ending == "json":
        assert response.headers["Content-Type"] == "application/json"
        return set()
    assert response.headers["Content-Type"] == FILE_TYPES[ending], address
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("inline" if ending == "pdf" else "attachment"), address
    assert "<" not in disposition
    if ending == "xlsx":
        return _cells_of_workbook(response.content, address)
    if ending == "csv":
        cells = [cell for row in csv.reader(io.StringIO(response.content.decode("utf-8-sig"))) for cell in row]
        assert not any(looks_like_formula(cell) for cell in cells), address
    return set()


def _cells_of_workbook(content: bytes, address: str) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part in package.namelist():
            if part.startswith("xl/worksheets/sheet"):
                xml = package.read(part).decode()
                assert all(OURS.fullmatch(formula) for formula in re.findall(r"<f(?: [^>]*)?>([^<]*)", xml)), address
                assert "http" not in "".join(re.findall(r"<hyperlink[^>]*", xml)), address
        assert not any("externalLink" in part or "vbaProject" in part for part in package.namelist())
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    cells = [cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]
    return {str(cell) for cell in cells if cell in (*NAMES, HAMLET)}


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("danh-dau-sổ tháng 8.xlsx", "danh-dau-sổ tháng 8.xlsx"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\x\\so.csv", "so.csv"),
        ('a"; filename="x.html\r\nX-Evil: 1.xlsx', "a_; filename=_x.htmlX-Evil_ 1.xlsx"),
        ("so\u202exslx.pdf", "soxslx.pdf"),
        ("....xlsx", "tep.xlsx"),
        ("a" * 300 + ".xlsx", "a" * 120 + ".xlsx"),
    ],
)
def test_a_file_has_a_name_any_system_takes(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe
    assert "\n" not in file_answer(b"", name=name).headers["Content-Disposition"]


@pytest.mark.parametrize("name", ["trang.html", "anh.svg", "khong-duoi"])
def test_nothing_a_browser_runs_can_be_given(name: str) -> None:
    with pytest.raises(NotAFileToGive):
        file_answer(b"<script>", name=name)


def test_only_a_pdf_is_ever_shown() -> None:
    assert file_answer(b"", name="a.csv", attached=False).headers["Content-Disposition"].startswith("attachment")
    assert file_answer(b"", name="a.pdf", attached=False).headers["Content-Disposition"].startswith("inline")
