"""`ansinh month issue|release|close`: orders for an approved list, batches given free, the month settled."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ansinh.access.types import Actor
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import finance, now, preparer
from ansinh.ops.answer import Answer
from ansinh.ops.month_many import MOST_TOLD, give_many, step_over
from ansinh.ops.month_runs import place_options, reach_options, runs_of, step_options
from ansinh.ops.options import told_reach
from ansinh.ops.preparation import prepared_database
from ansinh.payout.actions import issue_orders, release_batch
from ansinh.payout.queries import Batch, list_batches
from ansinh.payout.types import BATCH_STATE_NAMES, OrdersIssued
from ansinh.payroll.queries import Run
from ansinh.settlement.actions import close_month, confirm_month
from ansinh.settlement.queries import list_settlements
from ansinh.settlement.types import SettlementClosed


class NothingToRelease(Refusal):
    """Tháng {month} ở nơi đã chọn không có đợt chi nào chờ xuất. Hãy lập lệnh chi trước, bằng lệnh:
    ansinh month issue {month_code} {reach}."""


class NothingToClose(Refusal):
    """Tháng {month} của địa bàn {place} chưa có đợt chi nào, nên không có gì để quyết toán."""


@click.command("issue")
@step_options
def issue(
    answer: Answer, *, month: Month, place_code: str, programme: str, workers: int, usernames: tuple[str, ...]
) -> int:
    """Lập lệnh chi cho danh sách đã phê duyệt; tiền chưa lĩnh của các tháng trước được đưa vào cùng đợt."""
    prepared_database(answer.say)
    by = preparer(usernames)
    # Done again it takes in only what stands in no batch yet: no list has it behind it for good. Those paid with
    # another are in its orders.
    runs = runs_of(place_code, month, by, programme)
    leads = [run for run in runs if run.paid_with_id is None]
    stepped = step_over(
        leads or runs, lambda run: _issued(run, by), place_of=lambda run: run.place_code, is_past=lambda _: False,
        workers=workers, answer=answer, told="Lập lệnh chi",
    )  # fmt: skip
    issued = [one for one, _ in stepped.done]
    batches = [batch for _, made in stepped.done for batch in made]
    facts = {
        "new_orders": sum(one.new_orders for one in issued),
        "carried_orders": sum(one.carried_orders for one in issued),
        "claims": sum(one.claims for one in issued),
        "left_out": sum(one.left_out for one in issued),
        "total_dong": sum(one.total_dong.value for one in issued),
        "batches": [_facts(batch) for batch in batches],
    }
    told = f"{facts['new_orders']} lệnh chi mới, {facts['carried_orders']} lệnh chưa lĩnh kỳ trước."
    return give_many(answer, stepped, facts, "\n".join([told, *_all_told(batches)]))


@click.command("release")
@reach_options
def release(answer: Answer, *, month: Month, place_code: str, workers: int, usernames: tuple[str, ...]) -> int:
    """Xuất chi các đợt đang chờ của tháng MONTH, khi tổ chức chi trả đã nhận đủ tiền."""
    prepared_database(answer.say)
    by = finance(usernames)
    waiting = [one for one in list_batches(by=by, month=month, place_code=place_code) if one.state == "ISSUED"]
    if not waiting:
        raise NothingToRelease(month=month.vi, month_code=month, place=place_code, reach=told_reach(place_code))
    stepped = step_over(
        waiting, lambda batch: _released(batch, by), place_of=lambda batch: batch.place_code, is_past=lambda _: False,
        workers=workers, answer=answer, told="Xuất chi",
    )  # fmt: skip
    facts = {"batches": [_facts(batch) for batch in stepped.done]}
    return give_many(answer, stepped, facts, "\n".join(_all_told(stepped.done)))


@click.command("close")
@place_options
def close(answer: Answer, month: Month, place_code: str, usernames: tuple[str, ...]) -> None:
    """Xác nhận kết quả chi trả và quyết toán tháng MONTH; chỉ đóng được khi chênh lệch bằng không."""
    prepared_database(answer.say)
    closed = close_place(place_code, month, confirms=preparer(usernames), closes=finance(usernames))
    facts = {"settlements": [_closed_facts(one) for one in closed]}
    answer.give(facts, "\n".join(map(_closed_told, closed)))


def close_place(
    place_code: str, month: Month, *, confirms: Actor, closes: Actor, is_continued: bool = False
) -> list[SettlementClosed]:
    """Confirm and close the month of every payer of the place, by two people; refuses (NothingToClose).

    Payers closed before are passed over while another waits: begun and broken off, it is done again to the end. With
    all closed it is refused, unless `is_continued`.
    """
    settled = list_settlements(place_code=place_code, month=month, by=closes)
    if not settled:
        raise NothingToClose(month=month.vi, place=place_code)
    waiting = dict.fromkeys(one.payer for one in settled if not one.is_closed)
    closed = []
    if not waiting and not is_continued:
        waiting = dict.fromkeys(one.payer for one in settled)
    for code in waiting:
        confirm_month(payer=code, place_code=place_code, month=month, by=confirms, at=now())
        closed.append(close_month(payer=code, place_code=place_code, month=month, by=closes, at=now()))
    return closed


def _issued(run: Run, by: Actor) -> tuple[OrdersIssued, list[Batch]]:
    issued = issue_orders(run_id=run.pk, by=by, at=now())
    return issued, [batch for batch in list_batches(by=by, run_id=run.pk) if batch.pk in issued.batch_ids]


def _released(batch: Batch, by: Actor) -> Batch:
    release_batch(batch_id=batch.pk, by=by, at=now())
    batch.refresh_from_db()
    return batch


def _all_told(batches: Sequence[Batch]) -> list[str]:
    """Each batch, while they can be read; of more, their sum."""
    if len(batches) <= MOST_TOLD:
        return [_told(batch) for batch in batches]
    orders = sum(batch.declared_count for batch in batches)
    dong = Dong(sum(batch.declared_dong.value for batch in batches))
    return [f"{len(batches)} đợt chi: {orders} lệnh, {dong} đồng, {BATCH_STATE_NAMES[batches[0].state].lower()}."]


def _facts(batch: Batch) -> dict[str, object]:
    return {
        "batch_id": batch.pk,
        "payer": batch.payer,
        "channel": batch.channel,
        "state": batch.state,
        "count": batch.declared_count,
        "total_dong": batch.declared_dong.value,
        "key": str(batch.key),
    }


def _told(batch: Batch) -> str:
    state = BATCH_STATE_NAMES[batch.state].lower()
    return f"Đợt chi {batch.pk} ({batch.payer}): {batch.declared_count} lệnh, {batch.declared_dong} đồng, {state}."


def _closed_facts(closed: SettlementClosed) -> dict[str, object]:
    money = ("transferred", "carried_in", "paid", "money_returned", "carried_on", "in_hand", "fee")
    sums = {f"{name}_dong": getattr(closed, f"{name}_dong").value for name in money}
    return {"payer": closed.payer, "communes": closed.communes, **sums}


def _closed_told(closed: SettlementClosed) -> str:
    brought = closed.transferred_dong + closed.carried_in_dong
    hand = f", còn tại quỹ {closed.in_hand_dong}" if closed.in_hand_dong != Dong(0) else ""
    return (
        f"Đã quyết toán {closed.communes} xã với {closed.payer}: được cấp và mang sang {brought} đồng = đã chi "
        f"{closed.paid_dong} + nộp trả {closed.money_returned_dong} + chưa lĩnh chuyển kỳ sau {closed.carried_on_dong}"
        f"{hand}. Chi phí chi trả {closed.fee_dong} đồng."
    )
