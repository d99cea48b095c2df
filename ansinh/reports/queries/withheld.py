"""Where people are paid otherwise than their lines say: what waits to be recovered, what is withheld for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ansinh.kernel.money import Dong
from ansinh.payout.types import Withholding
from ansinh.reports.types import NOTHING, Figures, PaymentRow


def with_withheld(rows: Sequence[PaymentRow], withholding: Withholding | None) -> Iterator[PaymentRow]:
    """One person's rows with what of their recoveries is not taken now, and what is withheld of their payment."""
    claimed = withholding.claimed_dong if withholding else NOTHING
    withheld = withholding.withheld_dong if withholding else NOTHING
    for row in rows:
        put_off = min(claimed, row.recovery_dong)
        payable = row.regular_dong + row.arrears_dong - row.recovery_dong + put_off
        taken = min(withheld, max(payable, NOTHING))
        claimed, withheld = claimed - put_off, withheld - taken
        yield replace(row, claimed_dong=put_off, withheld_dong=taken)


def withheld_figures(row: PaymentRow) -> Figures:
    """A summary's share of it: what is taken off beyond (or short of) the recoveries of the list."""
    return Figures(recovery_dong=Dong(row.withheld_dong.value - row.claimed_dong.value))
