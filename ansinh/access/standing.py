"""What of one person's work goes together, and that somebody is always left to appoint."""

from __future__ import annotations

from datetime import date

from ansinh.access.models import Appointment, User
from ansinh.access.roles import PAYERS_ROLES, Role
from ansinh.kernel.refusal import Refusal


class PayersStaffOnly(Refusal):
    """{who} làm cho tổ chức chi trả "{payer}" thì không nhận việc của cơ quan nhà nước hay của tổ chức khác: người trả
    tiền không phải người lập, duyệt danh sách."""


class AdministratorAlone(Refusal):
    """{who} là quản trị viên thì không nhận việc khác: người giao việc không thấy người hưởng và không thấy tiền."""


class OtherWorkFirst(Refusal):
    """{who} đang được giao việc khác thì không nhận việc quản trị: người giao việc không thấy người hưởng và không thấy
    tiền. Hãy cho thôi việc khác trước, hoặc giao việc quản trị cho người khác."""


class LastAdministrator(Refusal):
    """{who} là quản trị viên cuối cùng. Hãy giao việc quản trị cho một người khác trước."""


def must_fit(user: User, role: Role, *, payer_code: str, on: date) -> None:
    """Refuses work that does not go with what somebody does from that day on.

    Refuses: PayersStaffOnly, AdministratorAlone, OtherWorkFirst.
    """
    held = [(Role(one.role), one.payer_code) for one in user.appointments.still_open(on)]
    for other, other_payer in held:
        if {role, other} & PAYERS_ROLES and other_payer != payer_code:
            raise PayersStaffOnly(who=user.full_name, payer=other_payer or payer_code)
        if Role.ADMINISTRATOR in {role, other} and role is not other:
            raise (AdministratorAlone if other is Role.ADMINISTRATOR else OtherWorkFirst)(who=user.full_name)


def must_leave_an_administrator(user_id: int, ending: Appointment | None, *, on: date) -> None:
    """Refuses (LastAdministrator) an end after which nobody could appoint anybody. The caller holds the lock.

    `ending`: the appointment that ends; none: all of the user's. The demonstration's people count among themselves.
    """
    if ending is not None and ending.role != Role.ADMINISTRATOR:
        return
    user = User.objects.get(pk=user_id)
    theirs = user.appointments.still_open(on).filter(role=Role.ADMINISTRATOR)
    if not theirs.exists():
        return
    others = Appointment.objects.filter(
        role=Role.ADMINISTRATOR, user__is_active=True, user__is_demonstration=user.is_demonstration, ends_on=None
    )
    left = others.exclude(pk=ending.pk) if ending is not None else others.exclude(user_id=user_id)
    if not left.exists():
        raise LastAdministrator(who=user.full_name)
