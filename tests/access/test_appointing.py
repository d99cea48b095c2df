"""Appointing: a place and a time, deputies, borrowed approvers, ends, and who may never be appointed or retired."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from ansinh.access.actions import (
    add_user,
    appoint,
    appoint_deputy,
    borrow_approver,
    end_appointment,
    retire_user,
)
from ansinh.access.models import Appointment, User
from ansinh.access.queries import UnknownUser, get_actor, get_staff, list_appointments, list_staff
from ansinh.access.types import EVERYWHERE, SYSTEM, Actor, OutOfArea, Role
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import NotPermitted
from ansinh.platform.models import AuditEntry

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TODAY, MAY, JUNE = date(2026, 3, 2), date(2026, 5, 4), date(2026, 5, 15)
# Tỉnh Thái Nguyên after 1/7/2025 and a commune of it; another province.
PROVINCE, COMMUNE, ELSEWHERE = "19", "02020", "01"


@pytest.fixture(autouse=True)
def places(first_load: object) -> None:
    """Places and the demonstration's people are there."""


def add(username: str, role: Role = Role.OFFICER, area: str = COMMUNE, payer_code: str = "") -> Actor:
    add_user(
        username=username, full_name=f"Bà {username}", role=role, area=area, payer_code=payer_code, by=SYSTEM, at=AT
    )
    return get_actor(username, on=TODAY)


def held(username: str) -> Appointment:
    return Appointment.objects.get(user__username=username)


@pytest.fixture
def administrator() -> Actor:
    return add("quan-tri", Role.ADMINISTRATOR, EVERYWHERE)


def test_an_appointment_counts_from_its_first_to_its_last_day(administrator: Actor) -> None:
    add("lan", Role.FINANCE)
    appoint(username="lan", role=Role.OFFICER, area=COMMUNE, starts_on=MAY, ends_on=JUNE, by=administrator, at=AT)
    permission = "registry.record_fact"
    days = (date(2026, 5, 3), MAY, JUNE, date(2026, 5, 16))
    assert [get_actor("lan", on=day).may(permission) for day in days] == [False, True, True, False]


def test_refused_appointments_are_not_made(administrator: Actor) -> None:
    add("lan")
    add("quan-tri-2", Role.ADMINISTRATOR, EVERYWHERE)
    before = Appointment.objects.count()
    wrong: list[tuple[dict[str, object], str]] = [
        ({"role": Role.OFFICER, "area": PROVINCE}, "role_not_at_level"),
        ({"role": Role.PROVINCE_OFFICER, "area": COMMUNE}, "role_not_at_level"),
        ({"role": Role.TELLER}, "payer_missing"),
        ({"role": Role.FINANCE, "payer_code": "buu-dien"}, "payer_not_asked"),
        ({"role": Role.TELLER, "payer_code": "buu-dien"}, "payers_staff_only"),
        ({"role": Role.ADMINISTRATOR}, "other_work_first"),
        ({"username": "quan-tri-2", "role": Role.FINANCE}, "administrator_alone"),
        ({"area": EVERYWHERE, "role": Role.OFFICER}, "place_missing"),
        ({"role": Role.APPROVER, "starts_on": date(2026, 3, 1)}, "starts_in_the_past"),
        ({"role": Role.APPROVER, "starts_on": JUNE, "ends_on": MAY}, "ends_before_start"),
        ({"role": Role.OFFICER}, "already_appointed"),
        ({"role": Role.APPROVER, "area": "99999"}, "unknown_place"),
    ]
    for asked, code in wrong:
        with pytest.raises(Refusal) as refused, transaction.atomic():
            appoint(**{"username": "lan", "area": COMMUNE, "by": administrator, "at": AT, **asked})  # type: ignore[arg-type]
        assert refused.value.code == code, asked
    assert Appointment.objects.count() == before


def test_nobody_appoints_themselves_and_only_administrators_appoint(administrator: Actor) -> None:
    officer = add("lan")
    with pytest.raises(Refusal) as refused:
        appoint(username="quan-tri", role=Role.INSPECTOR, area=COMMUNE, by=administrator, at=AT)
    assert refused.value.code == "nobody_appoints_themselves"
    with pytest.raises(NotPermitted):
        appoint(username="quan-tri", role=Role.INSPECTOR, area=COMMUNE, by=officer, at=AT)


