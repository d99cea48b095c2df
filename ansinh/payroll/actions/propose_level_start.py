"""Say from which payroll a place lists by a law's levels; another person approves."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.laws import LawBook
from ansinh.payroll.level_starts import refuse_impossible_start
from ansinh.payroll.models import LevelStart
from ansinh.payroll.types import LevelStartMoved
from ansinh.places.queries import get_place, path_of
from ansinh.platform.action import action


class LevelStartExists(Refusal):
    """Địa bàn {place} đã có tháng áp dụng {title}: từ danh sách tháng {month} ({state}). Hãy rút bản ghi đó trước,
    bằng lệnh: ansinh policy withdraw {level_start_id}."""


@action(permission="payroll.propose_level_start", name="Chọn tháng áp dụng mức")
def propose_level_start(
    *, place_code: str, law: str, first_payroll: Month, reason: str, by: Actor, at: datetime
) -> LevelStartMoved:
    """Propose that the place lists by the law's amounts and coefficients from that payroll on.

    Who is entitled from when to when follows the law's own dates; money is owed from the law's month. Refuses a law
    without levels (NoLevelsInLaw), a payroll before its money (BeforeLawTakesMoney), a second one for the place
    (LevelStartExists), and one that would take back what lists already gave (LevelsAlreadyListed).
    """
    place = get_place(place_code, first_payroll.first_day)
    path = path_of(place_code, first_payroll.first_day)
    by.must_reach(path)
    pack = LawBook().pack(path, first_payroll)
    refuse_impossible_start(place_code, law, first_payroll, pack)
    standing = LevelStart.objects.filter(place_code=place_code, law=law).exclude(state="WITHDRAWN").first()
    if standing is not None:
        raise LevelStartExists(
            place=place.full_name,
            title=pack.laws[law].title,
            month=standing.first_payroll.vi,
            state="đã duyệt" if standing.state == "APPROVED" else "chờ duyệt",
            level_start_id=standing.pk,
        )
    start = LevelStart.objects.create(
        place_code=place_code,
        law=law,
        first_payroll=first_payroll,
        reason=reason.strip(),
        proposed_at=at,
        proposed_by=by.user_id,
    )
    return LevelStartMoved(start.pk, place_code, law, first_payroll, start.state)
