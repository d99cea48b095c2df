"""What a merge makes of decisions, told a second way: month by month."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from ansinh.kernel.month import Month
from tests.facts_histories.people import Granted, Somebody

# Far enough beyond every history: what pays then goes on.
FAR = Month.of(2030, 1)


@dataclass
class Merged:
    """What a merge changed on the paper, for taking it back."""

    double: Somebody
    untils: list[tuple[Granted, Month | None]] = field(default_factory=list)
    passed: list[Granted] = field(default_factory=list)
    cared_for: list[Granted] = field(default_factory=list)

    def take_back(self) -> None:
        """As if nobody had been merged."""
        self.double.is_merged = False
        for grant, until in self.untils:
            grant.until = until
        for grant in self.passed:
            grant.is_undone = True
        for grant in self.cared_for:
            grant.cared_for = self.double.pk


def merge(kept: Somebody, double: Somebody, month: Month, everybody: list[Somebody]) -> Merged:
    """The double has a month by a decision until the merge, unless the person kept holds the same one by then; the
    person kept has every month of it that is neither the double's nor paid by their own. Numbers are given later."""
    done = Merged(double)
    own = list(kept.grants)
    for grant in double.grants:
        if grant.is_undone:
            continue
        twins = [one for one in own if _same(one, grant) and not one.is_undone and _months(kept, one)]
        twin = max(twins, key=lambda one: max(_months(kept, one)), default=None)
        cut = month if twin is None else min(max(twin.starts, grant.opening), month)
        months = [one for one in _months(double, grant) if one >= cut]
        if not months:
            continue
        own_months = set(_months(kept, twin)) if twin else set()
        # A suspension of the person kept is theirs: the double's decision does not fill it.
        gap = range(min(own_months).index, max(own_months).index) if own_months else range(0)
        left = [one for one in months if one not in own_months and one.index not in gap]
        if twin is None or twin.starts > month:
            left = [one for one in left if one >= month]
        done.untils.append((grant, grant.until))
        grant.until = cut
        done.passed += _stretches(grant, left)
    kept.grants += done.passed
    for one in everybody:
        for grant in one.grants:
            if grant.cared_for == double.pk:
                grant.cared_for = kept.pk
                done.cared_for.append(grant)
    double.is_merged = True
    return done


def _same(one: Granted, other: Granted) -> bool:
    return (one.category, one.cared_for) == (other.category, other.cared_for)


def _months(person: Somebody, grant: Granted) -> list[Month]:
    return [month for month in grant.starts.until(FAR) if _stands(person, grant, month)]


def _stands(person: Somebody, grant: Granted, month: Month) -> bool:
    """Whether the decision stands for a month, whoever paid it."""
    opening, grant.opening = grant.opening, grant.starts
    stands = person.pays(grant, month)
    grant.opening = opening
    return stands


def _stretches(grant: Granted, months: list[Month]) -> list[Granted]:
    """One decision for each run of months."""
    made = []
    for _, run in groupby(enumerate(months), key=lambda found: found[1].index - found[0]):
        stretch = [month for _, month in run]
        until = None if stretch[-1] + 1 == FAR else stretch[-1] + 1
        made.append(
            Granted(0, grant.category, stretch[0], max(stretch[0], grant.opening), grant.signed_on, grant.children,
                    grant.cared_for, until=until)
        )  # fmt: skip
    return made
