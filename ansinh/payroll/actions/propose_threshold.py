"""Propose the sum above which lists of a place and fund need a second approval."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.funds.types import FUND_NAMES
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.models import Threshold
from ansinh.payroll.states import APPROVER_AGAIN, COUNTERSIGNER_NAMES, THRESHOLD
from ansinh.payroll.types import ThresholdMoved
from ansinh.places.queries import get_place, path_of
from ansinh.platform.action import action


class UnknownThresholdFund(Refusal):
    """Không có nguồn kinh phí "{fund}" hoặc người duyệt lần hai "{countersigner}". Nguồn kinh phí: {funds}; người duyệt
    lần hai: {countersigners}."""


class ThresholdWithoutPaper(Refusal):
    """Hãy ghi số văn bản quy định ngưỡng và ngày ký, không sau hôm nay."""


class ThresholdBelowZero(Refusal):
    """Ngưỡng {amount} đồng không hợp lệ. Hãy ghi số tiền từ 0 đồng trở lên, hoặc bỏ trống để thôi đòi duyệt hai lần."""


class ThresholdExists(Refusal):
    """{place} đã có ngưỡng số {threshold_id} cho {fund} từ tháng {month} ({state}). Hãy rút ngưỡng đang chờ duyệt, hoặc
    ghi ngưỡng mới từ một tháng khác."""


@action(permission="payroll.propose_threshold", name="Đề nghị ngưỡng duyệt hai lần")
def propose_threshold(
    *,
    place_code: str,
    fund: str,
    amount_dong: Dong | None,
    starts: Month,
    decision_no: str,
    decided_on: date | None,
    countersigner: str = APPROVER_AGAIN,
    by: Actor,
    at: datetime,
) -> ThresholdMoved:
    """Propose it for lists of that month and later ones that are not approved yet; no sum: no second approval.

    Refuses an unknown fund or countersigner (UnknownThresholdFund), a sum below zero (ThresholdBelowZero), no paper
    (ThresholdWithoutPaper) and a second one of the place, fund and month (ThresholdExists).
    """
    place = get_place(place_code, starts.first_day)
    by.must_reach(path_of(place_code, starts.first_day))
    if fund not in FUND_NAMES or countersigner not in COUNTERSIGNER_NAMES:
        raise UnknownThresholdFund(
            fund=fund, countersigner=countersigner, funds=", ".join(FUND_NAMES),
            countersigners=", ".join(COUNTERSIGNER_NAMES),
        )  # fmt: skip
    if amount_dong is not None and amount_dong < Dong(0):
        raise ThresholdBelowZero(amount=amount_dong)
    if not decision_no.strip() or decided_on is None or decided_on > at.date():
        raise ThresholdWithoutPaper()
    standing = Threshold.objects.filter(place_code=place_code, fund=fund, starts=starts)
    existing = standing.exclude(state="WITHDRAWN").first()
    if existing is not None:
        raise ThresholdExists(
            place=place.full_name, threshold_id=existing.pk, fund=FUND_NAMES[fund], month=starts.vi,
            state=THRESHOLD.state_names[existing.state].lower(),
        )  # fmt: skip
    made = Threshold.objects.create(
        place_code=place_code,
        fund=fund,
        amount_dong=amount_dong,
        starts=starts,
        countersigner=countersigner,
        decision_no=decision_no.strip(),
        decided_on=decided_on,
        proposed_at=at,
        proposed_by=by.user_id,
    )
    return ThresholdMoved(made.pk, place_code, fund, amount_dong, starts, made.state)