def test_an_administrator_of_a_province_appoints_there_alone() -> None:
    local = add("tinh", Role.ADMINISTRATOR, PROVINCE)
    add("lan")
    appoint(username="lan", role=Role.APPROVER, area=COMMUNE, by=local, at=AT)
    for area in (ELSEWHERE, EVERYWHERE):
        with pytest.raises(OutOfArea):
            appoint(username="lan", role=Role.FINANCE, area=area, by=local, at=AT)
    add("ha-noi", Role.FINANCE, ELSEWHERE)
    with pytest.raises(OutOfArea):
        retire_user(username="ha-noi", reason="chuyển công tác", by=local, at=AT)
    with pytest.raises(Refusal) as refused:
        end_appointment(appointment_id=held("ha-noi").pk, reason="thử", by=local, at=AT)
    assert refused.value.code == "no_such_appointment"
    seen = local.within("access.see_staff")
    assert [one.username for one in list_staff(by=seen, on=TODAY)] == ["lan", "tinh"]


def test_a_deputy_stands_in_for_told_days_never_beyond(administrator: Actor) -> None:
    add("lan")
    add("mai", Role.FINANCE)
    absent = held("lan")
    end_appointment(appointment_id=absent.pk, reason="hết nhiệm kỳ", last_day=JUNE, by=administrator, at=AT)
    add("hoa")
    with pytest.raises(Refusal) as refused:
        appoint_deputy(
            username="mai", appointment_id=absent.pk, starts_on=MAY, ends_on=JUNE, reason="", by=administrator, at=AT
        )
    assert refused.value.code == "appointment_reason_missing"
    made = appoint_deputy(
        username="mai", appointment_id=held("hoa").pk, starts_on=MAY, ends_on=JUNE, reason="nghỉ phép",
        by=administrator, at=AT,
    )  # fmt: skip
    assert (made.role, made.area) == ("officer", COMMUNE)
    days = (date(2026, 5, 3), MAY, JUNE, date(2026, 5, 16))
    assert [get_actor("mai", on=day).may("payroll.open_run") for day in days] == [False, True, True, False]
    with pytest.raises(Refusal) as again:
        appoint_deputy(
            username="lan", appointment_id=made.appointment_id, starts_on=MAY, ends_on=JUNE, reason="nghỉ",
            by=administrator, at=AT,
        )  # fmt: skip
    assert again.value.code == "deputy_of_deputy"


def test_a_deputy_goes_with_whom_they_stand_in_for(administrator: Actor) -> None:
    add("lan")
    add("mai", Role.FINANCE)
    shortly = appoint(
        username="mai", role=Role.APPROVER, area=COMMUNE, starts_on=MAY, ends_on=JUNE, by=administrator, at=AT
    )
    beyond = {"appointment_id": shortly.appointment_id, "reason": "nghỉ phép", "by": administrator, "at": AT}
    with pytest.raises(Refusal) as refused:
        appoint_deputy(username="lan", starts_on=MAY, ends_on=date(2026, 5, 16), **beyond)  # type: ignore[arg-type]
    assert refused.value.code == "deputy_beyond"
    deputy = appoint_deputy(username="lan", starts_on=MAY, ends_on=JUNE, **beyond)  # type: ignore[arg-type]
    ended = end_appointment(appointment_id=shortly.appointment_id, reason="thôi việc", by=administrator, at=AT)
    assert ended.deputies_ended == 1
    assert not get_actor("lan", on=MAY).may("payroll.approve_run")
    assert Appointment.objects.get(pk=deputy.appointment_id).ended_why == "thôi việc"


