"""What may be withheld from a person's money for what they owe back: pure, one person and one payment at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor

from ansinh.payout.states import CORRECTION, DEDUCTION


@dataclass(frozen=True, slots=True)
class OpenRecovery:
    """What is open of one recovery by fund, and what its decision lets be taken. Sums are whole đồng.

    `same_months_dong`: how much of this run's arrears is for the very months that were recovered. `decision_id` is
    that of netting, none while nothing is decided or another way is.
    """

    recovery_id: int
    opened: Mapping[str, int]
    same_months_dong: int
    decision_id: int | None = None
    share: Decimal | None = None
    instalment_dong: int | None = None

    @property
    def open_dong(self) -> int:
        return sum(self.opened.values())


@dataclass(frozen=True, slots=True)
class Withheld:
    """An amount of a fund withheld for a recovery; a fund below nothing gave what another took back."""

    recovery_id: int
    kind: str
    decision_id: int | None
    fund: str
    dong: int


def withheld_from(regular_dong: int, arrears_dong: int, recoveries: Sequence[OpenRecovery]) -> tuple[Withheld, ...]:
    """What is withheld from a person's regular money and arrears of one run, the oldest recovery first.

    Arrears of the months a recovery took back correct that same mistake: they close it first, in full. Of the regular
    money one decision takes at a time, up to its share of it and its instalment; the next waits until it is settled.
    """
    taken: list[Withheld] = []
    left = arrears_dong
    opened = []
    for one in recoveries:
        dong = max(0, min(left, one.same_months_dong, one.open_dong))
        parts = spread(dong, one.opened)
        left -= dong
        taken += [Withheld(one.recovery_id, CORRECTION, None, fund, part) for fund, part in parts.items()]
        opened.append((one, {fund: part - parts.get(fund, 0) for fund, part in one.opened.items()}))
    decided = [(one, parts) for one, parts in opened if one.decision_id is not None and sum(parts.values()) > 0]
    if decided:
        one, parts = decided[0]
        dong = min(sum(parts.values()), floor((one.share or Decimal(0)) * regular_dong))
        if one.instalment_dong is not None:
            dong = min(dong, one.instalment_dong)
        taken += [
            Withheld(one.recovery_id, DEDUCTION, one.decision_id, fund, part)
            for fund, part in spread(dong, parts).items()
        ]
    return tuple(taken)


@dataclass(frozen=True, slots=True)
class OfOneList:
    """What one of the lists paid together says of a person: all of it, its arrears less recoveries, and what of the
    recoveries is for months not paid yet (below nothing). Sums are whole đồng."""

    run_id: int
    listed_dong: int
    back_dong: int
    unpaid_dong: int


def told_by_list(lists: Sequence[OfOneList], withheld_dong: int) -> dict[int, tuple[int, int]]:
    """By run, what of a person's recoveries its paper says is not taken now, and what it says is taken off.

    Each list is told as if paid alone; what the lists then take off each other stands, with what is withheld, as taken
    off the first that gives money. Together they are what the one order comes to, and none says less than nothing.
    """
    alone = {one.run_id: max(0, -one.back_dong) for one in lists}
    claimed = max(0, -sum(one.back_dong - one.unpaid_dong for one in lists))
    left = withheld_dong + sum(alone.values()) - claimed
    told = {}
    for one in lists:
        taken = min(left, one.listed_dong + alone[one.run_id])
        left -= taken
        told[one.run_id] = (alone[one.run_id], taken)
    return told


def spread(dong: int, opened: Mapping[str, int]) -> dict[str, int]:
    """An amount up to what is open, by fund: a fund below nothing goes whole with the first amount; funds with nothing
    are left out."""
    if dong <= 0:
        return {}
    parts = {fund: part for fund, part in sorted(opened.items()) if part < 0}
    left = dong - sum(parts.values())
    for fund, part in sorted(opened.items()):
        if part > 0 and left > 0:
            parts[fund] = min(part, left)
            left -= parts[fund]
    return parts
