"""Due minus listed of runs, worked out beside their lines: computing takes it over, approval asks if it still holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

from ansinh.kernel.month import Month
from ansinh.payroll.laws import law_of
from ansinh.payroll.models import Run
from ansinh.payroll.runs import regimes_of
from ansinh.payroll.standard import EVERYWHERE, Amounts, amounts_of, as_rows, changed_months, keep_amounts, kept_amounts
from ansinh.payroll.states import OCCASION_FUNDS, OCCASION_KIND_NAMES
from ansinh.platform import sql
from ansinh.platform.copying import refresh_statistics

# Where staged lines lie; tables of this transaction's own stand before the shared ones, which stay empty.
STAGED, COMPARED = "payroll_stagedline", "payroll_comparedperson"
LINE_COLUMNS = (
    "run_id", "payroll_month", "person_id", "grant_id", "span_id", "benefit", "for_person_id", "regime", "kind",
    "entitlement_month", "coefficient", "base_dong", "deducted_dong", "amount_dong", "law", "article", "group_name",
    "commune_code", "pack_digest",
)  # fmt: skip
_COMPARED_COLUMNS = ("run_id", "person_id", "commune_code", "home_code", "is_steady")


def alike(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs in sets that can be staged together: of one month, programme, occasion, law and horizon."""
    sets: dict[tuple[object, ...], list[Run]] = {}
    for run in runs:
        law = run.pack_digest, run.level_packs, run.levels_not_taken
        sets.setdefault((run.month, run.programme, run.occasion_id, run.horizon_months, *law), []).append(run)
    return list(sets.values())


@contextmanager
def staged_lines(runs: Sequence[Run], *, whole: bool = False) -> Iterator[int]:
    """Inside, what is due and not listed by other approved runs, as known now, lies in the staging; how many lines.

    `runs`: alike, of which nobody is in two. `whole`: compare every month of everybody, though most cannot differ:
    what comes out is the same.
    """
    with _of_our_own(COMPARED, _COMPARED_COLUMNS), _of_our_own(STAGED, LINE_COLUMNS):
        staged = _stage(runs, STAGED, whole=whole)
        refresh_statistics(STAGED)
        yield staged


def load_lines(runs: Sequence[Run], table: str) -> int:
    """The same straight into a table of lines of its own kind, beside all lists; how many."""
    with _of_our_own(COMPARED, _COMPARED_COLUMNS):
        return _stage(runs, table, whole=False)


def _stage(runs: Sequence[Run], table: str, *, whole: bool) -> int:
    # How many rows an array of parameters has, the planner cannot know: it thinks of few, and would sort hundreds of
    # thousands of wide rows by text to merge them with the standard amounts. Hashing is right whatever their number.
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('enable_mergejoin', 'off', TRUE)")
    staged = _staged(runs, table, whole=whole)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('enable_mergejoin', 'on', TRUE)")
    return staged


def _staged(runs: Sequence[Run], table: str, *, whole: bool) -> int:
    first = runs[0]
    asked: dict[str, Any] = {
        "run_ids": [run.pk for run in runs],
        "month": first.month.first_day,
        "programme": first.programme,
        "programme_regimes": regimes_of(first),
        "pack_digest": first.pack_digest,
        **_printed(first),
    }
    if first.occasion_id is not None:
        funds = {"kinds": list(OCCASION_FUNDS), "funds": list(OCCASION_FUNDS.values())}
        return sql.insert(table, LINE_COLUMNS, "payroll/stage_one_off_lines", asked | funds)
    return _stage_monthly(runs, asked, table, whole=whole)


def count_outdated(runs: Iterable[Run]) -> dict[int, int]:
    """By run how many of its lines, or of those it lacks, differ from what is due and not listed elsewhere now; runs
    with none are left out. Nobody is in two of the runs of a month and programme."""
    outdated: dict[int, int] = {}
    for together in alike(runs):
        asked = {"run_ids": [run.pk for run in together], "month": together[0].month.first_day}
        with staged_lines(together):
            found = sql.rows("payroll/count_outdated_lines", asked)
        outdated |= {row["run_id"]: row["outdated"] for row in found}
    return outdated


def benefits_without_amount(run: Run, month: Month) -> tuple[str, ...]:
    """Categories of the run's programme that are in force in a month though the law has published no amount for it."""
    law, regimes = law_of(run), regimes_of(run)
    pack, not_taken = law.pack, law.levels_not_taken
    return tuple(
        category.code
        for category in pack.categories
        if category.regime in regimes
        and pack.levels_in(category.code, month, not_taken)
        and pack.find_amount(category.amount_key, month, (), not_taken) is None
    )


