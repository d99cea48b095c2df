"""Who works with the system: people with their appointments, as their administrator and inspectors see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from ansinh.access.models import Appointment, User
from ansinh.access.types import EVERYWHERE, Actor, Role
from ansinh.kernel.names import sort_key
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import find_last_place

# How an appointment stands on a day.
COMING, IN_FORCE, OVER = "coming", "in_force", "over"


class NoSuchStaff(Refusal):
    """Không có người dùng "{username}" trong địa bàn của bạn. Hãy mở lại danh sách người dùng."""


@dataclass(frozen=True, slots=True)
class ShownAppointment:
    """One appointment as a page tells it. `deputises_for`: the full name of who is absent."""

    appointment_id: int
    username: str
    full_name: str
    role: Role
    area: str
    payer_code: str
    kind: str
    starts_on: date
    ends_on: date | None
    standing: str
    deputises_for: str
    paper_number: str
    reason: str
    appointed_by: int
    appointed_at: datetime
    ended_why: str


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who works with the system; appointments in force first, then coming ones, then those over."""

    user_id: int
    username: str
    full_name: str
    is_active: bool
    is_demonstration: bool
    last_login: datetime | None
    appointments: tuple[ShownAppointment, ...]

    @property
    def in_force(self) -> tuple[ShownAppointment, ...]:
        """What they may act by on the day asked."""
        return tuple(one for one in self.appointments if one.standing == IN_FORCE)


def list_staff(*, by: Actor, on: date, everybody: bool = False) -> list[StaffMember]:
    """People with an appointment in the actor's areas (any day's), by name; `everybody`: those retired too.

    Who was never appointed anywhere is shown to whoever works everywhere.
    """
    users = User.objects.all()
    if not everybody:
        users = users.filter(is_active=True)
    found = [one for one in _members(users, on=on) if _reached(one, by, on)]
    return sorted(found, key=lambda one: (sort_key(one.full_name), one.username))


def get_staff(username: str, *, by: Actor, on: date) -> StaffMember:
    """One of them; refuses (NoSuchStaff) one unknown or of other places in the same words."""
    found = next(iter(_members(User.objects.filter(username=username), on=on)), None)
    if found is None or not _reached(found, by, on):
        raise NoSuchStaff(username=username)
    return found


def list_appointments(*, by: Actor, on: date, standing: str = IN_FORCE) -> list[ShownAppointment]:
    """Appointments in the actor's areas that stand so on a day, by place, role and name."""
    shown = [one for member in list_staff(by=by, on=on, everybody=True) for one in member.appointments]
    wanted = [one for one in shown if one.standing == standing and _within(one.area, by, on)]
    return sorted(wanted, key=lambda one: (one.area, one.role, one.full_name))


def _members(users: QuerySet[User], *, on: date) -> list[StaffMember]:
    appointments = Appointment.objects.select_related("deputises_for__user").order_by("-starts_on", "-pk")
    found = users.prefetch_related(Prefetch("appointments", appointments))
    return [
        StaffMember(
            user_id=user.pk,
            username=user.username,
            full_name=user.full_name,
            is_active=user.is_active,
            is_demonstration=user.is_demonstration,
            last_login=user.last_login,
            appointments=tuple(
                sorted((_shown(one, user, on) for one in user.appointments.all()), key=lambda one: _ORDER[one.standing])
            ),
        )
        for user in found
    ]


_ORDER = {IN_FORCE: 0, COMING: 1, OVER: 2}


def _shown(one: Appointment, user: User, on: date) -> ShownAppointment:
    over = not user.is_active or (one.ends_on is not None and one.ends_on < on)
    return ShownAppointment(
        appointment_id=one.pk,
        username=user.username,
        full_name=user.full_name,
        role=Role(one.role),
        area=one.area,
        payer_code=one.payer_code,
        kind=one.kind,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        standing=OVER if over else COMING if one.starts_on > on else IN_FORCE,
        deputises_for="" if one.deputises_for is None else one.deputises_for.user.full_name,
        paper_number=one.paper_number,
        reason=one.reason,
        appointed_by=one.appointed_by,
        appointed_at=one.appointed_at,
        ended_why=one.ended_why,
    )


def _reached(one: StaffMember, by: Actor, on: date) -> bool:
    return EVERYWHERE in by.areas or any(_within(held.area, by, on) for held in one.appointments)


def _within(area: str, by: Actor, on: date) -> bool:
    if EVERYWHERE in by.areas:
        return True
    place = find_last_place(area, on) if area else None
    return place is not None and by.reaches(place.path)
