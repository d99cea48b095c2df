"""`ansinh month play`: the whole month of a place in one go, for demonstrations, trials and tests."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from typing import Any

import click
from rich.progress import Progress

from ansinh.access.types import Actor
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.ops.acting import approver, finance, now, payer, preparer
from ansinh.ops.answer import Answer
from ansinh.ops.month_pay import MonthPaid, Payers, pay_month
from ansinh.ops.month_runs import MonthNotOpen, month_options, open_runs, runs_of
from ansinh.ops.preparation import prepared_database
from ansinh.payroll.actions import approve_run, check_run, clear_finding, compute_run, submit_run
from ansinh.payroll.queries import get_run, list_findings, summarise_runs
from ansinh.payroll.types import KIND_NAMES
from ansinh.policy import load_pack

# Written beside every blocking finding a played month passes over; nobody may mistake it for an officer's word.
PLAYED_REASON = "Chạy thử cả tháng: bỏ qua để đi tiếp, chưa có cán bộ xác minh"


@click.command("play")
@click.option("--unpaid", type=click.IntRange(min=0), default=0, help="Số lệnh chi để lại chưa lĩnh, chọn ngẫu nhiên.")
@click.option("--seed", type=int, default=1, show_default=True, help="Hạt giống của lựa chọn ngẫu nhiên.")
@click.option("--continue", "is_continued", is_flag=True, help="Làm tiếp tháng đang dở, ví dụ sau khi máy bị tắt.")
@month_options
def play(
    answer: Answer, *, unpaid: int, seed: int, is_continued: bool, month: Month, place_code: str, programme: str,
    usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Chạy cả tháng MONTH của một địa bàn, từ mở danh sách đến quyết toán."""
    prepared_database(answer.say)
    one, other = preparer(usernames), approver(usernames)
    people = Payers(one, finance(usernames), payer(usernames))
    opened = _begun(place_code, month, one, programme) if is_continued else []
    opened = opened or open_runs(place_code, month, one, answer, programme)
    with Progress(console=answer.console, transient=True) as bar:
        task = bar.add_task("Tính, kiểm tra, trình, duyệt", total=len(opened) + 1)
        for run_id, _ in opened:
            play_run(run_id, one, other)
            bar.advance(task)
        bar.update(task, description="Lệnh chi, chuyển tiền, kết quả, quyết toán")
        played = [
            run for run in runs_of(place_code, month, one, programme) if run.pk in {run_id for run_id, _ in opened}
        ]
        paid = pay_month(played, place_code, month, people=people, unpaid=unpaid, seed=seed)
    summary = summarise_runs(played)
    facts = {
        "month": str(month),
        "place": place_code,
        **summary,
        **asdict(paid),
        "list_digests": [run.list_digest for run in played],
    }
    answer.give(facts, _told(month, place_code, summary, paid))


def _begun(place_code: str, month: Month, by: Actor, programme: str) -> list[tuple[int, int]]:
    """The runs of the place's month that are there already."""
    with suppress(MonthNotOpen):
        return [(run.pk, 0) for run in runs_of(place_code, month, by, programme)]
    return []


def play_run(run_id: int, one: Actor, other: Actor) -> None:
    """One opened run through every step left, blocking findings passed over under the played reason."""
    run = get_run(run_id, by=one)
    if run.state not in ("SUBMITTED", "APPROVED"):
        compute_run(run_id=run_id, by=one, at=now())
        check_run(run_id=run_id, by=one, at=now())
        for finding in list_findings(run, severity="blocking"):
            if finding.cleared_at is None:
                clear_finding(run_id=run_id, finding_id=finding.pk, reason=PLAYED_REASON, by=one, at=now())
        submit_run(run_id=run_id, by=one, at=now())
    if run.state != "APPROVED":
        approve_run(run_id=run_id, by=other, at=now())


def _told(month: Month, place_code: str, summary: dict[str, Any], paid: MonthPaid) -> str:
    lines = [
        f"Tháng {month.vi}, địa bàn {place_code}: {summary['lines']} dòng, {Dong(summary['total_dong'])} đồng.",
        *(f"  {KIND_NAMES[kind]}: {Dong(dong)} đồng" for kind, dong in summary["by_kind"].items() if dong),
        "Theo nhóm:",
        *(
            f"  {name}: {cell['count']} dòng, {Dong(cell['amount'])} đồng"
            for name, cell in _shown_groups(month, summary)
        ),
        f"Đã chi {Dong(paid.paid_dong)} đồng, chưa lĩnh {Dong(paid.unpaid_dong)} đồng.",
    ]
    if paid.carried_dong:
        lines.append(f"Trong đó tiền chưa lĩnh của các tháng trước: {Dong(paid.carried_dong)} đồng.")
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
