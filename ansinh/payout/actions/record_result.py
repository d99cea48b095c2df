"""Take in one receipt, for doors that report payments as they happen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payout.recordings import take_in
from ansinh.payout.types import ReportedResult, ResultRecorded
from ansinh.platform.action import action


class NonceMissing(Refusal):
    """Biên nhận không có mã riêng (nonce), nên không nhận biết được khi gửi lại. Hãy gửi kèm mã của biên nhận."""


@action(permission="payout.record_result", name="Ghi một biên nhận")
def record_result(*, payer: str, nonce: str, row: ReportedResult, by: Actor, at: datetime) -> ResultRecorded:
    """Take in one receipt; the same nonce gives the same answer.

    A receipt that does not fit its order is answered "set_aside" with the reason, never refused, and may be sent again
    once mended: under a nonce of its own. Refuses an empty nonce (NonceMissing), a nonce that brought another receipt
    (SourceKeyReused) and whoever listed, approved or released the money (SamePersonInChain).
    """
    if not nonce.strip():
        raise NonceMissing()
    answer = take_in(
        payer=payer,
        source_key=f"receipt:{payer}:{nonce}",
        kind="single",
        rows=(replace(row, nonce=nonce),),
        month=None,
        by=by,
        at=at,
    )
    (said,) = answer.verdicts
    return ResultRecorded(answer.recording_id, said.verdict, said.result_id, said.order_id, said.because, said.message)
