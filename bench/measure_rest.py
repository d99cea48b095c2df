"""Figures whose own size is a share of the nation's, so that all of a million's table comes within its time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bench import measure_results

if TYPE_CHECKING:
    from bench.figure import Figure
    from bench.ground import Ground

# Of five million people a million orders' results are taken in, of a million two hundred thousand.
_SHARE = 5


def measure_results_share(ground: Ground) -> list[Figure]:
    """Results of as many orders as a fifth of the people."""
    return measure_results.measure_results(replace(ground, people=max(ground.people // _SHARE, 100)))
