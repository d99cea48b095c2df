"""Long work that was cancelled stops at its next step, and says how far it had come."""

from __future__ import annotations

import pytest

from ansinh.platform.cancelling import Cancelled, Progress, cancellable


def _counting(progress: Progress) -> list[int]:
    done: list[int] = []
    for number in range(1, 6):
        done.append(number)
        progress(number, 5)
    return done


def test_work_nobody_cancels_is_done_whole_and_told_step_by_step() -> None:
    told: list[tuple[int, int]] = []

    assert _counting(cancellable(lambda: False, lambda done, total: told.append((done, total)))) == [1, 2, 3, 4, 5]
    assert told == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


def test_cancelled_work_stops_at_its_next_step_with_the_count_told() -> None:
    told: list[int] = []

    with pytest.raises(Cancelled, match="2/5"):
        _counting(cancellable(lambda: told[-1] == 2, lambda done, _total: told.append(done)))

    assert told == [1, 2]
