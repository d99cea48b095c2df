"""From which payroll a place lists by a law's levels, on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ansinh.kernel.month import Month
from ansinh.ops.acting import approver, now, preparer
from ansinh.ops.answer import Answer
from ansinh.ops.preparation import prepared_database
from ansinh.policy import load_pack

if TYPE_CHECKING:
    from ansinh.payroll.types import LevelStartMoved


def start_levels(
    answer: Answer, *, month: Month, law: str, place_code: str, reason: str, usernames: tuple[str, ...]
) -> None:
    """Propose and, by the other person, approve; both or neither."""
    prepared_database(answer.say)
    from django.db import transaction

    from ansinh.payroll.actions import approve_level_start, propose_level_start

    with transaction.atomic():
        proposed = propose_level_start(
            place_code=place_code, law=law, first_payroll=month, reason=reason, by=preparer(usernames), at=now()
        )
        moved = approve_level_start(level_start_id=proposed.level_start_id, by=approver(usernames), at=now())
    title = load_pack().laws[law].title
    answer.give(
        _facts(moved), f"Địa bàn {place_code} lập danh sách theo mức của {title} từ danh sách tháng {month.vi}."
    )


def show_schedule(answer: Answer, usernames: tuple[str, ...]) -> None:
    """Every first payroll recorded, withdrawn ones too."""
    prepared_database(answer.say)
    from ansinh.payroll.queries import list_level_starts
    from ansinh.payroll.types import LEVEL_START_NAMES

    laws = load_pack().laws
    starts = list_level_starts(by=preparer(usernames))
    rows = [
        {"id": one.pk, "place": one.place_code, "law": one.law, "first_payroll": str(one.first_payroll),
         "state": one.state, "reason": one.reason}
        for one in starts
    ]  # fmt: skip
    told = [
        f"{one.pk:>5}  {one.place_code:<5}  {laws[one.law].title} từ danh sách tháng {one.first_payroll.vi}"
        f"  ({LEVEL_START_NAMES[one.state]})"
        for one in starts
    ]
    answer.give(
        {"level_starts": rows}, "\n".join(told) or "Chưa ghi tháng áp dụng nào: mọi địa bàn theo tháng của luật."
    )


def withdraw_levels(answer: Answer, level_start_id: int, usernames: tuple[str, ...]) -> None:
    """Take one back."""
    prepared_database(answer.say)
    from ansinh.payroll.actions import withdraw_level_start

    moved = withdraw_level_start(level_start_id=level_start_id, by=preparer(usernames), at=now())
    answer.give(_facts(moved), f"Đã rút tháng áp dụng mức số {level_start_id}.")


def _facts(moved: LevelStartMoved) -> dict[str, object]:
    return {
        "level_start_id": moved.level_start_id,
        "place": moved.place_code,
        "law": moved.law,
        "first_payroll": str(moved.first_payroll),
        "state": moved.state,
    }
