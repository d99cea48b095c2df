"""Show one whole number of one person, to somebody who says why."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.names import written
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.platform.sealing import unseal
from ansinh.registry.models import SealedNumber
from ansinh.registry.queries import get_person
from ansinh.registry.types import RevealedNumber

_LEAST_REASON = 5


class NoSuchNumber(Refusal):
    """Người số {person_id} không có số giấy tờ, tài khoản hay điện thoại số {number_id} trong sổ. Hãy mở lại hồ sơ."""


class NoReasonToReveal(Refusal):
    """Hãy ghi lý do cần xem số đầy đủ; lý do được lưu vào nhật ký cùng tên bạn, và người hưởng có thể hỏi."""


@action(permission="registry.reveal_number", name="Xem số đầy đủ")
def reveal_number(*, person_id: int, number_id: int, reason: str, by: Actor, at: datetime) -> RevealedNumber:
    """The number whole, once; who looked, at whom and why is in the audit trail, which never holds the number.

    Refuses somebody out of reach (NoSuchPerson), a number not theirs (NoSuchNumber), no reason (NoReasonToReveal).
    """
    card = get_person(person_id, by=by)
    if len(written(reason)) < _LEAST_REASON:
        raise NoReasonToReveal()
    number = SealedNumber.objects.filter(pk=number_id, person_id=card.person_id).first()
    if number is None:
        raise NoSuchNumber(person_id=person_id, number_id=number_id)
    whole = unseal(bytes(number.sealed), kind=number.kind).decode()
    return RevealedNumber(number.kind, whole, number.bank)
