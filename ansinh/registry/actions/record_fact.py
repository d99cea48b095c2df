"""Record that a fact of the law holds of somebody from a day on."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.registry.changing import hold_person, write_change
from ansinh.registry.rules import FACT_KINDS, NONE
from ansinh.registry.types import ChangeRecorded, Paper


class UnknownFact(Refusal):
    """Không có loại thông tin "{kind}". Các loại ghi được: {known}."""


class UnknownFactValue(Refusal):
    """ "{value}" không phải là giá trị của thông tin "{name}". Các giá trị ghi được: {known}."""


class MonthlySumMissing(Refusal):
    """Hãy ghi số tiền hằng tháng của "{name}": luật so số tiền này với mức trợ cấp."""


@action(permission="registry.record_fact", name="Ghi thông tin")
def record_fact(
    *,
    person_id: int,
    kind: str,
    value: str,
    effective_on: date,
    paper: Paper,
    by: Actor,
    at: datetime,
    monthly_dong: Dong | None = None,
) -> ChangeRecorded:
    """From the day on the fact has that value, until a later record says otherwise; what was before stays told.

    `monthly_dong`: the sum of an insurance benefit or merit allowance. Refuses unknown kinds and values, a merit
    allowance without its sum (MonthlySumMissing), and what stands already (ChangeAlreadyRecorded).
    """
    found = FACT_KINDS.get(kind)
    if found is None:
        raise UnknownFact(kind=kind, known=", ".join(FACT_KINDS))
    if value not in found.values:
        raise UnknownFactValue(value=value, name=found.name_vi, known=", ".join(found.values))
    if kind == "merit" and value != NONE and monthly_dong is None:
        raise MonthlySumMissing(name=found.name_vi)
    facts: dict[str, object] = {"value": value}
    if monthly_dong is not None:
        facts["monthly_dong"] = monthly_dong.value
    return write_change(hold_person(person_id, by=by), kind, effective_on, facts, paper=paper, by=by, at=at)
