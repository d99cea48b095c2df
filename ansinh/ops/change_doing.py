"""What every `ansinh change …` shares: its paper, its look beforehand, its answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

import click

from ansinh.access.types import Actor
from ansinh.ops.acting import doer, now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.change_told import name_of, order_facts, order_lines, preview_facts, preview_lines
from ansinh.ops.options import DAY, as_option
from ansinh.ops.preparation import prepared_database
from ansinh.payout.queries import list_orders_under_way
from ansinh.payroll.queries import preview_change
from ansinh.registry.queries import get_person
from ansinh.registry.types import ChangeRecorded, Paper

F = TypeVar("F", bound=Callable[..., Any])
# Kinds after which money on its way may have to be stopped.
_STOPPING = frozenset({"death", "missing", "stop_grant", "suspend_grant", "move_resident", "imprisoned", "in_facility"})


@dataclass(frozen=True, slots=True)
class How:
    """How a change is to be recorded: on which paper, by whom, or only looked at."""

    paper: Paper
    preview: bool
    usernames: tuple[str, ...]


def change_options(command: F) -> F:
    """Give a command the options of its paper, --preview, --as and --json; it takes them as `how`."""

    @click.pass_obj
    def run(answer: Answer, /, **given: Any) -> None:
        paper = Paper(
            decision_no=given.pop("decision_no"),
            decided_on=day_of(given.pop("decided_on")),
            evidence=given.pop("evidence"),
            reason=given.pop("reason"),
        )
        command(answer, how=How(paper, given.pop("preview"), given.pop("usernames")), **given)

    run.__doc__ = command.__doc__
    wrapped: Any = run
    if hasattr(command, "__click_params__"):
        wrapped.__click_params__ = command.__click_params__
    for option in (
        json_option,
        as_option,
        click.option("--preview", is_flag=True, help="Chỉ cho xem làm thay đổi gì; không ghi."),
        click.option("--reason", default="", help="Ghi chú, lý do."),
        click.option("--evidence", default="", help="Giấy tờ kèm theo."),
        click.option("--decided-on", type=DAY, help="Ngày quyết định."),
        click.option("--decision-no", default="", help="Số quyết định."),
    ):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[no-any-return]  # a command of click's own making


def day_of(given: datetime | None) -> date | None:
    """The day an option gave."""
    return None if given is None else given.date()


def do(
    answer: Answer,
    action: Callable[..., ChangeRecorded],
    *,
    how: How,
    people: tuple[int, ...],
    **facts: Any,
) -> None:
    """Record it, or with --preview only tell what it would do. `people`: whose months it moves."""
    prepared_database(answer.say)
    by, at = doer(action.permission, how.usernames), now()  # type: ignore[attr-defined]  # every action has one
    if "reason" not in facts:
        facts["paper"] = how.paper
    act = partial(action, **facts, by=by, at=at)
    if how.preview:
        found = preview_change(act, person_ids=people, by=by, at=at)
        losing = [one.person_id for one in found.people if one.total_dong < one.total_without_dong]
        orders = [order for person_id in losing for order in list_orders_under_way(person_id, by=by)]
        answer.give(preview_facts(found, orders), "\n".join(preview_lines(found, orders)))
        return
    _tell(answer, act(), by)


def _tell(answer: Answer, told: ChangeRecorded, by: Actor) -> None:
    orders = list_orders_under_way(told.person_id, by=by) if told.kind in _STOPPING else ()
    facts = {
        "recorded": True,
        "change_id": told.change_id,
        "person_id": told.person_id,
        "kind": told.kind,
        "effective_on": told.effective_on.isoformat(),
        "orders_under_way": order_facts(orders),
    }
    who = get_person(told.person_id, by=by).full_name
    day = f"{told.effective_on:%d/%m/%Y}"
    said = f"Đã ghi biến động số {told.change_id} của {who} (số {told.person_id}): {name_of(told.kind)}, từ ngày {day}."
    answer.give(facts, "\n".join([said, *order_lines(orders)]))
