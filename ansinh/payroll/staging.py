"""Due minus listed of a run, worked out beside its lines: computing takes it over, approval asks if it still holds."""

from __future__ import annotations

from datetime import date

from ansinh.kernel.month import Month
from ansinh.payroll.laws import law_of
from ansinh.payroll.models import Run
from ansinh.payroll.runs import regimes_of, tell_planner
from ansinh.payroll.states import OCCASION_FUNDS
from ansinh.places.queries import list_paths
from ansinh.platform import sql


def stage_lines(run: Run) -> None:
    """Fill the run's staging with what is due and not listed by other approved runs, as known now."""
    sql.run("payroll/clear_staged_lines", {"run_id": run.pk})
    if run.occasion_id is not None:
        funds = {"kinds": list(OCCASION_FUNDS), "funds": list(OCCASION_FUNDS.values())}
        sql.run("payroll/stage_one_off_lines", {"run_id": run.pk, **funds})
        tell_planner("payroll_stagedline")
        return
    levels = _standard_amounts(run)
    sql.run(
        "payroll/stage_lines",
        {
            "run_id": run.pk,
            "month": run.month.first_day,
            "horizon": run.horizon.first_day,
            "programme_regimes": regimes_of(run),
            "communes": [level[0] for level in levels],
            "amount_keys": [level[1] for level in levels],
            "months": [level[2] for level in levels],
            "bases": [level[3] for level in levels],
        },
    )
    tell_planner("payroll_stagedline")


def count_outdated(run: Run) -> int:
    """How many of the run's lines, or of those it lacks, differ from what is due and not listed elsewhere now."""
    stage_lines(run)
    found = sql.rows("payroll/count_outdated_lines", {"run_id": run.pk, "month": run.month.first_day})
    sql.run("payroll/clear_staged_lines", {"run_id": run.pk})
    return int(found[0]["outdated"])


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


def _standard_amounts(run: Run) -> list[tuple[str, str, date, int]]:
    """(commune, amount key, month, đồng) for every month compared, of every commune somebody of the run lived in."""
    communes = [row["commune_code"] for row in sql.rows("payroll/list_home_communes", {"run_id": run.pk})]
    now = list_paths(communes, run.month.first_day)
    law, regimes = law_of(run), regimes_of(run)
    pack, not_taken = law.pack, law.levels_not_taken
    keys = dict.fromkeys(category.amount_key for category in pack.categories if category.regime in regimes)
    levels = []
    for month in run.horizon.until(run.month + 1):
        # A code not in force yet that month stands in for a home nobody wrote down: its place of now.
        paths = {**now, **list_paths(communes, month.first_day)}
        for code in communes:
            for key in keys:
                found = pack.find_amount(key, month, paths.get(code, ()), not_taken)
                if found is not None:
                    levels.append((code, key, month.first_day, found.dong.value))
    return levels
