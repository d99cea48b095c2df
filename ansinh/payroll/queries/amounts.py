"""The standard amounts approved lists went by: by commune and regime, from month to month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Min

from ansinh.entitlement.queries import Law
from ansinh.kernel.month import Month
from ansinh.payroll.laws import pack_with
from ansinh.payroll.models import Run
from ansinh.payroll.rules import horizon_of
from ansinh.payroll.states import MERIT, MONTHLY, PROGRAMMES
from ansinh.places.queries import list_paths
from ansinh.platform import sql

# (pack digest, levels not taken, commune, amount key, from, until, đồng; none where somebody can be owed what has no
# amount yet)
_Stretch = tuple[str, str, str, str, date, date, int | None]


@dataclass(frozen=True, slots=True)
class _Gone:
    """A law approved lists have gone by: what they call it, and what this release of the pack makes of it."""

    pack_digest: str
    levels_not_taken: str
    law: Law


def amounts_gone_by() -> dict[str, Any]:
    """Every standard amount an approved list has gone by, as parameters of find_lines_not_due.

    `same_packs`: the digests this release of the pack still makes; lists that went by others are told apart.
    """
    gone = _laws_gone_by()
    rows = list(_standard_amounts(gone))
    names = ("pack_digests", "levels_not_taken", "communes", "amount_keys", "starts", "ends", "bases")
    columns = zip(*rows, strict=True) if rows else ([] for _ in names)
    params = {name: list(column) for name, column in zip(names, columns, strict=True)}
    return {**params, **regimes_by_programme(MONTHLY), "same_packs": same_packs(gone)}


def regimes_by_programme(programmes: Iterable[str]) -> dict[str, list[str]]:
    """Each of the programmes beside each regime it lists, as parameters of the proofs' statements."""
    pairs = [(programme, regime) for programme in programmes for regime in PROGRAMMES[programme]]
    return {"programmes": [pair[0] for pair in pairs], "programme_regimes": [pair[1] for pair in pairs]}


def same_packs(gone: Iterable[_Gone] | None = None) -> list[str]:
    """The digests of packs, among those approved lists went by, that this release still makes."""
    found = _laws_gone_by() if gone is None else gone
    return sorted({one.pack_digest for one in found if one.law.pack.digest == one.pack_digest})


def _laws_gone_by() -> tuple[_Gone, ...]:
    columns = ("pack_digest", "levels_not_taken", "level_packs")
    rows = Run.objects.filter(state="APPROVED").order_by(*columns).values_list(*columns).distinct()
    return tuple(
        _Gone(digest, without, Law(pack_with(added), frozenset(code for code in without.split(",") if code)))
        for digest, without, added in rows
    )


def _standard_amounts(gone: Iterable[_Gone]) -> Iterator[_Stretch]:
    """The amounts over every month an approved list has compared."""
    span = Run.objects.filter(state="APPROVED", programme__in=MONTHLY).aggregate(
        first=Min("month"), last=Max("month"), back=Max("horizon_months")
    )
    if span["last"] is None:
        return
    months = list(horizon_of(span["first"], span["back"]).until(span["last"] + 1))
    communes = [row["commune_code"] for row in sql.rows("payroll/list_home_communes_of_all")]
    paths = _paths(communes, months)
    programmes = Run.objects.filter(state="APPROVED").order_by().values_list("programme", flat=True).distinct()
    listed = {regime for programme in programmes for regime in PROGRAMMES[programme]}
    for one in gone:
        pack, known = one.law.pack, dict[tuple[str, Month, frozenset[str | None]], int | None]()
        local = {row.area for rows in pack.provincial.values() for row in rows}
        local |= {area for rows in pack.provincial.values() for row in rows for area in row.except_areas}
        keys = dict.fromkeys(category.amount_key for category in pack.categories if category.regime in listed)
        for code in communes:
            for amount_key in keys:
                amounts = []
                for month, path in zip(months, paths[code], strict=True):
                    # What a place has of its own is all that tells its amount from the nation's.
                    key = (amount_key, month, frozenset(local.intersection(path)))
                    if key not in known:
                        known[key] = _amount(one.law, amount_key, month, path)
                    amounts.append(known[key])
                yield from _stretches(one, code, amount_key, months, amounts)


def _amount(law: Law, amount_key: str, month: Month, path: Sequence[str]) -> int | None:
    found = law.pack.find_amount(amount_key, month, path, law.levels_not_taken)
    return None if found is None else found.dong.value


def _stretches(
    gone: _Gone, code: str, amount_key: str, months: Sequence[Month], amounts: Sequence[int | None]
) -> Iterator[_Stretch]:
    """The months of one commune and amount key joined while the amount stays the same."""
    begun = 0
    for at in range(1, len(months) + 1):
        if at == len(months) or amounts[at] != amounts[begun]:
            dong = amounts[begun]
            if dong is not None or amount_key.startswith(MERIT):
                yield (
                    gone.pack_digest,
                    gone.levels_not_taken,
                    code,
                    amount_key,
                    months[begun].first_day,
                    (months[at - 1] + 1).first_day,
                    dong,
                )
            begun = at


def _paths(communes: Iterable[str], months: Sequence[Month]) -> dict[str, list[tuple[str, ...]]]:
    """Each commune's path, month by month; a code not in force yet stands for the place it means later."""
    paths: dict[str, list[tuple[str, ...]]] = {code: [()] * len(months) for code in communes}
    later: dict[str, tuple[str, ...]] = {}
    for at in range(len(months) - 1, -1, -1):
        later = {**later, **list_paths(paths, months[at].first_day)}
        for code, path in later.items():
            paths[code][at] = path
    return paths
