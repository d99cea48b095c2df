"""Every action: keyword-only, told who and when, permitted to somebody, and named by a test."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from ansinh.access.roles import every_act
from ansinh.ops.reference import every_action
from tests.architecture.sources import files


def shape_faults(function: Callable[..., Any]) -> list[str]:
    """What in a function's signature or docstring keeps it from being an action."""
    parameters = inspect.signature(function).parameters
    faults = [f"{name} is positional" for name, p in parameters.items() if p.kind is not p.KEYWORD_ONLY]
    faults += [f"no {name}" for name in ("by", "at") if name not in parameters]
    return faults if inspect.getdoc(function) else [*faults, "no promise"]


def test_actions_are_keyword_only_and_know_who_and_when() -> None:
    assert {a.permission: f for a in every_action() if (f := shape_faults(a.function))} == {}


def test_every_permission_is_an_action_and_somebody_holds_it() -> None:
    assert {action.permission for action in every_action()} == every_act()


def test_every_action_is_named_by_a_test() -> None:
    texts = [p.read_text(encoding="utf-8") for p in files("tests", suffix=".py") if "architecture" not in p.parts]
    assert [a.permission for a in every_action() if not any(a.name in text for text in texts)] == []


def test_planted_faults_are_seen() -> None:
    def approve(run: int, *, by: str) -> None: ...

    assert shape_faults(approve) == ["run is positional", "no at", "no promise"]
