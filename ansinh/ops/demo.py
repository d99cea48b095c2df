"""`ansinh demo`: an invented commune, imported and its month played, so that there is something to look at."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import click
from rich.progress import Progress

from ansinh.access.queries import get_demonstration_actors, has_real_users
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.ops.acting import now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.demonstration import write_demonstration_register
from ansinh.ops.month_play import play_run
from ansinh.ops.options import MONTH
from ansinh.ops.preparation import prepared_database
from ansinh.payroll.actions import open_run
from ansinh.payroll.queries import get_run, list_runs, summarise_runs
from ansinh.places.queries import get_place
from ansinh.policy import load_pack
from ansinh.registry.actions import import_register

# Xã Nguyên Bình, tỉnh Cao Bằng: a real place, with invented people. 004 is Cao Bằng in citizen numbers.
_COMMUNE = "01726"
_PROVINCE_IN_NUMBERS = "004"
_SEED = 20260701
_LEGAL_DAYS = ZoneInfo("Asia/Ho_Chi_Minh")


@click.command("demo")
@click.option("--if-empty", is_flag=True, help="Chỉ làm khi cơ sở dữ liệu chưa có kỳ chi trả nào.")
@click.option("--month", type=MONTH, help="Tháng minh họa; bỏ trống: tháng này.")
@json_option
@click.pass_obj
def command(answer: Answer, if_empty: bool, month: Month | None) -> None:
    """Dữ liệu minh họa: một xã với những người không có thật, và một tháng đã lập xong."""
    prepared_database(answer.say)
    if if_empty and (has_real_users() or list_runs(by=get_demonstration_actors()[0])):
        answer.give({"made": False}, "Đã có dữ liệu, không tạo thêm dữ liệu minh họa.")
        return
    one, other = get_demonstration_actors()
    month = month or Month.containing(now().astimezone(_LEGAL_DAYS).date())
    place = get_place(_COMMUNE, month.first_day)
    content = write_demonstration_register(
        commune=place.full_name, province_code=_PROVINCE_IN_NUMBERS, month=month, pack=load_pack(), seed=_SEED
    )
    with Progress(console=answer.console, transient=True) as bar:
        task = bar.add_task("Nhập sổ minh họa", total=3)
        taken = import_register(
            content=content, file_name="so-minh-hoa.xlsx", place_code=place.code, month=month, by=one, at=now()
        )
        bar.update(task, advance=1, description="Mở tháng, xác định mức hưởng")
        opened = open_run(place_code=place.code, month=month, by=one, at=now())
        bar.update(task, advance=1, description="Tính, kiểm tra, trình, duyệt")
        play_run(opened.run_id, one, other)
        bar.update(task, advance=1)
    summary = summarise_runs([get_run(opened.run_id, by=one)])
    answer.give(
        {"made": True, "place": place.code, "month": str(month), "rows": taken.rows, "lines": summary["lines"],
         "total_dong": summary["total_dong"]},
        f"Dữ liệu minh họa: {place.full_name}, tháng {month.vi}, {summary['lines']} dòng, "
        f"{Dong(summary['total_dong'])} đồng.",
    )  # fmt: skip
