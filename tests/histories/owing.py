"""What people owe back, on paper: what a list took back beyond its arrears, what was withheld, repaid, given up."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from ansinh.kernel.month import Month

OPEN = ("PROPOSED", "DECIDED")


@dataclass(eq=False)
class Debt:
    """What a person owes back after one run; sums of all funds together."""

    pk: int
    person: int
    run_id: int
    amount: int
    # What was taken back, by month.
    months: dict[Month, int]
    open: int
    state: str = "PROPOSED"
    # By the decision in force: the share of a month's money and the most a month; none for cash or nothing decided.
    share: Fraction | None = None
    instalment: int | None = None
    is_decided: bool = False
    written_off: int = 0

    def lessen(self, dong: int) -> None:
        """Withheld or repaid; with nothing open it is settled."""
        self.open -= dong
        if not self.open and self.state in OPEN:
            self.state = "SETTLED"

    def restore(self, dong: int) -> None:
        """Given back with a cancelled order."""
        self.open += dong
        if self.state not in OPEN:
            self.state = "DECIDED" if self.state == "SETTLED" and self.is_decided else "PROPOSED"
        if self.state == "PROPOSED":
            self.decide(None, None, decided=False)

    def decide(self, share: Fraction | None, instalment: int | None, *, decided: bool = True) -> None:
        """By netting (a share), in cash (none), or not any more."""
        self.share, self.instalment, self.is_decided = share, instalment, decided


@dataclass(frozen=True)
class Taken:
    """Withheld from an order for a debt: "correction" or "deduction"."""

    debt: Debt
    kind: str
    dong: int


@dataclass
class Due:
    """A person's lines of one run: regular money, and what is paid or taken back of earlier months."""

    regular: int = 0
    back: dict[Month, int] = field(default_factory=dict)
    taken_back: dict[Month, int] = field(default_factory=dict)

    @property
    def back_sum(self) -> int:
        return sum(self.back.values())

    def withheld(self, debts: list[Debt]) -> list[Taken]:
        """What of it is kept for the person's debts: arrears of the very months taken back, then by decision."""
        left, taken = max(0, self.back_sum), []
        still = {}
        for debt in debts:
            same = sum(min(dong, max(0, self.back.get(month, 0))) for month, dong in debt.months.items())
            dong = max(0, min(left, same, debt.open))
            left, still[debt] = left - dong, debt.open - dong
            taken.append(Taken(debt, "correction", dong))
        for debt in debts:
            if debt.state == "DECIDED" and debt.share is not None and still[debt] > 0:
                most = int(debt.share * self.regular)
                dong = min(still[debt], most, most if debt.instalment is None else debt.instalment)
                taken.append(Taken(debt, "deduction", dong))
                break
        return [one for one in taken if one.dong]

    def order(self, taken: list[Taken]) -> int:
        """What the order comes to."""
        return self.regular + max(0, self.back_sum) - sum(one.dong for one in taken)
