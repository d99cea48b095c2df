"""Record what a sum is given once for, by which decision."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ansinh.access.types import Actor
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.laws import law_at
from ansinh.payroll.merit import Terms, granted_terms, worship_terms
from ansinh.payroll.models import Occasion
from ansinh.payroll.one_off import hidden_among
from ansinh.payroll.one_off_types import Criteria, CriteriaImpossible, OccasionCreated
from ansinh.payroll.states import EMERGENCY, FUNERAL, GIFT, MERIT_ONCE, MERIT_YEARLY
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
    article: str = "",
    for_year: int | None = None,
) -> OccasionCreated:
    """Record a gift (sum by the decision; by `criteria` or to people listed), an emergency (`item` of the law, sum at
    least the law's), deaths to support (sums by the law), worship money of a year (the law's sum unless the decision
    gives more) or a merit grant (sum and `article` by the decision). It gives nothing until its list is approved.

    Refuses want of title or number (DecisionIncomplete) or sum (AmountMissing), less than the law's (BelowLaw), what it
    gives no money for (NoEmergencyLevel), criteria that tell of HIV (WouldTellStatus), and as payroll.merit does.
    """
    by.must_reach(path_of(place_code, month.first_day))
    if not title.strip() or not decision_no.strip():
        raise DecisionIncomplete()
    terms = _terms(kind, amount_dong, place_code, month, decision_no, article=article, for_year=for_year)
    if kind == EMERGENCY:
        _refuse_below_law(terms.dong, item, happened_on, place_code, month)
    made = Occasion.objects.create(
        kind=kind,
        title=title.strip(),
        place_code=place_code,
        month=month,
        decision_no=decision_no.strip(),
        decided_on=decided_on,
        amount_dong=terms.dong,
        per_household=per_household and kind in (GIFT, EMERGENCY),
        criteria=_stored(criteria) if kind == GIFT else {},
        item=item if kind == EMERGENCY else "",
        happened_on=happened_on if kind == EMERGENCY else None,
        law=terms.law,
        article=terms.article,
        for_year=terms.for_year,
        created_at=at,
        created_by=by.user_id,
    )
    return OccasionCreated(made.pk, kind, place_code, month)


def _terms(
    kind: str, dong: Dong | None, place_code: str, month: Month, decision_no: str, *, article: str, for_year: int | None
) -> Terms:
    """The sum of each, and of merit by which law, article and for which year."""
    if kind == FUNERAL:
        return Terms(None, "", "")
    if kind == MERIT_YEARLY:
        return worship_terms(place_code, month, decision_no, dong=dong, for_year=for_year)
    if dong is None or dong <= Dong(0):
        raise AmountMissing(decision_no=decision_no)
    return granted_terms(dong, article) if kind == MERIT_ONCE else Terms(dong, "", "")


def _stored(criteria: Criteria | None) -> dict[str, Any]:
    if criteria is None:
        return {}
    if hidden_among(criteria.benefits):
        raise WouldTellStatus()
    return criteria.as_json()


def _refuse_below_law(dong: Dong | None, item: str, happened_on: date | None, place_code: str, month: Month) -> None:
    if happened_on is None or not item:
        raise CriteriaImpossible(why="trợ giúp khẩn cấp phải ghi loại hỗ trợ và ngày xảy ra")
    pack = law_at(path_of(place_code, month.first_day), month).pack
    least = emergency_amount(item, happened_on, pack, path_of(place_code, happened_on))
    if dong is None or dong < least:
        raise BelowLaw(dong=dong, least=least, day=f"{happened_on:%d/%m/%Y}")
