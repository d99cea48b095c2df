"""Two hundred random histories of the money, the same each time; bench/histories.py plays thousands of others."""

from __future__ import annotations

from tests.committing import transactional_db
from tests.histories.running import Beginning, play
from tests.histories.world import Tally

__all__ = ["transactional_db"]


def test_whatever_happens_in_whatever_order_no_dong_is_lost_or_paid_twice(transactional_db: None) -> None:
    tally = Tally()
    play(Beginning(), 200, 5, pace=1, tally=tally, seeded=True)
    assert tally.histories >= 200
    assert tally.ended > 0
    # Where a seeded run is to have been: every kind of act, the chief ones killed at their end too.
    assert {"close_month", "reopen_month", "reissue_order", "record_death", "apply_results"} <= tally.acts.keys()
    assert {"record_results", "release_batch", "cancel_order", "issue_orders"} <= tally.killed.keys()
