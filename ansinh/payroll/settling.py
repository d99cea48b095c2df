"""Who is settled by an approved list: what it looked at needs not be looked at again before it changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ansinh.payroll.models import Run
from ansinh.platform import sql


def list_told(runs: Iterable[Run]) -> dict[int, list[int]]:
    """By run what was told of its people before now, as numbers of marks: to be asked before a list is looked through.

    Numbers, not a last one: a change told in the meantime may bear a lower number and be committed later.
    """
    told: dict[int, list[int]] = {}
    for row in sql.rows("payroll/list_told_of_runs", {"run_ids": [run.pk for run in runs]}):
        told.setdefault(row["run_id"], []).append(row["id"])
    return told


def settle(runs: Iterable[Run], told: Mapping[int, list[int]]) -> None:
    """The runs are approved, and what had been told before they were looked through is in them.

    Who stands in a list of a later month, or in one not approved yet, is looked at as a whole by the next one: that
    list did not know this one.
    """
    run_ids = [run.pk for run in runs]
    sql.run("payroll/remove_told", {"ids": [mark for run_id in run_ids for mark in told.get(run_id, ())]})
    sql.run("payroll/unsettle_out_of_order", {"run_ids": run_ids})
