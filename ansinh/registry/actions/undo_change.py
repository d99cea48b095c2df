"""Take back a change: told as a new one, so that both can be read."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.registry.changing import Held, hold_concerned, hold_person, write_change
from ansinh.registry.correcting import (
    put_back_birth,
    put_back_grant,
    put_back_home,
    put_back_identity,
    put_back_name,
)
from ansinh.registry.merging import put_back_merge
from ansinh.registry.models import Change
from ansinh.registry.queries.changes import NoSuchChange
from ansinh.registry.queries.people import NoSuchPerson
from ansinh.registry.rules import BIRTH, GRANT, IDENTITY, MERGE, MOVE, NAME, UNDO, Changed
from ansinh.registry.types import ChangeRecorded, Paper


class LaterChangesStand(Refusal):
    """Không hoàn tác được biến động số {change_id}: biến động số {later_id} ghi sau đó dựa vào nó.
    Hãy hoàn tác biến động số {later_id} trước."""


class CannotUndo(Refusal):
    """Biến động số {change_id} ghi ở bản phần mềm cũ, chưa lưu những gì đã chuyển nên không hoàn tác được. Hãy ghi lại
    thông tin đúng bằng một biến động mới."""


@action(permission="registry.undo_change", name="Hoàn tác biến động")
def undo_change(*, change_id: int, reason: str, by: Actor, at: datetime) -> ChangeRecorded:
    """The change counts as never said from now on; lists already approved are made good by the next one.

    Refuses one not there or undone already (NoSuchChange), one a later change rests on (LaterChangesStand), and one
    that did not yet keep what it moved (CannotUndo).
    """
    row = Change.objects.filter(pk=change_id).exclude(kind=UNDO).first()
    if row is None:
        raise NoSuchChange(change_id=change_id)
    hold_concerned(row.person_id, row.facts["double"] if row.kind == MERGE else row.person_id)
    try:
        held = hold_person(row.person_id, by=by)
    except NoSuchPerson as elsewhere:
        raise NoSuchChange(change_id=change_id) from elsewhere
    found = next((one for one in held.counting if one.id == change_id), None)
    if found is None:
        raise NoSuchChange(change_id=change_id)
    if found.kind in _KEPT_SINCE and _KEPT_SINCE[found.kind] not in found.facts:
        raise CannotUndo(change_id=change_id)
    later = _resting_on(found, held)
    if later is not None:
        raise LaterChangesStand(change_id=change_id, later_id=later.id)
    _PUT_BACK.get(found.kind, _nothing)(held, found, at)
    paper = Paper(reason=reason)
    return write_change(held, UNDO, found.effective_on, {}, paper=paper, by=by, at=at, undoes=change_id)


def _resting_on(found: Changed, held: Held) -> Changed | None:
    """A standing change that speaks of the same grant, home, birth or name and was recorded later."""
    for one in held.counting:
        if one.id <= found.id:
            continue
        if found.kind == GRANT and one.facts.get("grant_id") == found.facts["grant_id"]:
            return one
        if found.kind == MERGE and one.facts.get("grant_id") in found.facts["moved"]["passed"]:
            return one
        if found.kind in (MOVE, BIRTH, NAME, IDENTITY) and one.kind == found.kind:
            return one
    return None


def _nothing(_held: Held, _found: Changed, _at: datetime) -> None:
    """Facts, stops and suspensions are folded from the changes themselves: nothing else was written."""


# Kinds that once did not say what they had moved, and the fact that says it now.
_KEPT_SINCE = {MERGE: "moved", IDENTITY: "added"}
_PUT_BACK = {
    GRANT: put_back_grant,
    MOVE: put_back_home,
    BIRTH: put_back_birth,
    NAME: put_back_name,
    IDENTITY: put_back_identity,
    MERGE: put_back_merge,
}
