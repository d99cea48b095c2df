"""A commune's people can learn nothing of the neighbour: whatever they ask, the answer is the same in a world where the
neighbour has nothing, to the letter and to the statement.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from django.db import transaction

from ansinh.access.roles import ROLES, Role
from tests.sweep.acts import ACTS, tried
from tests.sweep.asking import Answer, ask
from tests.sweep.conftest import World, visiting
from tests.sweep.doors import DOORS, NOTHING, Door
from tests.sweep.furnishing import Things

pytestmark = pytest.mark.django_db

# Levels and thresholds a place decided are nobody's person and nobody's money: no second net lies under them.
DECIDED = ("level_pack", "threshold")
DRAWN_ANEW = ("web:audit_head", "mfa_activate_totp")
ASKERS = (Role.OFFICER, Role.APPROVER, Role.FINANCE, Role.PAYER)
# Numbers given to new things grow for the whole country together, and papers say when they were printed.
_NEW_NUMBER = re.compile(r"(?<=^Location: )\S*|(?<=^Đã lập lệnh chi )\S*|(?<=In lúc )[\d:]+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Heard:
    """All answers on the web and all acts' words, while the neighbour's things are there and when they never were."""

    web: tuple[dict[str, Answer], dict[str, Answer]]
    acts: tuple[dict[str, str], dict[str, str]]
    secrets: list[str]


@pytest.fixture(scope="module")
def heard(world: World) -> Heard:
    for door in DOORS:  # what the program remembers of places is remembered before anything is counted
        if door.sight:
            ask(visiting(Role.OFFICER, "here"), "GET", door, world.ours)
    acts, web = dict(_all_acts(world)), dict(_all_answers(world))
    transaction.savepoint_rollback(world.before_them)
    return Heard((web, dict(_all_answers(world))), (acts, dict(_all_acts(world))), world.theirs.secrets)


def test_nothing_of_the_neighbour_is_told_on_the_web(heard: Heard) -> None:
    """Every address opened with our own things, with theirs, and with ours while theirs are posted.

    Two alone differ: the head of the trail, which is the whole country's so that nobody can take an entry out unseen,
    and the secret for one's own phone, drawn anew each time.
    """
    with_them, without = heard.web
    tells = [
        f"{asked}: tells {secret}"
        for asked, answer in with_them.items()
        for secret in heard.secrets
        if secret in answer.said and "theirs" not in asked
    ]
    differ = [
        f"{asked}: {_difference(answer, without[asked])}"
        for asked, answer in with_them.items()
        if _told(answer) != _told(without[asked]) and not any(name in asked for name in DRAWN_ANEW)
    ]
    # Two faults are alike too, and tell nothing of how alike the answers would have been.
    broken = [f"{asked}: fault {answer.status}" for asked, answer in with_them.items() if answer.status >= 500]
    _no_surprise([*broken, *tells, *differ])


def test_the_time_an_answer_takes_does_not_tell_which_number_is_there(heard: Heard) -> None:
    """A number of theirs asks the same of the database, as often, as the same number when nobody has it."""
    with_them, without = heard.web
    differ = [
        f"{asked}: {more}"
        for asked, answer in with_them.items()
        if asked.endswith(" theirs")
        and (more := _more(answer, without[asked]))
        and DOORS[int(asked.split("#")[1].split()[0])].args is not NOTHING
        and not any(name in asked for name in DECIDED)
    ]
    _no_surprise(differ)


def test_nothing_of_the_neighbour_can_be_learnt_by_an_act(heard: Heard) -> None:
    """Every action on theirs is refused, and in the same words when they are not there."""
    with_them, without = heard.acts
    differ = [f"{act}: {said[:200]} ≠ {without[act][:200]}" for act, said in with_them.items() if said != without[act]]
    _no_surprise(differ)


def _no_surprise(surprises: list[str]) -> None:
    assert not surprises, f"{len(surprises)} surprises\n" + "\n".join(surprises)


def _all_answers(world: World) -> Iterator[tuple[str, Answer]]:
    for role in ASKERS:
        client = visiting(role, "here")
        for number, door in enumerate(DOORS):
            for method, needed in (("GET", door.sight), ("POST", door.act)):
                if not needed or not _worth_asking(role, door, method):
                    continue
                for whose, asked, things in _ways_to_ask(door, world):
                    yield f"{role} {method} {door.name} #{number} {whose}", ask(client, method, asked, things)


def _worth_asking(role: Role, door: Door, method: str) -> bool:
    """All by the officer; of the others what they may do, and what they see without naming anything."""
    if role == Role.OFFICER:
        return True
    return not door.slow and (ROLES[role].holds(door.act) if method == "POST" else door.args is NOTHING)


def _ways_to_ask(door: Door, world: World) -> Iterator[tuple[str, Door, Things]]:
    yield "ours", door, world.ours
    if door.args is not NOTHING or door.posted is not NOTHING or door.query is not NOTHING:
        yield "theirs", door, world.theirs
    if door.args is not NOTHING and door.posted is not NOTHING:
        args = door.args(world.ours)
        yield "ours, theirs posted", replace(door, args=lambda _things: args), world.theirs


def _told(answer: Answer) -> tuple[int, str]:
    return answer.status, _NEW_NUMBER.sub("·", answer.said)


def _difference(one: Answer, other: Answer) -> str:
    if one.status != other.status:
        return f"{one.status} ≠ {other.status}"
    ours, theirs = _told(one)[1].splitlines(), _told(other)[1].splitlines()
    more = [line.strip()[:160] for line in ours if line not in theirs][:3]
    return f"says {more} ≠ {[line.strip()[:160] for line in theirs if line not in ours][:3]}"


def _more(one: Answer, other: Answer) -> list[str]:
    """The statements asked more often of one than of the other."""
    asked, asked_before = Counter(one.statements), Counter(other.statements)
    return [f"{number} × {line[:170]}" for line, number in ((asked - asked_before) + (asked_before - asked)).items()]


def _all_acts(world: World) -> Iterator[tuple[str, str]]:
    for number, act in enumerate(ACTS):
        for role in ASKERS:
            if ROLES[role].holds(act.permission) and not act.only_refused:
                for whose, things in (("ours", world.ours), ("theirs", world.theirs)):
                    yield f"{role} {act.permission} #{number} {whose}", tried(act, things, role, "here")
