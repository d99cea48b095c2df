"""`ansinh month …`: the month of a place, step by step or played whole."""

from __future__ import annotations

from typing import Any

import click

from ansinh.kernel.digest import short_digest
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.ops.acting import approver, countersigner, now, preparer
from ansinh.ops.answer import Answer
from ansinh.ops.comparing import compare
from ansinh.ops.month_money import close, issue, release
from ansinh.ops.month_play import play
from ansinh.ops.month_runs import month_options, open_runs, runs_of
from ansinh.ops.month_thresholds import threshold
from ansinh.ops.month_together import apart, together
from ansinh.ops.preparation import prepared_database
from ansinh.payroll.actions import (
    approve_run,
    cancel_run,
    check_run,
    clear_finding,
    compute_run,
    countersign_run,
    return_run,
    submit_run,
)
from ansinh.payroll.queries import list_findings
from ansinh.payroll.types import STATE_NAMES


@click.group("month")
def command() -> None:
    """Kỳ chi trả của một tháng: mở, tính, kiểm tra, trình, duyệt, chi trả, quyết toán; hoặc chạy cả tháng."""


@command.command("open")
@month_options
def open_(answer: Answer, *, month: Month, place_code: str, programme: str, usernames: tuple[str, ...]) -> None:
    """Mở tháng MONTH và chốt những ai có trong danh sách."""
    prepared_database(answer.say)
    opened = open_runs(place_code, month, preparer(usernames), answer, programme)
    people = sum(count for _, count in opened)
    answer.give(
        {"runs": [run_id for run_id, _ in opened], "people": people},
        f"Đã mở tháng {month.vi}: {len(opened)} kỳ chi trả, {people} người.",
    )


@command.command("compute")
@month_options
def compute(answer: Answer, *, month: Month, place_code: str, programme: str, usernames: tuple[str, ...]) -> None:
    """Tính số tiền: số phải trả trừ số đã lên danh sách."""
    prepared_database(answer.say)
    by = preparer(usernames)
    done = [compute_run(run_id=run.pk, by=by, at=now()) for run in runs_of(place_code, month, by, programme)]
    total = sum(one.total_dong.value for one in done)
    lines = sum(one.lines for one in done)
    answer.give(
        {"lines": lines, "total_dong": total, "added": sum(one.added for one in done),
         "removed": sum(one.removed for one in done)},
        f"{lines} dòng, {Dong(total)} đồng.",
    )  # fmt: skip


@command.command("check")
@month_options
def check(answer: Answer, *, month: Month, place_code: str, programme: str, usernames: tuple[str, ...]) -> None:
    """Kiểm tra danh sách và ghi các phát hiện."""
    prepared_database(answer.say)
    by = preparer(usernames)
    runs = runs_of(place_code, month, by, programme)
    done = [check_run(run_id=run.pk, by=by, at=now()) for run in runs]
    found = [finding for run in runs for finding in list_findings(run)]
    facts = {
        "blocking": sum(one.blocking for one in done),
        "open_blocking": sum(one.open_blocking for one in done),
        "warnings": sum(one.warnings for one in done),
        "findings": [
            {"id": f.pk, "code": f.code, "severity": f.severity, "person_id": f.person_id, "message": f.message}
            for f in found
        ],
    }
    text = f"{facts['open_blocking']} phát hiện chặn, {facts['warnings']} cảnh báo."
    answer.give(facts, "\n".join([text, *(f"  {f.pk:>6} {f.message}" for f in found[:20])]))


@command.command("submit")
@month_options
def submit(answer: Answer, *, month: Month, place_code: str, programme: str, usernames: tuple[str, ...]) -> None:
    """Trình danh sách cho người phê duyệt."""
    prepared_database(answer.say)
    by = preparer(usernames)
    _move(answer, [submit_run(run_id=run.pk, by=by, at=now()) for run in runs_of(place_code, month, by, programme)])


