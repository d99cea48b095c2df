"""Take somebody off the list of an occasion before it is frozen."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.models import OneOffPayee
from ansinh.payroll.one_off import lock_occasion, refuse_open
from ansinh.payroll.one_off_types import PayeeMoved
from ansinh.platform.action import action


class NotOnList(Refusal):
    """Người số {person_id} không có trong danh sách "{title}"."""


@action(permission="payroll.remove_payee", name="Bớt người khỏi đợt chi một lần")
def remove_payee(*, occasion_id: int, person_id: int, by: Actor, at: datetime) -> PayeeMoved:
    """Take a person off. Refuses a list already frozen (OccasionAlreadyOpen) and somebody not on it (NotOnList)."""
    occasion = lock_occasion(occasion_id, by=by)
    refuse_open(occasion)
    payee = OneOffPayee.objects.filter(occasion=occasion, person_id=person_id).first()
    if payee is None:
        raise NotOnList(person_id=person_id, title=occasion.title)
    payee.delete()
    return PayeeMoved(occasion_id, person_id, payee.amount_dong)
