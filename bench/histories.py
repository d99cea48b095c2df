"""Thousands of random histories of the money on a server of their own, and what they came to.

    .venv/bin/python bench/histories.py [HISTORIES] [STEPS]

The same machine as the two hundred of CI (tests/histories), other ones each time, deeper and further. Whatever goes
wrong is printed as the steps that lead there, made as short as can be.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ansinh.ops.preparation import prepared_database
from tests.ops.homes import fresh_home, started

if TYPE_CHECKING:
    from tests.histories.world import Tally

AT_ONCE = 50
# Usual acts in one step, at most.
PACE = 1


def main(histories: int, steps: int) -> None:
    """Play so many histories and print the figures."""
    with fresh_home("histories") as home:
        started(home)
        os.environ["ANSINH_HOME"] = str(home.root)
        prepared_database()
        from tests.histories.running import Beginning, play
        from tests.histories.world import Tally

        begun, tally, began = Beginning(), Tally(), time.monotonic()
        while tally.histories < histories:
            play(begun, min(AT_ONCE, histories - tally.histories), steps, pace=PACE, tally=tally, seeded=False)
            print(f"{tally.histories} lịch sử, {tally.steps} việc, {time.monotonic() - began:.0f} giây", flush=True)
        _print(tally, time.monotonic() - began)


def _print(tally: Tally, seconds: float) -> None:
    print(f"\n{tally.histories} histories, {tally.ended} taken to the settlement of every month, {tally.steps} acts,")
    print(f"{tally.killed.total()} of them killed and done again, {tally.refused.total()} refused; {seconds:.0f} s")
    for title, counted in (
        ("Acts", tally.acts), ("Killed and done again", tally.killed), ("Refused", tally.refused),
        ("Verdicts on reported rows", tally.verdicts),
    ):  # fmt: skip
        _print_counts(title, counted)


def _print_counts(title: str, counted: Counter[str]) -> None:
    print(f"\n{title}")
    for name, count in counted.most_common():
        print(f"  {count:>8}  {name}")


if __name__ == "__main__":
    main(*(int(word) for word in (*sys.argv[1:], *("2000", "6")[len(sys.argv) - 1 :])))
