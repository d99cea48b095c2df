"""A whole month worked, paid and settled, changes told and looked at: the trail names no beneficiary."""

from __future__ import annotations

import json
from datetime import date

from django.test import Client

from ansinh.platform.models import AuditEntry
from ansinh.registry.actions import correct_name, import_register, record_grant
from ansinh.registry.models import Person
from ansinh.registry.types import Paper
from tests.seeding import AT, AUGUST, NGOC_PHAI
from tests.settlement.conftest import Office, office
from tests.web.conftest import signed_in

__all__ = ["office"]

_NUMBER, _PHONE = "045190001234", "0912345678"
_ROWS = [
    ["Họ và tên", "Ngày sinh", "Thôn", "Loại đối tượng", "Số CCCD"],
    ["Trần Thị Bưởi", "12/03/1941", "Cốc Thốc", "Người khuyết tật nặng", _NUMBER],
]


def test_no_entry_names_a_beneficiary_a_number_or_a_status(office: Office) -> None:
    office.pay_out()
    office.report(Thảo="unpaid")
    office.settle()
    by = office.desk.officer
    an = Person.objects.get(full_name="Lý Ngọc An")
    paper = Paper("9/QĐ-UBND", date(2020, 7, 20), "giấy ra viện", f"CCCD {_NUMBER}, điện thoại {_PHONE}, nhiễm HIV")
    correct_name(person_id=an.pk, full_name="Lý Thị Ngọc An", paper=paper, by=by, at=AT)
    record_grant(person_id=an.pk, category="adult_hiv_poor", paper=paper, by=by, at=AT)
    content = "\r\n".join(",".join(row) for row in _ROWS).encode()
    import_register(content=content, file_name="so.csv", place_code=NGOC_PHAI, month=AUGUST, by=by, at=AT)
    browser: Client = signed_in(by)
    assert browser.get(f"/people/{an.pk}/story/").status_code == 200
    _assert_nobody_named()


def _assert_nobody_named() -> None:
    entries = AuditEntry.objects.values_list("action", "facts", "reason")
    assert len(entries) > 20
    names = set(Person.objects.values_list("full_name", flat=True)) | {"Lý Ngọc An", "Trần Thị Bưởi"}
    told = "\n".join(f"{action} {json.dumps(facts, ensure_ascii=False)} {reason}" for action, facts, reason in entries)
    for hidden in (*names, _NUMBER, _PHONE, "hiv", "HIV", "giấy ra viện"):
        assert hidden not in told, hidden
