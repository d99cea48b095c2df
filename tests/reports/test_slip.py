"""The slip of a person's month: with reasons, or in the form that tells nothing of anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions import approve_run, check_run, compute_run, open_run, submit_run
from ansinh.payroll.models import Run
from ansinh.registry.models import Person, Residence
from ansinh.reports.pdf import render_pdf
from ansinh.reports.queries import render_slip
from ansinh.reports.slip import Slip, SlipRow, SlipTellsStatus, slip_paper
from ansinh.reports.types import Signatory
from tests.reports.samples import pages_of, sheet
from tests.seeding import AT, AUGUST, NGOC_PHAI, Desk, add_person

OCTOBER, MARCH = Month.of(2021, 10), Month.of(2022, 3)
SLIP = Slip(
    sheet=replace(sheet(), signatories=(Signatory("Người được giải thích"), Signatory("Người lập phiếu"))),
    name="Chu Thanh Tuấn",
    called="Ông Chu Thanh Tuấn, sinh ngày 06/09/1937",
    month=OCTOBER,
    rows=(
        SlipRow(OCTOBER, "Hằng tháng", Decimal("1.0"), Dong(360_000), Dong(360_000), "12/QĐ-UBND", date(2019, 1, 1)),
        SlipRow(MARCH, "Truy lĩnh", Decimal("2.0"), Dong(360_000), Dong(720_000), "2990/QĐ-UBND", date(2021, 12, 20)),
        SlipRow(MARCH, "Thu hồi", Decimal("1.0"), Dong(360_000), Dong(-360_000), "", None),
    ),
    due_dong=Dong(720_000),
    listed_dong=Dong(720_000),
    paragraphs=("Ông Chu Thanh Tuấn hưởng hệ số 2,0 vì có giấy xác nhận khuyết tật nặng.",),
    laws=("Nghị định 20/2021/NĐ-CP",),
)


def test_sums_reasons_and_who_signs_are_on_one_page() -> None:
    (page,) = pages_of(render_pdf(slip_paper(SLIP, names_category=True)))
    for text in (
        "PHIẾU GIẢI THÍCH MỨC HƯỞNG",
        "Ông Chu Thanh Tuấn, sinh ngày 06/09/1937",
        "Tháng 10 năm 2021",
        "2990/QĐ-UBND ngày 20/12/2021",
        "−360.000",
        "vì có giấy xác nhận khuyết tật nặng",
        "Được hưởng của tháng 10/2021: 720.000 đồng; các danh sách đã ghi: 720.000 đồng.",
        "Bảy trăm hai mươi nghìn đồng.",
        "NGƯỜI ĐƯỢC GIẢI THÍCH",
        "NGƯỜI LẬP PHIẾU",
    ):
        assert text in page, text


def test_what_is_missing_or_too_much_is_said() -> None:
    less, more = replace(SLIP, listed_dong=Dong(700_000)), replace(SLIP, listed_dong=Dong(800_000))
    assert "còn thiếu 20.000 đồng" in slip_paper(less, names_category=True).notes[-1]
    assert "đã ghi thừa 80.000 đồng" in slip_paper(more, names_category=True).notes[-1]


def test_no_status_stands_beside_a_name() -> None:
    """Refused with paragraphs, with the way out; the other form is word for word everybody's."""
    veiled = replace(SLIP, paragraphs=("Ông Chu Thanh Tuấn hưởng vì nhiễm HIV, thuộc hộ nghèo.",))
    with pytest.raises(SlipTellsStatus) as refused:
        slip_paper(veiled, names_category=True)
    assert "in phiếu không ghi diện hưởng" in refused.value.message
    assert "HIV" not in refused.value.message
    assert slip_paper(veiled, names_category=False) == slip_paper(SLIP, names_category=False)
    assert "khuyết tật" not in " ".join(slip_paper(SLIP, names_category=False).readable_texts)
    named_so = replace(SLIP, name="Vi Thị Sida", paragraphs=("Bà Vi Thị Sida hưởng hệ số 1,0.",))
    assert slip_paper(named_so, names_category=True).notes[0] == "Bà Vi Thị Sida hưởng hệ số 1,0."


@pytest.fixture
def veiled_person(desk: Desk) -> Person:
    """Listed in August 2020 with their neighbours, the list not yet approved."""
    person = add_person("Lò Thị Kín", born=date(1985, 3, 2), category="adult_hiv_poor", sex="female")
    run_id = open_run(place_code=NGOC_PHAI, month=AUGUST, by=desk.officer, at=AT).run_id
    compute_run(run_id=run_id, by=desk.officer, at=AT)
    check_run(run_id=run_id, by=desk.officer, at=AT)
    return person


def approved(desk: Desk) -> None:
    run_id = Run.objects.get().pk
    submit_run(run_id=run_id, by=desk.officer, at=AT)
    approve_run(run_id=run_id, by=desk.approver, at=AT)


def of(person: Person, desk: Desk, *, names_category: bool, payroll: Month | None = None) -> str:
    made = render_slip(
        person_id=person.pk, month=AUGUST, names_category=names_category, by=desk.officer, at=AT, payroll=payroll
    )
    assert made.file_name == f"phieu-giai-thich-{person.pk}-2020-08.pdf"
    (page,) = pages_of(made.content)
    return page


def test_a_slip_of_the_register(desk: Desk, veiled_person: Person) -> None:
    approved(desk)
    page = of(Person.objects.get(full_name="Ma Xuân Thảo"), desk, names_category=True)
    for text in ("ỦY BAN NHÂN DÂN HUYỆN CHỢ ĐỒN", "Xã Ngọc Phái", "540.000", "Nghị định 28/2012/NĐ-CP"):
        assert text in page, text
    assert "DỰ THẢO" not in page
    with pytest.raises(Refusal) as refused:
        of(veiled_person, desk, names_category=True)
    assert refused.value.code == "slip_tells_status"
    page = of(veiled_person, desk, names_category=False)
    assert "405.000" in page
    assert not any(word in page for word in ("HIV", "y tế", "hộ nghèo", "khoản 8"))


def test_a_list_not_approved_gives_a_draft(desk: Desk, veiled_person: Person) -> None:
    page = of(Person.objects.get(full_name="Ma Xuân Thảo"), desk, names_category=True, payroll=AUGUST)
    assert "danh sách chưa được phê duyệt" in page


def test_who_may_not_see_categories_gets_no_slip(desk: Desk, veiled_person: Person) -> None:
    with pytest.raises(Refusal) as refused:
        render_slip(person_id=veiled_person.pk, month=AUGUST, names_category=False, by=desk.finance, at=AT)
    assert refused.value.code == "categories_not_yours"


def test_the_office_is_todays_or_that_of_the_month_where_the_commune_is_no_more(desk: Desk) -> None:
    thao = Person.objects.get(full_name="Ma Xuân Thảo")

    def headed() -> str:
        made = render_slip(
            person_id=thao.pk, month=AUGUST, names_category=False, by=desk.officer, at=datetime(2026, 11, 1, tzinfo=UTC)
        )
        return pages_of(made.content)[0]

    assert "ỦY BAN NHÂN DÂN HUYỆN CHỢ ĐỒN" in headed()
    Residence.objects.filter(person=thao).update(commune_code="02020")
    assert "ỦY BAN NHÂN DÂN XÃ CHỢ ĐỒN" in headed()
