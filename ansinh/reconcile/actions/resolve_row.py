"""Settle a row that was set aside: match it with its order, or dismiss it."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payout.actions import record_results
from ansinh.platform.action import action
from ansinh.reconcile import judging
from ansinh.reconcile.models import ResultsRow
from ansinh.reconcile.queries.rows import get_row
from ansinh.reconcile.reader import order_code_of
from ansinh.reconcile.rules import may_match
from ansinh.reconcile.states import MATCH_ORDER, RESOLUTIONS, SET_ASIDE
from ansinh.reconcile.types import RowResolved


class UnknownResolution(Refusal):
    """Không có cách xử lý "{how}". Hãy chọn match_order (ghép với lệnh chi) hoặc dismiss (bỏ qua)."""


class ResolutionNeedsReason(Refusal):
    """Chưa ghi lý do xử lý dòng. Hãy ghi ngắn gọn căn cứ, ví dụ: đã gọi bưu cục đối chiếu phiếu ký nhận."""


class RowNotSetAside(Refusal):
    """Dòng {row} không phải dòng để riêng của một tệp đã ghi nhận, nên không có gì để xử lý. Hãy tải lại danh sách."""


class RowSettledAlready(Refusal):
    """Dòng {row} đã được xử lý rồi ({how}), không xử lý lại được. Hãy tải lại danh sách."""


class NotAnOrderCode(Refusal):
    """ "{text}" không phải mã lệnh chi. Mã gồm hai chữ AS và các chữ số như trên danh sách đã gửi, ví dụ AS79444."""


class RowNotReadable(Refusal):
    """Dòng {row} có ô không đọc được nên chưa ghép với lệnh chi được: {message} Hãy gửi lại dòng này trong một tệp
    đã sửa, rồi bỏ qua dòng cũ."""


class StillSetAside(Refusal):
    """Ghép dòng {row} với lệnh chi {order_code} vẫn không ghi nhận được: {message}"""


@action(permission="reconcile.resolve_row", name="Xử lý dòng kết quả để riêng")
def resolve_row(*, row_id: int, how: str, reason: str, order_code: str = "", by: Actor, at: datetime) -> RowResolved:
    """Settle a set-aside row of an applied file; `how` is match_order (with the order's code) or dismiss.

    A match is judged like any report and recorded at once; refuses (StillSetAside, with the judgement's reason) what
    would again be set aside, and changes nothing then. The same settlement again gives the same answer.
    """
    if how not in RESOLUTIONS:
        raise UnknownResolution(how=how)
    if not reason.strip():
        raise ResolutionNeedsReason()
    row = get_row(row_id, by=by, for_change=True)
    code = _code(order_code) if how == MATCH_ORDER else ""
    if row.resolved_how:
        if (row.resolved_how, row.resolved_code) != (how, code):
            raise RowSettledAlready(row=row.row, how=RESOLUTIONS[row.resolved_how])
        return RowResolved(row.pk, how, row.resolved_result_id)
    if row.verdict != SET_ASIDE or row.file.state != "APPLIED":
        raise RowNotSetAside(row=row.row)
    result_id = _record(row, code, by=by, at=at) if how == MATCH_ORDER else None
    row.resolved_how, row.resolved_code, row.resolved_reason = how, code, reason.strip()
    row.resolved_at, row.resolved_by, row.resolved_result_id = at, by.user_id, result_id
    row.save()
    return RowResolved(row.pk, how, result_id)


def _code(text: str) -> str:
    code = order_code_of(text)
    if code is None:
        raise NotAnOrderCode(text=text)
    return code


def _record(row: ResultsRow, code: str, *, by: Actor, at: datetime) -> int:
    readable = may_match(
        judged=row.judged, because=row.because, outcome=row.outcome, amount=row.amount_dong, happened_on=row.happened_on
    )
    if not readable:
        raise RowNotReadable(row=row.row, message=row.message)
    recorded = record_results(
        payer=row.file.payer,
        source_key=f"results_row:{row.pk}",
        rows=[judging.reported(row, order_code=code)],
        by=by,
        at=at,
    )
    verdict = recorded.verdicts[0]
    if verdict.verdict == SET_ASIDE or verdict.result_id is None:
        raise StillSetAside(row=row.row, order_code=code, message=verdict.message)
    return verdict.result_id
