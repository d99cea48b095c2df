"""Who is who: users as Actors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Prefetch
from django.utils.timezone import localdate

from ansinh.access.models import Appointment as HeldAppointment
from ansinh.access.models import User
from ansinh.access.roles import ROLES, Role
from ansinh.access.staff import (
    COMING,
    IN_FORCE,
    OVER,
    NoSuchStaff,
    ShownAppointment,
    StaffMember,
    get_staff,
    list_appointments,
    list_staff,
)
from ansinh.access.types import ASSURED, EVERYWHERE, SYSTEM_ID, Actor, Appointment, Assurance, OutOfArea
from ansinh.kernel.names import sort_key
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import days_within, find_last_place, list_codes_reached, path_of, successors
from ansinh.platform.models import AuditEntry
from ansinh.platform.proofs import Break, Proof
from ansinh.platform.resealing import SealedColumn, breaks_of, passed_over
from ansinh.platform.row_security import Sight

__all__ = [
    "COMING",
    "DEMONSTRATION_ADMINISTRATOR",
    "DEMONSTRATION_APPROVER",
    "DEMONSTRATION_FINANCE",
    "DEMONSTRATION_INSPECTOR",
    "DEMONSTRATION_OFFICER",
    "DEMONSTRATION_PAYER",
    "DEMONSTRATION_PAYER_CODE",
    "DEMONSTRATION_USERS",
    "IN_FORCE",
    "OVER",
    "PROOFS",
    "SEALED",
    "NoSuchStaff",
    "NobodyNamed",
    "ShownAppointment",
    "StaffMember",
    "UnknownUser",
    "actor_of",
    "find_unopened_factors",
    "get_actor",
    "get_actor_by_id",
    "get_demonstration_actor",
    "get_demonstration_actors",
    "get_staff",
    "has_real_users",
    "list_appointments",
    "list_staff",
    "list_user_names",
    "must_reach_place",
    "reach_columns",
    "reach_of",
    "sight_of",
]

# Usernames of the demonstration's people: who prepares, who approves, who moves the money, who pays it out, who looks
# at everything and changes nothing, who appoints them all.
DEMONSTRATION_OFFICER = "canbo"
DEMONSTRATION_APPROVER = "chutich"
DEMONSTRATION_FINANCE = "ketoan"
DEMONSTRATION_PAYER = "buudien"
DEMONSTRATION_INSPECTOR = "thanhtra"
DEMONSTRATION_ADMINISTRATOR = "quantri"
DEMONSTRATION_USERS = (
    DEMONSTRATION_OFFICER,
    DEMONSTRATION_APPROVER,
    DEMONSTRATION_FINANCE,
    DEMONSTRATION_PAYER,
    DEMONSTRATION_INSPECTOR,
    DEMONSTRATION_ADMINISTRATOR,
)
# The paying organisation the demonstration's payer works for.
DEMONSTRATION_PAYER_CODE = "buu-dien"

# What apps and recovery codes are checked with, as allauth keeps them.
SEALED = tuple(
    SealedColumn("mfa_authenticator", "data", name_vi, kind="second_factor", json_key=json_key)
    for json_key, name_vi in (("secret", "mã của ứng dụng xác thực"), ("seed", "mã dự phòng đăng nhập"))
)


class UnknownUser(Refusal):
    """Không có người dùng "{username}" đang hoạt động. Hãy xem lại tên đăng nhập, hoặc tạo người dùng bằng
    lệnh: ansinh user add."""


class NobodyNamed(Refusal):
    """Cơ sở dữ liệu này đã có người dùng thật, nên phải nói rõ ai làm: hãy thêm --as TÊN_ĐĂNG_NHẬP."""


def get_actor(username: str, *, on: date | None = None) -> Actor:
    """The active user of that name, as appointed on a day (today when not said); refuses (UnknownUser)."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise UnknownUser(username=username)
    return actor_of(user, on=on)


