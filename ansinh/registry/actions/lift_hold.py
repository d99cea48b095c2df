"""Let money that was kept back go on its way again."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.registry.holding import move_holds_alone
from ansinh.registry.models import Hold
from ansinh.registry.queries.people import NoSuchPerson
from ansinh.registry.reaching import reached_person
from ansinh.registry.types import HoldLifted


class NoSuchHold(Refusal):
    """Không có lượt tạm giữ số {hold_id}. Hãy mở lại danh sách đang tạm giữ và chọn dòng cần dỡ."""


class AlreadyLifted(Refusal):
    """Lượt tạm giữ số {hold_id} của {who} đã dỡ ngày {day}. Không cần làm lại."""


class LiftNotExplained(Refusal):
    """Chưa ghi vì sao dỡ tạm giữ. Hãy ghi kết quả xác minh, để người xem sau hiểu được."""


class HolderLifts(Refusal):
    """{who} đã ghi lượt tạm giữ số {hold_id} nên không được tự dỡ. Việc dỡ phải do một người khác làm."""


@action(permission="registry.lift_hold", name="Dỡ tạm giữ")
def lift_hold(*, hold_id: int, why: str, by: Actor, at: datetime) -> HoldLifted:
    """The money goes into the next batches. Refuses a hold unknown or out of reach (NoSuchHold), one lifted before
    (AlreadyLifted), whoever placed it (HolderLifts), and no reason (LiftNotExplained)."""
    if not why.strip():
        raise LiftNotExplained()
    move_holds_alone()
    hold = Hold.objects.select_for_update().filter(pk=hold_id).first()
    if hold is None:
        raise NoSuchHold(hold_id=hold_id)
    try:
        person = reached_person(hold.person_id, by=by)
    except NoSuchPerson as beyond:
        raise NoSuchHold(hold_id=hold_id) from beyond
    if hold.lifted_at is not None:
        raise AlreadyLifted(hold_id=hold_id, who=person.full_name, day=f"{hold.lifted_at:%d/%m/%Y}")
    if hold.recorded_by == by.user_id:
        raise HolderLifts(who=by.name, hold_id=hold_id)
    Hold.objects.filter(pk=hold_id).update(lifted_at=at, lifted_by=by.user_id, lifted_why=why.strip())
    return HoldLifted(hold.pk, person.pk, hold.order_id)
