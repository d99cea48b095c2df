"""What must become of a reported row, told from the cards: "applied", "repeat", or why it is set aside."""

from __future__ import annotations

from datetime import date

from ansinh.kernel.month import Month
from ansinh.payout.rules import read_order_code
from ansinh.payout.types import ReportedResult
from tests.histories.paper import Card, Paper


def judged(paper: Paper, row: ReportedResult, *, payer: str, month: Month | None, today: date, is_double: bool) -> str:
    """The verdict on one row of a report."""
    card = paper.card_of(row.order_code)
    if row.outcome not in ("paid", "unpaid", "returned"):
        return "unknown_outcome"
    if card is None:
        return "bad_check_digit" if read_order_code(row.order_code) is None else "unknown_order"
    if card.payer != payer:
        return "other_payer"
    if (said := _known(paper, row, card)) is not None:
        return said
    return "double" if is_double else _of_order(card, row, month, today) or _OF_OUTCOME[row.outcome](card, row, month)


def _known(paper: Paper, row: ReportedResult, card: Card) -> str | None:
    before = paper.known.get(paper.nonce(row, card))
    if before is None:
        return None
    pk, outcome, dong = before
    same = row.amount_dong is None or row.amount_dong.value == dong
    return "repeat" if (pk, outcome) == (card.pk, row.outcome) and same else "nonce_reused"


def _of_order(card: Card, row: ReportedResult, month: Month | None, today: date) -> str:
    """What keeps any result of the order, or of this amount and day, from being taken."""
    if card.state in ("CANCELLED", "ISSUED"):
        return {"CANCELLED": "cancelled_order", "ISSUED": "not_released"}[card.state]
    if month is not None and all(item.folder.month != month for item in card.presented):
        return "not_released" if card.waits_in == month else "other_month"
    told = None if row.amount_dong is None else row.amount_dong.value
    if told != card.amount and (told is not None or row.outcome != "unpaid"):
        return "other_amount"
    return "day_in_future" if row.happened_on is not None and row.happened_on > today else ""


def _unpaid(card: Card, row: ReportedResult, month: Month | None) -> str:
    folder = card.folder
    assert folder is not None
    assert folder.released_on is not None
    of_month_before = month is not None and month < folder.month
    if of_month_before or (row.happened_on is not None and row.happened_on < folder.released_on):
        # Of a presentation that is over.
        if any(kind == "unpaid" and of is not folder and month in (None, of.month) for kind, _, of, _ in card.results):
            return "repeat"
        return "already_paid" if card.returned_on else "day_before_release"
    return {"UNPAID": "repeat", "PAID": "already_paid", "RETURNED": "payment_returned"}.get(card.state, "applied")


def _paid(card: Card, row: ReportedResult, _month: Month | None) -> str:
    if card.state in ("PAID", "RETURNED"):
        return {"PAID": "already_paid", "RETURNED": "payment_returned"}[card.state]
    if row.happened_on is None:
        return "no_day"
    if card.returned_on is not None and row.happened_on <= card.returned_on:
        return "payment_returned"
    if card.round_began is not None and row.happened_on < card.round_began:
        return "day_before_release"
    return _receiver(row, row.happened_on)


def _receiver(row: ReportedResult, on: date) -> str:
    """Whether somebody else may have received the money that day."""
    if row.proof == "fingerprint" and (not row.receiver_name or not row.relation):
        return "fingerprint_without_name"
    authorised = not row.receiver_name or (row.authorised_until is not None and row.authorised_until >= on)
    return "applied" if authorised else "no_authorisation"


def _returned(card: Card, row: ReportedResult, _month: Month | None) -> str:
    if card.state == "RETURNED":
        return "already_returned"
    if row.happened_on is None:
        return "no_day"
    if card.state != "PAID":
        over = card.returned_on is not None and row.happened_on <= card.returned_on
        return "already_returned" if over else "not_paid_yet"
    return "day_before_payment" if card.paid_on is not None and row.happened_on < card.paid_on else "applied"


_OF_OUTCOME = {"paid": _paid, "unpaid": _unpaid, "returned": _returned}
