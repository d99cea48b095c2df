"""The trail is searched within what each may see of it, by pages; a head kept elsewhere tells what was done to it."""
# ruff: noqa: S608 - statements of our own

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import BytesIO

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from ansinh.access.roles import Role
from ansinh.access.types import SYSTEM, Actor
from ansinh.audit import queries
from ansinh.audit.actions import UNKNOWN_ID, tell_export, tell_look, tell_sign_in
from ansinh.audit.queries import (
    NoSuchEntry,
    NothingWritten,
    TooManyEntries,
    compare_head,
    get_entry,
    get_head,
    list_for_export,
    search_audit,
)
from ansinh.audit.types import ChainHead, TrailFilter
from ansinh.ops.reference import every_action
from ansinh.platform import sql
from ansinh.platform.models import AuditEntry
from ansinh.registry.actions import record_death
from ansinh.registry.models import Person
from ansinh.registry.types import Paper
from ansinh.reports.audit_export import trail_csv, trail_workbook
from ansinh.reports.audit_head import head_pdf
from tests.proofs.breaking import break_rows
from tests.seeding import AT, AUGUST, NGOC_PHAI, PHUONG_VIEN, Desk, appointed

ANY = TrailFilter()
NAME = "Lý Ngọc An"


@pytest.fixture
def told(desk: Desk) -> Person:
    """A look at somebody of Ngọc Phái, a list of Phương Viên taken away, a sign-in."""
    person = Person.objects.get(full_name=NAME)
    tell_look("registry.look_person", person_id=person.pk, by=desk.officer, at=AT)
    tell_export("payroll.export_list", by=desk.approver, at=AT + timedelta(days=1), place_code=PHUONG_VIEN, run_id=7)
    tell_sign_in("access.signed_in", by=desk.finance, at=AT + timedelta(days=2))
    return person


def seen(by: Actor, wanted: TrailFilter = ANY) -> list[str]:
    return [entry.action for entry in search_audit(by=by, wanted=wanted).entries]


def test_who_inspects_sees_what_concerns_their_area(told: Person) -> None:
    assert seen(appointed(Role.INSPECTOR, NGOC_PHAI)) == ["registry.look_person"]
    assert seen(appointed(Role.INSPECTOR, "06", username="tinh")) == ["payroll.export_list", "registry.look_person"]
    assert len(seen(appointed(Role.INSPECTOR, "", username="tat-ca"))) == AuditEntry.objects.count()


def test_who_administers_sees_no_act_about_a_person(told: Person) -> None:
    assert seen(appointed(Role.ADMINISTRATOR, "")) == ["access.signed_in"]


def test_everybody_sees_their_own_and_nobody_elses(told: Person, desk: Desk) -> None:
    assert seen(desk.officer) == ["registry.look_person"]
    (mine,) = search_audit(by=desk.officer, wanted=ANY).entries
    with pytest.raises(NoSuchEntry):
        get_entry(mine.number, by=desk.approver)
    assert get_entry(mine.number, by=desk.officer).what == "Xem hồ sơ một người"
    assert seen(SYSTEM)[:1] == ["access.signed_in"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"action": "payroll.export_list"}, ["payroll.export_list"]),
        ({"who": "duyệt"}, ["payroll.export_list"]),
        ({"place_code": PHUONG_VIEN}, ["payroll.export_list"]),
        ({"place_code": "06"}, ["payroll.export_list", "registry.look_person"]),
        ({"since": AT.date(), "until": AT.date()}, ["registry.look_person"]),
        ({"since": AT.date() + timedelta(days=2), "until": AT.date() + timedelta(days=2)}, ["access.signed_in"]),
        ({"channel": "web"}, []),
    ],
)
def test_each_filter_narrows(told: Person, asked: dict[str, object], expected: list[str]) -> None:
    assert seen(SYSTEM, TrailFilter(**asked)) == expected  # type: ignore[arg-type]


def test_a_person_is_asked_for_by_number_and_nobody_is_named(told: Person) -> None:
    (entry,) = search_audit(by=SYSTEM, wanted=TrailFilter(person_id=told.pk)).entries
    assert (entry.person_id, entry.place_code) == (told.pk, NGOC_PHAI)
    assert NAME not in str(entry)


def test_pages_follow_one_another_by_number(told: Person) -> None:
    first = search_audit(by=SYSTEM, wanted=ANY, limit=2)
    assert [entry.action for entry in first.entries] == ["access.signed_in", "payroll.export_list"]
    second = search_audit(by=SYSTEM, wanted=replace(ANY, before=first.next_before), limit=2)
    assert second.entries[0].action == "registry.look_person"