@command.command("approve")
@month_options
def approve(answer: Answer, *, month: Month, place_code: str, programme: str, usernames: tuple[str, ...]) -> None:
    """Phê duyệt danh sách; từ đây không dòng nào thay đổi được nữa."""
    prepared_database(answer.say)
    by = approver(usernames)
    _move(answer, [approve_run(run_id=run.pk, by=by, at=now()) for run in runs_of(place_code, month, by, programme)])


@command.command("countersign")
@month_options
def countersign(answer: Answer, *, month: Month, place_code: str, programme: str, usernames: tuple[str, ...]) -> None:
    """Phê duyệt lần hai những danh sách vượt ngưỡng, sau người duyệt lần một."""
    prepared_database(answer.say)
    runs = runs_of(place_code, month, countersigner(usernames, None), programme)
    wanted = [run for run in runs if run.state == "ENDORSED"] or runs
    _move(
        answer,
        [countersign_run(run_id=run.pk, by=countersigner(usernames, run.approved_by), at=now()) for run in wanted],
    )


@command.command("clear")
@click.argument("finding_id", type=int)
@click.option("--reason", required=True, help="Vì sao phát hiện này không ngăn việc chi trả.")
@month_options
def clear(
    answer: Answer,
    *,
    finding_id: int,
    reason: str,
    month: Month,
    place_code: str,
    programme: str,
    usernames: tuple[str, ...],
) -> None:
    """Giải quyết phát hiện số FINDING_ID bằng một lý do (xem số bằng: ansinh month check)."""
    prepared_database(answer.say)
    by = preparer(usernames)
    runs = runs_of(place_code, month, by, programme)
    wanted = [run for run in runs if any(found.pk == finding_id for found in list_findings(run))]
    run = (wanted or runs)[0]
    done = clear_finding(run_id=run.pk, finding_id=finding_id, reason=reason, by=by, at=now())
    answer.give(
        {"run_id": done.run_id, "open_blocking": done.open_blocking},
        f"Đã ghi lý do. Còn {done.open_blocking} phát hiện chặn.",
    )


@command.command("return")
@click.option("--reason", required=True, help="Vì sao trả lại.")
@month_options
def return_(
    answer: Answer, *, reason: str, month: Month, place_code: str, programme: str, usernames: tuple[str, ...]
) -> None:
    """Trả danh sách đã trình về cho người lập."""
    prepared_database(answer.say)
    by = approver(usernames)
    runs = runs_of(place_code, month, by, programme)
    _move(answer, [return_run(run_id=run.pk, reason=reason, by=by, at=now()) for run in runs])


@command.command("cancel")
@click.option("--reason", required=True, help="Vì sao hủy.")
@month_options
def cancel(
    answer: Answer, *, reason: str, month: Month, place_code: str, programme: str, usernames: tuple[str, ...]
) -> None:
    """Hủy kỳ chi trả chưa trình duyệt, để sửa sổ rồi mở lại."""
    prepared_database(answer.say)
    by = preparer(usernames)
    runs = runs_of(place_code, month, by, programme)
    _move(answer, [cancel_run(run_id=run.pk, reason=reason, by=by, at=now()) for run in runs])


def _move(answer: Answer, moved: list[Any]) -> None:
    facts = {"runs": [{"run_id": m.run_id, "state": m.state, "list_digest": m.list_digest} for m in moved]}
    text = "\n".join(
        f"Kỳ chi trả {m.run_id}: {STATE_NAMES[m.state]}."
        + (" Danh sách vượt ngưỡng: cần một người nữa duyệt (month countersign)." if m.state == "ENDORSED" else "")
        + (f" Mã kiểm tra {short_digest(m.list_digest)}" if m.list_digest else "")
        for m in moved
    )
    answer.give(facts, text)


for step in (together, apart, issue, release, close, play, compare, threshold):
    command.add_command(step)
