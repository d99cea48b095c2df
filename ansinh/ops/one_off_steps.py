"""`ansinh one-off open|pay-together|submit|approve|issue|play`: the list of an occasion from frozen to paid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

import click

from ansinh.access.types import Actor
from ansinh.kernel.digest import short_digest
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import approver, finance, now, payer, preparer
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.month_pay import Payers, pay_runs
from ansinh.ops.month_play import play_run
from ansinh.ops.month_runs import runs_of
from ansinh.ops.month_together import join_runs
from ansinh.ops.options import MONTH, as_option
from ansinh.ops.preparation import prepared_database
from ansinh.payout.actions import issue_orders
from ansinh.payroll.actions import approve_run, check_run, compute_run, open_occasion, submit_run
from ansinh.payroll.queries import get_occasion, get_run, list_findings
from ansinh.payroll.types import STATE_NAMES, RunMoved


class OccasionNotOpen(Refusal):
    """Danh sách của "{title}" chưa được chốt. Hãy chốt trước, bằng lệnh: ansinh one-off open {occasion_id}."""


def _step(function: Callable[..., None]) -> Callable[..., None]:
    for decorate in (click.pass_obj, json_option, as_option, click.argument("occasion_id", type=int)):
        function = decorate(function)
    return function


@click.command("open")
@_step
def open_(answer: Answer, occasion_id: int, usernames: tuple[str, ...]) -> None:
    """Chốt danh sách của đợt chi OCCASION_ID, tính tiền và kiểm tra."""
    prepared_database(answer.say)
    by = preparer(usernames)
    opened = open_occasion(occasion_id=occasion_id, by=by, at=now())
    computed = compute_run(run_id=opened.run_id, by=by, at=now())
    checked = check_run(run_id=opened.run_id, by=by, at=now())
    found = list_findings(get_run(opened.run_id, by=by))
    facts = {
        "run_id": opened.run_id,
        "people": opened.people,
        "total_dong": computed.total_dong.value,
        "open_blocking": checked.open_blocking,
        "findings": [{"id": one.pk, "code": one.code, "message": one.message} for one in found],
    }
    told = f"Kỳ chi trả {opened.run_id}: {opened.people} suất, {computed.total_dong} đồng"
    told += f"; {checked.open_blocking} phát hiện chặn."
    answer.give(facts, "\n".join([told, *(f"  {one.pk:>6} {one.message}" for one in found)]))


@click.command("submit")
@_step
def submit(answer: Answer, occasion_id: int, usernames: tuple[str, ...]) -> None:
    """Trình danh sách của đợt chi OCCASION_ID cho người phê duyệt."""
    prepared_database(answer.say)
    by = preparer(usernames)
    _tell(answer, submit_run(run_id=run_of(occasion_id, by), by=by, at=now()))


@click.command("approve")
@_step
def approve(answer: Answer, occasion_id: int, usernames: tuple[str, ...]) -> None:
    """Phê duyệt danh sách của đợt chi OCCASION_ID; từ đây không sửa được nữa."""
    prepared_database(answer.say)
    by = approver(usernames)
    _tell(answer, approve_run(run_id=run_of(occasion_id, by), by=by, at=now()))


@click.command("issue")
@_step
def issue(answer: Answer, occasion_id: int, usernames: tuple[str, ...]) -> None:
    """Lập lệnh chi cho danh sách đã duyệt; chuyển tiền, xuất chi, quyết toán như mọi kỳ của tháng."""
    prepared_database(answer.say)
    by = preparer(usernames)
    done = issue_orders(run_id=run_of(occasion_id, by), by=by, at=now())
    facts = {"run_id": done.run_id, "new_orders": done.new_orders, "total_dong": done.total_dong.value}
    answer.give(facts, f"{done.new_orders} lệnh chi mới, {done.total_dong} đồng.")


@click.command("play")
@click.option("--unpaid", type=click.IntRange(min=0), default=0, help="Số lệnh chi để lại chưa lĩnh, chọn ngẫu nhiên.")
@click.option("--seed", type=int, default=1, show_default=True, help="Hạt giống của lựa chọn ngẫu nhiên.")
@_step
def play(answer: Answer, *, occasion_id: int, unpaid: int, seed: int, usernames: tuple[str, ...]) -> None:
    """Chạy thử đợt chi OCCASION_ID từ chốt danh sách đến kết quả chi trả; tháng quyết toán bằng: ansinh month close."""
    prepared_database(answer.say)
    one, other = preparer(usernames), approver(usernames)
    card = get_occasion(occasion_id, by=one)
    run_id = card.run_id or open_occasion(occasion_id=occasion_id, by=one, at=now()).run_id
    play_run(run_id, one, other, usernames)
    people = Payers(one, finance(usernames), payer(usernames))
    paid = pay_runs([get_run(run_id, by=one)], card.month, people=people, unpaid=unpaid, seed=seed)
    told = f"{card.title}: đã chi {Dong(paid.paid_dong)} đồng, chưa lĩnh {Dong(paid.unpaid_dong)} đồng."
    answer.give({"occasion_id": occasion_id, "run_id": run_id, **asdict(paid)}, told)


@click.command("pay-together")
@click.option(
    "--with-month", type=MONTH, required=True, help="Tháng đã duyệt, chưa lập lệnh chi, mà tiền chi chung vào."
)
@click.option("--reason", required=True, help="Văn bản hoặc lý do chi chung.")
@_step
def together(answer: Answer, *, occasion_id: int, with_month: Month, reason: str, usernames: tuple[str, ...]) -> None:
    """Chi đợt OCCASION_ID cùng lệnh chi với danh sách hằng tháng, trước khi trình; lệnh chi lập ở kỳ của tháng."""
    prepared_database(answer.say)
    by = preparer(usernames)
    run = get_run(run_of(occasion_id, by), by=by)
    (done,) = join_runs([run], runs_of(run.place_code, with_month, by), reason, by)
    told = f"Kỳ chi trả {done.run_id} chi chung với kỳ {done.paid_with_id} (tháng {with_month.vi})."
    answer.give({"run_id": done.run_id, "paid_with": done.paid_with_id, "reason": done.reason}, told)


def run_of(occasion_id: int, by: Actor) -> int:
    """The live run of an occasion; refuses (OccasionNotOpen) one whose list is not frozen."""
    card = get_occasion(occasion_id, by=by)
    if card.run_id is None:
        raise OccasionNotOpen(title=card.title, occasion_id=occasion_id)
    return card.run_id


def _tell(answer: Answer, moved: RunMoved) -> None:
    facts = {"run_id": moved.run_id, "state": moved.state, "list_digest": moved.list_digest}
    told = f"Kỳ chi trả {moved.run_id}: {STATE_NAMES[moved.state]}. Mã kiểm tra {short_digest(moved.list_digest)}."
    answer.give(facts, told)
