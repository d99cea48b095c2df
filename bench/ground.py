"""What a measurement stands on: a database of so many people, its own process, places to write files, those who act.

Each `measure_*.py` has functions `measure_…(ground: Ground) -> list[Figure]`. bench/nation.py calls each in a process
of its own, Django set up on the home's database as its owner; what one leaves behind the next ones find.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figure import ROUNDS

if TYPE_CHECKING:
    from tests.seeding import Desk


@dataclass(frozen=True, slots=True)
class Ground:
    """The nation a figure is measured on."""

    # People in the register.
    people: int
    # For files of its own; emptied at the end.
    folder: Path
    # Sessions or processes at once.
    workers: int = 2
    rounds: int = ROUNDS
    # The one province the people live in, a code of two digits; empty: all of the country.
    province: str = ""
    # Little data, only to see that it runs: figures mean nothing.
    quick: bool = False

    @property
    def reach(self) -> tuple[str, ...]:
        """Where, as the command line is told."""
        return ("--place", self.province) if self.province else ("--country",)


def desk() -> Desk:
    """Those who work on a month, each for the whole country: who acts on the command line where nobody is named."""
    from ansinh.ops.acting import approver, finance, payer, preparer
    from tests.seeding import Desk

    return Desk(preparer(()), approver(()), finance(()), payer(()))
