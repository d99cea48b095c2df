"""What both answers to money not received share: the months answered, and the answer written down."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payout.models import NotReceivedAnswer
from ansinh.payout.queries.not_received import find_not_received
from ansinh.payout.types import NotReceived, NotReceivedAnswered
from ansinh.registry.queries import get_person


class NothingToAnswer(Refusal):
    """{who}, tính đến tháng {through}: không có đủ {least} tháng liền không nhận tiền mà chưa được trả lời (đã nhận, đã
    được trả lời, đang tạm giữ hoặc không còn khoản hằng tháng). Hãy mở lại trang "Không nhận tiền nhiều tháng"; nếu xem
    danh sách của một tháng trước thì trả lời cũng đến tháng ấy (--month)."""


def asked_through(through: Month | None, at: datetime) -> Month:
    """The last month an answer is about: the one asked for, never one to come; without one the month of the answer."""
    now = Month.containing(at.date())
    return now if through is None else min(through, now)


def months_to_answer(person_id: int, *, through: Month, least: int, by: Actor) -> NotReceived:
    """The months not received, of a person in the actor's areas; refuses (NothingToAnswer) fewer than `least`."""
    card = get_person(person_id, by=by)
    found = find_not_received(person_id, through)
    if found is None or len(found.months) < least:
        raise NothingToAnswer(who=card.full_name, least=least, through=through.vi)
    return found


def write_answer(
    about: NotReceived, answer: str, *, by: Actor, at: datetime, decision_no: str = "", decided_on: date | None = None,
    reason: str = "", grants: tuple[int, ...] = (),
) -> NotReceivedAnswered:  # fmt: skip
    """The answer on record: those months are counted no more."""
    row = NotReceivedAnswer.objects.create(
        person_id=about.person_id,
        answer=answer,
        first_month=about.months[0],
        through_month=about.months[-1],
        months=len(about.months),
        decision_no=decision_no.strip(),
        decided_on=decided_on,
        reason=reason.strip(),
        recorded_at=at,
        recorded_by=by.user_id,
    )
    return NotReceivedAnswered(row.pk, about.person_id, answer, about.months[-1], grants)
