"""Pages of what is given once: a decision looked at and recorded, a list by name, frozen into a run."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from ansinh.payroll.actions import refresh_spans
from ansinh.payroll.models import Line, Occasion, OneOffPayee, Run
from ansinh.registry.models import Person
from tests.seeding import AT, AUGUST, NGOC_PHAI, Desk, add_person
from tests.web.reading import messages_of, text_of

_GIFT = {
    "kind": "gift", "title": "Quà Tết", "place": NGOC_PHAI, "month": "2020-08", "decision_no": "7/QĐ",
    "decided_on": "2020-07-15", "amount": "500.000", "by_criteria": "on", "age_from": "80",
}  # fmt: skip


@pytest.mark.django_db
def test_a_gift_goes_from_preview_to_its_run(officer: Client, desk: Desk) -> None:
    assert "Chưa có đợt chi một lần nào" in text_of(officer.get("/one-off/"))
    seen = text_of(officer.post("/one-off/new/", {**_GIFT, "preview": "1"}))
    assert "Theo sổ hiện nay: 1 suất" in seen
    assert not Occasion.objects.exists()
    made = officer.post("/one-off/new/", _GIFT, follow=True)
    assert "Đã ghi đợt chi" in messages_of(made)[0]
    assert "theo sổ hiện nay có 1 suất" in text_of(made)
    opened = officer.post(f"/one-off/{Occasion.objects.get().pk}/open/", follow=True)
    assert "Đã chốt danh sách: 1 suất" in messages_of(opened)[0]
    run_id = Run.objects.get().pk
    assert "Chi một lần" in text_of(opened)
    officer.post(f"/runs/{run_id}/steps/compute_run/")
    for page in ("", "changes/", "findings/", "summary/", "papers/", "history/"):
        assert officer.get(f"/runs/{run_id}/{page}").status_code == 200
    assert officer.get(f"/runs/{run_id}/papers/payment_list.xlsx", {"commune": NGOC_PHAI}).status_code == 200
    assert officer.get(f"/runs/{run_id}/papers/group_table.xlsx").status_code != 200
    payee = OneOffPayee.objects.get()
    assert "500.000" in text_of(officer.get(f"/people/{payee.person_id}/"))
    line_id = Line.objects.get().id
    told = text_of(officer.get(f"/people/{payee.person_id}/why/{line_id}/"))
    assert "Quà Tết: Lý Ngọc An được chi một lần 500.000 đồng" in told
    assert "Chi một lần" in text_of(officer.get("/"))


@pytest.mark.django_db
def test_a_decision_recorded_before_is_told_at_once(officer: Client, desk: Desk) -> None:
    assert "Đã có đợt chi số" not in text_of(officer.post("/one-off/new/", {**_GIFT, "preview": "1"}))
    assert len(messages_of(officer.post("/one-off/new/", _GIFT, follow=True))) == 1
    before = Occasion.objects.get()
    said = f"Đã có đợt chi số {before.pk} cùng loại, cùng số quyết định hoặc cùng tên: “Quà Tết”, quyết định số 7/QĐ"
    again = {**_GIFT, "title": "Quà khác", "decision_no": "07/qđ"}
    assert said in text_of(officer.post("/one-off/new/", {**again, "preview": "1"}))
    assert said in messages_of(officer.post("/one-off/new/", again, follow=True))[1]
    assert Occasion.objects.count() == 2


@pytest.mark.django_db
def test_a_gift_to_poor_households_says_what_it_rests_on(officer: Client, desk: Desk) -> None:
    """A lone parent's decision of 2019 says: of a poor household (NĐ 136/2013)."""
    add_person("Ma Thị Tuấn", born=date(1984, 8, 13), category="single_parent_poor", children=2, sex="female")
    asked = {**_GIFT, "age_from": "", "poverty": "poor"}
    waiting = text_of(officer.post("/one-off/new/", {**asked, "preview": "1"}))
    assert "Theo sổ hiện nay: 0 suất" in waiting
    assert "4 người có thông tin mới, mức hưởng chưa được xác định lại" in waiting
    refresh_spans(place_code=NGOC_PHAI, month=AUGUST, by=desk.officer, at=AT)
    seen = text_of(officer.post("/one-off/new/", {**asked, "preview": "1"}))
    assert "Theo sổ hiện nay: 1 suất" in seen
    assert "Trong đó 1 suất theo quyết định hưởng" in seen
    assert "chưa được xác định lại" not in seen
    later = text_of(officer.post("/one-off/new/", {**asked, "month": "2021-08", "preview": "1"}))
    assert "Không tính 1 trường hợp quyết định hưởng chỉ cho biết là hộ nghèo hoặc hộ cận nghèo" in later
    made = text_of(officer.post("/one-off/new/", asked, follow=True))
    assert "theo sổ hiện nay có 1 suất" in made
    assert "Trong đó 1 suất theo quyết định hưởng" in made
    assert Occasion.objects.get().criteria["poverty"] == "poor"
    refused = officer.post("/one-off/new/", {**asked, "poverty": "rich"})
    assert (refused.status_code, Occasion.objects.count()) == (422, 1)