def _stage_monthly(runs: Sequence[Run], asked: dict[str, Any], table: str, *, whole: bool) -> int:
    first = runs[0]
    homes: dict[int, list[str]] = {}
    for row in sql.rows("payroll/list_home_communes", asked):
        homes.setdefault(row["run_id"], []).append(row["commune_code"])
    months = tuple(first.horizon.until(first.month + 1))
    communes = {code for codes in homes.values() for code in codes}
    amounts = amounts_of(law_of(first), regimes_of(first), communes, months, now=first.month)
    keep_amounts(runs, amounts, homes)
    previous = {} if whole else _previous(asked)
    asked |= dict(zip(("communes", "amount_keys", "months", "bases"), as_rows(amounts), strict=True))
    asked |= {"own_communes": sorted(amounts.own), "previous_ids": [previous.get(run.pk) for run in runs]}
    sql.insert(COMPARED, _COMPARED_COLUMNS, "payroll/list_compared_people", asked)
    refresh_statistics(COMPARED)
    every = _asked_about([(run.pk, EVERYWHERE, first.horizon, first.month + 1) for run in runs], ())
    staged = sql.insert(table, LINE_COLUMNS, "payroll/stage_difference", asked | every | {"steady": False})
    if not previous:
        return staged
    staged += sql.insert(table, LINE_COLUMNS, "payroll/stage_own_month", asked)
    if changed := _changed(previous, amounts, months[:-1]):
        staged += sql.insert(table, LINE_COLUMNS, "payroll/stage_difference", asked | changed | {"steady": True})
    return staged


def _previous(asked: Mapping[str, Any]) -> dict[int, int]:
    """By run, the approved one of the month before that most of its people were settled by."""
    return {row["run_id"]: row["previous_id"] for row in sql.rows("payroll/find_previous_runs", asked)}


def _changed(previous: Mapping[int, int], amounts: Amounts, months: Sequence[Month]) -> dict[str, Any]:
    """By run the months whose amounts are others than the run before went by; empty: none are."""
    before = kept_amounts(previous.values())
    changed = {old: changed_months(old, amounts, months) for old in set(before.values())}
    asked: list[tuple[int, str, Month, Month]] = []
    apart: list[tuple[int, str]] = []
    for run_id, previous_id in previous.items():
        old = before[previous_id]
        asked += [(run_id, *stretch) for stretch in changed[old]]
        apart += [(run_id, code) for code in sorted(old.own | amounts.own)]
    return _asked_about(asked, apart) if asked else {}


def _asked_about(asked: Sequence[tuple[int, str, Month, Month]], apart: Sequence[tuple[int, str]]) -> dict[str, Any]:
    """Run, commune (or everywhere), from month to month: what is looked at; `apart`: communes everywhere leaves out."""
    everywhere = [one for one in asked if one[1] == EVERYWHERE]
    within = [one for one in asked if one[1] != EVERYWHERE]
    return {
        "asked_runs": [one[0] for one in everywhere],
        "asked_starts": [one[2].first_day for one in everywhere],
        "asked_ends": [one[3].first_day for one in everywhere],
        "asked_apart_runs": [one[0] for one in within],
        "asked_apart_communes": [one[1] for one in within],
        "asked_apart_starts": [one[2].first_day for one in within],
        "asked_apart_ends": [one[3].first_day for one in within],
        "first_month": min(one[2] for one in asked).first_day,
        "apart_runs": [one[0] for one in apart],
        "apart_communes": [one[1] for one in apart],
    }


def _printed(run: Run) -> dict[str, list[str]]:
    """The printed group of each benefit, or of each kind of occasion, in the run's month."""
    pack = law_of(run).pack
    groups = {category.code: pack.group_of(category.code, run.month) for category in pack.categories}
    if run.occasion_id is not None:
        groups = dict(OCCASION_KIND_NAMES)
    return {"benefits": list(groups), "groups": list(groups.values())}


@contextmanager
def _of_our_own(table: str, columns: Sequence[str]) -> Iterator[None]:
    """Inside, an empty table of this transaction's own stands before the shared one of its name."""
    with connection.cursor() as cursor:
        # Left from work that was rolled back to a point after it was made.
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
        cursor.execute(
            f"CREATE TEMP TABLE {table} ON COMMIT DROP AS SELECT {', '.join(columns)} FROM {table} LIMIT 0"  # noqa: S608 - words of our own
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE pg_temp.{table}")
