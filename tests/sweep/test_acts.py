"""Every registered action as every role, in scope and out of it, against the one table of roles: no surprise."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import ansinh
from ansinh.access.roles import ROLES, Role
from ansinh.platform.action import registered_actions
from tests.sweep.acts import ACTS, tried
from tests.sweep.conftest import World

pytestmark = pytest.mark.django_db

REFUSED = "not_permitted"
OUT = ("out_of_area", "no_such_", "unknown_", "not_reserved")
# Settled row by row in the answer: an order out of reach is told as one that is not there.
ANSWERED_BY_ROW = {"payout.record_result", "payout.record_results", "reconcile.import_results"}


def test_every_action_has_a_sample() -> None:
    for module in pkgutil.walk_packages(ansinh.__path__, "ansinh."):
        if ".actions" in module.name:
            importlib.import_module(module.name)
    names = {one.permission for one in registered_actions()}
    assert names == {act.permission for act in ACTS}, "hãy thêm vào tests/sweep/acts.py"


def test_each_role_does_what_the_table_says(world: World) -> None:
    surprises = []
    for number, act in enumerate(ACTS):
        for role in Role:
            may = ROLES[role].holds(act.permission)
            if may and act.only_refused:
                continue
            said = tried(act, world.ours, role, "here")
            if said.startswith("fault") or may == said.startswith((REFUSED, *(OUT[:3] if act.of_a_place else ()))):
                surprises.append(f"{role} {act.permission} #{number}: {'refused' if may else 'done'}: {said[:160]}")
    assert not surprises, f"{len(surprises)} surprises\n" + "\n".join(surprises)


@pytest.mark.parametrize("where", ["next-door", "elsewhere"])
def test_out_of_scope_nothing_is_done(world: World, where: str) -> None:
    surprises = []
    for number, act in enumerate(ACTS):
        for role in Role:
            if not ROLES[role].holds(act.permission) or not act.of_a_place or act.permission in ANSWERED_BY_ROW:
                continue
            said = tried(act, world.ours, role, where)
            if not said.startswith(OUT) or any(secret in said for secret in world.ours.secrets):
                surprises.append(f"{role} ({where}) {act.permission} #{number}: {said[:160]}")
    assert not surprises, f"{len(surprises)} surprises\n" + "\n".join(surprises)
