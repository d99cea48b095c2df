"""Say from which payroll a place lists by a law's levels; another person approves."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.models import LevelStart, Run
from ansinh.payroll.types import LevelStartMoved
from ansinh.places.queries import get_place, path_of
from ansinh.platform.action import action
from ansinh.policy import Pack, load_pack


class NoLevelsInLaw(Refusal):
    """Bộ quy định không có mức hay hệ số nào ghi theo văn bản "{law}". Các văn bản có mức: {laws}."""


class BeforeLawTakesMoney(Refusal):
    """{title} có mức hưởng từ tháng {owed_from}, nên không lập danh sách theo văn bản đó từ tháng {month} được.
    Hãy chọn tháng {owed_from} hoặc sau đó."""


class LevelStartExists(Refusal):
    """Địa bàn {place} đã có tháng áp dụng {title}: từ danh sách tháng {month} ({state}). Hãy rút bản ghi đó trước,
    bằng lệnh: ansinh policy withdraw {level_start_id}."""


class LevelsAlreadyListed(Refusal):
    """Danh sách tháng {month} của {place} đã được lập theo {title}. Lùi tháng áp dụng về sau sẽ đòi lại tiền đã chi
    đúng luật. Chỉ có thể chọn tháng áp dụng không sau tháng {month}."""


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
    by.must_reach(path_of(place_code, first_payroll.first_day))
    pack = load_pack()
    owed_from = _owed_from(pack, law)
    title = pack.laws[law].title
    if first_payroll < owed_from:
        raise BeforeLawTakesMoney(title=title, owed_from=owed_from.vi, month=first_payroll.vi)
    standing = LevelStart.objects.filter(place_code=place_code, law=law).exclude(state="WITHDRAWN").first()
    if standing is not None:
        raise LevelStartExists(
            place=place.full_name,
            title=title,
            month=standing.first_payroll.vi,
            state="đã duyệt" if standing.state == "APPROVED" else "chờ duyệt",
            level_start_id=standing.pk,
        )
    listed = _listed_by(law, place_code, owed_from, first_payroll)
    if listed is not None:
        raise LevelsAlreadyListed(month=listed.month.vi, place=place.full_name, title=title)
    start = LevelStart.objects.create(
        place_code=place_code,
        law=law,
        first_payroll=first_payroll,
        reason=reason.strip(),
        proposed_at=at,
        proposed_by=by.user_id,
    )
    return LevelStartMoved(start.pk, place_code, law, first_payroll, start.state)


def _owed_from(pack: Pack, law: str) -> Month:
    """The first month the law's levels are owed."""
    found = {row.law: row.starts for rows in pack.amounts.values() for row in reversed(rows)}
    for category in pack.categories:
        for level in category.levels:
            month = Month(level.starts)
            found[level.law] = min(month, found.get(level.law, month))
    if law not in found:
        raise NoLevelsInLaw(law=law, laws=", ".join(sorted(found)))
    return found[law]


def _listed_by(law: str, place_code: str, owed_from: Month, before: Month) -> Run | None:
    """The last live run of the place, or of places below and above, that lists by the law before that payroll."""
    runs = Run.objects.filter(month__gte=owed_from, month__lt=before).exclude(state="CANCELLED").order_by("-month")
    for run in runs:
        path = path_of(run.place_code, run.month.first_day)
        related = place_code in path or run.place_code in path_of(place_code, run.month.first_day)
        if related and law not in run.levels_not_taken.split(","):
            return run
    return None
