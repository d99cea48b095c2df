"""Record what a sum is given once for, by which decision."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.laws import law_at
from ansinh.payroll.models import Occasion
from ansinh.payroll.one_off import hidden_among
from ansinh.payroll.one_off_types import Criteria, CriteriaImpossible, OccasionCreated
from ansinh.payroll.states import EMERGENCY, FUNERAL, GIFT
from ansinh.places.queries import path_of
from ansinh.platform.action import action
from ansinh.policy.emergency import emergency_amount


class DecisionIncomplete(Refusal):
    """Đợt chi một lần phải có tên và số quyết định. Hãy ghi đủ rồi làm lại."""


class AmountMissing(Refusal):
    """Chưa ghi số tiền cho mỗi người hoặc mỗi hộ theo quyết định số {decision_no}."""


class BelowLaw(Refusal):
    """Mức {dong} đồng thấp hơn mức tối thiểu {least} đồng theo quy định về trợ giúp khẩn cấp cho ngày {day}.
    Hãy kiểm tra lại quyết định."""


class WouldTellStatus(Refusal):
    """Danh sách lập theo diện này sẽ để lộ tình trạng sức khỏe không được công khai (Nghị định 20/2021/NĐ-CP Điều 8).
    Hãy chọn tiêu chí khác, chẳng hạn mọi người đang hưởng trợ cấp."""


@action(permission="payroll.create_occasion", name="Lập đợt chi một lần")
def create_occasion(
    *,
    kind: str,
    title: str,
    place_code: str,
    month: Month,
    decision_no: str,
    decided_on: date,
    by: Actor,
    at: datetime,
    amount_dong: Dong | None = None,
    per_household: bool = False,
    criteria: Criteria | None = None,
    item: str = "",
    happened_on: date | None = None,
) -> OccasionCreated:
    """Record a gift (sum by the decision; by `criteria` or to people listed), an emergency (`item` of the law, sum at
    least the law's) or deaths to support (sums by the law). It gives nothing until its list is approved.

    Refuses a decision without title or number (DecisionIncomplete), a sum that is missing (AmountMissing) or below
    the law's (BelowLaw), an emergency the law gives no money for (NoEmergencyLevel), and criteria that would tell who
    lives with HIV (WouldTellStatus).
    """
    by.must_reach(path_of(place_code, month.first_day))
    if not title.strip() or not decision_no.strip():
        raise DecisionIncomplete()
    if kind == FUNERAL:
        amount_dong, per_household, criteria = None, False, None
    elif amount_dong is None or amount_dong <= Dong(0):
        raise AmountMissing(decision_no=decision_no)
    elif kind == EMERGENCY:
        _refuse_below_law(amount_dong, item, happened_on, place_code, month)
    if criteria is not None and hidden_among(criteria.benefits):
        raise WouldTellStatus()
    made = Occasion.objects.create(
        kind=kind,
        title=title.strip(),
        place_code=place_code,
        month=month,
        decision_no=decision_no.strip(),
        decided_on=decided_on,
        amount_dong=amount_dong,
        per_household=per_household,
        criteria=criteria.as_json() if criteria is not None and kind == GIFT else {},
        item=item if kind == EMERGENCY else "",
        happened_on=happened_on if kind == EMERGENCY else None,
        created_at=at,
        created_by=by.user_id,
    )
    return OccasionCreated(made.pk, kind, place_code, month)


def _refuse_below_law(dong: Dong, item: str, happened_on: date | None, place_code: str, month: Month) -> None:
    if happened_on is None or not item:
        raise CriteriaImpossible(why="trợ giúp khẩn cấp phải ghi loại hỗ trợ và ngày xảy ra")
    pack = law_at(path_of(place_code, month.first_day), month).pack
    least = emergency_amount(item, happened_on, pack, path_of(place_code, happened_on))
    if dong < least:
        raise BelowLaw(dong=dong, least=least, day=f"{happened_on:%d/%m/%Y}")
