"""Recipes, fees and contracts, without a database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.funds.recipes import ACCOUNTS, RECIPES
from ansinh.funds.rules import covering, fee_of, overlapping_channels, postings_of
from ansinh.funds.states import FUNDS, fund_of_regime
from ansinh.funds.types import BookRow, ContractTerms
from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month
from ansinh.ledger.types import AccountKey
from ansinh.policy import load_pack

AMOUNTS = st.integers(-(10**9), 10**9).map(Dong)
ROWS = st.lists(
    st.builds(
        BookRow, st.sampled_from(FUNDS), st.sampled_from(["a", "b"]), st.sampled_from(["02053", "02050"]), AMOUNTS,
        st.sampled_from(["02053", "02056"]),
    ),
    max_size=8,
)  # fmt: skip


@given(st.sampled_from(sorted(RECIPES)), ROWS)
def test_whatever_is_booked_balances(recipe: str, rows: list[BookRow]) -> None:
    postings = postings_of(recipe, rows, holder="064", year=2020)
    assert total(posting.dong for posting in postings) == Dong(0)
    assert all(posting.dong for posting in postings)
    assert len({posting.account for posting in postings}) == len(postings)


def test_every_recipe_names_known_accounts_and_every_account_is_moved() -> None:
    named = {kind for recipe in RECIPES.values() for pair in recipe.pairs for kind in (pair.debit, pair.credit)}
    assert named == ACCOUNTS.keys()


def test_budgets_and_money_never_meet_in_a_pair() -> None:
    for recipe in RECIPES.values():
        for pair in recipe.pairs:
            assert (ACCOUNTS[pair.debit].of == "budget") == (ACCOUNTS[pair.credit].of == "budget")


def test_what_touches_a_payers_month_settles() -> None:
    settled = {"with_payer", "with_staff", "owed", "granted", "recoverable", "written_off", "fee_cost"}
    for name, recipe in RECIPES.items():
        kinds = {kind for pair in recipe.pairs for kind in (pair.debit, pair.credit)}
        assert recipe.settles == bool(kinds & settled), name


def test_paying_lowers_what_is_owed_and_what_is_in_hand() -> None:
    postings = postings_of("pay", [BookRow("tcxh", "a", "02053", Dong(5))], holder="064", year=2020)
    assert {(one.account, one.dong) for one in postings} == {
        (AccountKey("owed", "tcxh", "02053", "a"), Dong(5)),
        (AccountKey("with_payer", "tcxh", "02053", "a"), Dong(-5)),
    }


def test_moved_money_leaves_one_commune_and_comes_to_the_other() -> None:
    row = BookRow("tcxh", "a", "02053", Dong(5), to_commune="02050")
    moved = {
        (one.account.kind, one.account.place): one.dong
        for one in postings_of("move_place", [row], holder="064", year=2020)
    }
    assert moved == {
        ("with_payer", "02050"): Dong(5), ("with_payer", "02053"): Dong(-5),
        ("owed", "02050"): Dong(-5), ("owed", "02053"): Dong(5),
    }  # fmt: skip


def test_a_budget_stands_with_its_holder_and_year() -> None:
    (debit, credit) = postings_of("assign_budget", [BookRow("tcxh", "", "", Dong(5))], holder="064", year=2020)
    assert {debit.account, credit.account} == {
        AccountKey("assigned", "tcxh", "064", "", 2020), AccountKey("available", "tcxh", "064", "", 2020)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rate", "paid", "fee"),
    [("0.004", 405_000, 1_620), ("0.004", 125, 1), ("0.004", 124, 0), ("0.0045", 405_000, 1_823), ("0", 405_000, 0),
     ("0.004", -125, -1), ("0.004", -124, 0), ("1", 7, 7)],
)  # fmt: skip
def test_fees_are_rounded_half_up(rate: str, paid: int, fee: int) -> None:
    assert fee_of(Decimal(rate), {"tcxh": Dong(paid)}) == {"tcxh": Dong(fee)}


@given(
    st.decimals(0, 1, places=6),
    st.dictionaries(st.sampled_from(["tcxh", "social_pension", "third"]), AMOUNTS, min_size=1),
)
def test_the_funds_fees_sum_to_the_whole(rate: Decimal, paid: dict[str, Dong]) -> None:
    fees = fee_of(rate, paid)
    exact = Fraction(rate) * total(paid.values()).value
    assert abs(total(fees.values()).value - exact) <= Fraction(1, 2)
    assert all(abs(fees[fund].value - Fraction(rate) * paid[fund].value) < 1 for fund in paid)
    assert fee_of(rate, {fund: -dong for fund, dong in paid.items()}).keys() == fees.keys()
    back = fee_of(rate, {"tcxh": -total(paid.values())})
    assert total(back.values()) == -total(fees.values())


def terms(contract_id: int, place: str, *, starts: int = 1, ends: int | None = None, payer: str = "a") -> ContractTerms:
    until = Month.of(2020, ends) if ends else None
    return ContractTerms(
        contract_id, payer, payer, place, str(contract_id), date(2020, 1, 1), Month.of(2020, starts), until,
        Decimal(0), ("cash", "bank"),
    )  # fmt: skip


def test_the_most_specific_place_holds() -> None:
    contracts = [terms(1, ""), terms(2, "06"), terms(3, "02053"), terms(4, "064"), terms(5, "061")]
    path = ("02053", "064", "06")
    assert [one.contract_id for one in covering(contracts, path, Month.of(2020, 8))] == [3, 4, 2, 1]
    assert covering(contracts, path, Month.of(2020, 8), "wallet") == ()


def test_a_contract_covers_from_its_first_month_to_the_one_before_its_end() -> None:
    contract = [terms(1, "064", starts=3, ends=8)]
    covered = [month for month in range(1, 13) if covering(contract, ("064",), Month.of(2020, month))]
    assert covered == [3, 4, 5, 6, 7]


def test_one_channel_is_served_by_one_payer_in_a_place() -> None:
    one = terms(1, "064", starts=3)
    assert overlapping_channels(one, [terms(2, "064", starts=1, ends=3), terms(3, "06"), terms(4, "")]) == ()
    assert overlapping_channels(one, [terms(5, "064", starts=1, ends=4)]) == (("cash", "5"), ("bank", "5"))


def test_every_regime_of_the_law_has_its_fund() -> None:
    assert {fund_of_regime(category.regime) for category in load_pack().categories}
    with pytest.raises(ValueError, match="no fund"):
        fund_of_regime("base_salary")
