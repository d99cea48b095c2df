"""Who is settled by an approved list: what it looked at needs not be looked at again before it changes."""

from __future__ import annotations

from ansinh.payroll.models import Run
from ansinh.platform import sql


def list_told(run: Run) -> list[int]:
    """What was told of the run's people before now, as numbers of marks: to be asked before the list is looked through.

    Numbers, not a last one: a change told in the meantime may bear a lower number and be committed later.
    """
    return [row["id"] for row in sql.rows("payroll/list_told_of_run", {"run_id": run.pk, "programme": run.programme})]


def settle(run: Run, told: list[int]) -> None:
    """The run is approved, and what had been told before it was looked through is in it.

    Who stands in a list of a later month, or in one not approved yet, is looked at as a whole by the next one: that
    list did not know this one.
    """
    sql.run("payroll/remove_told", {"ids": told})
    sql.run(
        "payroll/unsettle_out_of_order",
        {"run_id": run.pk, "programme": run.programme, "month": run.month.first_day},
    )