@pytest.mark.django_db
def test_a_list_by_name_takes_people_without_papers(officer: Client, desk: Desk) -> None:
    officer.post("/one-off/new/", {key: said for key, said in _GIFT.items() if key != "by_criteria"})
    page = f"/one-off/{Occasion.objects.get().pk}/"
    new = {"full_name": "Hoàng Văn Páo", "born": "1970", "sex": "male", "commune": NGOC_PHAI, "hamlet": "Nà Pài"}
    assert "bắt buộc" in " ".join(messages_of(officer.post(f"{page}add-new/", new, follow=True))).lower()
    added = officer.post(f"{page}add-new/", {**new, "reason": "mất giấy tờ do lũ"}, follow=True)
    assert "Đã thêm vào sổ" in messages_of(added)[0]
    assert "Hoàng Văn Páo" in text_of(added)
    person = Person.objects.get(full_name="Hoàng Văn Páo")
    again = officer.post(f"{page}add/", {"person_id": person.pk}, follow=True)
    assert "đã có trong danh sách" in messages_of(again)[0]
    gone = officer.post(f"{page}{person.pk}/remove/", follow=True)
    assert "Danh sách chưa có ai" in text_of(gone)
    assert "chưa có ai" in messages_of(officer.post(f"{page}open/", follow=True))[0]


@pytest.mark.django_db
def test_whoever_may_not_is_told_so(approver: Client, desk: Desk) -> None:
    assert "Bạn không được giao việc" in text_of(approver.get("/one-off/new/"))


@pytest.mark.django_db
def test_worship_money_is_listed_by_martyr_and_printed_with_them(officer: Client, desk: Desk) -> None:
    yearly = {**_GIFT, "kind": "merit_yearly", "title": "Thờ cúng liệt sĩ", "amount": ""}
    told = messages_of(officer.post("/one-off/new/", yearly))
    assert "Bộ quy định chưa có mức trợ cấp thờ cúng liệt sĩ" in " ".join(told)
    officer.post("/one-off/new/", {**yearly, "amount": "1.400.000"})
    page = f"/one-off/{Occasion.objects.get().pk}/"
    shown = text_of(officer.get(page))
    assert "mỗi liệt sĩ 1.400.000" in shown
    assert "Họ tên liệt sĩ" in shown
    person = Person.objects.get(full_name="Lý Ngọc An")
    refused = officer.post(f"{page}add/", {"person_id": person.pk}, follow=True)
    assert "Hãy ghi họ tên liệt sĩ" in messages_of(refused)[0]
    for martyr, number in (("Lý Văn Nhất", "LS01"), ("Lý Văn Nhì", "LS02")):
        said = {"person_id": person.pk, "martyr_name": martyr, "martyr_no": number}
        officer.post(f"{page}add/", said)
    listed = text_of(officer.get(page))
    assert "Lý Văn Nhất (LS01), Lý Văn Nhì (LS02)" in listed
    assert "2.800.000" in listed
    new = {"full_name": "Hoàng Văn Páo", "born": "1970", "commune": NGOC_PHAI, "reason": "ở xa về"}
    again = {**new, "martyr_name": "Lý Văn Nhất", "martyr_no": "ls 01"}
    assert "đã có trong danh sách" in messages_of(officer.post(f"{page}add-new/", again, follow=True))[0]
    assert not Person.objects.filter(full_name="Hoàng Văn Páo").exists()
    officer.post(f"{page}open/")
    run_id = Run.objects.get().pk
    officer.post(f"/runs/{run_id}/steps/compute_run/")
    paper = officer.get(f"/runs/{run_id}/papers/payment_list.xlsx", {"commune": NGOC_PHAI})
    assert paper.status_code == 200
    sheet = CalamineWorkbook.from_filelike(BytesIO(paper.content)).get_sheet_by_index(0)
    assert any("Lý Văn Nhất (LS01), Lý Văn Nhì (LS02)" in row for row in sheet.to_python())


@pytest.mark.django_db
def test_a_merit_grant_asks_for_its_article(officer: Client, desk: Desk) -> None:
    once = {**_GIFT, "kind": "merit_once"}
    assert "phải ghi điều khoản" in " ".join(messages_of(officer.post("/one-off/new/", once)))
    made = officer.post("/one-off/new/", {**once, "article": "Điều 14 Pháp lệnh 02/2020/UBTVQH14"}, follow=True)
    assert "Điều 14 Pháp lệnh 02/2020/UBTVQH14" in text_of(made)
