"""Put away a results file that was checked and shall not be applied."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.reconcile import judging
from ansinh.reconcile.queries.files import get_results_file
from ansinh.reconcile.states import RESULTS_FILE
from ansinh.reconcile.types import ResultsAccount


class DiscardNeedsReason(Refusal):
    """Chưa ghi lý do bỏ tệp. Hãy ghi ngắn gọn vì sao tệp này không được ghi nhận."""


@action(permission="reconcile.discard_results", name="Bỏ tệp kết quả chi trả")
def discard_results(*, file_id: int, reason: str, by: Actor, at: datetime) -> ResultsAccount:
    """Put a checked file away, with a reason; the same bytes may then be sent anew.

    Refuses (StepNotAllowed) a file that was applied: its results are undone by reporting what is true, never by this.
    """
    if not reason.strip():
        raise DiscardNeedsReason()
    file = get_results_file(file_id, by=by, for_change=True)
    file.state = RESULTS_FILE.step("discard_results", file.state).target
    file.discarded_at, file.discarded_by, file.discarded_reason = at, by.user_id, reason.strip()
    file.save()
    return judging.account(file, already_known=False)
