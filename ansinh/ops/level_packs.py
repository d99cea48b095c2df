"""Levels loaded as data, on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ansinh.kernel.month import Month
from ansinh.ops.acting import approver, doer, looker, now, preparer
from ansinh.ops.answer import Answer
from ansinh.ops.levels import PEOPLE_FORESEEN
from ansinh.ops.preparation import prepared_database
from ansinh.ops.progress import progress_bar
from ansinh.ops.reading import read_file

if TYPE_CHECKING:
    from ansinh.access.types import Actor
    from ansinh.payroll.queries import Forecast, LevelPack
    from ansinh.payroll.types import LevelPackMoved
    from ansinh.policy import Draft


@dataclass(frozen=True, slots=True)
class Loading:
    """A file of levels, for whom, from which payroll on, by which decision."""

    file: Path
    place_code: str
    month: Month
    decision_no: str
    decided_on: date | None


def preview_file(answer: Answer, loading: Loading, usernames: tuple[str, ...]) -> None:
    """What the levels of a file would do; nothing is written."""
    content = read_file(loading.file)
    prepared_database(answer.say)
    from ansinh.ops.levels_told import preview_facts, preview_told

    by = looker("payroll.see_levels", usernames)
    told = _preview(answer, _read(loading, content, by), loading.place_code, loading.month, by)
    if told is not None:
        answer.give(preview_facts(told), preview_told(told))


def add_level_pack(answer: Answer, loading: Loading, *, approve: bool, usernames: tuple[str, ...]) -> None:
    """Say what it would do, then write it down and, if asked, have the other person approve; both or neither."""
    content = read_file(loading.file)
    prepared_database(answer.say)
    from django.db import transaction

    from ansinh.ops.levels_told import preview_facts, preview_told
    from ansinh.payroll.actions import approve_level_pack, propose_level_pack
    from ansinh.platform.audit import gathered

    by = preparer(usernames)
    told = _preview(answer, _read(loading, content, by), loading.place_code, loading.month, by)
    if told is not None:
        answer.say(preview_told(told))
    with transaction.atomic(), gathered():
        moved = propose_level_pack(
            content=content,
            file_name=loading.file.name,
            place_code=loading.place_code,
            first_payroll=loading.month,
            decision_no=loading.decision_no,
            decided_on=loading.decided_on,
            by=by,
            at=now(),
        )
        if approve:
            moved = approve_level_pack(level_pack_id=moved.level_pack_id, by=approver(usernames), at=now())
    waiting = "" if approve else f" Người khác duyệt bằng lệnh: ansinh policy draft approve {moved.level_pack_id}"
    answer.give(
        {**_facts(moved), "preview": None if told is None else preview_facts(told)},
        f"Gói mức số {moved.level_pack_id} “{moved.title}” cho địa bàn {moved.place_code}, từ danh sách tháng "
        f"{moved.first_payroll.vi}: {_state(moved.state)}.{waiting}",
    )


def show_level_packs(answer: Answer, usernames: tuple[str, ...]) -> None:
    """Every pack of the actor's places."""
    prepared_database(answer.say)
    from ansinh.payroll.queries import list_level_packs

    packs = list_level_packs(by=looker("payroll.see_levels", usernames))
    told = [
        f"{one.pk:>5}  {one.place_code:<5}  từ danh sách tháng {one.first_payroll.vi}  {one.title} "
        f"({one.decision_no} ngày {one.decided_on:%d/%m/%Y})  [{_state(one.state)}]"
        for one in packs
    ]
    answer.give({"level_packs": [_row(one) for one in packs]}, "\n".join(told) or "Chưa nạp gói mức nào.")


