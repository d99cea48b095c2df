"""Write down in which commune a person belongs from a month on."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import get_place, path_of, successors
from ansinh.platform.action import action
from ansinh.registry.changing import hold_concerned
from ansinh.registry.models import Residence
from ansinh.registry.queries.people import NoSuchPerson
from ansinh.registry.residences import homes_in, move_home, raise_facts_version
from ansinh.registry.types import ResidentPlaced


class NotCommune(Refusal):
    """{place} không phải là xã, phường, thị trấn hay đặc khu. Người hưởng thuộc một xã; hãy ghi mã xã 5 chữ số."""


class NoHomeThatMonth(Refusal):
    """Sổ chưa ghi người số {person_id} thuộc xã nào vào tháng {month}. Hãy chọn tháng từ khi người đó có trong sổ."""


@action(permission="registry.place_resident", name="Ghi nơi cư trú")
def place_resident(*, person_id: int, commune_code: str, from_month: Month, by: Actor, at: datetime) -> ResidentPlaced:
    """From the month on the person belongs to the commune; months before stay as they were. Again changes nothing.

    Settles people of divided communes, whom the machine cannot place. Refuses a place that is no commune
    (NotCommune) or not there that month (UnknownPlace), areas not the actor's (OutOfArea), a month in which the
    register knows no home (NoHomeThatMonth), and people neither of the actor's areas nor of a commune that the new
    one took over (NoSuchPerson).
    """
    place = get_place(commune_code, from_month.first_day)
    by.must_reach(path_of(commune_code, from_month.first_day))
    if place.kind != "commune":
        raise NotCommune(place=place)
    hold_concerned(person_id)
    homes = Residence.objects.select_for_update().filter(person_id=person_id).order_by("starts")
    if not any(_within_reach(home, commune_code, from_month, by) for home in homes):
        raise NoSuchPerson(person_id=person_id)
    home = homes_in(from_month).filter(person_id=person_id).first()
    if home is None:
        raise NoHomeThatMonth(person_id=person_id, month=from_month.vi)
    settled = home.commune_code == commune_code and place.starts_on <= home.starts.first_day
    if not settled:
        move_home(home, commune_code=commune_code, hamlet=home.hamlet, month=from_month, at=at)
        raise_facts_version(person_id)
    return ResidentPlaced(person_id, commune_code, from_month, changed=not settled)


def _within_reach(home: Residence, commune_code: str, month: Month, by: Actor) -> bool:
    day = home.starts.first_day
    if by.reaches(path_of(home.commune_code, day)):
        return True
    heirs = successors(get_place(home.commune_code, day), month.first_day)
    return commune_code in {heir.place.code for heir in heirs}
