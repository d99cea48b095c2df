"""`ansinh user paper` and its like: how people sign in, seen to from the machine itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ansinh.access.actions import (
    LONGEST_HOURS,
    PaperIssued,
    end_sessions,
    issue_sign_in_paper,
    remove_second_factor,
    retire_demonstration_people,
)
from ansinh.access.types import SYSTEM
from ansinh.ops.acting import now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.preparation import prepared_database
from ansinh.reports.queries import render_sign_in_paper

_DEFAULT_ADDRESS = "http://127.0.0.1:8000/sign-in/paper/"

hours_option = click.option(
    "--hours",
    default=24,
    show_default=True,
    type=click.IntRange(1, LONGEST_HOURS),
    help="Giấy có hiệu lực trong bao nhiêu giờ.",
)
pdf_option = click.option(
    "--pdf", type=click.Path(dir_okay=False, path_type=Path), help="Ghi thêm tờ giấy thành tệp PDF để in."
)
address_option = click.option(
    "--address", default=_DEFAULT_ADDRESS, show_default=True, help="Địa chỉ trang nhập mã, ghi trên giấy."
)
reason_option = click.option("--reason", required=True, help="Lý do, ghi vào nhật ký.")


def told(issued: PaperIssued, *, pdf: Path | None, address: str) -> tuple[dict[str, Any], str]:
    """What is answered of a paper; the code stands here and on the PDF alone. Writes the PDF where one is asked for."""
    facts = {
        "username": issued.username,
        "user_id": issued.user_id,
        "code": issued.secret,
        "expires_at": issued.expires_at.isoformat(),
    }
    lines = [
        f"Giấy đăng nhập của {issued.full_name} (mã chỉ hiện một lần này, dùng được một lần):",
        f"  Tên đăng nhập  {issued.username}",
        f"  Mã             {issued.secret}",
        f"  Hết hạn        {issued.expires_at.astimezone():%H:%M %d/%m/%Y}",
        f"  Nhập tại       {address}",
    ]
    if pdf is not None:
        _write_for_oneself(pdf, render_sign_in_paper(issued, address=address, at=now()).content)
        facts["pdf"] = str(pdf)
        lines.append(f"Đã ghi tờ giấy: {pdf}")
    return facts, "\n".join(lines)


def _write_for_oneself(path: Path, content: bytes) -> None:
    """The code on it signs somebody in: no other user of this machine may read the file, an older one included."""
    with path.open("wb") as file:
        path.chmod(0o600)
        file.write(content)


@click.command("paper")
@click.argument("username")
@hours_option
@pdf_option
@address_option
@json_option
@click.pass_obj
def paper(answer: Answer, *, username: str, hours: int, pdf: Path | None, address: str) -> None:
    """Cấp giấy đăng nhập cho USERNAME: mật khẩu cũ và mọi phiên hết tác dụng ngay."""
    prepared_database(answer.say)
    answer.give(
        *told(issue_sign_in_paper(username=username, hours=hours, by=SYSTEM, at=now()), pdf=pdf, address=address)
    )


@click.command("remove-second-factor")
@click.argument("username")
@reason_option
@json_option
@click.pass_obj
def remove(answer: Answer, *, username: str, reason: str) -> None:
    """Gỡ bước hai của USERNAME (mất điện thoại và giấy mã dự phòng); người ấy bật lại trước khi phê duyệt."""
    prepared_database(answer.say)
    done = remove_second_factor(username=username, reason=reason, by=SYSTEM, at=now())
    answer.give({"user_id": done.user_id, "removed": done.removed}, f"Đã gỡ bước hai của {username}.")


@click.command("end-sessions")
@click.argument("username")
@reason_option
@json_option
@click.pass_obj
def end(answer: Answer, *, username: str, reason: str) -> None:
    """Kết thúc ngay mọi phiên đang mở của USERNAME (nghi bị người khác dùng)."""
    prepared_database(answer.say)
    done = end_sessions(username=username, reason=reason, by=SYSTEM, at=now())
    answer.give({"user_id": done.user_id, "ended": done.ended}, f"Đã kết thúc {done.ended} phiên của {username}.")


@click.command("retire-demonstration")
@json_option
@click.pass_obj
def retire_demonstration(answer: Answer) -> None:
    """Cho người minh họa thôi làm việc, trước khi mở trang cho máy khác."""
    prepared_database(answer.say)
    retired = retire_demonstration_people(by=SYSTEM, at=now())
    answer.give({"retired": retired}, f"{retired} người minh họa thôi làm việc; mật khẩu chung hết tác dụng.")
