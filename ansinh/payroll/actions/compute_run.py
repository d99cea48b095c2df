"""Compute a run's lines: due minus listed, by set arithmetic."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.payroll.computing import must_go_by_law_of_now, take_over
from ansinh.payroll.partitions import add_partition
from ansinh.payroll.runs import lock_run, move_run, stamped
from ansinh.payroll.types import RunComputed
from ansinh.platform.action import action


@action(permission="payroll.compute_run", name="Tính tiền")
def compute_run(*, run_id: int, by: Actor, at: datetime) -> RunComputed:
    """Bring the run's lines to what spans × standard amounts owe less what approved lists listed.

    Computing again with nothing changed removes and adds nothing. Refuses a run past checking (StepNotAllowed), one
    opened by another law (LawChangedSinceOpening), and whoever signed it (SignerPrepares).
    """
    run = lock_run(run_id, by=by)
    add_partition(run.month)
    must_go_by_law_of_now([run])
    move_run(run, "compute_run", by=by, **stamped(at, by, "computed"))
    return take_over([run])[0]
