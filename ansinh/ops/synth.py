"""`ansinh synth`: invented people in any number, in every commune of the country, for trials and measurements."""

from __future__ import annotations

import os
from time import monotonic

import click

from ansinh.access.queries import has_real_users
from ansinh.access.types import SYSTEM
from ansinh.kernel.grouped import grouped
from ansinh.kernel.legal_days import LEGAL_DAYS
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.options import MONTH
from ansinh.ops.preparation import prepared_database
from ansinh.ops.progress import progress_bar
from ansinh.registry.actions import settle_tables
from ansinh.synth.actions import invent_people


class RealPeopleWorkHere(Refusal):
    """Cơ sở dữ liệu này đã có người dùng thật, nên không tạo người không có thật vào đó.
    Hãy dùng một cơ sở dữ liệu mới, ví dụ đặt ANSINH_HOME ở một thư mục mới."""


@click.command("synth")
@click.option("--people", type=click.IntRange(min=1), required=True, help="Số người cần tạo.")
@click.option("--province", "province_code", help="Chỉ một tỉnh, theo mã 2 chữ số; bỏ trống: cả 34 tỉnh.")
@click.option("--seed", type=int, default=1, show_default=True, help="Hạt giống: cùng hạt giống thì cùng những người.")
@click.option("--month", type=MONTH, help="Tháng đầu tiên chi trả ở đây; bỏ trống: tháng này.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=os.cpu_count() or 1, show_default="số lõi của máy",
    help="Số tiến trình cùng làm; người tạo ra không phụ thuộc vào số này.",
)  # fmt: skip
@json_option
@click.pass_obj
def command(
    answer: Answer, *, people: int, province_code: str | None, seed: int, month: Month | None, workers: int
) -> None:
    """Tạo sổ của những người không có thật, bao nhiêu cũng được, để thử và đo; cơ sở dữ liệu phải chưa có ai."""
    prepared_database(answer.say)
    if has_real_users():
        raise RealPeopleWorkHere()
    month = month or Month.containing(now().astimezone(LEGAL_DAYS).date())
    begun = monotonic()
    with progress_bar(answer, "Tạo người và ghi vào sổ") as step:
        made = invent_people(
            people=people, month=month, seed=seed, province_code=province_code, workers=workers, by=SYSTEM, at=now(),
            progress=step,
        )  # fmt: skip
    answer.say("Dọn bảng, đếm lại cho bộ lập kế hoạch…")
    settle_tables()
    seconds = round(monotonic() - begun, 1)
    facts = {"people": made.people, "rows": made.rows, "communes": made.communes, "month": str(month), "seed": seed,
             "province": province_code, "seconds": seconds}  # fmt: skip
    answer.give(
        facts,
        f"Đã tạo {grouped(made.people)} người không có thật ở {grouped(made.communes)} xã, kỳ đầu tiên là tháng "
        f"{month.vi}, trong {grouped(round(seconds))} giây.",
    )
