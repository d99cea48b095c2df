"""`ansinh month compare`: who joined, left or has another amount between two months of a place, and why."""

from __future__ import annotations

from collections import Counter

import click

from ansinh.audit.actions import tell_export
from ansinh.kernel.month import Month
from ansinh.ops.acting import looker, now
from ansinh.ops.answer import Answer
from ansinh.ops.month_runs import month_options
from ansinh.ops.options import MONTH
from ansinh.ops.preparation import prepared_database
from ansinh.payroll.queries import Change, compare_months
from ansinh.payroll.types import CHANGE_KIND_NAMES


@click.command("compare")
@click.option("--with", "other", type=MONTH, help="Tháng kia; bỏ trống: tháng liền trước.")
@month_options
def compare(
    answer: Answer, *, other: Month | None, month: Month, place_code: str, programme: str, usernames: tuple[str, ...]
) -> None:
    """So sánh hai tháng của một địa bàn: tăng, giảm, đổi mức, kèm lý do và quyết định."""
    prepared_database(answer.say)
    by = looker("payroll.see_lists", usernames)
    changes = compare_months(place_code, month, other or month + -1, by=by, programme=programme)
    tell_export("payroll.export_list", by=by, at=now(), place_code=place_code, month=month, rows=len(changes))
    counted = Counter(one.kind for one in changes)
    facts = {
        "place": place_code,
        "months": sorted([str(month), str(other or month + -1)]),
        "counts": {kind: counted[kind] for kind in CHANGE_KIND_NAMES},
        "changes": [_facts(one) for one in changes],
    }
    head = ", ".join(f"{CHANGE_KIND_NAMES[kind].lower()} {number}" for kind, number in counted.items())
    answer.give(facts, "\n".join([f"{len(changes)} thay đổi{f': {head}' if head else ''}.", *map(_told, changes)]))


def _event(change: Change) -> str:
    """The reason without the law's words behind the colon: a list names nobody's category."""
    return change.reason.partition(":")[0]


def _facts(change: Change) -> dict[str, object]:
    return {
        "kind": change.kind,
        "person_id": change.person_id,
        "full_name": change.full_name,
        "commune": change.commune_code,
        "before_dong": change.before_dong.value,
        "now_dong": change.now_dong.value,
        "cause": change.cause,
        "reason": _event(change),
        "decision_no": change.decision_no,
        "decided_on": change.decided_on,
    }


def _told(change: Change) -> str:
    number = f" (quyết định số {change.decision_no})" if change.decision_no else ""
    return (
        f"  {CHANGE_KIND_NAMES[change.kind]}: {change.full_name}, {change.before_dong} → {change.now_dong} đồng; "
        f"{_event(change)}{number}"
    )
