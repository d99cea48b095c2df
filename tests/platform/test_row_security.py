"""The second net: whatever a page forgets to ask, the web's connection shows nothing of other places."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from ansinh.access.types import Role
from ansinh.kernel.month import Month
from ansinh.payroll.models import Line, Run
from ansinh.places.queries import list_codes_reached
from ansinh.platform.copying import copy_rows
from ansinh.platform.models import AuditEntry
from ansinh.platform.row_security import NOTHING, Sight, seeing, whole_view
from ansinh.registry.models import Grant, Person
from ansinh.web.urls import urlpatterns as pages
from tests.seeding import CHO_DON, NGOC_PHAI, PHUONG_VIEN, Desk, appointed
from tests.web.conftest import signed_in
from tests.web.months import run_in, seeded
from tests.web.paying import money_at

pytestmark = pytest.mark.django_db

# A province far away.
HA_GIANG = "02"


def sight(*areas: str) -> Sight:
    """What somebody appointed there sees."""
    places, holders = list_codes_reached(areas)
    return Sight(7, places=places, holders=holders)


def count(table: str) -> int:
    """Rows of a table, asked for without any filter."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - tables of our own
        return int(cursor.fetchone()[0])


def secured_tables() -> list[str]:
    """Every table with row-level security."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND NOT relispartition "
            "AND relnamespace = 'public'::regnamespace ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall()]


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return seeded()


def test_every_row_of_a_place_is_seen_there_and_none_of_it_elsewhere(desk: Desk) -> None:
    money_at("CLOSED", desk, unpaid=("Ma Xuân Thảo",))
    tables = secured_tables()
    every = {table: count(table) for table in tables}
    with seeing(sight(CHO_DON)):
        here = {table: count(table) for table in tables}
    with seeing(sight(HA_GIANG)):
        elsewhere = {table: count(table) for table in tables}
    with seeing(NOTHING):
        nowhere = {table: count(table) for table in tables}
    filled = {table for table in tables if every[table]}
    kinds = {"registry_person", "registry_grant", "payroll_line", "payout_order", "payout_result", "funds_transfer"}
    assert kinds | {"ledger_posting", "reconcile_resultsrow", "settlement_closingpart"} <= filled
    # What a payer does with one file concerns many places: whoever did it sees the entry.
    of_no_place = AuditEntry.objects.filter(place_code="").count()
    assert here == {**every, "platform_auditentry": every["platform_auditentry"] - of_no_place}
    assert set(elsewhere.values()) | set(nowhere.values()) == {0}


def test_an_officer_sees_people_and_lines_of_their_own_commune_only(desk: Desk) -> None:
    run_in("APPROVED", desk)
    with seeing(sight(PHUONG_VIEN)):
        assert {person.full_name for person in Person.objects.all()} == {"Ma Thị Tuấn", "Hoàng Văn Kín"}
        assert set(Line.objects.values_list("commune_code", flat=True)) == {PHUONG_VIEN}
        # The list is the district's.
        assert not Run.objects.exists()
        assert Grant.objects.count() == 2


def test_whoever_moved_is_seen_with_all_their_homes_where_they_live_and_lived(desk: Desk) -> None:
    moved = Person.objects.get(full_name="Ma Thị Tuấn")
    moved.residences.update(ends=Month.of(2021, 1))
    moved.residences.create(commune_code=NGOC_PHAI, starts=Month.of(2021, 1), recorded_at=moved.recorded_at)
    for commune in (NGOC_PHAI, PHUONG_VIEN):
        with seeing(sight(commune)):
            seen = Person.objects.get(pk=moved.pk)
            assert {home.commune_code for home in seen.residences.all()} == {NGOC_PHAI, PHUONG_VIEN}


def unscoped(request: HttpRequest) -> HttpResponse:
    """A page as nobody should write it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT full_name FROM registry_person UNION ALL SELECT law FROM payroll_line")
        raw = cursor.fetchall()
    return HttpResponse(f"{Person.objects.count()} {Line.objects.count()} {len(raw)}")


urlpatterns = [path("unscoped/", unscoped), *pages]


@override_settings(ROOT_URLCONF=__name__)
def test_a_page_that_forgot_to_ask_shows_nothing_of_other_places(desk: Desk) -> None:
    run_in("APPROVED", desk)
    browser = signed_in(desk.officer)
    assert browser.get("/unscoped/").content == b"5 5 10"
    browser = signed_in(appointed(Role.OFFICER, HA_GIANG))
    assert browser.get("/unscoped/").content == b"0 0 0"
    # Afterwards the connection is what it was.
    assert Person.objects.count() == 5


def test_work_that_checked_who_may_sees_everything_and_only_for_so_long(desk: Desk) -> None:
    with seeing(NOTHING):
        assert not Person.objects.exists()
        with whole_view():
            assert Person.objects.count() == 5
            with whole_view():
                assert Person.objects.count() == 5
            assert Person.objects.count() == 5
        assert not Person.objects.exists()
        with pytest.raises(ZeroDivisionError), whole_view():
            raise ZeroDivisionError
        assert not Person.objects.exists()
        with pytest.raises(DatabaseError), whole_view(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert not Person.objects.exists()


def test_a_sight_within_a_sight_gives_the_outer_one_back(desk: Desk) -> None:
    with seeing(sight(CHO_DON)):
        with seeing(NOTHING):
            assert not Person.objects.exists()
        assert Person.objects.count() == 5


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        yield


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO registry_household (recorded_at) VALUES (now())",
        "UPDATE registry_person SET full_name = 'X'",
        "DELETE FROM registry_residence",
        "SELECT * FROM registry_person FOR UPDATE",
        "SELECT payroll_add_partition('1990-01-01')",
        "SELECT * FROM payroll_line_199001",
        "UPDATE access_user SET is_active = FALSE",
    ],
)
def test_the_web_itself_changes_nothing_of_people_and_money(desk: Desk, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT payroll_add_partition('1990-01-01')")
    with seeing(Sight(everywhere=True)), refused(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", ["TRUNCATE registry_household CASCADE", "ALTER TABLE registry_person ADD x int"])
def test_workers_change_rows_and_never_tables(desk: Desk, statement: str) -> None:
    with seeing(NOTHING), pytest.raises(DatabaseError), whole_view(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("bypasses", [True, False])
def test_sets_are_copied_in_with_and_without_the_right_to_pass_by(first_load: object, bypasses: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER ROLE ansinh_worker {'' if bypasses else 'NO'}BYPASSRLS")
    with seeing(NOTHING), whole_view():
        assert copy_rows("registry_household", ["recorded_at"], [[date(2020, 1, day)] for day in (1, 2)]) == 2
    assert count("registry_household") == 2
