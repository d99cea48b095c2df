"""Moving one person's home: what was true before stays in its own dated row."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q, QuerySet

from ansinh.kernel.month import Month
from ansinh.places.queries import get_place, successors
from ansinh.registry.models import Person, Residence


def homes_in(month: Month) -> QuerySet[Residence]:
    """Where people belonged in a month; one each at most."""
    return Residence.objects.filter(Q(ends__isnull=True) | Q(ends__gt=month), starts__lte=month)


def later_homes(person_id: int, month: Month) -> list[Residence]:
    """Homes that begin after the month, in order."""
    return list(Residence.objects.filter(person_id=person_id, starts__gt=month).order_by("starts"))


def is_followed(before: Residence, home: Residence) -> bool:
    """Whether the home is the one before under the commune that took the whole of it over: nobody moved there."""
    heirs = successors(get_place(before.commune_code, before.starts.first_day), home.starts.first_day)
    return [(heir.place.code, heir.part) for heir in heirs] == [(home.commune_code, "whole")]


def forget_later_homes(home: Residence) -> None:
    """The home goes on to where the last of those after it ends; opening a month follows its successors anew."""
    later = later_homes(home.person_id, home.starts)
    if later:
        Residence.objects.filter(pk__in=[one.pk for one in later]).delete()
        home.ends = later[-1].ends
        home.save(update_fields=["ends"])


def move_home(home: Residence, *, commune_code: str, hamlet: str, month: Month, at: datetime) -> None:
    """The person belongs to the commune from the month on, until the home would have ended anyway.

    A home that begins in that very month was written wrongly and is corrected in place.
    """
    if home.starts == month:
        home.commune_code = commune_code
        home.save(update_fields=["commune_code"])
        return
    until, home.ends = home.ends, month
    home.save(update_fields=["ends"])
    Residence.objects.create(
        person_id=home.person_id, commune_code=commune_code, hamlet=hamlet, starts=month, ends=until, recorded_at=at
    )


def raise_facts_version(person_id: int) -> None:
    """Spans of the person are to be looked at again."""
    Person.objects.filter(pk=person_id).update(facts_version=F("facts_version") + 1)
