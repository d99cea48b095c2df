"""What is paid out in one payment: the lines of one run, or of several that are paid together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ansinh.kernel.month import Month
from ansinh.payroll.queries import Run, together_with
from ansinh.platform import sql


@dataclass(frozen=True)
class Payment:
    """Runs paid out together; the leading one, whose month and number the orders carry, comes first."""

    runs: tuple[Run, ...]

    @property
    def lead(self) -> Run:
        """The run whose orders these are."""
        return self.runs[0]

    @property
    def month(self) -> Month:
        """The month its orders are of."""
        month: Month = self.lead.month
        return month

    @cached_property
    def params(self) -> Mapping[str, Any]:
        """For the statements that read its lines."""
        asked = {
            "run_id": self.lead.pk,
            "month": self.month.first_day,
            "run_ids": [run.pk for run in self.runs],
            "months": sorted({run.month.first_day for run in self.runs}),
        }
        # What a run lists its own months for is never taken back by itself.
        unpaid = sql.rows("payout/list_unpaid_recoveries", asked) if len(self.runs) > 1 else []
        return {
            **asked,
            "unpaid_people": [row["person_id"] for row in unpaid],
            "unpaid_months": [row["entitlement_month"] for row in unpaid],
        }


def payment_of(run: Run) -> Payment:
    """The payment a run's money is paid out in."""
    return Payment(tuple(together_with(run)))
