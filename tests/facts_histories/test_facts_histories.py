"""Random histories of facts known late, the same each time; bench/facts_histories.py plays others."""

from __future__ import annotations

from tests.facts_histories.running import play
from tests.facts_histories.telling import Tally

HISTORIES = 10


def test_whatever_is_told_late_everybody_ends_with_what_is_owed(first_load: object, db: None) -> None:
    tally = Tally()
    play(HISTORIES, tally, seeded=True)
    assert tally.histories >= HISTORIES
    # Looking at their own month alone gave what looking at all of them did; of many.
    assert tally.steady > HISTORIES