def get_actor_by_id(user_id: int, *, on: date | None = None) -> Actor:
    """The active user of that number, as `get_actor` tells; refuses (UnknownUser)."""
    user = User.objects.filter(pk=user_id).first()
    if user is None or not user.is_active:
        raise UnknownUser(username=user_id if user is None else user.username)
    return actor_of(user, on=on)


def actor_of(user: User, *, on: date | None = None, assurance: Assurance = ASSURED) -> Actor:
    """The actor a signed-in user is, with the appointments in force on a day (today when not said)."""
    day = on or localdate()
    in_force = user.appointments.in_force(day)
    appointments = tuple(
        Appointment(Role(role), area, payer_code)
        for role, area, payer_code in in_force.order_by("role", "area", "payer_code").values_list(
            "role", "area", "payer_code"
        )
    )
    return Actor(user.pk, user.full_name, appointments, assurance)


def get_demonstration_actor(username: str) -> Actor:
    """One of the demonstration's people; refuses (NobodyNamed) once a real user exists."""
    if has_real_users():
        raise NobodyNamed()
    return get_actor(username)


def get_demonstration_actors() -> tuple[Actor, Actor]:
    """The preparer and the approver of the demonstration; refuses (NobodyNamed) once a real user exists."""
    return get_demonstration_actor(DEMONSTRATION_OFFICER), get_demonstration_actor(DEMONSTRATION_APPROVER)


def find_user(username: str) -> User | None:
    """The user of that name, active or not."""
    return User.objects.filter(username=username).first()


def find_demonstration_people() -> tuple[str, ...]:
    """Usernames of the demonstration's people who may still sign in by the password everybody knows."""
    active = User.objects.filter(is_demonstration=True, is_active=True)
    return tuple(active.order_by("username").values_list("username", flat=True))


def has_real_administrator(on: date) -> bool:
    """Whether somebody real administers on a day: who may give others their sign-in papers."""
    administering = HeldAppointment.objects.in_force(on).filter(role=Role.ADMINISTRATOR)
    return administering.filter(user__is_demonstration=False, user__is_active=True).exists()


def has_real_users() -> bool:
    """Whether anybody besides the demonstration's people may sign in."""
    return User.objects.filter(is_demonstration=False, is_active=True).exists()


def reach_of(by: Actor) -> Callable[[str, date], bool]:
    """Whether a place lies in the actor's areas on a day; however many are asked, the database is asked nothing more.

    So the work it takes tells nothing of how many places elsewhere were looked at.
    """
    days = {} if EVERYWHERE in by.areas else days_within(tuple(sorted(by.areas)))

    def reaches(place_code: str, on: date) -> bool:
        if EVERYWHERE in by.areas:
            return True
        return any(starts <= on and (ends is None or on < ends) for starts, ends in days.get(place_code, ()))

    return reaches


def reach_columns(by: Actor) -> dict[str, Any]:
    """The same as parameters of a statement that cuts or counts by itself: whether everywhere, else `codes` with the
    days from which (`starts`) and before which (`ends`, None: to this day) each is in the actor's areas."""
    everywhere = EVERYWHERE in by.areas
    days = {} if everywhere else days_within(tuple(sorted(by.areas)))
    spans = [(code, starts, ends) for code, found in days.items() for starts, ends in found]
    columns = zip(*spans, strict=True) if spans else ((), (), ())
    named = {name: list(column) for name, column in zip(("codes", "starts", "ends"), columns, strict=True)}
    return {"everywhere": everywhere, **named}


def sight_of(by: Actor) -> Sight:
    """What the database itself lets the actor see: never less than `reach_of` and `must_reach_place` let through."""
    if EVERYWHERE in by.areas:
        return Sight(user_id=by.user_id, everywhere=True)
    places, holders = list_codes_reached(tuple(sorted(by.areas)))
    return Sight(by.user_id, places=places, holders=holders)


def must_reach_place(by: Actor, code: str, on: date) -> None:
    """Refuses (OutOfArea, UnknownPlace) a place outside the actor's areas on a day.

    One that ended before is reached by whoever reaches what it was or who has its land now: its money is theirs.
    """
    last = find_last_place(code, on)
    if last is None or last.valid_on(on) or last.starts_on > on:
        by.must_reach(path_of(code, on))
        return
    paths = [last.path, *(heir.place.path for heir in successors(last, on))]
    if not any(by.reaches(path) for path in paths):
        by.must_reach(last.path[::-1])


