"""Keep somebody's money back until what was heard about them is cleared up."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.registry.changing import PersonMerged, must_be_past
from ansinh.registry.holding import move_holds_alone
from ansinh.registry.models import Hold, Person
from ansinh.registry.reaching import reached_person
from ansinh.registry.states import HOLD_KINDS
from ansinh.registry.types import HoldPlaced


class AlreadyHeld(Refusal):
    """{who} đang bị tạm giữ từ ngày {since} ({kind}), giữ số {hold_id}. Không cần ghi lại; nếu có thêm lý do, hãy dỡ
    rồi ghi lại."""


class HoldUnknown(Refusal):
    """Không có loại lý do tạm giữ "{kind}". Hãy chọn một trong: {known}."""


class HoldNotSaid(Refusal):
    """Tạm giữ vì lý do khác thì phải ghi rõ lý do. Hãy ghi vào phần ghi chú."""


@action(permission="registry.place_hold", name="Tạm giữ tiền")
def place_hold(
    *,
    person_id: int,
    kind: str,
    since_on: date,
    by: Actor,
    at: datetime,
    note: str = "",
    evidence: str = "",
    order_id: int | None = None,
) -> HoldPlaced:
    """From now nothing of the person is released until the hold is lifted; what is owed stays owed and listed.

    `order_id` keeps back one order alone; the payout says whether it can be. Refuses a second hold on the same money
    (AlreadyHeld), an unknown kind (HoldUnknown), "other" without a note (HoldNotSaid), a day to come (DayInFuture), and
    a double (PersonMerged) unless it is about an order it still has.
    """
    if kind not in HOLD_KINDS:
        raise HoldUnknown(kind=kind, known=", ".join(HOLD_KINDS))
    if kind == "other" and not note.strip():
        raise HoldNotSaid()
    must_be_past(since_on, at)
    move_holds_alone()
    person = reached_person(person_id, by=by)
    if person.merged_into_id is not None and order_id is None:
        raise PersonMerged(who=person.full_name, person_id=person_id, into=person.merged_into_id)
    _must_be_free(person, order_id)
    hold = Hold.objects.create(
        person=person,
        order_id=order_id,
        kind=kind,
        note=note.strip(),
        evidence=evidence.strip(),
        since_on=since_on,
        recorded_at=at,
        recorded_by=by.user_id,
    )
    return HoldPlaced(hold.pk, person.pk, order_id)


def _must_be_free(person: Person, order_id: int | None) -> None:
    standing = Hold.objects.filter(person=person, order_id=order_id, lifted_at__isnull=True).first()
    if standing is not None:
        raise AlreadyHeld(
            who=person.full_name,
            since=f"{standing.since_on:%d/%m/%Y}",
            kind=HOLD_KINDS[standing.kind].lower(),
            hold_id=standing.pk,
        )
