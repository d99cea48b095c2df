"""Levels loaded as data, on their pages: looked at, loaded by one, approved by another, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ansinh.payroll.models import LevelPack
from tests.payroll.test_levels_ahead import everything
from tests.seeding import CHO_DON, Desk
from tests.web.reading import messages_of, text_of

PAGE = "/levels/"
TEXT = "title: Nghị quyết 15\nlevels: [{regime: tcxh, area: '064', from: '2020-10', value: %s, law: NQ 15}]\n"


def typed(do: str, value: str = "300000", **more: str) -> dict[str, Any]:
    file = SimpleUploadedFile("muc.yaml", (TEXT % value).encode())
    asked = {"place": CHO_DON, "month": "2020-11", "decision_no": "77/QĐ-UBND", "decided_on": "2020-07-01"}
    return {**asked, "do": do, "file": file, **more}


@pytest.fixture
def pack(desk: Desk, officer: Client) -> LevelPack:
    officer.post(PAGE, typed("load"))
    return LevelPack.objects.get()


def test_looked_at_nothing_is_kept(desk: Desk, officer: Client) -> None:
    """Coefficients 7,5 in all; 30.000 more for each 1,0 in 11/2020 and for 10/2020: 450.000."""
    before = everything()
    page = officer.post(PAGE, typed("look", decision_no="", decided_on=""))
    assert page.status_code == 200
    assert page.context["told"].total.more.value == 450_000
    assert "Theo nhóm đối tượng" in text_of(page)
    assert {**everything(), "platform_auditentry": 0} == {**before, "platform_auditentry": 0}


def test_loaded_by_one_approved_by_another(pack: LevelPack, officer: Client, approver: Client) -> None:
    address = f"{PAGE}{pack.pk}/"
    own = text_of(officer.get(address))
    assert "Việc của: Người phê duyệt cấp tỉnh." in own
    assert "NQ 15" in own
    assert text_of(approver.get(f"{address}?look=1")).count("450.000") > 0
    assert approver.post(f"{address}approve/", follow=True).status_code == 200
    pack.refresh_from_db()
    assert pack.state == "APPROVED"
    listed = text_of(approver.get(PAGE))
    assert "Nghị quyết 15" in listed
    assert "Đã duyệt" in listed


def test_taken_back_with_a_reason(pack: LevelPack, officer: Client) -> None:
    address = f"{PAGE}{pack.pk}/withdraw/"
    assert "lý do" in " ".join(messages_of(officer.post(address, {"reason": ""}, follow=True)))
    officer.post(address, {"reason": "nhầm tệp"})
    assert "nhầm tệp" in text_of(officer.get(f"{PAGE}{pack.pk}/"))
    assert LevelPack.objects.get().state == "WITHDRAWN"


def test_what_is_refused_keeps_what_was_typed(desk: Desk, officer: Client) -> None:
    page = officer.post(PAGE, typed("load", value="mười"))
    assert page.status_code == 409
    assert "levels[0]" in " ".join(messages_of(page))
    assert page.context["form"].data["decision_no"] == "77/QĐ-UBND"
    assert officer.post(PAGE, {"do": "load"}).status_code == 422
    assert not LevelPack.objects.exists()


def test_the_pages_are_for_those_who_decide_on_levels(pack: LevelPack, payer: Client, finance: Client) -> None:
    assert payer.get(PAGE).status_code == 403
    assert payer.get(f"{PAGE}{pack.pk}/").status_code == 403
    assert finance.get(PAGE).status_code == 200
    assert finance.post(PAGE, typed("load")).status_code == 403
