"""`ansinh month …`: the month of a place, step by step or played whole."""

from __future__ import annotations

from collections import Counter
from typing import Any

import click

from ansinh.kernel.digest import short_digest
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.ops.acting import approver, countersigner, now, preparer
from ansinh.ops.answer import Answer
from ansinh.ops.comparing import compare
from ansinh.ops.month_many import MOST_TOLD, Stepped, give_many
from ansinh.ops.month_money import close, issue, release
from ansinh.ops.month_play import play
from ansinh.ops.month_refresh import refresh
from ansinh.ops.month_runs import compute_all, month_options, open_many, runs_of, step_options, step_runs
from ansinh.ops.month_thresholds import threshold
from ansinh.ops.month_together import apart, together
from ansinh.ops.preparation import prepared_database
from ansinh.payroll.actions import (
    approve_run,
    approve_runs,
    cancel_run,
    check_run,
    clear_finding,
    countersign_run,
    return_run,
    submit_run,
)
from ansinh.payroll.queries import get_run, list_findings
from ansinh.payroll.types import PREPARED_STATES, STATE_NAMES, UNSIGNED_STATES, RunMoved


@click.group("month")
def command() -> None:
    """Kỳ chi trả của một tháng: mở, tính, kiểm tra, trình, duyệt, chi trả, quyết toán; hoặc chạy cả tháng."""


command.add_command(refresh)


@command.command("open")
@step_options
def open_(
    answer: Answer, *, month: Month, place_code: str, programme: str, workers: int, usernames: tuple[str, ...]
) -> int:
    """Mở tháng MONTH và chốt những ai có trong danh sách."""
    prepared_database(answer.say)
    opened = open_many(place_code, month, preparer(usernames), answer, programme, workers=workers)
    people = sum(run.people for run in opened.done)
    return give_many(
        answer, opened, {"runs": [run.run_id for run in opened.done], "people": people},
        f"Đã mở tháng {month.vi}: {len(opened.done)} kỳ chi trả, {people} người.",
    )  # fmt: skip


@command.command("compute")
@step_options
def compute(
    answer: Answer, *, month: Month, place_code: str, programme: str, workers: int, usernames: tuple[str, ...]
) -> int:
    """Tính số tiền: số phải trả trừ số đã lên danh sách."""
    prepared_database(answer.say)
    by = preparer(usernames)
    computed = compute_all(runs_of(place_code, month, by, programme), by, answer, workers=workers)
    done = computed.done
    total = sum(one.total_dong.value for one in done)
    lines = sum(one.lines for one in done)
    facts = {
        "lines": lines, "total_dong": total, "added": sum(one.added for one in done),
        "removed": sum(one.removed for one in done),
    }  # fmt: skip
    return give_many(answer, computed, facts, f"{lines} dòng, {Dong(total)} đồng.")


@command.command("check")
@step_options
def check(
    answer: Answer, *, month: Month, place_code: str, programme: str, workers: int, usernames: tuple[str, ...]
) -> int:
    """Kiểm tra danh sách và ghi các phát hiện."""
    prepared_database(answer.say)
    by = preparer(usernames)
    runs = runs_of(place_code, month, by, programme)
    checked = step_runs(
        runs, lambda run: check_run(run_id=run.pk, by=by, at=now()),
        before=PREPARED_STATES, workers=workers, answer=answer, told="Kiểm tra",
    )  # fmt: skip
    done = checked.done
    found = [finding for one in done for finding in list_findings(get_run(one.run_id, by=by))]
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
    return give_many(answer, checked, facts, "\n".join([text, *(f"  {f.pk:>6} {f.message}" for f in found[:20])]))


@command.command("submit")
@step_options
def submit(
    answer: Answer, *, month: Month, place_code: str, programme: str, workers: int, usernames: tuple[str, ...]
) -> int:
    """Trình danh sách cho người phê duyệt."""
    prepared_database(answer.say)
    by = preparer(usernames)
    moved = step_runs(
        runs_of(place_code, month, by, programme), lambda run: submit_run(run_id=run.pk, by=by, at=now()),
        before=PREPARED_STATES, workers=workers, answer=answer, told="Trình duyệt",
    )  # fmt: skip
    return _move_many(answer, moved)


@command.command("approve")
@step_options
def approve(
    answer: Answer, *, month: Month, place_code: str, programme: str, workers: int, usernames: tuple[str, ...]
) -> int:
    """Phê duyệt danh sách; từ đây không dòng nào thay đổi được nữa."""
    prepared_database(answer.say)
    by = approver(usernames)
    moved = step_runs(
        runs_of(place_code, month, by, programme), lambda run: approve_run(run_id=run.pk, by=by, at=now()),
        before=UNSIGNED_STATES, workers=workers, answer=answer, told="Phê duyệt",
        together=lambda runs: approve_runs(run_ids=[run.pk for run in runs], by=by, at=now()).runs,
    )  # fmt: skip
    return _move_many(answer, moved)


@command.command("countersign")
@step_options
def countersign(
    answer: Answer, *, month: Month, place_code: str, programme: str, workers: int, usernames: tuple[str, ...]
) -> int:
    """Phê duyệt lần hai những danh sách vượt ngưỡng, sau người duyệt lần một."""
    prepared_database(answer.say)
    runs = runs_of(place_code, month, countersigner(usernames, None), programme)
    moved = step_runs(
        [run for run in runs if run.state == "ENDORSED"] or runs,
        lambda run: countersign_run(run_id=run.pk, by=countersigner(usernames, run.approved_by), at=now()),
        before=("ENDORSED",), workers=workers, answer=answer, told="Phê duyệt lần hai",
    )  # fmt: skip
    return _move_many(answer, moved)


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


def _move(answer: Answer, moved: list[RunMoved]) -> None:
    answer.give(_moved_facts(moved), _moved_told(moved))


def _move_many(answer: Answer, moved: Stepped[RunMoved]) -> int:
    return give_many(answer, moved, _moved_facts(moved.done), _moved_told(moved.done))


def _moved_facts(moved: list[RunMoved]) -> dict[str, Any]:
    return {"runs": [{"run_id": m.run_id, "state": m.state, "list_digest": m.list_digest} for m in moved]}


def _moved_told(moved: list[RunMoved]) -> str:
    """Each list by name, while they can be read; of more, how many stand where."""
    if len(moved) > MOST_TOLD:
        counted = Counter(m.state for m in moved)
        return "\n".join(f"{number} kỳ chi trả: {STATE_NAMES[state]}." for state, number in sorted(counted.items()))
    return "\n".join(
        f"Kỳ chi trả {m.run_id}: {STATE_NAMES[m.state]}."
        + (" Danh sách vượt ngưỡng: cần một người nữa duyệt (month countersign)." if m.state == "ENDORSED" else "")
        + (f" Mã kiểm tra {short_digest(m.list_digest)}" if m.list_digest else "")
        for m in moved
    )


for step in (together, apart, issue, release, close, play, compare, threshold):
    command.add_command(step)
