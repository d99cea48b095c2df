"""Recipes turned into postings, fees, and which contract covers; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from ansinh.funds.recipes import ACCOUNTS, RECIPES
from ansinh.funds.types import BookRow, ContractTerms
from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month
from ansinh.ledger.types import AccountKey, Posting


def postings_of(recipe: str, rows: Iterable[BookRow], *, holder: str, year: int) -> tuple[Posting, ...]:
    """Both sides of every pair of the recipe for each row, one posting an account; what cancels out is left out.

    An amount below zero is booked on the other sides.
    """
    sums: dict[AccountKey, Dong] = {}
    for row in rows:
        for pair in RECIPES[recipe].pairs:
            debited = _account(pair.debit, row, holder=holder, year=year, to=pair.to_debit)
            credited = _account(pair.credit, row, holder=holder, year=year, to=pair.to_credit)
            sums[debited] = sums.get(debited, Dong(0)) + row.dong
            sums[credited] = sums.get(credited, Dong(0)) - row.dong
    return tuple(Posting(account, dong) for account, dong in sorted(sums.items()) if dong)


def _account(kind: str, row: BookRow, *, holder: str, year: int, to: bool) -> AccountKey:
    match ACCOUNTS[kind].of:
        case "budget":
            return AccountKey(kind, row.fund, holder, "", year)
        case "treasury":
            return AccountKey(kind, row.fund, holder)
        case "money":
            return AccountKey(kind, row.fund, row.to_commune if to else row.commune, row.payer)


def fee_of(rate: Decimal, paid: Mapping[str, Dong]) -> dict[str, Dong]:
    """The fee on what was paid, by fund: the whole rounded half up to đồng, shared out by largest remainder.

    Paid is net of payments that came back; more back than paid makes a fee below zero, rounded away from zero at the
    half, so that taking a payment back takes exactly its fee back.
    """
    exact = {fund: Fraction(rate) * dong.value for fund, dong in sorted(paid.items())}
    whole = sum(exact.values(), Fraction(0))
    rounded = floor(whole + Fraction(1, 2)) if whole >= 0 else -floor(-whole + Fraction(1, 2))
    shares = {fund: floor(share) for fund, share in exact.items()}
    left = rounded - sum(shares.values())
    for fund in sorted(exact, key=lambda fund: (shares[fund] - exact[fund], fund))[:left]:
        shares[fund] += 1
    return {fund: Dong(share) for fund, share in shares.items()}


def needed_in(lacking: Mapping[Month, Dong], month: Month) -> Dong:
    """What a month needs, when each month's documents lack so much (below zero: brought too much, which carries over).

    What was lacking at the end of an earlier month is that month's to be sent.
    """
    sums = dict(_sums_at_ends(lacking))
    until = total(dong for one, dong in lacking.items() if one <= month)
    before = max((dong for one, dong in sums.items() if one < month), default=Dong(0))
    return max(Dong(0), until - max(Dong(0), before))


def least_from(changes: Mapping[Month, Dong], month: Month) -> Dong:
    """The smallest sum at the end of the month or of any later one."""
    until = total(dong for one, dong in changes.items() if one <= month)
    return min([until, *(dong for one, dong in _sums_at_ends(changes) if one > month)])


def _sums_at_ends(changes: Mapping[Month, Dong]) -> Iterator[tuple[Month, Dong]]:
    so_far = Dong(0)
    for month, dong in sorted(changes.items()):
        so_far += dong
        yield month, so_far


def covering(
    contracts: Sequence[ContractTerms], path: Sequence[str], month: Month, channel: str = ""
) -> tuple[ContractTerms, ...]:
    """The contracts that cover a place in a month, by that channel if one is named: the most specific place first.

    `path` is the place's code and the codes above it, as places.queries.path_of gives it.
    """
    places = [*path, ""]
    fitting = [
        contract
        for contract in contracts
        if contract.place_code in places
        and contract.starts <= month
        and (contract.ends is None or month < contract.ends)
        and (not channel or channel in contract.channels)
    ]
    return tuple(sorted(fitting, key=lambda one: (places.index(one.place_code), one.starts, one.contract_id)))


def overlapping_channels(one: ContractTerms, others: Iterable[ContractTerms]) -> tuple[tuple[str, str], ...]:
    """Channels that contracts of other payers already serve at exactly that place and time: (channel, number)."""
    return tuple(
        (channel, other.number)
        for other in others
        if other.place_code == one.place_code
        and (one.ends is None or other.starts < one.ends)
        and (other.ends is None or one.starts < other.ends)
        for channel in one.channels
        if channel in other.channels
    )
