"""What is looked at and taken away by the web is told: one entry each, before it is given, with whom and which list."""

from __future__ import annotations

import pytest
from django.test import Client

from ansinh.audit.types import LOOKS
from ansinh.platform.models import AuditEntry
from ansinh.registry.models import Person
from tests.seeding import Desk
from tests.web.conftest import signed_in
from tests.web.months import run_in
from tests.web.test_files_given import GIVEN, _settled


@pytest.fixture
def thao(desk: Desk) -> Person:
    return Person.objects.get(full_name="Ma Xuân Thảo")


def _told() -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action__in=LOOKS).order_by("number"))


@pytest.mark.parametrize(
    ("page", "sight"), [("", "registry.look_person"), ("story/", "registry.look_story")]
)  # fmt: skip
def test_each_look_at_a_person_is_one_entry(officer: Client, desk: Desk, thao: Person, page: str, sight: str) -> None:
    for _ in range(2):
        assert officer.get(f"/people/{thao.pk}/{page}", headers={"User-Agent": "Trình duyệt"}).status_code == 200
    first, second = _told()
    assert (first.action, first.person_id, first.actor_id) == (sight, thao.pk, desk.officer.user_id)
    assert (first.channel, first.address, first.agent) == ("web", "127.0.0.1", "Trình duyệt")
    assert len(first.session) == 16
    assert first.session not in str(officer.cookies)
    assert second.number == first.number + 1


def test_a_person_who_is_not_there_leaves_no_entry(officer: Client, thao: Person) -> None:
    assert officer.get("/people/999999/").status_code == 404
    assert _told() == []


def test_an_exported_list_says_which_list_it_was(officer: Client, desk: Desk) -> None:
    run_id = run_in("COMPUTED", desk)
    officer.get(f"/runs/{run_id}/export.xlsx")
    (told,) = _told()
    assert told.action == "payroll.export_list"
    assert told.facts["run_id"] == run_id
    assert told.facts["rows"] > 0
    assert told.place_code


def test_every_file_the_web_gives_leaves_an_entry(desk: Desk) -> None:
    numbers = {**_settled(desk), "person": Person.objects.get(full_name="Lý Ngọc An").pk}
    for address in (one.format(**numbers) for addresses in GIVEN.values() for one in addresses):
        browser = signed_in(desk.payer if "/batches/" in address else desk.officer)
        before = AuditEntry.objects.count()
        response = browser.get(address)
        if response.status_code == 405:
            response = browser.post(address)
        assert response.status_code == 200, address
        assert AuditEntry.objects.count() > before, address
