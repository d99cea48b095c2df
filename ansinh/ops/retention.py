"""`ansinh retention …`: how long what is kept, and emptying what is past its period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from ansinh.access.actions import clear_sessions, preview_sessions
from ansinh.access.types import SYSTEM
from ansinh.ops.acting import now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.preparation import prepared_database
from ansinh.platform.retention import PERIODS, Emptied, Period, period_of
from ansinh.reconcile.actions import empty_discarded, empty_results, preview_results
from ansinh.registry.actions import empty_originals, preview_originals


@click.group("retention")
def command() -> None:
    """Thời hạn lưu: từng loại giữ bao lâu theo điều nào; dọn những gì đã hết thời hạn."""


@command.command("list")
@json_option
@click.pass_obj
def list_(answer: Answer) -> None:
    """Từng loại dữ liệu: giữ bao lâu, theo điều nào, điều gì chưa chắc."""
    facts = [
        {"code": one.code, "name": one.name_vi, "years": one.years, "counted_from": one.counted_from, "law": one.law,
         "unsure": one.unsure} for one in PERIODS
    ]  # fmt: skip
    answer.give({"periods": facts}, "\n".join(line for one in PERIODS for line in _told(one)))


@command.command("apply")
@click.option("--preview", is_flag=True, help="Chỉ đếm, không xóa gì.")
@json_option
@click.pass_obj
def apply(answer: Answer, *, preview: bool) -> None:
    """Dọn những gì hết thời hạn mà không phép kiểm hay khoản chi nào còn cần; mỗi loại một lần ghi nhật ký."""
    prepared_database(answer.say)
    at = now()
    if preview:
        done: Sequence[Emptied] = [preview_originals(at=at), *preview_results(at=at), preview_sessions(at=at)]
    else:
        done = [act(by=SYSTEM, at=at) for act in (empty_originals, empty_results, empty_discarded, clear_sessions)]
    lines = [_line(one, preview) for one in done]
    facts = [{"code": one.code, "count": one.count, "kept": one.kept} for one in done]
    answer.give({"preview": preview, "emptied": facts}, "\n".join(lines))


def _told(one: Period) -> Iterator[str]:
    if one.years is None:
        long = "phần mềm không tự xóa"
    else:
        long = f"{one.years} năm, tính từ hết {one.counted_from}" if one.years else f"xóa từ {one.counted_from}"
    yield f"{one.name_vi}: {long}"
    yield f"   theo {one.law}"
    if one.unsure:
        yield f"   CHƯA CHẮC: {one.unsure}"


def _line(one: Emptied, preview: bool) -> str:
    does = "sẽ xóa" if preview else "đã xóa"
    kept = f"; giữ lại {one.kept} vì còn việc chưa xong" if one.kept else ""
    return f"{period_of(one.code).name_vi}: {does} {one.count}{kept}"
