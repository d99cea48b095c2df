"""Hundreds of random histories of facts known late on a server of their own, and what they came to.

    .venv/bin/python bench/facts_histories.py [HISTORIES]

The same histories as those of CI (tests/facts_histories), other ones each time. What goes wrong is printed with all
that was told of those concerned; the others are played all the same.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ansinh.ops.preparation import prepared_database
from tests.ops.homes import fresh_home, started

if TYPE_CHECKING:
    from tests.facts_histories.telling import Tally

AT_ONCE = 10


def main(histories: int) -> None:
    """Play so many histories and print the figures."""
    with fresh_home("facts_histories") as home:
        started(home)
        os.environ["ANSINH_HOME"] = str(home.root)
        prepared_database()
        from tests.facts_histories.running import play
        from tests.facts_histories.telling import Tally
        from tests.facts_histories.traces import WrongAnswer

        tally, faults, began = Tally(), 0, time.monotonic()
        while tally.histories + faults < histories:
            try:
                play(min(AT_ONCE, histories - tally.histories - faults), tally, seeded=False)
            except WrongAnswer as wrong:
                faults += 1
                print(f"\n{wrong}\n", *getattr(wrong, "__notes__", ()), sep="\n", flush=True)
            done = f"{tally.histories} histories, {faults} wrong, {tally.told.total()} acts, {tally.cells} compared"
            print(f"{done}, {time.monotonic() - began:.0f} s", flush=True)
        _print(tally, faults, time.monotonic() - began)


def _print(tally: Tally, faults: int, seconds: float) -> None:
    print(f"\n{tally.histories} histories, {faults} wrong; {tally.told.total()} acts done, {tally.refused.total()}")
    print(f"refused; {tally.lists} lists, {tally.cells} person-months of a benefit compared; {seconds:.0f} s")
    for title, counted in (("Done", tally.told), ("Refused", tally.refused), ("Findings cleared", tally.findings)):
        print(f"\n{title}")
        for name, count in counted.most_common():
            print(f"  {count:>8}  {name}")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:] or ("300",)))
