"""`ansinh user list`, `appoint` and their like: who works with the system, where and until when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click
from django.utils.timezone import localdate

from ansinh.access.actions import (
    Appointed,
    appoint,
    appoint_deputy,
    borrow_approver,
    end_appointment,
    retire_user,
)
from ansinh.access.queries import ShownAppointment, StaffMember, get_actor, get_staff, list_staff
from ansinh.access.types import ROLES, SYSTEM, Actor, Role
from ansinh.ops.acting import now, sees
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.options import DAY
from ansinh.ops.preparation import prepared_database

_KINDS = {"ordinary": "", "deputy": "làm thay", "borrowed": "mượn"}
_STANDING = {"coming": "chưa đến ngày", "in_force": "", "over": "đã thôi"}

_as = click.option(
    "--as", "acting_as", default="", metavar="USER", help="Quản trị viên làm việc này; bỏ trống: chính máy này."
)
_from = click.option("--from", "starts", type=DAY, help="Ngày đầu; bỏ trống: hôm nay.")
_until = click.option("--until", "ends", type=DAY, help="Ngày cuối; bỏ trống: không hạn.")
_reason = click.option("--reason", required=True, help="Lý do, ghi vào nhật ký.")
_role = click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="Việc được giao.")
_place = click.option("--place", "area", default="", help="Mã địa bàn; bỏ trống: cả nước.")
_payer = click.option("--payer", "payer_code", default="", help="Mã tổ chức chi trả, cho người của tổ chức ấy.")


@click.command("list")
@click.option("--all", "everybody", is_flag=True, help="Kèm người đã nghỉ.")
@_as
@json_option
@click.pass_obj
def list_(answer: Answer, *, everybody: bool, acting_as: str) -> None:
    """Người dùng và việc đang được giao."""
    prepared_database(answer.say)
    found = list_staff(by=_seer(acting_as), on=localdate(now()), everybody=everybody)
    answer.give({"users": [member_facts(one) for one in found]}, "\n".join(map(_member_line, found)) or "Chưa có ai.")


@click.command("show")
@click.argument("username")
@_as
@json_option
@click.pass_obj
def show(answer: Answer, *, username: str, acting_as: str) -> None:
    """Mọi việc USERNAME từng được giao, kèm số để cử người thay hoặc cho thôi."""
    prepared_database(answer.say)
    one = get_staff(username, by=_seer(acting_as), on=localdate(now()))
    lines = [_member_line(one), *(f"  {_appointment_line(held)}" for held in one.appointments)]
    answer.give(member_facts(one), "\n".join(lines))


@click.command("appoint")
@click.argument("username")
@_role
@_place
@_payer
@_from
@_until
@click.option("--reason", default="", help="Căn cứ, nếu có.")
@_as
@json_option
@click.pass_obj
def appoint_command(
    answer: Answer,
    *,
    username: str,
    role: str,
    area: str,
    payer_code: str,
    starts: datetime | None,
    ends: datetime | None,
    reason: str,
    acting_as: str,
) -> None:
    """Giao cho USERNAME một việc ở một địa bàn, trong một thời hạn."""
    prepared_database(answer.say)
    made = appoint(
        username=username, role=Role(role), area=area, payer_code=payer_code, starts_on=starts and starts.date(),
        ends_on=ends and ends.date(), reason=reason, by=_administrator(acting_as), at=now(),
    )  # fmt: skip
    answer.give(*_told(made, "Đã giao việc"))


@click.command("deputy")
@click.argument("username")
@click.option("--for", "appointment_id", required=True, type=int, help="Số việc được giao của người vắng mặt.")
@click.option("--from", "starts", required=True, type=DAY, help="Ngày đầu.")
@click.option("--until", "ends", required=True, type=DAY, help="Ngày cuối.")
@_reason
@_as
@json_option
@click.pass_obj
def deputy(
    answer: Answer,
    *,
    username: str,
    appointment_id: int,
    starts: datetime,
    ends: datetime,
    reason: str,
    acting_as: str,
) -> None:
    """Cử USERNAME làm thay một việc được giao, trong những ngày đã định."""
    prepared_database(answer.say)
    made = appoint_deputy(
        username=username, appointment_id=appointment_id, starts_on=starts.date(), ends_on=ends.date(), reason=reason,
        by=_administrator(acting_as), at=now(),
    )  # fmt: skip
    answer.give(*_told(made, "Đã cử người thay"))


@click.command("borrow")
@click.argument("username")
@click.option("--place", "area", required=True, help="Mã xã mượn người.")
@click.option("--paper", "paper_number", required=True, help="Số văn bản phân công.")
@_reason
@_from
@_until
@_as
@json_option
@click.pass_obj
def borrow(
    answer: Answer,
    *,
    username: str,
    area: str,
    paper_number: str,
    reason: str,
    starts: datetime | None,
    ends: datetime | None,
    acting_as: str,
) -> None:
    """Mượn USERNAME, người phê duyệt của cấp trên trực tiếp, phê duyệt cho một xã quá ít người."""
    prepared_database(answer.say)
    made = borrow_approver(
        username=username, area=area, paper_number=paper_number, reason=reason, starts_on=starts and starts.date(),
        ends_on=ends and ends.date(), by=_administrator(acting_as), at=now(),
    )  # fmt: skip
    answer.give(*_told(made, "Đã mượn người phê duyệt"))


@click.command("end-appointment")
@click.argument("appointment_id", type=int)
@click.option("--last-day", type=DAY, help="Ngày cuối còn làm; bỏ trống: thôi ngay.")
@_reason
@_as
@json_option
@click.pass_obj
def end_one(answer: Answer, *, appointment_id: int, last_day: datetime | None, reason: str, acting_as: str) -> None:
    """Cho thôi việc được giao số APPOINTMENT_ID; người làm thay việc ấy cũng thôi."""
    prepared_database(answer.say)
    done = end_appointment(
        appointment_id=appointment_id, last_day=last_day and last_day.date(), reason=reason,
        by=_administrator(acting_as), at=now(),
    )  # fmt: skip
    facts = {
        "appointment_id": done.appointment_id,
        "last_day": done.last_day.isoformat(),
        "deputies_ended": done.deputies_ended,
    }
    answer.give(facts, f"Việc được giao số {done.appointment_id} đến hết ngày {done.last_day:%d/%m/%Y}.")


@click.command("retire")
@click.argument("username")
@_reason
@_as
@json_option
@click.pass_obj
def retire(answer: Answer, *, username: str, reason: str, acting_as: str) -> None:
    """Cho USERNAME nghỉ hẳn: thôi mọi việc, đóng mọi phiên, không đăng nhập được nữa; việc đã làm còn nguyên."""
    prepared_database(answer.say)
    done = retire_user(username=username, reason=reason, by=_administrator(acting_as), at=now())
    facts = {
        "username": username,
        "user_id": done.user_id,
        "appointments_ended": done.appointments_ended,
        "sessions_ended": done.sessions_ended,
    }
    answer.give(facts, f"{username} đã nghỉ: thôi {done.appointments_ended} việc, đóng {done.sessions_ended} phiên.")


def member_facts(one: StaffMember) -> dict[str, Any]:
    """Somebody as --json tells them."""
    return {
        "username": one.username,
        "user_id": one.user_id,
        "full_name": one.full_name,
        "is_active": one.is_active,
        "appointments": [_appointment_facts(held) for held in one.appointments],
    }


def _appointment_facts(held: ShownAppointment) -> dict[str, Any]:
    return {
        "appointment_id": held.appointment_id,
        "role": held.role.value,
        "place": held.area,
        "payer": held.payer_code,
        "kind": held.kind,
        "starts_on": held.starts_on.isoformat(),
        "ends_on": held.ends_on and held.ends_on.isoformat(),
        "standing": held.standing,
    }


def _member_line(one: StaffMember) -> str:
    work = "; ".join(f"{ROLES[held.role].name_vi} ({held.area or 'cả nước'})" for held in one.in_force)
    return f"{one.username:<16} {one.full_name}: {work or ('chưa được giao việc' if one.is_active else 'đã nghỉ')}"


def _appointment_line(held: ShownAppointment) -> str:
    until = f" đến {held.ends_on:%d/%m/%Y}" if held.ends_on else ""
    notes = [_KINDS[held.kind], held.deputises_for, held.payer_code, held.paper_number, _STANDING[held.standing]]
    told = ", ".join(note for note in notes if note)
    place = held.area or "cả nước"
    return f"{held.appointment_id:>5}  {ROLES[held.role].name_vi}, {place}, từ {held.starts_on:%d/%m/%Y}{until}" + (
        f" ({told})" if told else ""
    )


def _told(made: Appointed, said: str) -> tuple[dict[str, Any], str]:
    facts = {
        "appointment_id": made.appointment_id,
        "username": made.username,
        "role": made.role,
        "place": made.area,
        "starts_on": made.starts_on.isoformat(),
        "ends_on": made.ends_on and made.ends_on.isoformat(),
    }
    until = f" đến {made.ends_on:%d/%m/%Y}" if made.ends_on else ""
    what = f"{made.username}, {ROLES[Role(made.role)].name_vi}, {made.area or 'cả nước'}"
    return facts, f"{said} số {made.appointment_id}: {what}, từ {made.starts_on:%d/%m/%Y}{until}."


def _administrator(username: str) -> Actor:
    return get_actor(username) if username else SYSTEM


def _seer(username: str) -> Actor:
    return sees("access.see_staff", get_actor(username)) if username else SYSTEM
