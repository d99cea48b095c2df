"""`ansinh jobs …`: long jobs seen, asked for, stopped and resumed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from ansinh.jobs.actions import cancel_job, resume_job, start_job
from ansinh.jobs.queries import ShownJob, get_job, get_kind, list_jobs, worker_lives
from ansinh.jobs.types import RUNNING, STATE_NAMES
from ansinh.kernel.month import Month
from ansinh.ops.acting import doer, looker, now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.options import MONTH, as_option
from ansinh.ops.preparation import prepared_database
from ansinh.ops.reading import read_file
from ansinh.payroll.types import ASSISTANCE, PROGRAMMES
from ansinh.reconcile.queries import get_results_file

_PROGRAMMES = [code for code, regimes in PROGRAMMES.items() if regimes]


@click.group("jobs")
def command() -> None:
    """Việc chạy lâu: xem, giao, dừng, làm tiếp."""


@command.command("list")
@click.option("--unended", is_flag=True, help="Chỉ những việc đang chờ hoặc đang chạy.")
@as_option
@json_option
@click.pass_obj
def list_(answer: Answer, *, unended: bool, usernames: tuple[str, ...]) -> None:
    """Các việc chạy lâu, mới nhất trước."""
    prepared_database(answer.say)
    found = list_jobs(by=looker("jobs.see_jobs", usernames), unended=unended)
    lives = worker_lives()
    lines = [_line(one) for one in found] or ["Không có việc nào."]
    if not lives and any(not one.is_over for one in found):
        lines.append('Chưa có tiến trình xử lý nào đang chạy. Hãy chạy "ansinh worker" để các việc đang chờ được làm.')
    answer.give({"jobs": [_facts(one) for one in found], "worker_lives": lives}, "\n".join(lines))


@command.command("show")
@click.argument("job_id", type=int)
@as_option
@json_option
@click.pass_obj
def show(answer: Answer, *, job_id: int, usernames: tuple[str, ...]) -> None:
    """Một việc: đã làm đến đâu, kết quả hoặc lý do không xong."""
    prepared_database(answer.say)
    one = get_job(job_id, by=looker("jobs.see_jobs", usernames))
    lines = [_line(one), f"Giao bởi {one.asker} lúc {timezone.localtime(one.asked_at):%H:%M %d/%m/%Y}."]
    if one.fault:
        lines += [one.fault, f"Làm tiếp: ansinh jobs resume {one.job_id}"]
    lines += [f"  {name}: {value}" for name, value in one.result.items()]
    answer.give(_facts(one), "\n".join(lines))


@command.command("import-register")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--place", "place_code", required=True, help="Mã địa bàn: 2, 3 hoặc 5 chữ số.")
@click.option("--month", required=True, type=MONTH, help="Tháng đầu tiên chi trả trên hệ thống, ví dụ 2020-08.")
@as_option
@json_option
@click.pass_obj
def import_register(answer: Answer, *, file: Path, place_code: str, month: Month, usernames: tuple[str, ...]) -> None:
    """Giao việc nhập sổ đối tượng từ FILE cho tiến trình xử lý."""
    _asked(answer, "register_import", {"place_code": place_code, "month": str(month)}, usernames, file)


@command.command("month")
@click.argument("step", type=click.Choice(["open", "compute", "check", "submit", "approve"]))
@click.argument("month", type=MONTH)
@click.option("--place", "place_code", required=True, help="Mã địa bàn: 2, 3 hoặc 5 chữ số.")
@click.option(
    "--programme",
    type=click.Choice(_PROGRAMMES),
    default=ASSISTANCE,
    show_default=True,
    help="Chương trình: assistance là trợ giúp xã hội và hưu trí xã hội, merit là ưu đãi người có công.",
)
@as_option
@json_option
@click.pass_obj
def month_(
    answer: Answer, *, step: str, month: Month, place_code: str, programme: str, usernames: tuple[str, ...]
) -> None:
    """Giao việc làm bước STEP cho mọi danh sách tháng MONTH của một địa bàn."""
    arguments = {"place_code": place_code, "month": str(month), "programme": programme}
    _asked(answer, f"month_{step}", arguments, usernames)


@command.command("import-results")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--payer", required=True, help="Mã tổ chức chi trả.")
@click.option("--month", type=MONTH, help="Tháng của danh sách mà tệp trả lời.")
@as_option
@json_option
@click.pass_obj
def import_results(answer: Answer, *, file: Path, payer: str, month: Month | None, usernames: tuple[str, ...]) -> None:
    """Giao việc nhập tệp kết quả chi trả FILE cho tiến trình xử lý."""
    _asked(answer, "results_import", {"payer": payer, "month": str(month or "")}, usernames, file)


@command.command("apply-results")
@click.argument("file_id", type=int)
@as_option
@json_option
@click.pass_obj
def apply_results(answer: Answer, *, file_id: int, usernames: tuple[str, ...]) -> None:
    """Giao việc ghi nhận tệp kết quả số FILE_ID đã kiểm tra."""
    prepared_database(answer.say)
    payer = get_results_file(file_id, by=doer("reconcile.apply_results", usernames)).payer
    _asked(answer, "results_apply", {"file_id": file_id, "payer": payer}, usernames)


@command.command("cancel")
@click.argument("job_id", type=int)
@as_option
@json_option
@click.pass_obj
def cancel(answer: Answer, *, job_id: int, usernames: tuple[str, ...]) -> None:
    """Dừng việc JOB_ID: đang chờ thì dừng ngay, đang chạy thì dừng ở bước kế tiếp."""
    prepared_database(answer.say)
    moved = cancel_job(job_id=job_id, by=doer("jobs.cancel_job", usernames), at=now())
    told = "Sẽ dừng ở bước kế tiếp." if moved.state == RUNNING else f"{STATE_NAMES[moved.state]}."
    answer.give({"job_id": moved.job_id, "state": moved.state}, f"Việc số {moved.job_id}: {told}")


@command.command("resume")
@click.argument("job_id", type=int)
@as_option
@json_option
@click.pass_obj
def resume(answer: Answer, *, job_id: int, usernames: tuple[str, ...]) -> None:
    """Làm tiếp việc JOB_ID đã dừng hoặc không xong; phần đã lưu không làm lại."""
    prepared_database(answer.say)
    moved = resume_job(job_id=job_id, by=doer("jobs.resume_job", usernames), at=now())
    answer.give({"job_id": moved.job_id, "state": moved.state}, f"Việc số {moved.job_id} đang chờ làm tiếp.")


def _asked(
    answer: Answer, kind: str, arguments: dict[str, Any], usernames: tuple[str, ...], file: Path | None = None
) -> None:
    content = b"" if file is None else read_file(file)
    prepared_database(answer.say)
    by = doer(get_kind(kind).permission, usernames)
    name = "" if file is None else file.name
    asked = start_job(kind=kind, arguments=arguments, content=content, file_name=name, by=by, at=now())
    told = f"Đã giao việc số {asked.job_id}. Xem tiến độ: ansinh jobs show {asked.job_id}"
    answer.give({"job_id": asked.job_id, "state": "WAITING"}, told)


def _line(one: ShownJob) -> str:
    where = f" · {one.place_code}" if one.place_code else ""
    told = f" · {one.percent}%" if one.state == RUNNING and one.total else ""
    stopping = " · đang dừng" if one.is_stopping else ""
    return f"{one.job_id:>6}  {one.name_vi}{where}  {one.file_name}  {one.state_name}{told}{stopping}"


def _facts(one: ShownJob) -> dict[str, Any]:
    return {
        "job_id": one.job_id, "kind": one.kind, "arguments": one.arguments, "state": one.state, "done": one.done,
        "total": one.total, "percent": one.percent, "attempts": one.attempts, "asked_at": one.asked_at.isoformat(),
        "asked_by": one.asker, "is_stopping": one.is_stopping, "result": one.result, "fault_code": one.fault_code,
        "fault": one.fault,
    }  # fmt: skip
