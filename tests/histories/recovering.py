"""Acts on what people owe back: decided, repaid, given up, looked at again."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from ansinh.kernel.money import Dong
from ansinh.payout.actions import decide_recovery, record_repayment, reopen_recovery, write_off_recovery
from tests.histories.base import Base
from tests.histories.owing import OPEN, Debt


class Recovering(Base):
    """Verbs of the approver and the finance office; what each makes of the debt is written down."""

    def owing(self, what: str, n: int, *, killed: bool = False) -> None:
        """One act on somebody's debt, if there is one."""
        if not self.paper.debts:
            return
        debt = self.pick(list(self.paper.debts.values()), n)
        if what == "decide":
            share, instalment = self.pick((Fraction(3, 10), Fraction(1), None), n // 2), self.pick((None, 100_000), n)
            self._decide(debt, share, instalment, killed)
        elif what == "repay":
            self._repay(debt, self.pick((debt.open, max(1, debt.open // 2), debt.open + 1), n // 3), killed)
        elif what == "write off":
            self._write_off(debt, killed)
        else:
            self._look_again(debt, killed)

    def _decide(self, debt: Debt, share: Fraction | None, instalment: int | None, killed: bool) -> None:
        done = self.world.act(
            "decide_recovery",
            lambda: decide_recovery(
                recovery_id=debt.pk, way="cash" if share is None else "netting", decision_no=f"{self.now:%j}/QĐ",
                share=None if share is None else Decimal(share.numerator) / share.denominator,
                instalment_dong=None if instalment is None else Dong(instalment), decided_on=self.world.today,
                by=self.desk.approver, at=self.now,
            ),
            refusals=("nothing_coming",) if debt.state in OPEN else ("step_not_allowed", "nothing_coming"),
            killed=killed,
        )  # fmt: skip
        if done is not None:
            debt.state = "DECIDED"
            debt.decide(share, instalment)

    def _repay(self, debt: Debt, dong: int, killed: bool) -> None:
        too_much = ("more_than_owed",) if dong > debt.open else ()
        done = self.world.act(
            "record_repayment",
            lambda: record_repayment(
                recovery_id=debt.pk, amount_dong=Dong(dong), voucher_no=f"NL-{self.now:%y%j}",
                paid_on=self.world.today, by=self.desk.finance, at=self.now,
            ),
            refusals=too_much if debt.state in OPEN else ("step_not_allowed",),
            killed=killed,
        )  # fmt: skip
        if done is not None:
            debt.lessen(dong)

    def _write_off(self, debt: Debt, killed: bool) -> None:
        done = self.world.act(
            "write_off_recovery",
            lambda: write_off_recovery(
                recovery_id=debt.pk, decision_no=f"{self.now:%j}/QĐ", decided_on=self.world.today, reason="Nghèo",
                by=self.desk.approver, at=self.now,
            ),
            refusals=() if debt.state in OPEN else ("step_not_allowed",),
            killed=killed,
        )  # fmt: skip
        if done is not None:
            debt.state, debt.written_off, debt.open = "WRITTEN_OFF", debt.open, 0

    def _look_again(self, debt: Debt, killed: bool) -> None:
        done = self.world.act(
            "reopen_recovery",
            lambda: reopen_recovery(
                recovery_id=debt.pk, reason="Khiếu nại", by=self.desk.approver, at=self.now
            ),
            refusals=() if debt.state in ("DECIDED", "WRITTEN_OFF") else ("step_not_allowed",),
            killed=killed,
        )  # fmt: skip
        if done is not None:
            debt.state, debt.open, debt.written_off = "PROPOSED", debt.open + debt.written_off, 0
            debt.decide(None, None, decided=False)
