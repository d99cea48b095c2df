"""Load levels as data for a place; another person approves before any list goes by them."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.level_packs import hold_level_packs, read_level_pack, refuse_listed_without
from ansinh.payroll.models import LevelPack
from ansinh.payroll.types import LevelPackMoved
from ansinh.places.queries import path_of
from ansinh.platform.action import action


class LevelPackWithoutPaper(Refusal):
    """Gói mức phải có số và ngày quyết định áp dụng (ngày không sau hôm nay). Hãy ghi cả hai rồi làm lại."""


@action(permission="payroll.propose_level_pack", name="Nạp gói mức")
def propose_level_pack(
    *,
    content: bytes,
    file_name: str,
    place_code: str,
    first_payroll: Month,
    decision_no: str,
    decided_on: date | None,
    by: Actor,
    at: datetime,
) -> LevelPackMoved:
    """Keep the levels of a file, read as strictly as the law's own; nothing is listed by them yet.

    They are for the place and all below it, from that payroll on; owed from the months the file says. Refuses a
    decision without number and day (LevelPackWithoutPaper), what cannot be laid over the law (DraftFault), levels for
    other places (DraftForOtherPlaces, DraftForUnknownPlace), a part of a body that lists (LevelPackForPart), a payroll
    before their months (LevelPackBeforeItsMonths) or already opened without them (LevelPackTooLate).
    """
    by.must_reach(path_of(place_code, first_payroll.first_day))
    if not decision_no.strip() or decided_on is None or decided_on > at.date():
        raise LevelPackWithoutPaper()
    hold_level_packs(alone=True)
    draft = read_level_pack(content, file_name, place_code=place_code, first_payroll=first_payroll)
    refuse_listed_without(place_code, first_payroll)
    pack = LevelPack.objects.create(
        place_code=place_code,
        title=draft.title,
        file_name=file_name,
        text=content.decode(),
        digest=draft.digest,
        first_payroll=first_payroll,
        decision_no=decision_no.strip(),
        decided_on=decided_on,
        proposed_at=at,
        proposed_by=by.user_id,
    )
    return LevelPackMoved(pack.pk, pack.place_code, pack.title, pack.digest, pack.first_payroll, pack.state)