def test_an_act_is_told_in_words_with_its_place_and_why(desk: Desk) -> None:
    every_action()
    person = Person.objects.get(full_name=NAME)
    paper = Paper("12/QĐ-UBND", date(2020, 7, 10), "trích lục", "Gia đình báo")
    record_death(person_id=person.pk, died_on=date(2020, 7, 3), paper=paper, by=desk.officer, at=AT)
    (entry,) = search_audit(by=SYSTEM, wanted=TrailFilter(person_id=person.pk)).entries
    assert (entry.what, entry.place_code, entry.reason) == ("Ghi người chết", NGOC_PHAI, "Gia đình báo")
    assert ("số quyết định", "12/QĐ-UBND") in entry.told
    assert NAME not in str(entry)


def test_who_was_not_known_at_the_door_is_told_without_what_they_typed(told: Person) -> None:
    tell_sign_in("access.sign_in_failed", by=None, at=AT)
    entry = AuditEntry.objects.latest("number")
    assert (entry.actor_id, entry.actor_name, entry.facts) == (UNKNOWN_ID, "Không rõ ai", {})


@pytest.mark.parametrize(
    "tell", [partial(tell_look, person_id=1), tell_export, tell_sign_in], ids=["look", "export", "door"]
)
def test_a_look_nobody_named_is_a_fault(desk: Desk, tell: Callable[..., None]) -> None:
    with pytest.raises(KeyError):
        tell("registry.look_nowhere", by=desk.officer, at=AT)


def test_the_export_holds_what_the_filter_finds(told: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    tell_export("registry.export_changes", by=SYSTEM, at=AT, place_code=NGOC_PHAI, title="=1+1")
    entries = list(list_for_export(by=SYSTEM, wanted=TrailFilter(since=AT.date())))
    rows = CalamineWorkbook.from_filelike(BytesIO(trail_workbook(entries))).get_sheet_by_index(0).to_python()
    assert [row[5] for row in rows[1:]] == [entry.action for entry in entries]
    assert str(rows[1][14]) == "tên: =1+1"
    assert len(trail_csv(entries).decode("utf-8-sig").splitlines()) == len(entries) + 1
    monkeypatch.setattr(queries, "MOST_EXPORTED", 2)
    with pytest.raises(TooManyEntries):
        list_for_export(by=SYSTEM, wanted=ANY)


def test_a_head_kept_elsewhere_tells_what_was_done_to_the_chain(told: Person, desk: Desk) -> None:
    kept = get_head()
    tell_sign_in("access.signed_out", by=desk.finance, at=AT)
    assert (compare_head(kept).state, compare_head(kept).entries) == ("same", kept.number + 1)
    break_rows(
        f"UPDATE platform_auditentry SET reason = 'khác' WHERE number = {kept.number - 1}",
        tables=["platform_auditentry"],
    )
    changed = compare_head(kept)
    assert (changed.state, changed.broken) == ("different", 1)


def test_the_last_entries_taken_away_with_the_head_are_told_by_the_head_kept(told: Person) -> None:
    """What no chain can tell by itself: it ends earlier, and whole."""
    kept = get_head()
    break_rows(
        f"DELETE FROM platform_auditentry WHERE number = {kept.number}",
        f"UPDATE platform_audithead SET entries = {kept.number - 1}, hash = (SELECT hash FROM platform_auditentry"
        f" WHERE number = {kept.number - 1})",
        tables=["platform_auditentry", "platform_audithead"],
    )
    assert sql.rows("platform/find_broken_audit") == []
    assert compare_head(kept).state == "missing"
    assert compare_head(ChainHead(None, kept.number - 1, "0" * 64, AT)).state == "different"


def test_the_head_of_a_day_is_its_last_entry(told: Person) -> None:
    day = AT.date() + timedelta(days=1)
    head = get_head(day)
    assert AuditEntry.objects.get(number=head.number).action == "payroll.export_list"
    with pytest.raises(NothingWritten):
        get_head(date(2000, 1, 1))


def test_the_head_comes_on_paper(told: Person) -> None:
    head = get_head(AT.date())
    drawn = head_pdf(head, made_by="Nông Thị Lập", at=datetime(2020, 7, 23, tzinfo=UTC))
    pages = pypdfium2.PdfDocument(drawn)
    text = pages[0].get_textpage().get_text_range()
    assert len(pages) == 1
    assert "Hết ngày 22/07/2020" in text
    assert head.until_vi(datetime(2020, 7, 22, 9, tzinfo=UTC)) == "Đến lúc 16:00 ngày 22/07/2020"
    assert head.hash[:8] in text
    assert AUGUST.vi not in text
