"""Compute a run's lines: due minus listed, by set arithmetic."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.laws import law_at
from ansinh.payroll.models import RunFinding
from ansinh.payroll.queries import totals_of
from ansinh.payroll.runs import lock_run, move_run, stamped, tell_planner
from ansinh.payroll.staging import staged_lines
from ansinh.payroll.types import RunComputed
from ansinh.places.queries import path_of
from ansinh.platform import sql
from ansinh.platform.action import action


class LawChangedSinceOpening(Refusal):
    """Bộ quy định đã thay đổi từ khi mở kỳ chi trả số {run_id}. Hãy hủy kỳ này và mở lại,
    để danh sách được lập theo một bộ quy định duy nhất."""


@action(permission="payroll.compute_run", name="Tính tiền")
def compute_run(*, run_id: int, by: Actor, at: datetime) -> RunComputed:
    """Bring the run's lines to what spans × standard amounts owe less what approved lists listed.

    Computing again with nothing changed removes and adds nothing. Refuses a run past checking (StepNotAllowed).
    """
    run = lock_run(run_id, by=by)
    # Of now, not of the opening: levels agreed to or withdrawn since make it another law as a new release does.
    pack = law_at(path_of(run.place_code, run.month.first_day), run.month).pack
    if run.pack_digest != pack.digest:
        raise LawChangedSinceOpening(run_id=run_id)
    move_run(run, "compute_run", by=by, **stamped(at, by, "computed"))
    asked = {"run_ids": [run.pk], "month": run.month.first_day}
    with staged_lines([run]):
        removed = sql.run("payroll/remove_changed_lines", asked)
        added = sql.run("payroll/add_missing_lines", asked)
    if removed or added:
        # What was checked is no longer what stands here.
        RunFinding.objects.filter(run=run).delete()
        tell_planner(f"payroll_line_{run.month.year}{run.month.number:02d}")
    lines, total = totals_of(run)
    return RunComputed(run.pk, removed, added, lines, Dong(total))
