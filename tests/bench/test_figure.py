"""The table of the bench: ratios round by round, verdicts, memory of what a command starts."""

from __future__ import annotations

import sys

import pytest

from bench.figure import Figure, percentile, side_by_side, table_of
from bench.memory import CommandFailed, run_measured


def test_the_ratio_is_the_median_of_the_rounds_not_of_the_seconds() -> None:
    # The machine slowed down in the second round, for both.
    figure = Figure("a", "a", seconds=(2.0, 9.0, 2.2), floor_seconds=(1.0, 6.0, 1.0))
    assert figure.ratio == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("floor", "verdict"), [((1.0,), "met"), ((0.8,), "near"), ((0.5,), "missed"), ((), "")]
)  # fmt: skip
def test_a_goal_is_met_nearly_met_or_missed(floor: tuple[float, ...], verdict: str) -> None:
    figure = Figure("a", "a", seconds=(1.0,), floor_seconds=floor, goal=1.0, bound=1.5)
    assert figure.verdict == verdict


def test_how_many_a_second_may_have_a_goal_at_least() -> None:
    slow = Figure("spans", "spans", seconds=(2.0,), count=10_000, of="people", goal=15_000, goal_is_least=True)
    assert (slow.rate, slow.verdict) == (5_000, "missed")
    assert "**5,000** people a second" in table_of([slow])


def test_a_figure_comes_back_from_json_as_it_was() -> None:
    figure = Figure("a", "a", (1.0, 2.0), "copy", (1.0, 1.0), 5, "lines", beside={"p50_ms": 1.5}, notes=("so",))
    assert Figure.of_json(figure.as_json()) == figure


def test_work_and_floor_are_run_in_turn() -> None:
    done: list[str] = []

    def beside() -> float:
        done.append("b")
        return 0.5

    own, floor = side_by_side(lambda: done.append("a"), beside)
    assert done == ["a", "b", "b", "a", "a", "b"]
    assert (len(own), floor) == (3, (0.5, 0.5, 0.5))


def test_a_percentile_of_few_is_one_of_them() -> None:
    assert (percentile(range(1, 13), 0.5), percentile(range(1, 13), 0.95), percentile([7.0], 0.95)) == (7, 12, 7.0)


def test_the_peak_counts_what_a_command_starts() -> None:
    hold = "import time; held = bytearray(60_000_000); time.sleep(0.5)"
    both = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}]); print('done')"
    finished = run_measured([sys.executable, "-c", both])
    assert finished.output == "done\n"
    assert finished.seconds > 0.5
    assert finished.peak_mb > 60


def test_a_command_that_fails_says_its_last_words() -> None:
    with pytest.raises(CommandFailed, match="no such thing"):
        run_measured([sys.executable, "-c", "raise SystemExit('no such thing')"])
