"""From which payroll a place lists by a law's levels, and what other levels would cost, on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ansinh.kernel.month import Month
from ansinh.ops.acting import approver, looker, now, preparer
from ansinh.ops.answer import Answer
from ansinh.ops.preparation import prepared_database
from ansinh.ops.progress import progress_bar
from ansinh.ops.reading import read_file
from ansinh.policy import read_draft

if TYPE_CHECKING:
    from ansinh.payroll.types import LevelStartMoved

# What is done while levels are tried on people.
PEOPLE_FORESEEN = "Tính trước từng người"


def start_levels(
    answer: Answer, *, month: Month, law: str, place_code: str, reason: str, usernames: tuple[str, ...]
) -> None:
    """Say what it would do, then propose and, by the other person, approve; both or neither."""
    prepared_database(answer.say)
    from django.db import transaction

    from ansinh.ops.levels_told import preview_facts, preview_told
    from ansinh.payroll.actions import approve_level_start, propose_level_start
    from ansinh.payroll.queries import NobodyListedHere, pack_listed_by, preview_level_start
    from ansinh.platform.audit import gathered

    effect = None
    try:
        with progress_bar(answer, PEOPLE_FORESEEN) as step:
            told = preview_level_start(
                place_code=place_code, law=law, month=month, by=preparer(usernames), progress=step
            )
    except NobodyListedHere:
        # Before the register is imported there is nobody to tell of.
        answer.say(f"Địa bàn {place_code} chưa có ai trong danh sách tháng {month.vi}: chưa tính trước được số tiền.")
    else:
        effect = preview_facts(told)
        answer.say(preview_told(told))
    with transaction.atomic(), gathered():
        proposed = propose_level_start(
            place_code=place_code, law=law, first_payroll=month, reason=reason, by=preparer(usernames), at=now()
        )
        moved = approve_level_start(level_start_id=proposed.level_start_id, by=approver(usernames), at=now())
    title = pack_listed_by(place_code, month).laws[law].title
    answer.give(
        {**_facts(moved), "preview": effect},
        f"Địa bàn {place_code} lập danh sách theo mức của {title} từ danh sách tháng {month.vi}.",
    )


def show_preview(answer: Answer, *, month: Month, law: str, place_code: str, usernames: tuple[str, ...]) -> None:
    """What listing by a law's levels from a month would do; nothing is written."""
    prepared_database(answer.say)
    from ansinh.ops.levels_told import preview_facts, preview_told
    from ansinh.payroll.queries import preview_level_start

    by = looker("payroll.see_levels", usernames)
    with progress_bar(answer, PEOPLE_FORESEEN) as step:
        told = preview_level_start(place_code=place_code, law=law, month=month, by=by, progress=step)
    answer.give({"law": law, **preview_facts(told)}, preview_told(told))


def show_simulation(
    answer: Answer,
    *,
    file: Path,
    place_code: str,
    months: int,
    first: Month | None,
    usernames: tuple[str, ...],
) -> None:
    """What a draft level would cost a place in the coming months; nothing is written."""
    content = read_file(file)
    prepared_database(answer.say)
    from django.utils import timezone

    from ansinh.ops.levels_told import simulation_facts, simulation_told
    from ansinh.payroll.queries import pack_listed_by, simulate_draft

    on = timezone.localdate()
    draft = read_draft(content, file.name, pack_listed_by(place_code, first or Month.containing(on)))
    by = looker("payroll.see_levels", usernames)
    with progress_bar(answer, PEOPLE_FORESEEN) as step:
        told = simulate_draft(
            draft=draft,
            file=file.name,
            place_code=place_code,
            first=first,
            months=months,
            on=on,
            by=by,
            progress=step,
        )
    answer.give(simulation_facts(told), simulation_told(told))


def show_schedule(answer: Answer, usernames: tuple[str, ...]) -> None:
    """Every first payroll recorded, withdrawn ones too."""
    prepared_database(answer.say)
    from ansinh.payroll.queries import list_level_starts, title_of_start
    from ansinh.payroll.types import TWO_PEOPLE_NAMES

    starts = list_level_starts(by=looker("payroll.see_levels", usernames))
    rows = [
        {"id": one.pk, "place": one.place_code, "law": one.law, "first_payroll": str(one.first_payroll),
         "state": one.state, "reason": one.reason}
        for one in starts
    ]  # fmt: skip
    told = [
        f"{one.pk:>5}  {one.place_code:<5}  {title_of_start(one)} từ danh sách tháng {one.first_payroll.vi}"
        f"  ({TWO_PEOPLE_NAMES[one.state]})"
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
