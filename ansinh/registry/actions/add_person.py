"""Put somebody without papers into the register, so that something can be given to them once."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.birth import BirthDate
from ansinh.kernel.month import Month
from ansinh.kernel.names import folded, sort_key, written
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import get_place, path_of
from ansinh.platform.action import action
from ansinh.registry.actions.place_resident import NotCommune
from ansinh.registry.models import Household, Person, Residence
from ansinh.registry.queries.people import NoSuchPerson
from ansinh.registry.types import PersonAdded


class NameOrReasonMissing(Refusal):
    """Phải ghi họ tên và vì sao người này chưa có giấy tờ (chưa có số định danh). Hãy ghi đủ rồi làm lại."""


@action(permission="registry.add_person", name="Thêm người chưa có giấy tờ")
def add_person(
    *,
    full_name: str,
    birth: BirthDate,
    sex: str,
    commune_code: str,
    hamlet: str,
    from_month: Month,
    reason: str,
    by: Actor,
    at: datetime,
    with_person_id: int | None = None,
) -> PersonAdded:
    """Somebody the register does not know and who has no numbers: no decision, no monthly money; the reason stays in
    the audit entry. `with_person_id`: of the same household.

    Refuses a name or reason left out (NameOrReasonMissing), a place that is no commune (NotCommune) or not the actor's
    (OutOfArea), and a household nobody knows (NoSuchPerson).
    """
    name = written(full_name)
    if not name or not reason.strip():
        raise NameOrReasonMissing()
    place = get_place(commune_code, from_month.first_day)
    by.must_reach(path_of(commune_code, from_month.first_day))
    if place.kind != "commune":
        raise NotCommune(place=place)
    same = Person.objects.filter(name_key=folded(name), born_on__year=birth.first_day.year, merged_into=None)
    twins = same.filter(residences__commune_code=commune_code).distinct().count()
    person = Person.objects.create(
        full_name=name,
        name_key=folded(name),
        sort_key=sort_key(name),
        born_on=birth.first_day,
        birth_precision=birth.precision,
        sex=sex,
        household=None if with_person_id is None else _household_of(with_person_id, by=by, at=at),
        recorded_at=at,
    )
    Residence.objects.create(
        person=person, commune_code=commune_code, hamlet=hamlet.strip(), starts=from_month, recorded_at=at
    )
    return PersonAdded(person.pk, commune_code, twins)


def _household_of(person_id: int, *, by: Actor, at: datetime) -> Household:
    """The household of somebody, made where they had none."""
    person = Person.objects.select_for_update(no_key=True).filter(pk=person_id).prefetch_related("residences").first()
    homes = [] if person is None else list(person.residences.all())
    if person is None or not any(by.reaches(path_of(one.commune_code, one.starts.first_day)) for one in homes):
        raise NoSuchPerson(person_id=person_id)
    if person.household is None:
        person.household = Household.objects.create(recorded_at=at)
        person.save(update_fields=["household"])
    return person.household
