"""Getting hold of a batch or an order to change it: locked, in the actor's area, by somebody who may."""

from __future__ import annotations

from collections.abc import Iterable

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payout.models import Batch, BatchItem, Order
from ansinh.payroll.queries import hands_of, told_by
from ansinh.places.queries import path_of
from ansinh.platform import sql


class NoSuchBatch(Refusal):
    """Không có đợt chi số {batch_id}. Hãy mở lại danh sách các đợt chi và chọn đợt cần làm."""


class NoSuchOrder(Refusal):
    """Không có lệnh chi số {order_id}. Hãy tìm lại theo mã lệnh chi hoặc họ tên."""


class SamePersonInChain(Refusal):
    """{who} đã lập, trình, duyệt hoặc xuất chi khoản tiền này nên không được làm tiếp bước "{action}".
    Mỗi bước của cùng một khoản tiền phải do một người khác làm."""


class TellerInChain(Refusal):
    """{who} đã ghi biến động, nhập sổ hoặc nhận đề nghị thay đổi của người có trong đợt chi này, nên không được làm
    bước "{action}". Mỗi bước của cùng một khoản tiền phải do một người khác làm."""


class ReasonMissing(Refusal):
    """Chưa ghi lý do. Hãy ghi ngắn gọn vì sao, để người xem sau hiểu được."""


def lock_batch(batch_id: int, *, by: Actor) -> Batch:
    """The batch, locked for this transaction; refuses (NoSuchBatch) one outside the actor's areas as one unknown."""
    return _reached(Batch.objects.select_for_update().filter(pk=batch_id).first(), batch_id, by)


def find_reached_batch(batch_id: int, *, by: Actor) -> Batch:
    """The batch, unlocked; refuses (NoSuchBatch)."""
    return _reached(Batch.objects.filter(pk=batch_id).first(), batch_id, by)


def path_of_batch(batch: Batch) -> tuple[str, ...]:
    """The place of a batch and those above it, as they were in the month of its run: it may settle in a later one."""
    return path_of(batch.place_code, batch.run.month.first_day)


def lock_order(order_id: int, *, by: Actor) -> Order:
    """The order, locked for this transaction; refuses (NoSuchOrder) one outside the actor's areas as one unknown."""
    order = Order.objects.select_for_update().filter(pk=order_id).first()
    if order is None or not reaches_order(order, by=by):
        raise NoSuchOrder(order_id=order_id)
    return order


def reaches_order(order: Order, *, by: Actor) -> bool:
    """Whether the order lies in the actor's areas: where it was listed or stands now; and is their payer's."""
    if not by.serves(order.payer):
        return False
    if by.reaches(path_of(order.commune_code, order.month.first_day)):
        return True
    if order.batch is None:
        return False
    return by.reaches(path_of(standing_commune(order), order.batch.run.month.first_day))


def standing_commune(order: Order) -> str:
    """The commune the order's money stands at: of its latest released presentation, before one that of its list."""
    if order.batch_id is None:
        return order.commune_code
    return BatchItem.objects.get(batch_id=order.batch_id, order_id=order.pk).commune_code


def people_of_lists(batch: Batch) -> set[int]:
    """Who prepared and signed the lists a batch pays: its run's, those its orders were listed in, and all paid with
    them."""
    return hands_of(_runs_of(batch))


def must_be_another(by: Actor, people: Iterable[int | None], *, action: str) -> None:
    """Refuses (SamePersonInChain) somebody who did an earlier step with the same money."""
    if by.user_id in set(people):
        raise SamePersonInChain(who=by.name, action=action)


def must_have_told_nothing(by: Actor, batch: Batch, *, action: str) -> None:
    """Refuses (TellerInChain) whoever recorded changes or imported the register the batch's lists were made from."""
    if told_by(_runs_of(batch), by.user_id):
        raise TellerInChain(who=by.name, action=action)


def _runs_of(batch: Batch) -> set[int]:
    """The runs the batch's money was listed in, its own among them."""
    return {batch.run_id, *listed_runs_of(batch)}


def listed_runs_of(batch: Batch) -> tuple[int, ...]:
    """The runs the batch's orders were listed in."""
    return tuple(row["run_id"] for row in sql.rows("payout/list_runs_of_batch", {"batch_id": batch.pk}))


def _reached(batch: Batch | None, batch_id: int, by: Actor) -> Batch:
    if batch is None or not by.serves(batch.payer) or not by.reaches(path_of_batch(batch)):
        raise NoSuchBatch(batch_id=batch_id)
    return batch