def show_level_pack(answer: Answer, level_pack_id: int, usernames: tuple[str, ...]) -> None:
    """One of them, with what it would do while no list went by it."""
    prepared_database(answer.say)
    from ansinh.access.queries import list_user_names
    from ansinh.ops.levels_told import preview_facts, preview_told
    from ansinh.payroll.queries import get_level_pack, levels_of_pack, runs_by_level_pack

    by = looker("payroll.see_levels", usernames)
    pack = get_level_pack(level_pack_id, by=by)
    runs = runs_by_level_pack(pack.pk)
    told = None
    if not runs and pack.state != "WITHDRAWN":
        told = _preview(answer, levels_of_pack(pack), pack.place_code, pack.first_payroll, by, own=pack.pk)
    names = list_user_names({one for one in (pack.proposed_by, pack.approved_by, pack.withdrawn_by) if one})
    lines = [
        f"Gói mức số {pack.pk} “{pack.title}”",
        f"Cho địa bàn {pack.place_code}, từ danh sách tháng {pack.first_payroll.vi}",
        f"Quyết định số {pack.decision_no} ngày {pack.decided_on:%d/%m/%Y}; {_state(pack.state)}",
        f"Nạp: {names[pack.proposed_by]}" + (f"; duyệt: {names[pack.approved_by]}" if pack.approved_by else ""),
        *([f"Rút: {names[pack.withdrawn_by]}: {pack.withdrawn_reason}"] if pack.withdrawn_by else []),
        *(f"Kỳ chi trả số {run.pk} tháng {run.month.vi} đã lập theo." for run in runs),
        f"--- {pack.file_name}",
        pack.text.rstrip(),
        *(["---", preview_told(told)] if told is not None else []),
    ]
    facts = {**_row(pack), "text": pack.text, "runs": [run.pk for run in runs]}
    answer.give({**facts, "preview": None if told is None else preview_facts(told)}, "\n".join(lines))


def approve_one(answer: Answer, level_pack_id: int, usernames: tuple[str, ...]) -> None:
    """Put one in force."""
    prepared_database(answer.say)
    from ansinh.payroll.actions import approve_level_pack

    moved = approve_level_pack(level_pack_id=level_pack_id, by=approver(usernames), at=now())
    answer.give(
        _facts(moved),
        f"Đã duyệt gói mức số {level_pack_id}: danh sách từ tháng {moved.first_payroll.vi} của địa bàn "
        f"{moved.place_code} lập theo gói này.",
    )


def withdraw_one(answer: Answer, level_pack_id: int, reason: str, usernames: tuple[str, ...]) -> None:
    """Take one back."""
    prepared_database(answer.say)
    from ansinh.payroll.actions import withdraw_level_pack

    by = doer("payroll.withdraw_level_pack", usernames)
    moved = withdraw_level_pack(level_pack_id=level_pack_id, reason=reason, by=by, at=now())
    answer.give(_facts(moved), f"Đã rút gói mức số {level_pack_id}.")


def _read(loading: Loading, content: bytes, by: Actor) -> Draft:
    from ansinh.payroll.queries import read_levels

    return read_levels(content, loading.file.name, place_code=loading.place_code, first_payroll=loading.month, by=by)


def _preview(
    answer: Answer, draft: Draft, place_code: str, month: Month, by: Actor, *, own: int = 0
) -> Forecast | None:
    """What the first list would be; None, said why, where it cannot be told."""
    from ansinh.payroll.queries import DraftTellsOfHiv, NobodyListedHere, preview_level_pack

    try:
        with progress_bar(answer, PEOPLE_FORESEEN) as step:
            return preview_level_pack(
                draft=draft, place_code=place_code, month=month, by=by, level_pack_id=own, progress=step
            )
    except (NobodyListedHere, DraftTellsOfHiv) as refusal:
        answer.say(f"Chưa tính trước được số tiền: {refusal.message}")
    return None


def _state(state: str) -> str:
    from ansinh.payroll.types import TWO_PEOPLE_NAMES

    return TWO_PEOPLE_NAMES[state].lower()


def _facts(moved: LevelPackMoved) -> dict[str, Any]:
    return {
        "level_pack_id": moved.level_pack_id,
        "place": moved.place_code,
        "title": moved.title,
        "first_payroll": str(moved.first_payroll),
        "state": moved.state,
    }


def _row(pack: LevelPack) -> dict[str, Any]:
    return {
        "level_pack_id": pack.pk,
        "place": pack.place_code,
        "title": pack.title,
        "first_payroll": str(pack.first_payroll),
        "decision_no": pack.decision_no,
        "decided_on": pack.decided_on.isoformat(),
        "state": pack.state,
    }
