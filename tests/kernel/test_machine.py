"""A machine is its table: states, open steps, refusals and diagram all follow from it."""

from __future__ import annotations

import pytest

from ansinh.kernel.machine import Machine, Step, StepNotAllowed

DOOR = Machine(
    name="door",
    initial="open",
    steps=(
        Step("close_door", "open", "closed", role="porter"),
        Step("lock_door", "closed", "locked", role="keeper", not_by="close_door"),
        Step("open_door", "closed", "open", role="porter"),
        Step("open_door", "locked", "open", role="keeper"),
    ),
)


def test_states_come_in_table_order_initial_first() -> None:
    assert DOOR.states == ("open", "closed", "locked")


def test_open_steps_of_a_state() -> None:
    assert [step.action for step in DOOR.allowed("closed")] == ["lock_door", "open_door"]
    assert DOOR.allowed("burnt") == ()


def test_one_action_may_leave_several_states() -> None:
    assert DOOR.step("open_door", "locked").role == "keeper"


def test_a_step_not_in_the_table_says_where_it_starts() -> None:
    with pytest.raises(StepNotAllowed, match=r'"open_door" khi đang ở trạng thái "open".*closed", "locked'):
        DOOR.step("open_door", "open")


def test_an_unknown_action_starts_nowhere() -> None:
    with pytest.raises(StepNotAllowed, match="không trạng thái nào"):
        DOOR.step("burn_door", "open")


def test_the_diagram_has_an_arrow_for_each_step() -> None:
    lines = DOOR.mermaid().splitlines()
    assert lines[:2] == ["stateDiagram-v2", "    [*] --> open"]
    assert "    closed --> locked: lock_door (keeper)" in lines
    assert len(lines) == 2 + len(DOOR.steps)
