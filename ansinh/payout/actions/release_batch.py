"""Release a batch: from here its money may be paid out."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.funds.actions import MonthClosed, book, hold_open
from ansinh.funds.queries import money_of, open_months
from ansinh.funds.types import BookRow
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payout.batches import lock_batch, must_be_another, must_have_told_nothing, people_of_lists
from ansinh.payout.models import Batch, Order
from ansinh.payout.states import BATCH, BATCH_ACTION_NAMES, ORDER_STATE_NAMES
from ansinh.payout.types import BatchMoved
from ansinh.places.queries import get_place
from ansinh.platform import sql
from ansinh.platform.action import action
from ansinh.registry.queries import HOLD_KINDS, keep_holds_still

# Orders a refusal names before "…".
_MOST_NAMED = 5


class BatchChanged(Refusal):
    """Đợt chi số {batch_id} khai {declared} lệnh, {declared_dong} đồng, nay chỉ còn {payable} lệnh, {payable_dong} đồng
    chi được ({changed}). Hãy hủy đợt chi này rồi lập lại; các lệnh còn chi được sẽ vào đợt mới."""


class HeldInBatch(Refusal):
    """Đợt chi số {batch_id} có lệnh chi đang tạm giữ: {held}. Hãy hủy đợt chi này rồi lập lại, các lệnh bị giữ sẽ ở
    ngoài đợt mới; hoặc xác minh xong, dỡ tạm giữ rồi xuất chi."""


class MoneyNotSent(Refusal):
    """Tổ chức chi trả {payer} chưa có đủ tiền để chi cho {place}: cần {needed} đồng, đang có {held} đồng{others}.
    Hãy chuyển kinh phí và ghi nhận chứng từ, rồi xuất chi lại."""


class MonthSettledMeanwhile(Refusal):
    """Tháng {month} của {place} đã quyết toán xong từ khi lập đợt chi số {batch_id}. Hãy hủy đợt chi này và lập lại:
    đợt mới được tính vào tháng còn mở."""


@action(permission="payout.release_batch", name="Xuất chi")
def release_batch(*, batch_id: int, by: Actor, at: datetime) -> BatchMoved:
    """Give a batch free to be paid, when it is what it declares and its money was sent.

    Refuses whoever listed, approved or issued it (SamePersonInChain) or told what it was listed from
    (TellerInChain), a batch of which one order more or less can be paid than declared (BatchChanged), one with
    somebody's money held since (HeldInBatch), one whose month was settled meanwhile (MonthSettledMeanwhile), and
    one the payer has not received the money for, by commune and fund (MoneyNotSent). Carried money of communes that
    were merged moves to their heirs in the books.
    """
    batch = lock_batch(batch_id, by=by)
    step = BATCH.step("release_batch", batch.state)
    people = (*people_of_lists(batch), batch.issued_by)
    must_be_another(by, people, action=BATCH_ACTION_NAMES["release_batch"])
    must_have_told_nothing(by, batch, action=BATCH_ACTION_NAMES["release_batch"])
    keep_holds_still()
    # Held until the end: no result and no cancellation comes between the check and the release.
    locked = list(
        Order.objects.select_for_update(of=("self",)).filter(items__batch_id=batch.pk).order_by("pk").values_list("pk")
    )
    _must_be_as_declared(batch, len(locked))
    _nobody_must_be_held(batch)
    _month_must_be_open(batch)
    sql.run("payout/release_orders", {"batch_id": batch.pk})
    sql.run("payout/settle_items", {"batch_id": batch.pk})
    Batch.objects.filter(pk=batch.pk, state=step.source).update(
        state=step.target, released_at=at, released_by=by.user_id
    )
    _move_carried_money(batch, by=by, at=at)
    _money_must_be_there(batch)
    return BatchMoved(batch.pk, step.target, batch.declared_count, batch.declared_dong)


def _nobody_must_be_held(batch: Batch) -> None:
    held = sql.rows("payout/list_held_items", {"batch_id": batch.pk, "limit": _MOST_NAMED + 1})
    if held:
        named = [f"{row['code']} {row['full_name']} ({HOLD_KINDS[row['kind']].lower()})" for row in held[:_MOST_NAMED]]
        raise HeldInBatch(batch_id=batch.pk, held=", ".join(named) + ("…" if len(held) > _MOST_NAMED else ""))


def _month_must_be_open(batch: Batch) -> None:
    """Held open until the end, too: nobody settles the month while its money is given free."""
    try:
        hold_open(payer=batch.payer, communes=_communes(batch), month=batch.month, holder=batch.place_code)
    except MonthClosed as closed:
        place = _named(closed.facts["commune"], batch)
        raise MonthSettledMeanwhile(month=batch.month.vi, place=place, batch_id=batch.pk) from closed


def _named(commune: str, batch: Batch) -> str:
    return str(get_place(commune, batch.run.month.first_day))


def _communes(batch: Batch) -> list[str]:
    return list(batch.items.order_by().values_list("commune_code", flat=True).distinct())


def _must_be_as_declared(batch: Batch, items: int) -> None:
    found = sql.rows("payout/sum_payable_items", {"batch_id": batch.pk})[0]
    said = (batch.declared_count, batch.declared_count, batch.declared_dong.value, batch.digest)
    if said == (items, found["payable"], found["amount_dong"], found["digest"]):
        return
    changed = sql.rows("payout/list_changed_items", {"batch_id": batch.pk, "limit": _MOST_NAMED + 1})
    named = [f"{row['code']} {ORDER_STATE_NAMES[row['state']].lower()}" for row in changed[:_MOST_NAMED]]
    raise BatchChanged(
        batch_id=batch.pk,
        declared=batch.declared_count,
        declared_dong=batch.declared_dong,
        payable=found["payable"],
        payable_dong=Dong(found["amount_dong"]),
        changed=(", ".join(named) or "nội dung khác lúc lập") + ("…" if len(changed) > _MOST_NAMED else ""),
    )


def _move_carried_money(batch: Batch, *, by: Actor, at: datetime) -> None:
    """Money follows its orders to the commune that took the old one's people."""
    rows = sql.rows("payout/sum_moved_parts", {"batch_id": batch.pk})
    communes = {row[side] for row in rows for side in ("from_commune", "to_commune")}
    open_in = open_months(payer=batch.payer, communes=communes, wanted=batch.month)
    by_month: dict[Month, list[BookRow]] = {}
    for row in rows:
        month = max(open_in[row["from_commune"]], open_in[row["to_commune"]])
        moved = BookRow(
            row["fund"], batch.payer, row["from_commune"], Dong(row["amount_dong"]), to_commune=row["to_commune"]
        )
        by_month.setdefault(month, []).append(moved)
    for month, moves in sorted(by_month.items()):
        book(
            recipe="move_place",
            document=f"batch:{batch.pk}",
            key=f"move_place:batch:{batch.pk}:{month}",
            month=month,
            holder=batch.place_code,
            rows=moves,
            by=by,
            at=at,
        )


def _money_must_be_there(batch: Batch) -> None:
    """Everything the payer now is to pay there, this batch included, must be in its hands already."""
    communes = _communes(batch)
    held = {
        (money.commune, money.fund): money.with_payer_dong + money.with_staff_dong
        for money in money_of(communes, payer=batch.payer)
    }
    needed = sql.rows("payout/sum_standing_parts", {"payer": batch.payer, "communes": communes})
    lacking = [
        (row["commune_code"], Dong(row["amount_dong"]), has)
        for row in needed
        if (has := held.get((row["commune_code"], row["fund"]), Dong(0))) < Dong(row["amount_dong"])
    ]
    if lacking:
        commune, wanted, has = lacking[0]
        raise MoneyNotSent(
            payer=batch.payer,
            place=_named(commune, batch),
            needed=wanted,
            held=has,
            others=f" (và {len(lacking) - 1} khoản khác cũng thiếu)" if len(lacking) > 1 else "",
        )
