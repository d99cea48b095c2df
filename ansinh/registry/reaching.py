"""A person in the actor's areas, locked, doubles too."""

from __future__ import annotations

from ansinh.access.types import Actor
from ansinh.places.queries import path_of
from ansinh.registry.models import Person, Residence
from ansinh.registry.queries.people import NoSuchPerson


def reached_person(person_id: int, *, by: Actor) -> Person:
    """The person, locked for this transaction; refuses (NoSuchPerson) whoever was never of the actor's areas."""
    # Not its key: what is listed meanwhile may go on pointing to the person.
    person = Person.objects.select_for_update(no_key=True).filter(pk=person_id).first()
    homes = Residence.objects.filter(person_id=person_id)
    if person is None or not any(by.reaches(path_of(home.commune_code, home.starts.first_day)) for home in homes):
        raise NoSuchPerson(person_id=person_id)
    return person