def test_a_last_day_told_ahead_is_brought_forward_never_back(administrator: Actor) -> None:
    add("lan")
    add("mai", Role.FINANCE)
    one = held("lan").pk
    asked = {"appointment_id": one, "by": administrator, "at": AT}
    end_appointment(last_day=JUNE, reason="hết nhiệm kỳ", **asked)  # type: ignore[arg-type]
    deputy = appoint_deputy(username="mai", starts_on=MAY, ends_on=JUNE, reason="nghỉ phép", **asked)  # type: ignore[arg-type]
    for last_day in (JUNE, date(2026, 12, 31)):
        with pytest.raises(Refusal) as refused:
            end_appointment(last_day=last_day, reason="làm tiếp", **asked)  # type: ignore[arg-type]
        assert refused.value.code == "ends_later"
    sooner = end_appointment(last_day=date(2026, 5, 10), reason="chuyển sớm", **asked)  # type: ignore[arg-type]
    assert (sooner.last_day, sooner.deputies_ended) == (date(2026, 5, 10), 1)
    assert Appointment.objects.get(pk=deputy.appointment_id).ends_on == date(2026, 5, 10)
    assert (held("lan").ends_on, held("lan").ended_why) == (date(2026, 5, 10), "chuyển sớm")
    # One day earlier by hand in the database is the same act; a later one, and any after it is over, are not.
    for changed in ({"ends_on": JUNE}, {"ends_on": date(2026, 5, 9), "ended_at": datetime(2026, 5, 12, 2, tzinfo=UTC)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Appointment.objects.filter(pk=one).update(**changed)


def test_who_has_a_last_day_told_ahead_is_retired(administrator: Actor) -> None:
    add("lan")
    add("mai", Role.FINANCE)
    coming = appoint(username="lan", role=Role.APPROVER, area=COMMUNE, starts_on=JUNE, by=administrator, at=AT)
    ended = {"by": administrator, "at": AT, "reason": "hết nhiệm kỳ"}
    end_appointment(appointment_id=coming.appointment_id, **ended)  # type: ignore[arg-type]
    one = Appointment.objects.get(user__username="lan", role=Role.OFFICER).pk
    end_appointment(appointment_id=one, last_day=date(2026, 12, 31), **ended)  # type: ignore[arg-type]
    retire_user(username="lan", reason="nghỉ hưu", by=administrator, at=AT)
    kept = Appointment.objects.get(pk=one)
    assert (kept.ends_on, kept.ended_why) == (date(2026, 3, 1), "nghỉ hưu")


def test_a_small_commune_borrows_the_approver_of_the_level_right_above(administrator: Actor) -> None:
    add("xa", Role.APPROVER)
    add("tinh", Role.PROVINCE_APPROVER, PROVINCE)
    add("noi-khac", Role.PROVINCE_APPROVER, ELSEWHERE)
    asked = {"area": COMMUNE, "reason": "xã chỉ có một người", "by": administrator, "at": AT}
    for username, paper, code in (
        ("tinh", "", "paper_missing"),
        ("noi-khac", "15/QĐ", "not_from_above"),
        ("xa", "15/QĐ", "not_from_above"),
    ):
        with pytest.raises(Refusal) as refused:
            borrow_approver(username=username, paper_number=paper, **asked)  # type: ignore[arg-type]
        assert refused.value.code == code
    made = borrow_approver(username="tinh", paper_number="15/QĐ-UBND", **asked)  # type: ignore[arg-type]
    kept = Appointment.objects.get(pk=made.appointment_id)
    assert (kept.kind, kept.paper_number, kept.reason) == ("borrowed", "15/QĐ-UBND", "xã chỉ có một người")
    actor = get_actor("tinh", on=TODAY).within("payroll.approve_run")
    assert actor.areas == (COMMUNE,)


def test_whoever_retires_may_do_nothing_more_and_stays_in_the_books(administrator: Actor) -> None:
    add("lan")
    done = retire_user(username="lan", reason="nghỉ hưu từ 1/3", by=administrator, at=AT)
    assert done.appointments_ended == 1
    with pytest.raises(UnknownUser):
        get_actor("lan", on=TODAY)
    told = get_staff("lan", by=administrator.within("access.see_staff"), on=TODAY)
    assert (told.is_active, told.in_force, told.appointments[0].ended_why) == (False, (), "nghỉ hưu từ 1/3")
    assert AuditEntry.objects.get(action="access.retire_user").reason == "nghỉ hưu từ 1/3"
    with pytest.raises(UnknownUser):
        appoint(username="lan", role=Role.OFFICER, area=COMMUNE, by=administrator, at=AT)


def test_the_last_administrator_stays(administrator: Actor) -> None:
    with pytest.raises(Refusal) as refused:
        retire_user(username="quan-tri", reason="nghỉ", by=SYSTEM, at=AT)
    assert refused.value.code == "last_administrator"
    with pytest.raises(Refusal) as ended:
        end_appointment(appointment_id=held("quan-tri").pk, reason="nghỉ", by=SYSTEM, at=AT)
    assert ended.value.code == "last_administrator"
    other = add("quan-tri-2", Role.ADMINISTRATOR, EVERYWHERE)
    retire_user(username="quan-tri", reason="nghỉ", by=other, at=AT)
    assert not User.objects.get(username="quan-tri").is_active


def test_the_database_keeps_appointments(administrator: Actor) -> None:
    add("lan")
    for change in (
        lambda: held("lan").delete(),
        lambda: Appointment.objects.filter(user__username="lan").update(area=ELSEWHERE),
        lambda: Appointment.objects.filter(user__username="lan").update(kind="deputy"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    end_appointment(appointment_id=held("lan").pk, reason="thôi", by=administrator, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Appointment.objects.filter(user__username="lan").update(ends_on=None)


def test_lists_tell_what_stands_on_a_day(administrator: Actor) -> None:
    add("lan")
    appoint(username="lan", role=Role.APPROVER, area="01840", starts_on=MAY, by=administrator, at=AT)
    seen = administrator.within("access.see_staff")
    mine = [one for one in list_appointments(by=seen, on=TODAY) if one.username == "lan"]
    assert [(one.role, one.area) for one in mine] == [(Role.OFFICER, COMMUNE)]
    coming = list_appointments(by=seen, on=TODAY, standing="coming")
    assert [(one.username, one.starts_on) for one in coming] == [("lan", MAY)]
