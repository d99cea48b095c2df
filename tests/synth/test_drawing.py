"""Chance that can be told again, and things shared out to the last one."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansinh.synth.drawing import Chance, Weighted, shared_out


def test_the_same_name_draws_the_same_and_another_differently() -> None:
    def drawn(*name: object) -> list[int]:
        chance = Chance(*name)
        return [chance.below(1000) for _ in range(200)]

    assert drawn(7, "01726", 3) == drawn(7, "01726", 3)
    assert drawn(7, "01726", 3) != drawn(8, "01726", 3)


def test_draws_stay_fair_after_the_first_hash_is_used_up() -> None:
    chance = Chance("fair")
    counts = Counter(chance.below(10) for _ in range(20_000))
    assert min(counts.values()) > 1_800
    assert max(counts.values()) < 2_200


def test_what_weighs_more_comes_oftener_and_what_weighs_nothing_never() -> None:
    weighted = Weighted({"rare": 1, "never": 0, "often": 9})
    chance = Chance("weighted")
    counts = Counter(weighted.draw(chance) for _ in range(5_000))
    assert 400 < counts["rare"] < 600
    assert counts["never"] == 0


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 100_000), st.lists(st.integers(0, 5_000), min_size=1, max_size=12))
def test_all_is_shared_out_in_proportion(total: int, weights: list[int]) -> None:
    counts = shared_out(total, weights)
    whole = sum(weights)
    assert sum(counts) == (total if whole else 0)
    for count, weight in zip(counts, weights, strict=True):
        assert whole == 0 or abs(count - total * weight / whole) < 1
