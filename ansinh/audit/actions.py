"""Telling what was seen and taken away: not acts that change anything, but what the trail must know of."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.audit.types import EXPORTS, PERSON_LOOKS, SIGN_INS
from ansinh.platform.audit import Named, record_look
from ansinh.registry.queries import get_person

# Who stands at the door and is nobody we know.
UNKNOWN_ID = -1


class _Unknown:
    user_id = UNKNOWN_ID
    name = "Không rõ ai"


def tell_look(sight: str, *, person_id: int, place_code: str = "", by: Actor, at: datetime, **facts: object) -> None:
    """One entry: the actor saw this of this person. `sight` is one of PERSON_LOOKS; facts say which month or part.

    `place_code`: where they live, looked up where it is not given.
    """
    if sight not in PERSON_LOOKS:
        raise KeyError(sight)
    home = place_code or _home_of(person_id, by)
    record_look(by=by, at=at, sight=sight, facts=facts, person_id=person_id, place_code=home)


def tell_export(
    what: str, *, by: Actor, at: datetime, place_code: str = "", person_id: int | None = None, **facts: object
) -> None:
    """One entry: the actor takes this away, told before it is given. `what` is one of EXPORTS or PERSON_LOOKS.

    Facts say which list (`run_id`, `batch_id`, `month`, `form`) so that it can be said later who stood in it.
    """
    if what not in EXPORTS and what not in PERSON_LOOKS:
        raise KeyError(what)
    if person_id is not None and not place_code:
        place_code = _home_of(person_id, by)
    record_look(by=by, at=at, sight=what, facts=facts, place_code=place_code, person_id=person_id)


def tell_sign_in(event: str, *, by: Named | None, at: datetime, reason: str = "", **facts: object) -> None:
    """One entry of SIGN_INS; facts say the `way`, and `how` the second factor was shown.

    `by` is None where nobody we know was named; what they typed is not kept: it may have been a password.
    """
    if event not in SIGN_INS:
        raise KeyError(event)
    record_look(by=by or _Unknown(), at=at, sight=event, facts=facts, reason=reason)


def _home_of(person_id: int, by: Actor) -> str:
    """The commune the person lives in as last known: whoever inspects there sees who looked."""
    return get_person(person_id, by=by).residences[-1].commune_code