def list_roles_held(user_ids: Iterable[int]) -> dict[int, list[tuple[str, date, date | None]]]:
    """Of some users: each role they ever held, by its name, with its first and last day (None: still held)."""
    held: dict[int, list[tuple[str, date, date | None]]] = {}
    found = HeldAppointment.objects.filter(user_id__in=set(user_ids)).order_by("starts_on", "pk")
    for user_id, role, starts, ends in found.values_list("user_id", "role", "starts_on", "ends_on"):
        held.setdefault(user_id, []).append((ROLES[Role(role)].name_vi, starts, ends))
    return held


@dataclass(frozen=True, slots=True)
class SignInEvent:
    """Something told of one person's signing in."""

    at: datetime
    action: str
    facts: dict[str, Any]
    address: str
    agent: str


def list_own_events(user_id: int, *, actions: Iterable[str], most: int) -> list[SignInEvent]:
    """The latest entries of one person's own under these names, newest first: for their own eyes."""
    told = AuditEntry.objects.filter(actor_id=user_id, action__in=list(actions)).order_by("-number")[:most]
    return [SignInEvent(one.at, one.action, one.facts, one.address, one.agent) for one in told]


@dataclass(frozen=True, slots=True)
class StaffSignIn:
    """How somebody signs in, as an administrator sees it: what they have, never the secrets."""

    username: str
    full_name: str
    roles: tuple[str, ...]
    has_password: bool
    has_second_factor: bool
    open_sessions: int
    last_sign_in: datetime | None
    paper_until: datetime | None


def list_staff_sign_ins(*, by: Actor, at: datetime) -> list[StaffSignIn]:
    """Everybody real and active whose every place `by` reaches, by name."""
    on = localdate(at)
    people = User.objects.filter(is_demonstration=False, is_active=True)
    shown = []
    factors = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    with_factor = set(factors.values_list("user_id", flat=True))
    sessions = Counter(UserSession.objects.values_list("user_id", flat=True))
    appointed = Prefetch("appointments", HeldAppointment.objects.still_open(on))
    for user in people.prefetch_related(appointed, "sign_in_papers"):
        held = list(user.appointments.all())
        if not administers(by, {one.area for one in held}, on):
            continue
        papers = [one.expires_at for one in user.sign_in_papers.all() if not (one.used_at or one.ended_at)]
        shown.append(
            StaffSignIn(
                user.username,
                user.full_name,
                tuple(dict.fromkeys(one.role for one in held)),
                user.has_usable_password(),
                user.pk in with_factor,
                sessions[user.pk],
                user.last_login,
                next((until for until in papers if until > at), None),
            )
        )
    return sorted(shown, key=lambda one: (sort_key(one.full_name), one.username))


def administers(by: Actor, areas: Iterable[str], on: date) -> bool:
    """Whether `by` reaches every one of somebody's areas; the system, and who is appointed everywhere, reach all."""
    if by.user_id == SYSTEM_ID or EVERYWHERE in by.areas:
        return True
    try:
        for area in areas:
            if area == EVERYWHERE:
                return False
            must_reach_place(by, area, on)
    except OutOfArea:
        return False
    return True


def list_user_names(user_ids: Iterable[int]) -> dict[int, str]:
    """Full names by user id."""
    return dict(User.objects.filter(pk__in=set(user_ids)).values_list("pk", "full_name"))


def find_unopened_factors() -> list[Break]:
    """Each secret of a second factor of sign-in is opened with the keys at hand."""
    return breaks_of(SEALED)


PROOFS: tuple[Proof, ...] = (
    Proof(
        "second_factors_open",
        11,
        "Mã bí mật của lớp đăng nhập thứ hai mở được",
        find_unopened_factors,
        lambda: passed_over(SEALED),
    ),
)
