"""Appointing people: a role in a place for a time, a deputy for a holiday, an approver borrowed from above, an end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils.timezone import localdate

from ansinh.access.models import Appointment, User
from ansinh.access.open_sessions import shut_out
from ansinh.access.queries import UnknownUser, must_reach_place
from ansinh.access.roles import BORROWED_ROLES, LEVEL_NAMES, PAYERS_ROLES, ROLES, Role, level_of
from ansinh.access.standing import must_fit, must_leave_an_administrator
from ansinh.access.types import EVERYWHERE, Actor, OutOfArea
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import path_of
from ansinh.platform.action import action

_APPROVERS_ABOVE = (Role.DISTRICT_APPROVER.value, Role.PROVINCE_APPROVER.value)


class NobodyAppointsThemselves(Refusal):
    """Không ai tự giao việc hay tự cho thôi việc chính mình. Hãy nhờ một quản trị viên khác."""


class RoleNotAtLevel(Refusal):
    """Việc "{role}" không giao ở địa bàn này; chỉ giao ở: {levels}. Hãy chọn địa bàn khác hoặc việc khác."""


class PlaceMissing(Refusal):
    """Việc "{role}" cần một địa bàn cấp {levels}. Hãy ghi mã địa bàn (trên dòng lệnh: --place)."""


class PayerMissing(Refusal):
    """Việc "{role}" là của một tổ chức chi trả. Hãy chọn tổ chức người ấy làm việc."""


class PayerNotAsked(Refusal):
    """Việc "{role}" không phải của tổ chức chi trả. Hãy bỏ trống ô tổ chức chi trả."""


class StartsInThePast(Refusal):
    """Việc giao từ ngày {day} đã qua thì không ghi lùi được. Hãy chọn từ hôm nay trở đi."""


class EndsBeforeStart(Refusal):
    """Ngày cuối {last} trước ngày bắt đầu {first}. Hãy ghi lại hai ngày."""


class EndsInThePast(Refusal):
    """Ngày cuối {day} đã qua thì không ghi lùi được: những gì người ấy đã làm vẫn là việc được giao lúc đó."""


class AlreadyAppointed(Refusal):
    """{who} đang được giao đúng việc này ở đây rồi. Muốn đổi thời hạn, hãy cho thôi việc cũ trước."""


class AppointmentReasonMissing(Refusal):
    """Chưa ghi lý do. Lý do được giữ lại để người xem sau hiểu vì sao."""


class PaperMissing(Refusal):
    """Mượn người phê duyệt cần số văn bản phân công. Hãy ghi số văn bản."""


class NoSuchAppointment(Refusal):
    """Không có việc được giao số {appointment_id} trong địa bàn của bạn. Hãy mở lại danh sách."""


class AppointmentOver(Refusal):
    """Việc được giao số {appointment_id} đã kết thúc. Hãy giao việc mới nếu cần."""


class EndsLater(Refusal):
    """Việc này đã ghi ngày cuối {last}: chỉ cho thôi sớm hơn, không lùi ra sau. Muốn làm tiếp, hãy giao việc mới."""


class DeputyBeyond(Refusal):
    """Người thay chỉ làm trong thời hạn của người được thay: từ {first} đến {last}. Hãy ghi lại ngày."""


class DeputyOfDeputy(Refusal):
    """Không thay cho người đang làm thay. Hãy chọn việc được giao của chính người vắng mặt."""


class NotFromAbove(Refusal):
    """{who} không phải người phê duyệt của cấp trên trực tiếp ({above}). Xã chỉ mượn người phê duyệt của cấp ấy."""


@dataclass(frozen=True, slots=True)
class Appointed:
    """The appointment now made."""

    appointment_id: int
    username: str
    role: str
    area: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class AppointmentEnded:
    """The appointment ended, whose it was, its last day, and how many deputies ended with it."""

    appointment_id: int
    username: str
    last_day: date
    deputies_ended: int


@dataclass(frozen=True, slots=True)
class UserRetired:
    """Whose work is over: how many appointments and open sessions ended."""

    user_id: int
    appointments_ended: int
    sessions_ended: int


@action(permission="access.appoint", name="Giao việc")
def appoint(
    *,
    username: str,
    role: Role,
    area: str,
    by: Actor,
    at: datetime,
    payer_code: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    reason: str = "",
) -> Appointed:
    """Give somebody a role in a place from a day on, to a last day or for good.

    Refuses: UnknownUser, NobodyAppointsThemselves, RoleNotAtLevel, PayerMissing, PayerNotAsked, OutOfArea, dates gone
    by or the wrong way round, what does not go with their other work (see `standing.must_fit`), AlreadyAppointed.
    """
    user = _other_user(username, by)
    first = starts_on or localdate(at)
    must_be_appointable(role, area, payer_code=payer_code, on=first, by=by)
    return _made(user, Appointment(role=role, area=area, payer_code=payer_code, reason=reason.strip()[:500]),
                 first=first, last=ends_on, by=by, at=at)  # fmt: skip


@action(permission="access.appoint_deputy", name="Cử người thay")
def appoint_deputy(
    *, username: str, appointment_id: int, starts_on: date, ends_on: date, reason: str, by: Actor, at: datetime
) -> Appointed:
    """Somebody stands in for another's appointment for told days: same role, same place, never beyond its own days.

    Refuses: NoSuchAppointment, AppointmentOver, DeputyOfDeputy, DeputyBeyond, AppointmentReasonMissing; as `appoint`.
    """
    if not reason.strip():
        raise AppointmentReasonMissing()
    absent = _open_appointment(appointment_id, by=by, at=at)
    if absent.kind == Appointment.DEPUTY:
        raise DeputyOfDeputy()
    if starts_on < absent.starts_on or (absent.ends_on is not None and ends_on > absent.ends_on):
        raise DeputyBeyond(first=_vi(absent.starts_on), last=_vi(absent.ends_on) if absent.ends_on else "khi thôi việc")
    user = _other_user(username, by)
    if user.pk == absent.user_id:
        raise AlreadyAppointed(who=user.full_name)
    wanted = Appointment(
        role=absent.role, area=absent.area, payer_code=absent.payer_code, kind=Appointment.DEPUTY,
        deputises_for=absent, reason=reason.strip()[:500],
    )  # fmt: skip
    return _made(user, wanted, first=starts_on, last=ends_on, by=by, at=at)


@action(permission="access.borrow_approver", name="Mượn người phê duyệt của cấp trên")
def borrow_approver(
    *,
    username: str,
    area: str,
    paper_number: str,
    reason: str,
    by: Actor,
    at: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Appointed:
    """A place too small for two people borrows an approver of the level right above it, by a paper.

    Refuses: PaperMissing, AppointmentReasonMissing, NotFromAbove, and as `appoint`.
    """
    if not paper_number.strip():
        raise PaperMissing()
    if not reason.strip():
        raise AppointmentReasonMissing()
    user = _other_user(username, by)
    first = starts_on or localdate(at)
    role = next((one for one in sorted(BORROWED_ROLES) if level_of(area) in ROLES[one].levels), Role.APPROVER)
    must_be_appointable(role, area, payer_code="", on=first, by=by)
    above = path_of(area, first)[1:2]
    lends = user.appointments.still_open(first).filter(role__in=_APPROVERS_ABOVE, area__in=above)
    if not lends.exclude(kind=Appointment.DEPUTY).exists():
        raise NotFromAbove(who=user.full_name, above=", ".join(above) or "không có")
    wanted = Appointment(
        role=role, area=area, kind=Appointment.BORROWED, paper_number=paper_number.strip()[:60],
        reason=reason.strip()[:500],
    )  # fmt: skip
    return _made(user, wanted, first=first, last=ends_on, by=by, at=at)


@action(permission="access.end_appointment", name="Cho thôi việc được giao")
def end_appointment(
    *, appointment_id: int, reason: str, by: Actor, at: datetime, last_day: date | None = None
) -> AppointmentEnded:
    """The last day of an appointment, and of who stands in for it; none told: from now on it counts no more.

    A last day recorded ahead may be brought forward. Refuses: NoSuchAppointment, AppointmentOver, EndsLater,
    AppointmentReasonMissing, EndsInThePast, LastAdministrator.
    """
    if not reason.strip():
        raise AppointmentReasonMissing()
    found = _open_appointment(appointment_id, by=by, at=at)
    last = last_day or localdate(at) - timedelta(days=1)
    if last < localdate(at) - timedelta(days=1):
        raise EndsInThePast(day=_vi(last))
    if found.ends_on is not None and last >= found.ends_on:
        raise EndsLater(last=_vi(found.ends_on))
    must_leave_an_administrator(found.user_id, found, on=_day_after(last))
    deputies = _end(found, last=last, why=reason, by=by, at=at) - 1
    return AppointmentEnded(found.pk, found.user.username, last, deputies)


def _day_after(day: date) -> date:
    """The next day; of the last day a calendar has, itself."""
    return day if day == date.max else day + timedelta(days=1)


@action(permission="access.retire_user", name="Cho người dùng nghỉ hẳn")
def retire_user(*, username: str, reason: str, by: Actor, at: datetime) -> UserRetired:
    """Somebody left: every appointment and session ends, nobody signs in by that name again; what they did stays.

    Refuses: UnknownUser, NobodyAppointsThemselves, AppointmentReasonMissing, OutOfArea, LastAdministrator.
    """
    if not reason.strip():
        raise AppointmentReasonMissing()
    user, today = _other_user(username, by), localdate(at)
    held = list(user.appointments.still_open(today).select_for_update())
    for one in held:
        _must_reach(by, one.area, today)
    must_leave_an_administrator(user.pk, None, on=today)
    for one in held:
        _end(one, last=today - timedelta(days=1), why=reason, by=by, at=at)
    return UserRetired(user.pk, len(held), shut_out(user))


def must_be_appointable(role: Role, area: str, *, payer_code: str, on: date, by: Actor) -> None:
    """Refuses a role where it is not given (PlaceMissing, RoleNotAtLevel, OutOfArea), a payer missing or in excess."""
    terms = ROLES[role]
    if level_of(area) not in terms.levels:
        levels = ", ".join(LEVEL_NAMES[one] for one in sorted(terms.levels))
        raise (RoleNotAtLevel if area else PlaceMissing)(role=terms.name_vi, levels=levels)
    if role in PAYERS_ROLES and not payer_code:
        raise PayerMissing(role=terms.name_vi)
    if role not in PAYERS_ROLES and payer_code:
        raise PayerNotAsked(role=terms.name_vi)
    _must_reach(by, area, on)


def _made(user: User, wanted: Appointment, *, first: date, last: date | None, by: Actor, at: datetime) -> Appointed:
    if first < localdate(at):
        raise StartsInThePast(day=_vi(first))
    if last is not None and last < first:
        raise EndsBeforeStart(first=_vi(first), last=_vi(last))
    must_fit(user, Role(wanted.role), payer_code=wanted.payer_code, on=first)
    same = user.appointments.filter(role=wanted.role, area=wanted.area, payer_code=wanted.payer_code)
    overlapping = same.still_open(first)
    if (overlapping if last is None else overlapping.filter(starts_on__lte=last)).exists():
        raise AlreadyAppointed(who=user.full_name)
    wanted.user, wanted.starts_on, wanted.ends_on = user, first, last
    wanted.appointed_by, wanted.appointed_at = by.user_id, at
    wanted.save()
    return Appointed(wanted.pk, user.username, wanted.role, wanted.area, first, last)


def _end(one: Appointment, *, last: date, why: str, by: Actor, at: datetime) -> int:
    """End it and its deputies; how many ended. A last day already nearer is kept."""
    day = max(one.starts_on - timedelta(days=1), last if one.ends_on is None else min(last, one.ends_on))
    if one.ended_at is not None and one.ends_on == day:
        return 0  # ended before it ever counted: nothing is left to bring forward
    one.ends_on, one.ended_by, one.ended_at, one.ended_why = day, by.user_id, at, why.strip()[:500]
    one.save(update_fields=["ends_on", "ended_by", "ended_at", "ended_why"])
    deputies = Appointment.objects.still_open(_day_after(day)).filter(deputises_for=one)
    return 1 + sum(_end(deputy, last=last, why=why, by=by, at=at) for deputy in deputies)


def _other_user(username: str, by: Actor) -> User:
    _one_at_a_time()
    user = User.objects.select_for_update().filter(username=username, is_active=True).first()
    if user is None:
        raise UnknownUser(username=username)
    if user.pk == by.user_id:
        raise NobodyAppointsThemselves()
    return user


def _one_at_a_time() -> None:
    """Appointments follow each other: two ends at once must not leave nobody to appoint."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('access.appointments', 0))")


def _open_appointment(appointment_id: int, *, by: Actor, at: datetime) -> Appointment:
    _one_at_a_time()
    found = Appointment.objects.select_for_update().filter(pk=appointment_id, user__is_active=True).first()
    today = localdate(at)
    if found is None or not _reaches(by, found.area, max(today, found.starts_on)):
        raise NoSuchAppointment(appointment_id=appointment_id)
    if found.ends_on is not None and found.ends_on < max(today, found.starts_on):
        raise AppointmentOver(appointment_id=appointment_id)
    return found


def _reaches(by: Actor, area: str, on: date) -> bool:
    try:
        _must_reach(by, area, on)
    except Refusal:
        return False
    return True


def _must_reach(by: Actor, area: str, on: date) -> None:
    """Refuses (OutOfArea, UnknownPlace) a place outside the administrator's own."""
    if EVERYWHERE in by.areas and area == EVERYWHERE:
        return
    if area == EVERYWHERE:
        raise OutOfArea(who=by.name, place="cả nước")
    must_reach_place(by, area, on)


def _vi(day: date) -> str:
    return f"{day:%d/%m/%Y}"
