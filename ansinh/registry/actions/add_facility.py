"""Write down a facility, so that people can be recorded as living there."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.names import written
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import path_of
from ansinh.platform.action import action
from ansinh.registry.models import Facility
from ansinh.registry.types import FacilityAdded


class FacilityUnnamed(Refusal):
    """Hãy ghi đủ tên cơ sở trợ giúp xã hội và họ tên người đại diện nhận tiền."""


class FacilityKnown(Refusal):
    """Cơ sở "{name}" ở địa bàn này đã có trong sổ (số {facility_id})."""


@action(permission="registry.add_facility", name="Ghi cơ sở trợ giúp xã hội")
def add_facility(*, name: str, place_code: str, representative: str, by: Actor, at: datetime) -> FacilityAdded:
    """Refuses a unit outside the actor's areas (OutOfArea), no name (FacilityUnnamed), one known (FacilityKnown)."""
    by.must_reach(path_of(place_code, at.date()))
    called, represented = written(name), written(representative)
    if not called or not represented:
        raise FacilityUnnamed()
    known = Facility.objects.filter(name=called, place_code=place_code).first()
    if known is not None:
        raise FacilityKnown(name=called, facility_id=known.pk)
    made = Facility.objects.create(
        name=called, place_code=place_code, representative=represented, recorded_at=at, recorded_by=by.user_id
    )
    return FacilityAdded(made.pk, called)
