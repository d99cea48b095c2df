"""Record the good rows of a checked results file, all at once."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.payout.actions import record_results
from ansinh.payout.queries import clear_rows
from ansinh.platform.action import action
from ansinh.reconcile import judging
from ansinh.reconcile.models import ResultsRow
from ansinh.reconcile.queries.files import get_results_file
from ansinh.reconcile.states import RESULTS_FILE
from ansinh.reconcile.types import ResultsAccount


@action(permission="reconcile.apply_results", name="Ghi nhận tệp kết quả chi trả")
def apply_results(*, file_id: int, by: Actor, at: datetime) -> ResultsAccount:
    """Record every good row of a checked file in one transaction; the others stay aside, each with its reason.

    Rows are judged once more, under locks: what was good at the check may have become a repeat since. A file applied
    before answers again what it answered first. Refuses (StepNotAllowed) a discarded file.
    """
    file = get_results_file(file_id, by=by, for_change=True)
    if file.state == RESULTS_FILE.step("apply_results", RESULTS_FILE.initial).target:
        return judging.account(file, already_known=True)
    file.state = RESULTS_FILE.step("apply_results", file.state).target
    told = judging.kept_rows(file)
    if ResultsRow.objects.filter(file=file, judged=True).exists():
        recorded = record_results(
            payer=file.payer, source_key=f"results_file:{file.pk}", rows=told, month=file.month, by=by, at=at
        )
        file.recording_id = recorded.recording_id
        judging.write_verdicts(file, told)
        clear_rows(told.report)
    file.applied_at, file.applied_by = at, by.user_id
    judging.save(file, "state", "recording_id", "applied_at", "applied_by")
    return judging.account(file, already_known=False)
