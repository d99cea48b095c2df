"""The audit pages: everybody's own, an inspector's area, no person for an administrator; filters, export, the head."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from ansinh.access.queries import sight_of
from ansinh.access.roles import Role
from ansinh.platform.models import AuditEntry
from ansinh.platform.row_security import seeing
from ansinh.registry.models import Person
from tests.seeding import NGOC_PHAI, PHUONG_VIEN, Desk, appointed
from tests.web.conftest import signed_in
from tests.web.reading import text_of


@pytest.fixture
def looked(desk: Desk, officer: Client) -> AuditEntry:
    """The officer has looked at somebody of Ngọc Phái."""
    person = Person.objects.get(full_name="Lý Ngọc An")
    officer.get(f"/people/{person.pk}/")
    return AuditEntry.objects.latest("number")


def test_everybody_finds_their_own_acts_and_nobody_elses(looked: AuditEntry, officer: Client, payer: Client) -> None:
    page = text_of(officer.get("/audit/"))
    assert "Xem hồ sơ một người" in page
    assert f"người số {looked.person_id}" in page
    assert "Xem hồ sơ một người" not in [one.what for one in payer.get("/audit/").context["page"].entries]
    assert payer.get(f"/audit/{looked.number}/").status_code == 404


def test_who_inspects_sees_the_area_and_no_other(looked: AuditEntry) -> None:
    here = signed_in(appointed(Role.INSPECTOR, NGOC_PHAI, username="thanh-tra"))
    away = signed_in(appointed(Role.INSPECTOR, PHUONG_VIEN, username="thanh-tra-khac"))
    assert [one.number for one in here.get("/audit/").context["page"].entries] == [looked.number]
    assert away.get("/audit/").context["page"].entries == ()
    assert away.get(f"/audit/{looked.number}/").status_code == 404


def test_an_administrator_is_shown_no_person(looked: AuditEntry) -> None:
    page = signed_in(appointed(Role.ADMINISTRATOR, "", username="quan-tri")).get("/audit/")
    assert "người số" not in text_of(page)


def test_an_entry_says_all_in_words(looked: AuditEntry, officer: Client) -> None:
    page = text_of(officer.get(f"/audit/{looked.number}/"))
    for said in ("Xem hồ sơ một người", "Xã Ngọc Phái", "trang web", "127.0.0.1", looked.hash, looked.session):
        assert said in page
    assert "Lý Ngọc An" not in page


@pytest.mark.parametrize(
    ("asked", "finds"),
    [
        ({"action": "registry.look_person"}, True),
        ({"action": "payroll.approve_run"}, False),
        ({"channel": "web"}, True),
        ({"channel": "command"}, False),
        ({"place": PHUONG_VIEN}, False),
        ({"place": "không phải mã", "since": "xưa"}, True),
        ({"until": "2001-01-01"}, False),
        ({"before": "1"}, False),
    ],
)
def test_the_filter_narrows_and_what_it_cannot_read_is_left_out(
    looked: AuditEntry, officer: Client, asked: dict[str, str], finds: bool
) -> None:
    page = officer.get("/audit/", asked, headers={"HX-Request": "true", "HX-Target": "found"})
    assert ("Xem hồ sơ một người" in text_of(page)) is finds
    assert "<html" not in page.content.decode()


def test_older_entries_come_by_the_number(looked: AuditEntry, officer: Client) -> None:
    for _ in range(55):
        officer.get(f"/people/{looked.person_id}/")
    first = officer.get("/audit/")
    assert "Cũ hơn" in text_of(first)
    older = officer.get("/audit/", {"before": first.context["page"].next_before})
    assert older.context["page"].entries[-1].number == looked.number
    assert "Mới nhất" in text_of(older)


def test_taking_the_trail_out_is_told_and_holds_ones_own_only(looked: AuditEntry, payer: Client) -> None:
    export = payer.get("/audit/export.csv").content.decode("utf-8-sig")
    assert "registry.look_person" not in export
    assert AuditEntry.objects.latest("number").action == "access.export_audit"
    assert payer.get("/audit/export.pdf").status_code == 404


def test_the_head_comes_as_paper_and_a_day_that_is_none_is_not_found(looked: AuditEntry, officer: Client) -> None:
    assert officer.get("/audit/head.pdf").content.startswith(b"%PDF")
    assert officer.get("/audit/head.pdf", {"on": "hôm qua"}).status_code == 404
    assert officer.get("/audit/head.pdf", {"on": "1999-01-01"}).status_code == 409


def test_the_database_itself_shows_an_unscoped_question_ones_own_entries_only(
    looked: AuditEntry, desk: Desk, officer: Client
) -> None:
    """What a forgotten filter would show on the web's connection."""
    officer.get("/audit/")
    for actor, finds in ((desk.officer, 1), (appointed(Role.OFFICER, PHUONG_VIEN, username="xa-ben"), 0)):
        with seeing(sight_of(replace(actor, appointments=() if finds else actor.appointments))):
            assert AuditEntry.objects.filter(number=looked.number).count() == finds
