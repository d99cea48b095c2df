"""What may be withheld of one person's money: by hand, and for anything hypothesis thinks of."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ansinh.payout.netting import OpenRecovery, Withheld, spread, withheld_from

THIRTY = Decimal("0.3")


def owing(dong: int, *, pk: int = 1, same_months: int = 0, decision: int | None = None,
          share: Decimal = THIRTY, instalment: int | None = None) -> OpenRecovery:  # fmt: skip
    return OpenRecovery(pk, {"tcxh": dong}, same_months, decision, share if decision else None, instalment)


def taken(regular: int, arrears: int, *recoveries: OpenRecovery) -> list[tuple[int, str, int]]:
    return [(one.recovery_id, one.kind, one.dong) for one in withheld_from(regular, arrears, recoveries)]


def test_a_proposal_takes_nothing() -> None:
    assert taken(540_000, 1_000_000, owing(1_080_000)) == []


def test_a_decision_takes_its_share_of_the_regular_money_only() -> None:
    assert taken(540_000, 1_000_000, owing(1_080_000, decision=9)) == [(1, "deduction", 162_000)]


def test_a_share_is_never_rounded_up() -> None:
    assert taken(999_999, 0, owing(1_080_000, decision=9)) == [(1, "deduction", 299_999)]


def test_an_instalment_is_the_most_a_month_within_the_share() -> None:
    assert taken(540_000, 0, owing(1_080_000, decision=9, instalment=100_000)) == [(1, "deduction", 100_000)]
    assert taken(540_000, 0, owing(1_080_000, decision=9, instalment=400_000)) == [(1, "deduction", 162_000)]
    assert taken(540_000, 0, owing(50_000, decision=9, instalment=100_000)) == [(1, "deduction", 50_000)]


def test_one_decision_at_a_time_the_oldest_first() -> None:
    both = (owing(100_000, decision=9), owing(500_000, pk=2, decision=10))
    assert taken(540_000, 0, *both) == [(1, "deduction", 100_000)]


def test_arrears_of_the_very_months_close_it_without_a_decision() -> None:
    assert taken(540_000, 1_620_000, owing(1_080_000, same_months=1_080_000)) == [(1, "correction", 1_080_000)]
    assert taken(0, 540_000, owing(1_080_000, same_months=540_000)) == [(1, "correction", 540_000)]
    later = owing(300_000, pk=2, same_months=300_000)
    assert taken(0, 540_000, owing(400_000, same_months=400_000), later) == [
        (1, "correction", 400_000),
        (2, "correction", 140_000),
    ]


def test_a_fund_that_gave_what_another_took_goes_whole_with_the_first_amount() -> None:
    opened = {"social_pension": -500, "tcxh": 540}
    assert spread(10, opened) == {"social_pension": -500, "tcxh": 510}
    assert spread(40, opened) == opened
    assert spread(0, opened) == {}


PARTS = st.dictionaries(st.sampled_from(("tcxh", "social_pension")), st.integers(-900_000, 2_000_000)).filter(
    lambda parts: sum(parts.values()) > 0 and all(parts.values())
)
RECOVERIES = st.lists(
    st.tuples(
        PARTS,
        st.integers(0, 3_000_000),
        st.booleans(),
        st.integers(1, 10_000),
        st.none() | st.integers(1, 800_000),
    ),
    max_size=4,
)


@given(st.integers(0, 2_000_000), st.integers(0, 5_000_000), RECOVERIES)
def test_nobody_is_left_below_nothing_and_nothing_is_taken_twice(
    regular: int, arrears: int, some: list[tuple[dict[str, int], int, bool, int, int | None]]
) -> None:
    recoveries = [
        OpenRecovery(pk, parts, same, pk if decided else None, Decimal(share) / 10_000 if decided else None, most)
        for pk, (parts, same, decided, share, most) in enumerate(some, start=1)
    ]
    withheld = withheld_from(regular, arrears, recoveries)
    sums: Counter[tuple[int, str]] = Counter()
    for one in withheld:
        sums[one.recovery_id, one.kind] += one.dong
    corrected = sum(dong for (_, kind), dong in sums.items() if kind == "correction")
    deducted = sum(dong for (_, kind), dong in sums.items() if kind == "deduction")
    assert 0 <= corrected <= arrears
    assert 0 <= deducted <= regular
    assert len({one.recovery_id for one in withheld if one.kind == "deduction"}) <= 1
    for opened in recoveries:
        of_it = [entry for entry in withheld if entry.recovery_id == opened.recovery_id]
        assert 0 <= sum(entry.dong for entry in of_it) <= opened.open_dong
        assert sums[opened.recovery_id, "correction"] <= opened.same_months_dong
        _leaves_nothing_below_nothing(opened, of_it)


def _leaves_nothing_below_nothing(one: OpenRecovery, taken_of_it: list[Withheld]) -> None:
    left = Counter(one.opened)
    for entry in taken_of_it:
        left[entry.fund] -= entry.dong
    assert not taken_of_it or min(left.values()) >= 0
