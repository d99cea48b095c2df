"""The standard amounts lists go by, month by month and place by place: worked out once for many, kept with each run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from ansinh.entitlement.queries import Law
from ansinh.kernel.month import Month
from ansinh.payroll.models import Run, RunAmount
from ansinh.places.queries import list_paths
from ansinh.platform.copying import copy_rows

# Everywhere but in communes that have amounts of their own.
EVERYWHERE = ""


class Stretch(NamedTuple):
    """One standard amount from month to month (the last one not counted)."""

    commune_code: str
    amount_key: str
    starts: Month
    ends: Month
    dong: int


@dataclass(eq=False)
class Amounts:
    """Standard amounts of everywhere, and of the communes that differ from it, by key and month. Equal to itself alone:
    runs that went by the same share one."""

    by_commune: dict[str, dict[tuple[str, Month], int]] = field(default_factory=dict)

    @property
    def own(self) -> frozenset[str]:
        """Communes with amounts of their own."""
        return frozenset(self.by_commune) - {EVERYWHERE}

    def of(self, commune_code: str) -> dict[tuple[str, Month], int]:
        """The amounts of a commune."""
        return self.by_commune.get(commune_code) or self.by_commune.get(EVERYWHERE, {})

    def stretches(self, communes: Iterable[str]) -> Iterator[Stretch]:
        """The amounts of everywhere and of those communes that have their own, in as few rows as they need."""
        for code in sorted({EVERYWHERE, *(self.own & frozenset(communes))}):
            held = sorted((key, month, dong) for (key, month), dong in self.of(code).items())
            for (key, dong, _), group in groupby(
                enumerate(held), key=lambda one: (one[1][0], one[1][2], one[1][1].index - one[0])
            ):
                months = [month for _, (_, month, _) in group]
                yield Stretch(code, key, months[0], months[-1] + 1, dong)


def amounts_of(
    law: Law, regimes: Sequence[str], communes: Iterable[str], months: Sequence[Month], *, now: Month
) -> Amounts:
    """What the law publishes for each commune and month. `now`: the month of the list.

    A code not in force yet in a month stands in for a home nobody wrote down: its place of now.
    """
    pack, not_taken = law.pack, law.levels_not_taken
    keys = tuple(dict.fromkeys(one.amount_key for one in pack.categories if one.regime in regimes))
    dated = {row.area for key in keys for row in pack.provincial.get(key, ())}
    dated |= {area for key in keys for row in pack.provincial.get(key, ()) for area in row.except_areas}
    found: dict[tuple[str, Month, frozenset[str]], int | None] = {}

    def amount(key: str, month: Month, path: Sequence[str]) -> int | None:
        # Areas no row of the law names change nothing.
        named = key, month, frozenset(path) & dated
        if named not in found:
            published = pack.find_amount(key, month, path, not_taken)
            found[named] = None if published is None else published.dong.value
        return found[named]

    def all_of(paths: Mapping[Month, Sequence[str]]) -> dict[tuple[str, Month], int]:
        held = {(key, month): amount(key, month, paths.get(month, ())) for key in keys for month in months}
        return {named: dong for named, dong in held.items() if dong is not None}

    everywhere = all_of({})
    amounts = Amounts({EVERYWHERE: everywhere})
    # No dated area: everybody's amounts are those of everywhere, and no place is asked about.
    places = tuple(communes) if dated else ()
    paths = {month: list_paths(places, month.first_day) for month in {*months, now}}
    for code in places:
        here = {month: paths[month].get(code) or paths[now].get(code, ()) for month in months}
        if not any(dated.intersection(path) for path in here.values()):
            continue
        if (own := all_of(here)) != everywhere:
            amounts.by_commune[code] = own
    return amounts


def keep_amounts(runs: Iterable[Run], amounts: Amounts, communes: Mapping[int, Sequence[str]]) -> None:
    """Write down what each run goes by; `communes`: by run, where its people live or ever lived."""
    own, told = amounts.own, {}
    wanted: dict[int, frozenset[Stretch]] = {}
    for run in runs:
        # Of a country's thousands most go by the same.
        with_own = own.intersection(communes.get(run.pk, ()))
        if with_own not in told:
            told[with_own] = frozenset(amounts.stretches(with_own))
        wanted[run.pk] = told[with_own]
    kept = _kept_stretches(wanted)
    others = [run_id for run_id, stretches in wanted.items() if kept.get(run_id) != stretches]
    RunAmount.objects.filter(run_id__in=[run_id for run_id in others if run_id in kept]).delete()
    copy_rows(
        "payroll_runamount",
        ("run_id", "commune_code", "amount_key", "starts", "ends", "base_dong"),
        (
            (run_id, one.commune_code, one.amount_key, one.starts.first_day, one.ends.first_day, one.dong)
            for run_id in others
            for one in sorted(wanted[run_id], key=lambda one: (one.commune_code, one.amount_key, one.starts))
        ),
    )


def kept_amounts(run_ids: Iterable[int]) -> dict[int, Amounts]:
    """What earlier runs went by, one and the same of those that went by the same; of a run that kept nothing, nothing
    is said."""
    kept = _kept_stretches(run_ids)
    spread = {held: _spread(held) for held in set(kept.values())}
    return {run_id: spread[held] for run_id, held in kept.items()}


def _kept_stretches(run_ids: Iterable[int]) -> dict[int, frozenset[Stretch]]:
    rows = RunAmount.objects.filter(run_id__in=list(run_ids)).order_by("run_id")
    columns = ("run_id", "commune_code", "amount_key", "starts", "ends", "base_dong")
    return {
        run_id: frozenset(Stretch(code, key, starts, ends, base.value) for _, code, key, starts, ends, base in held)
        for run_id, held in groupby(rows.values_list(*columns), key=itemgetter(0))
    }


def changed_months(before: Amounts, now: Amounts, months: Sequence[Month]) -> list[tuple[str, Month, Month]]:
    """The months of the given ones in which an amount of a commune, or of everywhere, is another now than before: by
    commune, from month to month, the last one not counted, those that follow each other as one stretch.

    Of communes neither names, everywhere tells. Of one that has its own amounts now and had none before, those of
    everywhere before are compared: they were its own then, or nobody lived there.
    """
    asked = frozenset(months)
    found = []
    for code in sorted({EVERYWHERE} | before.own | now.own):
        old, new = before.of(code), now.of(code)
        differ = {month for key, month in old.keys() | new.keys() if old.get((key, month)) != new.get((key, month))}
        found += [(code, *stretch) for stretch in _stretches_of(sorted(differ & asked))]
    return found


def _stretches_of(months: Iterable[Month]) -> list[tuple[Month, Month]]:
    stretches: list[tuple[Month, Month]] = []
    for month in months:
        if stretches and stretches[-1][1] == month:
            stretches[-1] = (stretches[-1][0], month + 1)
        else:
            stretches.append((month, month + 1))
    return stretches


def _spread(rows: Iterable[Stretch]) -> Amounts:
    amounts = Amounts()
    for row in rows:
        held = amounts.by_commune.setdefault(row.commune_code, {})
        held |= {(row.amount_key, month): row.dong for month in row.starts.until(row.ends)}
    return amounts


def as_rows(amounts: Amounts) -> tuple[list[str], list[str], list[date], list[int]]:
    """The columns commune, key, month, đồng."""
    communes, keys, months, bases = [], [], [], []
    for code, held in amounts.by_commune.items():
        for (key, month), dong in held.items():
            communes.append(code)
            keys.append(key)
            months.append(month.first_day)
            bases.append(dong)
    return communes, keys, months, bases
