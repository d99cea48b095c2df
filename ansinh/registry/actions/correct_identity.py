"""Correct somebody's identity number."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from ansinh.access.types import Actor
from ansinh.kernel.citizen import read_identity
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.platform.sealing import index_columns, masked, seal
from ansinh.policy.types import Sex
from ansinh.registry.changing import hold_person, write_change
from ansinh.registry.models import Person, SealedNumber
from ansinh.registry.numbers import numbers_equal_to
from ansinh.registry.rules import IDENTITY
from ansinh.registry.types import ChangeRecorded, Paper


class UnreadableIdentity(Refusal):
    """Số định danh ghi chưa đúng: CCCD có 12 chữ số, CMND cũ có 9 chữ số. Hãy xem lại trên giấy tờ."""


class IdentityOfAnother(Refusal):
    """Số này đã thuộc về {other} (số {person_id} trong sổ). Nếu là cùng một người ghi hai lần, hãy gộp hồ sơ;
    nếu không, hãy xem lại giấy tờ của cả hai."""


@action(permission="registry.correct_identity", name="Đính chính số định danh")
def correct_identity(*, person_id: int, number: str, paper: Paper, by: Actor, at: datetime) -> ChangeRecorded:
    """The number from now on, sealed; the one before is kept for matching old papers.

    Refuses what is no number (UnreadableIdentity) and somebody else's (IdentityOfAnother).
    """
    held = hold_person(person_id, by=by)
    person = held.person
    identity = read_identity(number, born_year=person.born_on.year, sex=cast("Sex | None", person.sex or None))
    if identity.number is None or identity.kind not in (SealedNumber.CCCD, SealedNumber.CMND):
        raise UnreadableIdentity()
    carrying = numbers_equal_to(identity.number, kind=identity.kind)
    other = Person.objects.filter(numbers__in=carrying, merged_into__isnull=True).exclude(pk=person_id)
    if (found := other.first()) is not None:
        raise IdentityOfAnother(other=found.full_name, person_id=found.pk)
    had = carrying.filter(person=person).first()
    added = had or SealedNumber.objects.create(
        person=person,
        kind=identity.kind,
        sealed=seal(identity.number, kind=identity.kind),
        **index_columns(identity.number, kind=identity.kind),
        recorded_at=at,
    )
    facts = {
        "kind": identity.kind,
        "is": masked(identity.number),
        # What undoing takes away again; none where the person had the number already.
        "added": None if had else added.pk,
    }
    return write_change(held, IDENTITY, person.born_on, facts, paper=paper, by=by, at=at)
