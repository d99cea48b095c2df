"""Deciding proposals: getting hold of open ones, and applying an accepted one to the register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from ansinh.access.types import Actor
from ansinh.kernel.birth import BirthDate
from ansinh.kernel.month import Month
from ansinh.kernel.names import folded, sort_key
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import path_of
from ansinh.registry.changing import look_again
from ansinh.registry.models import Grant, Person, Proposal
from ansinh.registry.residences import homes_in, move_home


class NoSuchProposal(Refusal):
    """Không có đề nghị thay đổi số {ids} đang chờ xử lý trong địa bàn của bạn.
    Hãy xem lại danh sách bằng lệnh: ansinh register proposals."""


def lock_open_proposals(ids: Sequence[int], *, by: Actor) -> list[Proposal]:
    """The open proposals of these numbers, locked; refuses (NoSuchProposal) if any is missing or decided."""
    found = list(
        Proposal.objects.select_for_update(of=("self",))
        .select_related("file", "person", "grant")
        .defer("file__sealed_original")
        .filter(pk__in=ids, state="OPEN")
        .order_by("pk")
    )
    known = {p.pk for p in found if by.reaches(path_of(p.file.place_code, p.file.month.first_day))}
    missing = sorted(set(ids) - known)
    if missing:
        raise NoSuchProposal(ids=", ".join(map(str, missing)))
    return found


def apply_proposal(proposal: Proposal) -> None:
    """Write the new value; facts move to a new version, so spans and lines follow by themselves.

    The caller holds whom it concerns: what somebody else records meanwhile is not written over.
    """
    _APPLY[proposal.field](proposal, proposal.file.month)
    look_again(proposal.person_id)


def _new(proposal: Proposal) -> str:
    """The proposed value as text; empty where the proposal is of somebody absent."""
    return "" if proposal.new is None else str(proposal.new)


def _person_field(proposal: Proposal, _month: Month) -> None:
    person = Person.objects.get(pk=proposal.person_id)
    if proposal.field == "full_name":
        person.full_name = _new(proposal)
        person.name_key, person.sort_key = folded(_new(proposal)), sort_key(_new(proposal))
    elif proposal.field == "birth":
        birth = BirthDate.parse_vi(_new(proposal))
        person.born_on, person.birth_precision = birth.first_day, birth.precision
    else:
        person.sex = _new(proposal)
    person.save()


def _grant_field(proposal: Proposal, _month: Month) -> None:
    readers: dict[str, Callable[[str], object]] = {
        "decision_no": str,
        "decided_on": date.fromisoformat,
        "starts": Month.parse,
        "coefficient": Decimal,
        "children": int,
    }
    Grant.objects.filter(pk=proposal.grant_id).update(**{proposal.field: readers[proposal.field](_new(proposal))})


def _residence(proposal: Proposal, month: Month) -> None:
    home = homes_in(month).filter(person_id=proposal.person_id).get()
    if proposal.field == "hamlet":
        home.hamlet = _new(proposal)
        home.save(update_fields=["hamlet"])
    else:
        move_home(home, commune_code=_new(proposal), hamlet="", month=month, at=proposal.file.received_at)


def _end_grant(proposal: Proposal, month: Month) -> None:
    grant = Grant.objects.get(pk=proposal.grant_id)
    # A grant ends after it starts: one that never paid here is closed after its first month, before any run of ours.
    grant.ends = max(month, grant.starts + 1)
    grant.save(update_fields=["ends"])


def _category(proposal: Proposal, month: Month) -> None:
    old = Grant.objects.get(pk=proposal.grant_id)
    _end_grant(proposal, month)
    Grant.objects.create(
        person_id=proposal.person_id,
        category=_new(proposal),
        starts=month,
        opening_month=month,
        decision_no=old.decision_no,
        decided_on=old.decided_on,
        recorded_at=proposal.file.received_at,
    )


_APPLY: dict[str, Callable[[Proposal, Month], None]] = {
    "full_name": _person_field,
    "birth": _person_field,
    "sex": _person_field,
    "commune": _residence,
    "hamlet": _residence,
    "category": _category,
    "decision_no": _grant_field,
    "decided_on": _grant_field,
    "starts": _grant_field,
    "coefficient": _grant_field,
    "children": _grant_field,
    "absent": _end_grant,
}
