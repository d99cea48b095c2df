"""Leave the allowance of somebody as it is who did not receive it for months, and say why."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.payout.answering import asked_through, months_to_answer, write_answer
from ansinh.payout.batches import ReasonMissing
from ansinh.payout.states import KEPT
from ansinh.payout.types import NotReceivedAnswered
from ansinh.platform.action import action


@action(permission="payout.keep_uncollected", name="Chưa tạm dừng dù không nhận tiền")
def keep_uncollected(
    *, person_id: int, reason: str, by: Actor, at: datetime, through: Month | None = None
) -> NotReceivedAnswered:
    """Not suspended, for that reason; the months in a row, up to `through` (none: now), are counted anew from here.

    Refuses an empty reason (ReasonMissing) and nothing to answer (NothingToAnswer).
    """
    if not reason.strip():
        raise ReasonMissing()
    about = months_to_answer(person_id, through=asked_through(through, at), least=1, by=by)
    return write_answer(about, KEPT, reason=reason, by=by, at=at)
