"""By which laws' levels a place lists in a payroll month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.models import LevelStart, Run
from ansinh.payroll.states import MONTHLY, PROGRAMMES
from ansinh.places.queries import get_place, path_of
from ansinh.policy import Pack


class NoLevelsInLaw(Refusal):
    """Bộ quy định không có mức hay hệ số nào ghi theo văn bản "{law}". Các văn bản có mức: {laws}."""


class BeforeLawTakesMoney(Refusal):
    """{title} có mức hưởng từ tháng {owed_from}, nên không lập danh sách theo văn bản đó từ tháng {month} được.
    Hãy chọn tháng {owed_from} hoặc sau đó."""


class LevelsAlreadyListed(Refusal):
    """Danh sách tháng {month} của {place} đã được lập theo {title}. Lùi tháng áp dụng về sau sẽ đòi lại tiền đã chi
    đúng luật. Chỉ có thể chọn tháng áp dụng không sau tháng {month}."""


class Schedule:
    """The approved first payrolls of places, read once; the nearest place above decides for each law."""

    def __init__(self, starts: Iterable[LevelStart] | None = None) -> None:
        approved = LevelStart.objects.filter(state="APPROVED") if starts is None else starts
        self._first = {(one.place_code, one.law): one.first_payroll for one in approved}
        self._laws = sorted({law for _, law in self._first})

    def not_taken(self, path: Sequence[str], payroll: Month) -> frozenset[str]:
        """Laws whose amounts and coefficients a place does not list yet in that payroll.

        `path`: the place's code, then the codes above it.
        """
        nearest = {law: self.decider(path, law) for law in self._laws}
        return frozenset(law for law, code in nearest.items() if code and payroll < self._first[code, law])

    def decider(self, path: Sequence[str], law: str) -> str:
        """The place whose record counts for the law; empty: none of the path has one."""
        return next((code for code in path if (code, law) in self._first), "")


def levels_of(run: Run) -> frozenset[str]:
    """The laws a run does not list by, as frozen when it was opened."""
    return frozenset(code for code in run.levels_not_taken.split(",") if code)


def refuse_impossible_start(place_code: str, law: str, first_payroll: Month, pack: Pack) -> None:
    """Refuses a law without levels (NoLevelsInLaw), a payroll before its money (BeforeLawTakesMoney), one that would
    take back what lists already gave (LevelsAlreadyListed)."""
    owed_from = _owed_from(pack, law)
    title = pack.laws[law].title
    if first_payroll < owed_from:
        raise BeforeLawTakesMoney(title=title, owed_from=owed_from.vi, month=first_payroll.vi)
    listed = _listed_by(law, place_code, owed_from, first_payroll, pack)
    if listed is not None:
        place = get_place(place_code, first_payroll.first_day)
        raise LevelsAlreadyListed(month=listed.month.vi, place=place.full_name, title=title)


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


def _programmes_of(law: str, pack: Pack) -> list[str]:
    """The programmes whose monthly lists go by levels of the law."""
    regimes = {regime for regime, rows in pack.amounts.items() if any(row.law == law for row in rows)}
    regimes |= {one.regime for one in pack.categories if any(level.law == law for level in one.levels)}
    return [programme for programme in MONTHLY if not regimes.isdisjoint(PROGRAMMES[programme])]


def _listed_by(law: str, place_code: str, owed_from: Month, before: Month, pack: Pack) -> Run | None:
    """The last live run of the place, or of places below and above, that lists by the law before that payroll."""
    runs = Run.objects.filter(month__gte=owed_from, month__lt=before, programme__in=_programmes_of(law, pack))
    runs = runs.exclude(state="CANCELLED").order_by("-month")
    for run in runs:
        path = path_of(run.place_code, run.month.first_day)
        related = place_code in path or run.place_code in path_of(place_code, run.month.first_day)
        if related and law not in levels_of(run):
            return run
    return None
