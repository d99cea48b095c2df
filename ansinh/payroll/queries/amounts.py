"""The standard amounts approved lists went by: by commune and regime, from month to month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from ansinh.kernel.month import Month
from ansinh.payroll.models import Run
from ansinh.payroll.rules import HORIZON_MONTHS, horizon_of
from ansinh.payroll.states import PROGRAMMES
from ansinh.places.queries import list_paths
from ansinh.platform import sql
from ansinh.policy import Pack

# (levels not taken, commune, regime, from, until, đồng)
_Stretch = tuple[str, str, str, date, date, int]


def amounts_gone_by(pack: Pack) -> dict[str, Any]:
    """Every standard amount an approved list has gone by, as parameters of find_lines_not_due."""
    rows = list(_standard_amounts(pack))
    names = ("levels_not_taken", "communes", "regimes", "starts", "ends", "bases")
    columns = zip(*rows, strict=True) if rows else ([] for _ in names)
    params = {name: list(column) for name, column in zip(names, columns, strict=True)}
    return {**params, **regimes_by_programme(), "horizon_months": HORIZON_MONTHS, "pack_digest": pack.digest}


def regimes_by_programme() -> dict[str, list[str]]:
    """Each programme beside each regime it lists, as parameters of the proofs' statements."""
    pairs = [(programme, regime) for programme, regimes in PROGRAMMES.items() for regime in regimes]
    return {"programmes": [pair[0] for pair in pairs], "programme_regimes": [pair[1] for pair in pairs]}


def _standard_amounts(pack: Pack) -> Iterator[_Stretch]:
    """The amounts over every month an approved list has compared."""
    approved = Run.objects.filter(state="APPROVED").order_by().values_list("month", "levels_not_taken").distinct()
    if not approved:
        return
    last = max(month for month, _ in approved)
    months = list(horizon_of(min(month for month, _ in approved)).until(last + 1))
    communes = [row["commune_code"] for row in sql.rows("payroll/list_home_communes_of_all")]
    paths = _paths(communes, months)
    local = {row.area for rows in pack.provincial.values() for row in rows}
    local |= {area for rows in pack.provincial.values() for row in rows for area in row.except_areas}
    known: dict[tuple[str, str, Month, frozenset[str | None]], int | None] = {}
    for not_taken in sorted({text for _, text in approved}):
        for code in communes:
            for regime in pack.amounts:
                amounts = []
                for month, path in zip(months, paths[code], strict=True):
                    # What a place has of its own is all that tells its amount from the nation's.
                    key = (not_taken, regime, month, frozenset(local.intersection(path)))
                    if key not in known:
                        known[key] = _amount(pack, regime, month, path, not_taken)
                    amounts.append(known[key])
                yield from _stretches(not_taken, code, regime, months, amounts)


def _amount(pack: Pack, regime: str, month: Month, path: Sequence[str], levels_not_taken: str) -> int | None:
    not_taken = frozenset(code for code in levels_not_taken.split(",") if code)
    if not any(row.starts <= month and row.law not in not_taken for row in pack.amounts[regime]):
        return None
    return pack.standard_amount(regime, month, path, not_taken).dong.value


def _stretches(
    not_taken: str, code: str, regime: str, months: Sequence[Month], amounts: Sequence[int | None]
) -> Iterator[_Stretch]:
    """The months of one commune and regime joined while the amount stays the same."""
    begun = 0
    for at in range(1, len(months) + 1):
        if at == len(months) or amounts[at] != amounts[begun]:
            dong = amounts[begun]
            if dong is not None:
                yield not_taken, code, regime, months[begun].first_day, (months[at - 1] + 1).first_day, dong
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
