"""Random histories of facts known late, the same each time; bench/facts_histories.py plays others."""

from __future__ import annotations

import os

from tests.facts_histories.running import play
from tests.facts_histories.telling import Tally


def test_whatever_is_told_late_everybody_ends_with_what_is_owed(first_load: object, db: None) -> None:
    tally = Tally()
    try:
        play(int(os.environ.get("N", "10")), tally, seeded=not os.environ.get("R"))
    finally:
        print(tally)
    assert tally.histories >= 10
