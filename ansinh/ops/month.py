"""`ansinh month …`: the month of a place, step by step or played whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click
from django.db import transaction
from rich.progress import Progress

from ansinh.access.types import Actor
from ansinh.kernel.digest import short_digest
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import MONTH, approver, as_option, now, preparer
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.preparation import prepared_database
from ansinh.payroll.actions import (
    NobodyToPay,
    approve_run,
    cancel_run,
    check_run,
    clear_finding,
    compute_run,
    open_run,
    return_run,
    submit_run,
)
from ansinh.payroll.queries import Run, find_run, get_run, list_findings, list_runs, summarise_runs
from ansinh.payroll.types import KIND_NAMES, STATE_NAMES
from ansinh.places.queries import deciding_bodies, get_place
from ansinh.policy import load_pack

# Written beside every blocking finding a played month passes over; nobody may mistake it for an officer's word.
PLAYED_REASON = "Chạy thử cả tháng: bỏ qua để đi tiếp, chưa có cán bộ xác minh"


class MonthNotOpen(Refusal):
    """Tháng {month} của địa bàn {place} chưa được mở. Hãy mở trước: ansinh month open {month_code} --place {place}."""


@click.group("month")
def command() -> None:
    """Kỳ chi trả của một tháng: mở, tính, kiểm tra, trình, duyệt; hoặc chạy cả tháng."""


def _shared(function: Callable[..., None]) -> Callable[..., None]:
    """Argument and options every step has."""
    for decorate in (
        click.pass_obj,
        json_option,
        as_option,
        click.option("--place", "place_code", required=True, help="Mã địa bàn: 2, 3 hoặc 5 chữ số."),
        click.argument("month", type=MONTH),
    ):
        function = decorate(function)
    return function


@command.command("open")
@_shared
def open_(answer: Answer, month: Month, place_code: str, usernames: tuple[str, ...]) -> None:
    """Mở tháng MONTH và chốt những ai có trong danh sách."""
    prepared_database(answer.say)
    opened = _open_runs(place_code, month, preparer(usernames), answer)
    people = sum(count for _, count in opened)
    answer.give(
        {"runs": [run_id for run_id, _ in opened], "people": people},
        f"Đã mở tháng {month.vi}: {len(opened)} kỳ chi trả, {people} người.",
    )


@command.command("compute")
@_shared
def compute(answer: Answer, month: Month, place_code: str, usernames: tuple[str, ...]) -> None:
    """Tính số tiền: số phải trả trừ số đã lên danh sách."""
    prepared_database(answer.say)
    by = preparer(usernames)
    done = [compute_run(run_id=run.pk, by=by, at=now()) for run in _runs_of(place_code, month, by)]
    total = sum(one.total_dong.value for one in done)
    lines = sum(one.lines for one in done)
    answer.give(
        {"lines": lines, "total_dong": total, "added": sum(one.added for one in done),
         "removed": sum(one.removed for one in done)},
        f"{lines} dòng, {Dong(total)} đồng.",
    )  # fmt: skip


@command.command("check")
@_shared
def check(answer: Answer, month: Month, place_code: str, usernames: tuple[str, ...]) -> None:
    """Kiểm tra danh sách và ghi các phát hiện."""
    prepared_database(answer.say)
    by = preparer(usernames)
    runs = _runs_of(place_code, month, by)
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
@_shared
def submit(answer: Answer, month: Month, place_code: str, usernames: tuple[str, ...]) -> None:
    """Trình danh sách cho người phê duyệt."""
    prepared_database(answer.say)
    by = preparer(usernames)
    _move(answer, [submit_run(run_id=run.pk, by=by, at=now()) for run in _runs_of(place_code, month, by)])


@command.command("approve")
@_shared
def approve(answer: Answer, month: Month, place_code: str, usernames: tuple[str, ...]) -> None:
    """Phê duyệt danh sách; từ đây không dòng nào thay đổi được nữa."""
    prepared_database(answer.say)
    by = approver(usernames)
    _move(answer, [approve_run(run_id=run.pk, by=by, at=now()) for run in _runs_of(place_code, month, by)])


@command.command("clear")
@click.argument("finding_id", type=int)
@click.option("--reason", required=True, help="Vì sao phát hiện này không ngăn việc chi trả.")
@_shared
def clear(
    answer: Answer, *, finding_id: int, reason: str, month: Month, place_code: str, usernames: tuple[str, ...]
) -> None:
    """Giải quyết phát hiện số FINDING_ID bằng một lý do (xem số bằng: ansinh month check)."""
    prepared_database(answer.say)
    by = preparer(usernames)
    runs = _runs_of(place_code, month, by)
    wanted = [run for run in runs if any(found.pk == finding_id for found in list_findings(run))]
    run = (wanted or runs)[0]
    done = clear_finding(run_id=run.pk, finding_id=finding_id, reason=reason, by=by, at=now())
    answer.give(
        {"run_id": done.run_id, "open_blocking": done.open_blocking},
        f"Đã ghi lý do. Còn {done.open_blocking} phát hiện chặn.",
    )


@command.command("return")
@click.option("--reason", required=True, help="Vì sao trả lại.")
@_shared
def return_(answer: Answer, *, reason: str, month: Month, place_code: str, usernames: tuple[str, ...]) -> None:
    """Trả danh sách đã trình về cho người lập."""
    prepared_database(answer.say)
    by = approver(usernames)
    runs = _runs_of(place_code, month, by)
    _move(answer, [return_run(run_id=run.pk, reason=reason, by=by, at=now()) for run in runs])


@command.command("cancel")
@click.option("--reason", required=True, help="Vì sao hủy.")
@_shared
def cancel(answer: Answer, *, reason: str, month: Month, place_code: str, usernames: tuple[str, ...]) -> None:
    """Hủy kỳ chi trả chưa trình duyệt, để sửa sổ rồi mở lại."""
    prepared_database(answer.say)
    by = preparer(usernames)
    runs = _runs_of(place_code, month, by)
    _move(answer, [cancel_run(run_id=run.pk, reason=reason, by=by, at=now()) for run in runs])


@command.command("play")
@_shared
def play(answer: Answer, month: Month, place_code: str, usernames: tuple[str, ...]) -> None:
    """Chạy cả tháng MONTH của một địa bàn, từ mở đến duyệt."""
    prepared_database(answer.say)
    one, other = preparer(usernames), approver(usernames)
    opened = _open_runs(place_code, month, one, answer)
    with Progress(console=answer.console, transient=True) as bar:
        task = bar.add_task("Tính, kiểm tra, trình, duyệt", total=len(opened))
        for run_id, _ in opened:
            play_run(run_id, one, other)
            bar.advance(task)
    played = [run for run in _runs_of(place_code, month, one) if run.pk in {run_id for run_id, _ in opened}]
    summary = summarise_runs(played)
    facts = {"month": str(month), "place": place_code, **summary, "list_digests": [run.list_digest for run in played]}
    answer.give(facts, _told(month, place_code, summary))


def play_run(run_id: int, one: Actor, other: Actor) -> None:
    """One opened run through every step left, blocking findings passed over under the played reason."""
    compute_run(run_id=run_id, by=one, at=now())
    check_run(run_id=run_id, by=one, at=now())
    run = get_run(run_id, by=one)
    for finding in list_findings(run, severity="blocking"):
        if finding.cleared_at is None:
            clear_finding(run_id=run_id, finding_id=finding.pk, reason=PLAYED_REASON, by=one, at=now())
    submit_run(run_id=run_id, by=one, at=now())
    approve_run(run_id=run_id, by=other, at=now())


def _open_runs(place_code: str, month: Month, by: Actor, answer: Answer) -> list[tuple[int, int]]:
    """A run for each deciding body of the place that day; of a place below them, for the place itself."""
    place = get_place(place_code, month.first_day)
    bodies = deciding_bodies(place, month.first_day)
    codes = [body.code for body in bodies if place.code in body.path] or [place_code]
    opened = []
    with Progress(console=answer.console, transient=True) as bar:
        task = bar.add_task("Xác định mức hưởng từng người", total=None)

        def step(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        # All open or none: a month half opened would look finished for some communes.
        with transaction.atomic():
            for code in codes:
                try:
                    run = open_run(place_code=code, month=month, by=by, at=now(), progress=step)
                except NobodyToPay:
                    if len(codes) == 1:
                        raise
                    continue
                opened.append((run.run_id, run.people))
    if not opened:
        raise NobodyToPay(place=place_code, month=month.vi)
    return opened


def _runs_of(place_code: str, month: Month, by: Actor) -> list[Run]:
    """The live runs of a place's month: its own, else those of the deciding bodies below it."""
    own = find_run(place_code, month, by=by)
    if own is not None:
        return [own]
    place = get_place(place_code, month.first_day)
    bodies = {body.code for body in deciding_bodies(place, month.first_day)}
    runs = [run for run in list_runs(by=by, month=month) if run.place_code in bodies and run.state != "CANCELLED"]
    if not runs:
        raise MonthNotOpen(month=month.vi, month_code=month, place=place_code)
    return runs


