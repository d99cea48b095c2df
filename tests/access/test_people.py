"""Who may act: users, areas, and the demonstration's two until the first real user."""

from __future__ import annotations

from itertools import combinations

import pytest

from ansinh.access.actions import add_user, create_demonstration_people
from ansinh.access.models import User
from ansinh.access.queries import NobodyNamed, UnknownUser, get_actor, get_demonstration_actors
from ansinh.access.roles import ROLES, Role, every_act
from ansinh.access.types import EVERYWHERE, SYSTEM, Actor, Appointment, OutOfArea
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import NotPermitted, registered_actions
from ansinh.platform.models import AuditEntry
from tests.seeding import AT

WORDS = "một câu dễ nhớ"


def _add(username: str = "lan", password: str = WORDS, by: Actor = SYSTEM) -> str:
    return add_user(
        username=username, full_name="Trần Thị Lan", role=Role.OFFICER, area="02053", password=password, by=by, at=AT
    ).username


def test_a_user_is_appointed_and_can_act_in_the_area(first_load: object, db: None) -> None:
    lan = get_actor(_add())
    assert lan.may("registry.import_register")
    assert not lan.may("payroll.approve_run")
    lan.must_reach(("02053", "064", "06"))
    with pytest.raises(OutOfArea):
        lan.must_reach(("02050", "064", "06"))


def test_refused_users_are_not_made(first_load: object, db: None) -> None:
    _add()
    for username, password, code in (("lan", WORDS, "username_taken"), ("mai", "ngắn", "password_too_short")):
        with pytest.raises(Refusal) as refused:
            _add(username, password)
        assert refused.value.code == code
    with pytest.raises(NotPermitted):
        _add("mai", by=Actor(9, "Ai đó", (Appointment(Role.OFFICER, EVERYWHERE),)))
    assert User.objects.filter(is_demonstration=False).count() == 1


def test_passwords_never_reach_the_audit_trail(first_load: object, db: None) -> None:
    _add()
    entry = AuditEntry.objects.get(action="access.add_user")
    assert WORDS not in str(entry.facts)
    assert WORDS not in User.objects.get(username="lan").password


def test_the_demonstration_stops_acting_once_somebody_real_is_there(first_load: object, db: None) -> None:
    officer, approver = get_demonstration_actors()
    assert officer.user_id != approver.user_id
    assert create_demonstration_people(by=SYSTEM, at=AT) == 0
    _add()
    with pytest.raises(NobodyNamed):
        get_demonstration_actors()
    with pytest.raises(UnknownUser):
        get_actor("khong-co")


def test_no_role_both_prepares_and_approves() -> None:
    both = [
        (one, other)
        for one, other in combinations(ROLES, 2)
        if ROLES[one].acts & ROLES[other].acts & {"payroll.submit_run", "payroll.approve_run"}
    ]
    assert both == [(Role.OFFICER, Role.DISTRICT_OFFICER), (Role.APPROVER, Role.DISTRICT_APPROVER)]
    # A job does nothing its asker may not do: asking for one is everybody's who does long work.
    assert {act for act in ROLES[Role.OFFICER].acts & ROLES[Role.APPROVER].acts if not act.startswith("jobs.")} == set()


def test_every_action_is_somebodys_to_do() -> None:
    assert {action.permission for action in registered_actions()} <= every_act()
