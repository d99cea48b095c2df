"""Equal content, equal digest; different content, another."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.digest import digest_of, short_digest
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True)
class Line:
    person: str
    amount: Dong


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.integers().map(Dong) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=4), plain, max_size=6), st.randoms())
def test_the_order_of_keys_does_not_matter(content: dict[str, Any], chance: random.Random) -> None:
    items = list(content.items())
    chance.shuffle(items)
    assert digest_of(dict(items)) == digest_of(content)


def test_kinds_never_meet() -> None:
    kinds: list[Any] = [
        5, "5", True, 1, None, Dong(5), Decimal(5), Month.of(2026, 5), date(2026, 5, 1), "2026-05", "2026-05-01",
        datetime(2026, 5, 1, tzinfo=UTC), [], {}, frozenset(), frozenset({5}), [5], {"5": 1}, {5: 1},
        UUID(int=5), str(UUID(int=5)),
    ]  # fmt: skip
    assert len({digest_of(kind) for kind in kinds}) == len(kinds)


def test_one_value_one_digest_however_it_was_made() -> None:
    assert digest_of(Decimal("1.50")) == digest_of(Decimal("1.5"))
    assert digest_of(Decimal("1E+2")) == digest_of(Decimal(100))
    assert digest_of(Decimal("-0.0")) == digest_of(Decimal(0))
    assert digest_of([1, 2]) == digest_of((1, 2))
    assert digest_of({3, 1, 2}) == digest_of(frozenset({2, 3, 1}))
    assert digest_of(Colour.RED) == digest_of("red")
    noon = datetime(2026, 5, 1, 12, tzinfo=UTC)
    assert digest_of(noon) == digest_of(noon.astimezone(timezone(timedelta(hours=7))))
    assert digest_of(Line("a", Dong(1))) == digest_of({"amount": Dong(1), "person": "a"})


@pytest.mark.parametrize(
    "content",
    [1.5, object(), Decimal("NaN"), Line, datetime(2026, 5, 1, tzinfo=UTC).replace(tzinfo=None), b"x"],
    ids=lambda value: type(value).__name__,
)
def test_what_has_no_single_way_of_writing_has_no_digest(content: object) -> None:
    with pytest.raises(TypeError, match="no digest"):
        digest_of([content])


def test_the_digest_stays_the_same_over_the_years() -> None:
    content = {"month": Month.of(2026, 11), "lines": [("Đặng Thị Ý", Dong(405_000), Decimal("1.5"))]}
    assert digest_of(content) == "b69c1951088ac0cabdda71ae7ca94b12a447b9ef79a19a2d35f4066cf5183197"


def test_short_for_paper() -> None:
    assert short_digest("0123456789abcdef" * 4) == "0123 4567 89AB CDEF"
    with pytest.raises(ValueError, match="64 hex"):
        short_digest("0123")
