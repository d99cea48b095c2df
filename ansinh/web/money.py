"""The money of a run by step: what is done, what is to be done next and by whom. Pure."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from ansinh.kernel.money import Dong
from ansinh.web.money_words import STEP_DOERS, STEPS
from ansinh.web.types import NOTHING, Mark
from ansinh.web.wording import ROLES


@dataclass(frozen=True, slots=True)
class MoneySums:
    """How far the money of a run has come. `presented` counts rows of released batches, carried ones among them;
    `waiting` those nobody has reported on; `unpaid` also what came back or was presented again later."""

    listed_dong: Dong = NOTHING
    reserved_dong: Dong = NOTHING
    requested_dong: Dong = NOTHING
    sent_dong: Dong = NOTHING
    sent_on: date | None = None
    batches: int = 0
    batches_released: int = 0
    batches_handed_over: int = 0
    declared_dong: Dong = NOTHING
    orders: int = 0
    orders_dong: Dong = NOTHING
    new_dong: Dong = NOTHING
    presented: int = 0
    presented_dong: Dong = NOTHING
    waiting: int = 0
    waiting_dong: Dong = NOTHING
    paid: int = 0
    paid_dong: Dong = NOTHING
    unpaid: int = 0
    unpaid_dong: Dong = NOTHING
    set_aside: int = 0
    communes: int = 0
    confirmed: int = 0
    closed: int = 0

    @classmethod
    def of(cls, row: dict[str, Any], *, listed_dong: Dong) -> MoneySums:
        """From a row of the statement that sums; amounts become Dong."""
        known = {field.name for field in fields(cls)}
        cells: dict[str, Any] = {
            key: Dong(value) if key.endswith("_dong") else value for key, value in row.items() if key in known
        }
        return cls(listed_dong=listed_dong, **cells)

    @property
    def is_out(self) -> bool:
        """Whether every batch has been released."""
        return 0 < self.batches == self.batches_released

    @property
    def is_settled(self) -> bool:
        """Whether every commune of the list is settled."""
        return 0 < self.communes == self.closed


def done_steps(sums: MoneySums) -> dict[str, bool]:
    """Which of the nine steps are behind a run. Release stands on the money being sent, so it says both."""
    return {
        "budget": bool(sums.reserved_dong) or sums.batches > 0,
        "orders": sums.batches > 0,
        "request": sums.is_out or (sums.batches > 0 and sums.requested_dong + sums.sent_dong >= sums.new_dong),
        "transfer": sums.is_out or (sums.batches > 0 and sums.sent_dong >= sums.new_dong),
        "release": sums.is_out,
        "hand_over": 0 < sums.batches == sums.batches_handed_over,
        "results": sums.is_out and not sums.waiting and not sums.set_aside,
        "confirm": 0 < sums.communes == sums.confirmed,
        "settle": sums.is_settled,
    }


def step_here(sums: MoneySums) -> str:
    """The first step still to be done; empty when the month is settled.

    The list may come back from the payer before anybody pressed for its handing over, so results make up for that.
    """
    done = done_steps(sums)
    done["hand_over"] = done["hand_over"] or (done["release"] and bool(sums.paid or sums.unpaid))
    return "" if done["settle"] else next((step for step, is_done in done.items() if not is_done), "settle")


def money_marks(sums: MoneySums) -> tuple[Mark, ...]:
    """The nine steps as a card draws them; who does the next one stands below it."""
    done, here = done_steps(sums), step_here(sums)
    return tuple(
        Mark(
            str(title),
            "here" if step == here else "done" if done[step] else "ahead",
            by=str(ROLES[STEP_DOERS[step]]) if step == here else "",
        )
        for step, title in STEPS.items()
    )
