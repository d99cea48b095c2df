"""`ansinh demo`: an invented commune, its last month paid and settled, this month listed: something to look at."""

from __future__ import annotations

import click
from rich.progress import Progress

from ansinh.access.queries import get_demonstration_actors, has_real_users
from ansinh.kernel.legal_days import LEGAL_DAYS
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.ops.acting import doer, now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.demonstration import write_demonstration_register
from ansinh.ops.month_pay import Payers, pay_month
from ansinh.ops.month_play import play_run
from ansinh.ops.options import MONTH
from ansinh.ops.preparation import prepared_database
from ansinh.payroll.actions import open_run
from ansinh.payroll.queries import Run, get_run, list_runs, summarise_runs
from ansinh.places.queries import get_place
from ansinh.places.types import Place
from ansinh.policy import load_pack
from ansinh.registry.actions import import_register

# Xã Nguyên Bình, tỉnh Cao Bằng: a real place, with invented people. 004 is Cao Bằng in citizen numbers.
_COMMUNE = "01726"
_PROVINCE_IN_NUMBERS = "004"
_SEED = 20260701
# Orders of the month before that nobody came for: this month presents them again.
_UNCOLLECTED = 3


@click.command("demo")
@click.option("--listed-only", is_flag=True, help="Chỉ nhập sổ và duyệt danh sách của tháng, chưa chi trả gì.")
@click.option("--if-empty", is_flag=True, help="Chỉ làm khi cơ sở dữ liệu chưa có kỳ chi trả nào.")
@click.option(
    "--month", type=MONTH, help="Tháng có danh sách đã duyệt, tháng trước đó đã chi trả; bỏ trống: tháng này."
)
@json_option
@click.pass_obj
def command(answer: Answer, if_empty: bool, listed_only: bool, month: Month | None) -> None:
    """Dữ liệu minh họa: một xã với những người không có thật, một tháng đã chi trả và tháng này đã duyệt."""
    prepared_database(answer.say)
    if if_empty and (has_real_users() or list_runs(by=get_demonstration_actors()[0])):
        answer.give({"made": False}, "Đã có dữ liệu, không tạo thêm dữ liệu minh họa.")
        return
    one, other = get_demonstration_actors()
    people = Payers(one, doer("funds.request_transfer", ()), doer("payout.record_results", ()))
    month = month or Month.containing(now().astimezone(LEGAL_DAYS).date())
    before = month if listed_only else month + -1
    place = get_place(_COMMUNE, before.first_day)
    content = write_demonstration_register(
        commune=place.full_name, province_code=_PROVINCE_IN_NUMBERS, month=before, pack=load_pack(), seed=_SEED
    )
    with Progress(console=answer.console, transient=True) as bar:
        task = bar.add_task("Nhập sổ minh họa", total=4)
        taken = import_register(
            content=content, file_name="so-minh-hoa.xlsx", place_code=place.code, month=before, by=one, at=now()
        )
        bar.update(task, advance=1, description="Lập danh sách")
        first = open_run(place_code=place.code, month=before, by=one, at=now())
        play_run(first.run_id, one, other)
        if listed_only:
            _tell(answer, place, get_run(first.run_id, by=one), {"rows": taken.rows}, "")
            return
        bar.update(task, advance=1, description="Tháng trước: chi trả, quyết toán")
        paid = pay_month(
            [get_run(first.run_id, by=one)], place.code, before, people=people, unpaid=_UNCOLLECTED, seed=_SEED
        )
        bar.update(task, advance=1, description="Tháng này: lập danh sách")
        opened = open_run(place_code=place.code, month=month, by=one, at=now())
        play_run(opened.run_id, one, other)
        bar.update(task, advance=1)
    more = {"rows": taken.rows, "month_paid": str(before), "paid_dong": paid.paid_dong, "unpaid_dong": paid.unpaid_dong}
    told = f"; tháng {before.vi} đã chi {Dong(paid.paid_dong)} đồng, còn {_UNCOLLECTED} lệnh chưa lĩnh"
    _tell(answer, place, get_run(opened.run_id, by=one), more, told)


def _tell(answer: Answer, place: Place, run: Run, more: dict[str, object], told: str) -> None:
    summary = summarise_runs([run])
    facts = {"made": True, "place": place.code, "month": str(run.month), "lines": summary["lines"],
             "total_dong": summary["total_dong"], **more}  # fmt: skip
    answer.give(
        facts,
        f"Dữ liệu minh họa: {place.full_name}, tháng {run.month.vi}, {summary['lines']} dòng, "
        f"{Dong(summary['total_dong'])} đồng đã duyệt{told}.",
    )
