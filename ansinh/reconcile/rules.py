"""Where a fault stands that only the judgement of a whole row can find, and what may still be matched by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ansinh.kernel.money import Dong
from ansinh.reconcile.states import OUTCOMES, UNPAID

# The judgement's reasons → the field whose cell is at fault; any other is a matter of the order itself.
_FIELD_AT_FAULT: dict[str, str] = {
    "unknown_outcome": "outcome",
    "other_amount": "amount",
    "no_day": "happened_on",
    "day_in_future": "happened_on",
    "day_before_release": "happened_on",
    "day_before_payment": "happened_on",
    "payment_returned": "happened_on",
    "nonce_reused": "reference",
    "no_authorisation": "receiver_name",
    "fingerprint_without_name": "receiver_name",
    "unknown_proof": "proof",
}
# Of the reader's faults, those an order code given by hand can mend: every other cell was readable.
_CODE_FAULTS = frozenset(("no_order_code", "bad_order_code", "unclear_twin"))


@dataclass(frozen=True, slots=True)
class Heading:
    """Columns valid from a row of a sheet on: field → (heading, index from 0)."""

    sheet: str
    row: int
    columns: Mapping[str, tuple[str, int]]


def columns_at(headings: Sequence[Heading], *, sheet: str, row: int) -> Mapping[str, tuple[str, int]]:
    """The columns a row stands under; none where nothing is known of its sheet."""
    under = [heading for heading in headings if heading.sheet == sheet and heading.row <= row]
    return under[-1].columns if under else {}


def fault_place(headings: Sequence[Heading], *, sheet: str, row: int, because: str) -> tuple[str, int]:
    """The heading and column of the cell a reason points at; the order code's where it points at none."""
    columns = columns_at(headings, sheet=sheet, row=row)
    if not columns:
        return "", 0
    field = _FIELD_AT_FAULT.get(because, "order_code")
    heading, index = columns.get(field) or columns["order_code"]
    return heading, index


def may_match(*, judged: bool, because: str, outcome: str, amount: Dong | None, happened_on: date | None) -> bool:
    """Whether a set-aside row tells enough to be recorded once somebody says which order it is of."""
    if judged:
        return True
    told = outcome == UNPAID or (amount is not None and happened_on is not None)
    return because in _CODE_FAULTS and outcome in OUTCOMES and told
