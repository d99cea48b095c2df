"""Record that a fact of the law holds of somebody from a day on."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.registry.changing import hold_person, write_change
from ansinh.registry.models import Facility
from ansinh.registry.rules import FACT_KINDS, IN_FACILITY, NONE
from ansinh.registry.types import ChangeRecorded, Paper


class UnknownFact(Refusal):
    """Không có loại thông tin "{kind}". Các loại ghi được: {known}."""


class UnknownFactValue(Refusal):
    """ "{value}" không phải là giá trị của thông tin "{name}". Các giá trị ghi được: {known}."""


class NoSuchFacility(Refusal):
    """Không ghi được cơ sở số {facility_id}: chỉ ghi cơ sở có trong sổ, cho người được nuôi dưỡng tại đó. Xem các cơ sở
    bằng lệnh: ansinh facility list."""


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
    facility_id: int | None = None,
) -> ChangeRecorded:
    """From the day on the fact has that value, until a later record says otherwise; what was before stays told.

    `monthly_dong`: the sum of an insurance benefit or merit allowance. `facility_id`: where somebody taken into a
    facility lives, which then is paid for them. Refuses unknown kinds, values and facilities (NoSuchFacility), a merit
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
    if facility_id is not None:
        facility = Facility.objects.filter(pk=facility_id).first()
        if facility is None or kind != IN_FACILITY or value == NONE:
            raise NoSuchFacility(facility_id=facility_id)
        facts |= {"facility_id": facility.pk, "facility": facility.name}
    return write_change(hold_person(person_id, by=by), kind, effective_on, facts, paper=paper, by=by, at=at)
