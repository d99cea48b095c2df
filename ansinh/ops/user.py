"""`ansinh user …`: the people who work with the system."""

from __future__ import annotations

import click

from ansinh.access.actions import add_user
from ansinh.access.types import SYSTEM, Role
from ansinh.ops.acting import now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.preparation import prepared_database
from ansinh.ops.user_staff import appoint_command, borrow, deputy, end_one, list_, retire, show


@click.group("user")
def command() -> None:
    """Người dùng: thêm người làm việc với hệ thống."""


@command.command("add")
@click.argument("username")
@click.option("--name", "full_name", required=True, help="Họ và tên.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="Việc được giao.")
@click.option("--place", "area", default="", help="Mã địa bàn được giao; bỏ trống: cả nước.")
@click.option("--payer", "payer_code", default="", help="Mã tổ chức chi trả, cho người của tổ chức ấy.")
@click.option("--password", prompt="Mật khẩu", hide_input=True, confirmation_prompt="Nhập lại mật khẩu")
@json_option
@click.pass_obj
def add(answer: Answer, *, username: str, full_name: str, role: str, area: str, payer_code: str, password: str) -> None:
    """Thêm người dùng USERNAME với một việc được giao. Từ đó hai người minh họa thôi làm việc trên dòng lệnh."""
    prepared_database(answer.say)
    added = add_user(
        username=username,
        full_name=full_name,
        role=Role(role),
        area=area,
        payer_code=payer_code,
        password=password,
        by=SYSTEM,
        at=now(),
    )
    answer.give({"username": added.username, "user_id": added.user_id}, f"Đã thêm người dùng {added.username}.")


for _one in (list_, show, appoint_command, deputy, borrow, end_one, retire):
    command.add_command(_one)
