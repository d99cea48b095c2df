"""`ansinh user …`: the people who work with the system."""

from __future__ import annotations

from pathlib import Path

import click
from django.db import transaction

from ansinh.access.actions import add_user, issue_sign_in_paper
from ansinh.access.types import SYSTEM, Role
from ansinh.ops.acting import now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.preparation import prepared_database
from ansinh.ops.user_sign_in import (
    address_option,
    end,
    hours_option,
    paper,
    pdf_option,
    remove,
    retire_demonstration,
    told,
)
from ansinh.ops.user_staff import appoint_command, borrow, deputy, end_one, list_, retire, show


@click.group("user")
def command() -> None:
    """Người dùng: thêm người làm việc, giấy đăng nhập, bước hai, phiên."""


@command.command("add")
@click.argument("username")
@click.option("--name", "full_name", required=True, help="Họ và tên.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="Việc được giao.")
@click.option("--place", "area", default="", help="Mã địa bàn được giao; bỏ trống: cả nước.")
@click.option("--payer", "payer_code", default="", help="Mã tổ chức chi trả, cho người của tổ chức ấy.")
@hours_option
@pdf_option
@address_option
@json_option
@click.pass_obj
def add(
    answer: Answer,
    *,
    username: str,
    full_name: str,
    role: str,
    area: str,
    payer_code: str,
    hours: int,
    pdf: Path | None,
    address: str,
) -> None:
    """Thêm người dùng USERNAME với một việc được giao, kèm giấy đăng nhập để người ấy tự đặt mật khẩu.

    Từ đó người minh họa thôi làm việc trên dòng lệnh.
    """
    prepared_database(answer.say)
    with transaction.atomic():
        added = add_user(
            username=username,
            full_name=full_name,
            role=Role(role),
            area=area,
            payer_code=payer_code,
            by=SYSTEM,
            at=now(),
        )
        issued = issue_sign_in_paper(username=added.username, hours=hours, by=SYSTEM, at=now())
    facts, text = told(issued, pdf=pdf, address=address)
    answer.give(facts, f"Đã thêm người dùng {added.username}.\n{text}")


for _one in (
    list_,
    show,
    appoint_command,
    deputy,
    borrow,
    end_one,
    retire,
    paper,
    remove,
    end,
    retire_demonstration,
):
    command.add_command(_one)