def _move(answer: Answer, moved: list[Any]) -> None:
    facts = {"runs": [{"run_id": m.run_id, "state": m.state, "list_digest": m.list_digest} for m in moved]}
    text = "\n".join(
        f"Kỳ chi trả {m.run_id}: {STATE_NAMES[m.state]}."
        + (f" Mã danh sách {short_digest(m.list_digest)}" if m.list_digest else "")
        for m in moved
    )
    answer.give(facts, text)


def _told(month: Month, place_code: str, summary: dict[str, Any]) -> str:
    lines = [
        f"Tháng {month.vi}, địa bàn {place_code}: {summary['lines']} dòng, {Dong(summary['total_dong'])} đồng.",
        *(f"  {KIND_NAMES[kind]}: {Dong(dong)} đồng" for kind, dong in summary["by_kind"].items() if dong),
        "Theo nhóm:",
        *(
            f"  {name}: {cell['count']} dòng, {Dong(cell['amount'])} đồng"
            for name, cell in _shown_groups(month, summary)
        ),
    ]
    return "\n".join(lines)


def _shown_groups(month: Month, summary: dict[str, Any]) -> list[tuple[str, dict[str, int]]]:
    """The groups in printed order; of a single commune, those that would tell of HIV are joined with another."""
    pack = load_pack()
    order = pack.list_groups(month)
    hidden = {pack.group_of(category.code, month) for category in pack.categories if category.is_hiv}
    groups = sorted(summary["by_group"].items(), key=lambda item: order.index(item[0]) if item[0] in order else 99)
    if len(summary["by_commune"]) > 1:
        return groups
    plain = [(name, cell) for name, cell in groups if name not in hidden]
    veiled = [cell for name, cell in groups if name in hidden]
    if veiled and plain:
        name, last = plain[-1]
        joined = {key: last[key] + sum(cell[key] for cell in veiled) for key in last}
        plain[-1] = (f"{name}; đối tượng khác", joined)
    return plain
