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
from ansinh.ops.acting import approver, countersigner, finance, now, payer, preparer
from ansinh.ops.answer import Answer
from ansinh.ops.month_money import NothingToClose, close_place
from ansinh.ops.month_pay import MonthPaid, Payers, pay_month
from ansinh.ops.month_runs import MonthNotOpen, month_options, open_runs, runs_of
from ansinh.ops.month_together import joined
from ansinh.ops.options import MONTH
from ansinh.ops.preparation import prepared_database
from ansinh.payroll.actions import approve_run, check_run, clear_finding, compute_run, countersign_run, submit_run
from ansinh.payroll.queries import Run, get_run, list_findings, summarise_runs
from ansinh.payroll.types import KIND_NAMES, PREPARED_STATES, UNSIGNED_STATES
from ansinh.policy import load_pack

# Written beside every blocking finding a played month passes over; nobody may mistake it for an officer's word.
PLAYED_REASON = "Chạy thử cả tháng: bỏ qua để đi tiếp, chưa có cán bộ xác minh"
PLAYED_TOGETHER = "Chạy thử: chi chung hai tháng một lần"


@click.command("play")
@click.option("--unpaid", type=click.IntRange(min=0), default=0, help="Số lệnh chi để lại chưa lĩnh, chọn ngẫu nhiên.")
@click.option("--seed", type=int, default=1, show_default=True, help="Hạt giống của lựa chọn ngẫu nhiên.")
@click.option("--also", type=MONTH, help="Chi chung cả tháng này (sau tháng MONTH) trong cùng một lần chi.")
@click.option("--continue", "is_continued", is_flag=True, help="Làm tiếp tháng đang dở, ví dụ sau khi máy bị tắt.")
@month_options
def play(
    answer: Answer, *, unpaid: int, seed: int, also: Month | None, is_continued: bool, month: Month, place_code: str,
    programme: str, usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Chạy cả tháng MONTH của một địa bàn, từ mở danh sách đến quyết toán."""
    prepared_database(answer.say)
    one, other = preparer(usernames), approver(usernames)
    people = Payers(one, finance(usernames), payer(usernames))
    played: list[Run] = []
    for each in (month, also) if also else (month,):
        opened = _begun(place_code, each, one, programme) if is_continued else []
        opened = opened or open_runs(place_code, each, one, answer, programme)
        with Progress(console=answer.console, transient=True) as bar:
            task = bar.add_task(f"Tính, kiểm tra, trình, duyệt tháng {each.vi}", total=len(opened))
            for run_id, _ in opened:
                if each != month:
                    joined(run_id, played, PLAYED_TOGETHER, one)
                play_run(run_id, one, other, usernames)
                bar.advance(task)
        played += [
            run for run in runs_of(place_code, each, one, programme) if run.pk in {run_id for run_id, _ in opened}
        ]
    answer.say("Lệnh chi, chuyển tiền, kết quả, quyết toán…")
    leads = [run for run in played if run.paid_with_id is None]
    paid = pay_month(leads, place_code, month, people=people, unpaid=unpaid, seed=seed)
    if also:
        # It has no batch of its own; money nobody collected is carried through it.
        with suppress(NothingToClose):
            close_place(place_code, also, confirms=one, closes=people.finance, is_continued=True)
    summary = summarise_runs(played)
    facts = {
        "month": str(month),
        "place": place_code,
        **({"also": str(also)} if also else {}),
        **summary,
        **asdict(paid),
        "list_digests": [run.list_digest for run in played],
    }
    answer.give(facts, _told(month, place_code, summary, paid, also=also))


def _begun(place_code: str, month: Month, by: Actor, programme: str) -> list[tuple[int, int]]:
    """The runs of the place's month that are there already."""
    with suppress(MonthNotOpen):
        return [(run.pk, 0) for run in runs_of(place_code, month, by, programme)]
    return []


def play_run(run_id: int, one: Actor, other: Actor, usernames: tuple[str, ...] = ()) -> None:
    """One opened run through every step left, blocking findings passed over under the played reason.

    Above a threshold the second approval is that of another of `usernames` who may.
    """
    run = get_run(run_id, by=one)
    if run.state in PREPARED_STATES:
        compute_run(run_id=run_id, by=one, at=now())
        check_run(run_id=run_id, by=one, at=now())
        for finding in list_findings(run, severity="blocking"):
            if finding.cleared_at is None:
                clear_finding(run_id=run_id, finding_id=finding.pk, reason=PLAYED_REASON, by=one, at=now())
        submit_run(run_id=run_id, by=one, at=now())
    if run.state in UNSIGNED_STATES:
        approve_run(run_id=run_id, by=other, at=now())
    run.refresh_from_db()
    if run.state == "ENDORSED":
        countersign_run(run_id=run_id, by=countersigner(usernames, run.approved_by), at=now())


def _told(month: Month, place_code: str, summary: dict[str, Any], paid: MonthPaid, *, also: Month | None = None) -> str:
    months = f"{month.vi} và {also.vi} (chi chung một lần)" if also else month.vi
    lines = [
        f"Tháng {months}, địa bàn {place_code}: {summary['lines']} dòng, {Dong(summary['total_dong'])} đồng.",
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
