"""`ansinh policy draft …`: levels loaded as data, looked at, approved by another person, taken back while unused."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from ansinh.kernel.month import Month
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.options import DAY, MONTH, as_option


@click.group("draft")
def draft() -> None:
    """Gói mức: nạp mức hoặc hệ số mới từ tệp, xem trước, người khác duyệt; rút khi chưa có danh sách nào theo."""
    from ansinh.ops.preparation import django_ready

    django_ready()


@draft.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--place", "place_code", required=True, help="Mã địa bàn được áp dụng: 2, 3 hoặc 5 chữ số.")
@click.option("--from", "month", type=MONTH, required=True, help="Danh sách đầu tiên lập theo gói, ví dụ 2027-01.")
@click.option("--decision", "decision_no", default="", help="Số quyết định áp dụng.")
@click.option("--decided-on", type=DAY, help="Ngày quyết định.")
@click.option("--preview", "only_preview", is_flag=True, help="Chỉ xem trước, không ghi gì.")
@click.option("--approve", is_flag=True, help="Duyệt luôn, do một người khác được giao việc duyệt.")
@as_option
@json_option
@click.pass_obj
def add(
    answer: Answer, *, file: Path, place_code: str, month: Month, decision_no: str, decided_on: datetime | None,
    only_preview: bool, approve: bool, usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Nạp gói mức trong FILE (YAML): nói trước thêm bao nhiêu tiền rồi ghi, chờ người khác duyệt."""
    from ansinh.ops.level_packs import Loading, add_level_pack, preview_file

    day = None if decided_on is None else decided_on.date()
    loading = Loading(file, place_code, month, decision_no, day)
    if only_preview:
        preview_file(answer, loading, usernames)
    else:
        add_level_pack(answer, loading, approve=approve, usernames=usernames)


@draft.command("list")
@as_option
@json_option
@click.pass_obj
def list_(answer: Answer, usernames: tuple[str, ...]) -> None:
    """Các gói mức đã nạp, cả gói đã rút."""
    from ansinh.ops.level_packs import show_level_packs

    show_level_packs(answer, usernames)


@draft.command("show")
@click.argument("level_pack_id", type=int)
@as_option
@json_option
@click.pass_obj
def show(answer: Answer, level_pack_id: int, usernames: tuple[str, ...]) -> None:
    """Một gói mức: nội dung, ai nạp, ai duyệt, danh sách nào đã theo; chưa có danh sách nào thì tính trước số tiền."""
    from ansinh.ops.level_packs import show_level_pack

    show_level_pack(answer, level_pack_id, usernames)


@draft.command("approve")
@click.argument("level_pack_id", type=int)
@as_option
@json_option
@click.pass_obj
def approve_(answer: Answer, level_pack_id: int, usernames: tuple[str, ...]) -> None:
    """Duyệt gói mức số LEVEL_PACK_ID; người nạp không tự duyệt được."""
    from ansinh.ops.level_packs import approve_one

    approve_one(answer, level_pack_id, usernames)


@draft.command("withdraw")
@click.argument("level_pack_id", type=int)
@click.option("--reason", default="", help="Vì sao rút.")
@as_option
@json_option
@click.pass_obj
def withdraw(answer: Answer, level_pack_id: int, reason: str, usernames: tuple[str, ...]) -> None:
    """Rút gói mức số LEVEL_PACK_ID, khi chưa có danh sách nào lập theo."""
    from ansinh.ops.level_packs import withdraw_one

    withdraw_one(answer, level_pack_id, reason, usernames)
