"""Adding the people who work with the system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.utils.timezone import localdate

from ansinh.access.appointing import (
    Appointed,
    AppointmentEnded,
    UserRetired,
    appoint,
    appoint_deputy,
    borrow_approver,
    end_appointment,
    must_be_appointable,
    retire_user,
)
from ansinh.access.ended_sessions import clear_sessions, preview_sessions
from ansinh.access.keys import (
    add_key,
    changing_keys,
    clear_retired_indexes,
    move_values,
    retire_key,
    rotate_keys,
)
from ansinh.access.models import Appointment, User
from ansinh.access.passwords import LEAST_PASSWORD_LENGTH, OWN_NAME
from ansinh.access.queries import (
    DEMONSTRATION_ADMINISTRATOR,
    DEMONSTRATION_APPROVER,
    DEMONSTRATION_FINANCE,
    DEMONSTRATION_INSPECTOR,
    DEMONSTRATION_OFFICER,
    DEMONSTRATION_PAYER,
    DEMONSTRATION_PAYER_CODE,
)
from ansinh.access.roles import PAYERS_ROLES, Role
from ansinh.access.sign_in_acts import end_sessions, remove_second_factor, retire_demonstration_people
from ansinh.access.sign_in_papers import (
    LONGEST_HOURS,
    PaperIssued,
    PaperNotGood,
    issue_sign_in_paper,
    use_sign_in_paper,
)
from ansinh.access.types import EVERYWHERE, Actor
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action

__all__ = [
    "DEMONSTRATION_PASSWORD",
    "LONGEST_HOURS",
    "OWN_NAME",
    "Appointed",
    "AppointmentEnded",
    "PaperIssued",
    "PaperNotGood",
    "PasswordTooShort",
    "UserAdded",
    "UserRetired",
    "UsernameTaken",
    "add_key",
    "add_user",
    "appoint",
    "appoint_deputy",
    "borrow_approver",
    "changing_keys",
    "clear_retired_indexes",
    "clear_sessions",
    "create_demonstration_people",
    "end_appointment",
    "end_sessions",
    "issue_sign_in_paper",
    "move_values",
    "preview_sessions",
    "remove_second_factor",
    "retire_demonstration_people",
    "retire_key",
    "retire_user",
    "rotate_keys",
    "use_sign_in_paper",
]

_DEMONSTRATION_PEOPLE = (
    (DEMONSTRATION_OFFICER, "Nông Thị Lập (cán bộ minh họa)", (Role.OFFICER, Role.PROVINCE_OFFICER)),
    (DEMONSTRATION_APPROVER, "Hoàng Văn Duyệt (chủ tịch minh họa)", (Role.APPROVER, Role.PROVINCE_APPROVER)),
    (DEMONSTRATION_FINANCE, "Lục Thị Toán (kế toán minh họa)", (Role.FINANCE,)),
    (DEMONSTRATION_PAYER, "Lê Văn Phát (bưu điện minh họa)", (Role.PAYER,)),
    (DEMONSTRATION_INSPECTOR, "Nguyễn Thị Soát (thanh tra minh họa)", (Role.INSPECTOR,)),
    (DEMONSTRATION_ADMINISTRATOR, "Trần Văn Trị (quản trị minh họa)", (Role.ADMINISTRATOR,)),
)
# The demonstration serves on this machine only and holds invented people, so its password may be known to all.
DEMONSTRATION_PASSWORD = "ansinh-minh-hoa"  # noqa: S105 - public by intent, refused beyond loopback


class UsernameTaken(Refusal):
    """Đã có người dùng "{username}". Hãy chọn tên đăng nhập khác."""


class PasswordTooShort(Refusal):
    """Mật khẩu phải có ít nhất {least} ký tự. Hãy chọn mật khẩu dài hơn, ví dụ một câu dễ nhớ."""


@dataclass(frozen=True, slots=True)
class UserAdded:
    """The user now known."""

    username: str
    user_id: int


@action(permission="access.add_user", name="Thêm người dùng")
def add_user(
    *,
    username: str,
    full_name: str,
    role: Role,
    area: str,
    by: Actor,
    at: datetime,
    payer_code: str = "",
    password: str | None = None,
) -> UserAdded:
    """Make a user with one appointment; refuses a taken name (UsernameTaken), a short password, and a role where it is
    not given (see `appointing.must_be_appointable`).

    Without a password nobody signs in by this name before a sign-in paper is issued and used.
    """
    must_be_appointable(role, area, payer_code=payer_code, on=localdate(at), by=by)
    if User.objects.filter(username=username).exists():
        raise UsernameTaken(username=username)
    if password is not None and len(password) < LEAST_PASSWORD_LENGTH:
        raise PasswordTooShort(least=LEAST_PASSWORD_LENGTH)
    user = User.objects.create(username=username, full_name=full_name, password=make_password(password), created_at=at)
    Appointment.objects.create(
        user=user, role=role, area=area, payer_code=payer_code, starts_on=localdate(at), appointed_by=by.user_id,
        appointed_at=at,
    )  # fmt: skip
    return UserAdded(username, user.pk)


@action(permission="access.create_demonstration_people", name="Tạo người minh họa")
def create_demonstration_people(*, by: Actor, at: datetime) -> int:
    """Make the demonstration's people, each with their roles, where they are missing; how many were made."""
    made = 0
    for username, full_name, roles in _DEMONSTRATION_PEOPLE:
        user, created = User.objects.get_or_create(
            username=username,
            defaults={
                "full_name": full_name,
                "password": make_password(DEMONSTRATION_PASSWORD),
                "is_demonstration": True,
                "created_at": at,
            },
        )
        made += created
        if user.is_demonstration:
            _appoint_for_demonstration(user, roles, at)
    return made


def _appoint_for_demonstration(user: User, roles: tuple[Role, ...], at: datetime) -> None:
    """Give what is missing: homes made before a role was thought of have some of them."""
    for role in roles:
        Appointment.objects.get_or_create(
            user=user,
            role=role,
            area=EVERYWHERE,
            payer_code=DEMONSTRATION_PAYER_CODE if role in PAYERS_ROLES else "",
            defaults={"starts_on": localdate(user.created_at), "appointed_at": at},
        )
