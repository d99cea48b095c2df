"""What a correction or a move wrote besides the change itself, put back when the change is undone."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.kernel.month import Month
from ansinh.kernel.names import folded, sort_key
from ansinh.registry.changing import Held
from ansinh.registry.models import Grant, Residence, SealedNumber
from ansinh.registry.residences import forget_later_homes
from ansinh.registry.rules import Changed


def set_name(held: Held, full_name: str) -> None:
    """The name with its keys for search and order."""
    person = held.person
    person.full_name, person.name_key, person.sort_key = full_name, folded(full_name), sort_key(full_name)
    person.save(update_fields=["full_name", "name_key", "sort_key"])


def set_birth(held: Held, born_on: date, precision: str) -> None:
    """The birth date as far as it is known."""
    held.person.born_on, held.person.birth_precision = born_on, precision
    held.person.save(update_fields=["born_on", "birth_precision"])


def put_back_name(held: Held, found: Changed, _at: datetime) -> None:
    """The name as it was written before."""
    set_name(held, found.facts["was"])


def put_back_birth(held: Held, found: Changed, _at: datetime) -> None:
    """The birth as it was written before."""
    set_birth(held, date.fromisoformat(found.facts["was_born_on"]), found.facts["was_precision"])


def put_back_grant(_held: Held, found: Changed, at: datetime) -> None:
    """The decision grants nothing, as if it had never been recorded."""
    Grant.objects.filter(pk=found.facts["grant_id"]).update(undone_at=at)


def put_back_identity(_held: Held, found: Changed, _at: datetime) -> None:
    """The number is no longer the person's; one they had already stays."""
    SealedNumber.objects.filter(pk=found.facts["added"]).delete()


def put_back_home(held: Held, found: Changed, _at: datetime) -> None:
    """The home before the move goes on as if nobody had moved; who only left, or came back to it, had kept it."""
    month = Month.parse(found.facts["from_month"])
    moved = Residence.objects.filter(person=held.person, starts=month).first()
    if moved is None or moved.commune_code != found.facts["to"] or found.facts["to"] == found.facts["from"]:
        return
    forget_later_homes(moved)
    before = Residence.objects.filter(person=held.person, ends=month).first()
    if before is not None and before.commune_code == found.facts["from"]:
        until = moved.ends
        moved.delete()
        before.ends = until
        before.save(update_fields=["ends"])
    else:
        # The home began in the very month of the move and was corrected in place.
        moved.commune_code = found.facts["from"]
        moved.save(update_fields=["commune_code"])
