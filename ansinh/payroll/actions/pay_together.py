"""Pay a run's money out in the payment of another: two months at once before Tết, a gift with the month."""

from __future__ import annotations

from datetime import datetime

from django.db import DatabaseError, transaction

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions.return_run import ReasonMissing
from ansinh.payroll.models import Run
from ansinh.payroll.runs import SomebodyWasFaster, lock_run
from ansinh.payroll.states import FUNERAL, ONE_OFF, PREPARED_STATES, STATE_NAMES
from ansinh.payroll.together import list_paid_together, must_not_have_approved
from ansinh.payroll.types import PaidTogether
from ansinh.places.queries import get_place, list_commune_codes
from ansinh.platform.action import action


class AlreadySubmitted(Refusal):
    """Kỳ chi trả số {run_id} đang ở bước "{state}", nên cách chi không đổi được nữa: người duyệt ký cả cách chi.
    Cần đổi thì nhờ người phê duyệt trả lại danh sách trước."""


class LeadNotApproved(Refusal):
    """Kỳ chi trả số {lead_id} (tháng {month}) đang ở bước "{state}", chưa được phê duyệt, nên chưa chi chung được.
    Hãy duyệt kỳ đó trước, khoan lập lệnh chi, rồi chọn chi chung."""


class OtherPlacePaid(Refusal):
    """Chỉ chi chung các danh sách của cùng một địa bàn, cùng các xã. {place_name} (tháng {month}) và {other_name}
    (tháng {other_month}) không cùng địa bàn hoặc đã chia, nhập xã ở giữa. Hãy chi riêng hai danh sách này."""


class PaidBeforeItsTurn(Refusal):
    """Tháng {month} không chi cùng tháng {other_month} được: tiền chi chung đi theo kỳ của tháng đến trước và trong
    cùng một năm ngân sách. Hãy chọn kỳ của tháng trước trong cùng năm, hoặc chi riêng."""


class OnceNeverLeads(Refusal):
    """Kỳ chi trả số {lead_id} (tháng {month}) là danh sách chi một lần. Chi chung thì tiền đi theo danh sách hằng
    tháng: hãy mở danh sách chi một lần và chọn chi chung với danh sách của tháng."""


class LeadPaidWithAnother(Refusal):
    """Kỳ chi trả số {lead_id} (tháng {month}) đã chi chung với kỳ số {other_id}. Hãy chọn chính kỳ số {other_id}."""


class LeadIssued(Refusal):
    """Kỳ chi trả số {lead_id} (tháng {month}) đã lập lệnh chi, nên không thêm danh sách khác vào lần chi đó được.
    Danh sách này sẽ chi riêng."""


class FuneralPaidAlone(Refusal):
    """Hỗ trợ mai táng trả cho người lo mai táng, không chi chung với tiền của người đã chết được. Hãy chi riêng."""


@action(permission="payroll.pay_together", name="Chi chung một lần")
def pay_together(*, run_id: int, with_run_id: int, reason: str, by: Actor, at: datetime) -> PaidTogether:
    """Let the run's money be paid out with an approved run of the place: one order a person, in that run's month.

    Proposed while the list is prepared, signed with it. Chosen again, the later choice counts. Refuses an empty reason
    (ReasonMissing), a list already submitted (AlreadySubmitted), whoever approved a list of that payment
    (SamePersonPaidTogether) and what is given for funerals (FuneralPaidAlone). The leading run must be approved
    (LeadNotApproved), of the place and the same communes (OtherPlacePaid), of no later month and of the same budget
    year (PaidBeforeItsTurn), monthly (OnceNeverLeads), paid with no other itself (LeadPaidWithAnother) and not issued
    yet (LeadIssued).
    """
    if not reason.strip():
        raise ReasonMissing()
    run, lead = lock_run(run_id, by=by), lock_run(with_run_id, by=by)
    must_be_prepared(run)
    if any(one.occasion is not None and one.occasion.kind == FUNERAL for one in (run, lead)):
        raise FuneralPaidAlone()
    _must_lead(lead, run)
    together = list_paid_together([lead.pk])
    must_not_have_approved(together, by.user_id, name=by.name)
    must_not_have_approved(together, run.opened_by, name="Người mở kỳ chi trả này")
    try:
        with transaction.atomic():
            set_paid_with(run, lead, reason.strip())
    except DatabaseError as fault:
        if "run_paid_with_is_not_issued" in str(fault):
            raise LeadIssued(lead_id=lead.pk, month=lead.month.vi) from fault
        raise
    return PaidTogether(run.pk, lead.pk, run.paid_with_reason)


def must_be_prepared(run: Run) -> None:
    """Refuses (AlreadySubmitted) a list past preparing."""
    if run.state not in PREPARED_STATES:
        raise AlreadySubmitted(run_id=run.pk, state=STATE_NAMES[run.state])


def set_paid_with(run: Run, lead: Run | None, reason: str) -> None:
    """Write the choice down, if the list is still being prepared."""
    still = Run.objects.filter(pk=run.pk, state__in=PREPARED_STATES)
    if still.update(paid_with=lead, paid_with_reason=reason) != 1:
        raise SomebodyWasFaster(state=STATE_NAMES[run.state])
    run.refresh_from_db()


def _must_lead(lead: Run, run: Run) -> None:
    if lead.paid_with_id is not None:
        raise LeadPaidWithAnother(lead_id=lead.pk, month=lead.month.vi, other_id=lead.paid_with_id)
    if lead.programme == ONE_OFF:
        raise OnceNeverLeads(lead_id=lead.pk, month=lead.month.vi)
    if lead.state != "APPROVED":
        raise LeadNotApproved(lead_id=lead.pk, month=lead.month.vi, state=STATE_NAMES[lead.state])
    if lead.month > run.month or lead.month.year != run.month.year:
        raise PaidBeforeItsTurn(month=run.month.vi, other_month=lead.month.vi)
    first, other = (list_commune_codes(one.place_code, one.month.first_day) for one in (run, lead))
    if lead.place_code != run.place_code or first != other:
        raise OtherPlacePaid(
            place_name=get_place(run.place_code, run.month.first_day),
            month=run.month.vi,
            other_name=get_place(lead.place_code, lead.month.first_day),
            other_month=lead.month.vi,
        )
