"""Who looked at one person: everything the trail tells of them and of lists they stand in, nothing of anybody else."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest

from ansinh.access.roles import Role
from ansinh.audit.actions import tell_export, tell_look
from ansinh.kernel.refusal import Refusal
from ansinh.registry.actions import place_hold, reveal_number
from ansinh.registry.models import Person, Residence
from ansinh.reports.access_report import AccessReport
from ansinh.reports.queries import read_access_report, render_access_report
from tests.payroll.conftest import play
from tests.registry.conftest import AN, THAO, desk, register, take
from tests.seeding import AT, AUGUST, NGOC_PHAI, PHUONG_VIEN, Desk, appointed

__all__ = ["desk"]

LATER = AT + timedelta(days=30)


def said(report: AccessReport) -> list[tuple[str, str, str, int, str]]:
    """Section, who, what, how often, why."""
    return [
        (title, row.seen.who, row.seen.what, row.times, row.seen.why) for title, rows in report.sections for row in rows
    ]


@pytest.fixture
def an(desk: Desk) -> Person:
    take(desk, register(AN, THAO))
    return Person.objects.filter(full_name=AN[0]).latest("pk")


def test_looks_numbers_changes_and_lists_are_told_with_who_when_and_why(desk: Desk, an: Person) -> None:
    thao = Person.objects.filter(full_name=THAO[0]).latest("pk")
    for hours in (0, 3):
        tell_look("registry.look_person", person_id=an.pk, by=desk.officer, at=AT + timedelta(hours=hours))
    tell_look("registry.look_person", person_id=thao.pk, by=desk.officer, at=AT)
    number = an.numbers.get(kind="cccd").pk
    reveal_number(person_id=an.pk, number_id=number, reason="Đối chiếu thẻ", by=desk.officer, at=AT)
    place_hold(person_id=an.pk, kind="doubt", since_on=AT.date(), note="", evidence="", by=desk.officer, at=AT)
    run = play(desk, AUGUST)
    tell_export("payroll.export_list", by=desk.approver, at=AT, place_code=NGOC_PHAI, run_id=run.pk, month=AUGUST)
    tell_export("payroll.export_list", by=desk.approver, at=AT, place_code=PHUONG_VIEN, run_id=0, month=AUGUST)
    tell_export("payroll.export_upcoming", by=desk.officer, at=AT, place_code=NGOC_PHAI)
    tell_export("payroll.export_upcoming", by=desk.officer, at=AT, place_code=PHUONG_VIEN)
    report = read_access_report(an.pk, by=desk.officer, at=LATER)
    officer, approver = desk.officer.name, desk.approver.name
    assert "Cán bộ lập danh sách" in report.seen[0].role
    told = said(report)
    assert ("Mở xem hồ sơ", officer, "Mở hồ sơ", 2, "") in told
    numbers = "Xem đầy đủ số giấy tờ, số tài khoản hoặc số điện thoại"
    assert (numbers, officer, "Xem đầy đủ: số căn cước", 1, "Đối chiếu thẻ") in told
    assert [one[1:4] for one in told if one[0] == "Ghi thêm, sửa hồ sơ"] == [(officer, "Tạm giữ tiền", 1)]
    lists = [one for one in told if one[0].startswith("Lấy ra danh sách")]
    assert [(who, what) for _, who, what, *_ in lists] == [
        (approver, "Tải danh sách chi trả (tháng 08/2020)"),
        (officer, "Tải danh sách sắp đến hạn"),
    ]
    assert [one.maybe for one in report.seen if one.what.startswith("Tải danh sách sắp")] == [True]
    assert AN[3] not in str(report)


def test_the_paper_names_staff_and_hides_what_was_typed_of_a_status(desk: Desk, an: Person) -> None:
    number = an.numbers.get(kind="phone").pk
    reveal_number(person_id=an.pk, number_id=number, reason="gọi hỏi về HIV, máy 0912345678", by=desk.officer, at=AT)
    made = render_access_report(an.pk, by=desk.officer, at=LATER)
    assert str(an.pk) in made.file_name
    pages = pypdfium2.PdfDocument(made.content)
    words = " ".join("".join(page.get_textpage().get_text_range() for page in pages).split())
    assert "HỒ SƠ ĐƯỢC MỞ XEM" in words.upper()
    assert desk.officer.name in words
    assert "HIV" not in words
    assert "đồng" not in words.split("SHA-256")[0]
    assert AN[4] not in words


def test_what_was_done_to_a_double_counts_as_done_to_the_person(desk: Desk, an: Person) -> None:
    double = Person.objects.create(
        full_name=an.full_name, name_key=an.name_key, sort_key=an.sort_key, born_on=an.born_on,
        birth_precision="year", recorded_at=AT, merged_into=an,
    )  # fmt: skip
    Residence.objects.create(person=double, commune_code=NGOC_PHAI, starts=AUGUST, recorded_at=AT)
    tell_look("registry.look_person", person_id=double.pk, by=desk.officer, at=AT)
    assert [one[2] for one in said(read_access_report(an.pk, by=desk.officer, at=LATER))][:1] == ["Mở hồ sơ"]


def test_it_is_told_to_whoever_may_open_the_person_only(desk: Desk, an: Person) -> None:
    stranger = appointed(Role.OFFICER, PHUONG_VIEN)
    with pytest.raises(Refusal) as refused:
        read_access_report(an.pk, by=stranger, at=LATER)
    assert refused.value.code == "no_such_person"
