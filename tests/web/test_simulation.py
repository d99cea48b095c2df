"""Trying a draft level on its page: who may, what it tells, what it refuses; nothing is written."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.payroll.test_levels_ahead import everything
from tests.seeding import CHO_DON, PHUONG_VIEN, Desk
from tests.web.months import VEILED
from tests.web.reading import messages_of, text_of

PAGE = "/simulation/"
TYPED = {
    "place": CHO_DON,
    "month": "2020-09",
    "months": "3",
    "regime": "tcxh",
    "amount": "300.000",
    "starts": "2020-10",
}


def test_a_level_typed_in_is_told_by_month_and_group(desk: Desk, approver: Client, finance: Client) -> None:
    """Coefficients 1,0 + 2,0 + 1,0 + 2,0 + 1,5 = 7,5; 30.000 more for each 1,0 in two of the three lists: 450.000."""
    before = everything()
    page = approver.post(PAGE, TYPED)
    said = text_of(page)
    assert page.status_code == 200
    assert page.context["told"].total.more.value == 450_000
    assert "+450.000 đ" in said.replace("\u00a0", " ")
    assert "Không đoán ai sẽ được hưởng thêm" in said
    assert VEILED not in said
    assert {**everything(), "platform_auditentry": 0} == {**before, "platform_auditentry": 0}
    assert finance.post(PAGE, TYPED).status_code == 200


def test_a_file_is_tried_and_its_faults_are_named(desk: Desk, approver: Client) -> None:
    text = "title: Thử\nlevels: [{regime: tcxh, area: '064', from: '2020-10', value: %s, law: Nghị quyết}]\n"
    good = SimpleUploadedFile("muc.yaml", (text % "330000").encode())
    assert approver.post(PAGE, {**TYPED, "file": good}).context["told"].total.more.value == 900_000
    bad = approver.post(PAGE, {**TYPED, "file": SimpleUploadedFile("muc.yaml", (text % "mười").encode())})
    assert bad.status_code == 409
    assert "levels[0]" in " ".join(messages_of(bad))


def test_what_was_not_typed_is_asked_for(approver: Client) -> None:
    assert approver.get(PAGE).status_code == 200
    page = approver.post(PAGE, {**TYPED, "amount": "", "starts": ""})
    assert page.status_code == 422
    assert "Hãy ghi mức dự kiến" in text_of(page)
    assert approver.post(PAGE, {**TYPED, "amount": "nhiều"}).status_code == 422


def test_groups_of_one_commune_do_not_tell_of_hiv(desk: Desk, approver: Client) -> None:
    """Phương Viên has a single parent and somebody veiled: one heading for both, as it would be without the second."""
    page = approver.post(PAGE, {**TYPED, "place": PHUONG_VIEN})
    (group,) = page.context["told"].groups
    assert group.name.endswith("; đối tượng khác")
    assert "HIV" not in text_of(page)


def test_the_page_is_for_those_who_decide_on_levels(desk: Desk, payer: Client, officer: Client) -> None:
    assert payer.get(PAGE).status_code == 403
    assert officer.get(PAGE).status_code == 200
