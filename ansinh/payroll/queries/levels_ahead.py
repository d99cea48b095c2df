"""What a change of levels would do to a place's lists: nothing of it is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ansinh.access.types import Actor
from ansinh.entitlement.queries import Law
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.forecasting import Office, Step, Tally, forecast
from ansinh.payroll.laws import LawBook
from ansinh.payroll.level_packs import refuse_elsewhere
from ansinh.payroll.level_starts import refuse_impossible_start
from ansinh.payroll.models import Run
from ansinh.payroll.queries.forecast import Forecast, forecast_of
from ansinh.places.queries import deciding_bodies, find_last_place, get_place, list_commune_codes, path_of
from ansinh.platform.cancelling import Progress
from ansinh.policy import Draft, Pack, lay_over

# A year of lists; the law of a later one is a guess.
DEFAULT_MONTHS, MOST_MONTHS = 12, 24


class NobodyListedHere(Refusal):
    """{place} không có ai được hưởng trong tháng {month}, nên không có gì để xem trước.
    Hãy kiểm tra lại địa bàn, tháng, và sổ đối tượng đã được nhập chưa."""


class MonthsOutOfRange(Refusal):
    """Số tháng xem trước phải từ 1 đến {most}, không phải {months}."""


class DraftBeginsLater(Refusal):
    """Mức dự kiến chỉ bắt đầu từ tháng {starts}, sau các tháng được xem ({first} đến {last}).
    Hãy xem nhiều tháng hơn, hoặc chọn tháng đầu muộn hơn."""


class DraftTellsOfHiv(Refusal):
    """Tệp có hệ số của diện nhiễm HIV, nên kết quả của một xã sẽ cho biết xã có bao nhiêu người. Hãy xem từ cấp huyện
    hoặc tỉnh (điểm b khoản 1 Điều 8 Nghị định 20/2021/NĐ-CP)."""


def preview_level_start(
    *, place_code: str, law: str, month: Month, by: Actor, progress: Progress | None = None
) -> Forecast:
    """The list of that payroll month if the place lists by the law's levels from it on, beside the list if it does not.

    Lists not yet made before it count as made by the old levels. Refuses what proposing it would refuse for the law
    and the month (NoLevelsInLaw, BeforeLawTakesMoney, LevelsAlreadyListed), OutOfArea, and an empty list
    (NobodyListedHere).
    """
    place_path = path_of(place_code, month.first_day)
    by.must_reach(place_path)
    book = LawBook()
    pack, schedule = book.pack(place_path, month), book.schedule
    refuse_impossible_start(place_code, law, month, pack)

    def steps(path: tuple[str, ...], last: Month | None) -> tuple[Step, ...]:
        # A nearer place's own record goes on deciding there.
        decider = schedule.decider(path, law)
        held = frozenset[str]() if decider and path.index(decider) < path.index(place_code) else frozenset({law})
        earlier, now = book.law(path, month + -1), book.law(path, month)
        before = Law(earlier.pack, earlier.levels_not_taken | held)
        without = Law(now.pack, now.levels_not_taken | held)
        taken = Law(now.pack, now.levels_not_taken - held)
        return (*_settling(month, last, before), Step(month, without, taken))

    offices = _offices(place_code, month, steps)
    return _forecast(place_code, month, offices, pack, title=pack.laws[law].title, progress=progress)


def preview_level_pack(
    *,
    draft: Draft,
    place_code: str,
    month: Month,
    by: Actor,
    level_pack_id: int = 0,
    progress: Progress | None = None,
) -> Forecast:
    """The list of that payroll month if the place goes by a level pack from it on, beside the list if it does not.

    `level_pack_id`: the pack's own number once it is written down (0: not yet). Refuses OutOfArea, DraftTellsOfHiv and
    an empty list (NobodyListedHere).
    """
    place_path = path_of(place_code, month.first_day)
    by.must_reach(place_path)
    book = LawBook(without=level_pack_id)
    pack = book.pack(place_path, month)
    _refuse_telling_of_hiv(draft, place_code, pack)

    def steps(path: tuple[str, ...], last: Month | None) -> tuple[Step, ...]:
        law = book.law(path, month)
        then = Law(lay_over(law.pack, draft), law.levels_not_taken)
        return (*_settling(month, last, book.law(path, month + -1)), Step(month, law, then))

    return _forecast(place_code, month, _offices(place_code, month, steps), pack, title=draft.title, progress=progress)


def simulate_draft(
    *,
    draft: Draft,
    file: str,
    place_code: str,
    first: Month | None,
    months: int,
    on: date,
    by: Actor,
    progress: Progress | None = None,
) -> Forecast:
    """The place's lists for some months if the draft's levels counted, beside those as the law and the schedule stand.

    `first` None: from the list after the last one approved there, else the month of `on`. A draft that reaches back
    brings its arrears in the first list. Refuses MonthsOutOfRange, DraftBeginsLater, DraftForUnknownPlace,
    DraftForOtherPlaces, DraftTellsOfHiv, OutOfArea, NobodyListedHere.
    """
    if not 1 <= months <= MOST_MONTHS:
        raise MonthsOutOfRange(months=months, most=MOST_MONTHS)
    begins = first or _next_month(place_code, on)
    ends = begins + (months - 1)
    by.must_reach(path_of(place_code, begins.first_day))
    if draft.starts > ends:
        raise DraftBeginsLater(starts=draft.starts.vi, first=begins.vi, last=ends.vi)
    refuse_elsewhere(draft, file, place_code, begins)
    book = LawBook()
    pack = book.pack(path_of(place_code, begins.first_day), begins)
    _refuse_telling_of_hiv(draft, place_code, pack)

    def steps(path: tuple[str, ...], last: Month | None) -> tuple[Step, ...]:
        laws = [(month, book.law(path, month)) for month in begins.until(ends + 1)]
        coming = (Step(month, law, Law(lay_over(law.pack, draft), law.levels_not_taken)) for month, law in laws)
        return (*_settling(begins, last, book.law(path, begins + -1)), *coming)

    offices = _offices(place_code, begins, steps)
    return _forecast(place_code, begins, offices, pack, title=draft.title, progress=progress)


def _refuse_telling_of_hiv(draft: Draft, place_code: str, pack: Pack) -> None:
    if len(place_code) == 5 and any(pack.category(code).is_hiv for code in draft.coefficients):
        raise DraftTellsOfHiv()


def _settling(first: Month, last: Month | None, law: Law) -> tuple[Step, ...]:
    """The list before the first one told, where it is not made yet: it will go by the levels of its own month."""
    if last is not None and last >= first + -1:
        return ()
    return (Step(first + -1, law, law, told=False),)


def _offices(
    place_code: str, month: Month, steps_of: Callable[[tuple[str, ...], Month | None], tuple[Step, ...]]
) -> list[Office]:
    """Who would list, with their communes; those that would list alike as one."""
    place = get_place(place_code, month.first_day)
    bodies = [body.code for body in deciding_bodies(place, month.first_day) if place.code in body.path]
    alike: dict[tuple[object, ...], tuple[list[str], tuple[Step, ...]]] = {}
    approved = dict[str, Month]()
    for code, listed in Run.objects.filter(state="APPROVED", month__lt=month).values_list("place_code", "month"):
        approved[code] = max(listed, approved.get(code, listed))
    for body in bodies or [place_code]:
        path = path_of(body, month.first_day)
        steps = steps_of(path, max((approved[code] for code in path if code in approved), default=None))
        key = tuple((step.month, step.now.digest, step.then.digest) for step in steps)
        alike.setdefault(key, ([], steps))[0].extend(list_commune_codes(body, month.first_day))
    return [Office(tuple(communes), steps) for communes, steps in alike.values()]


def _next_month(place_code: str, on: date) -> Month:
    place = find_last_place(place_code, on)
    codes = () if place is None else place.path
    last = Run.objects.filter(place_code__in=codes, state="APPROVED").order_by("-month").first()
    return Month.containing(on) if last is None else last.month + 1


def _forecast(
    place_code: str,
    month: Month,
    offices: list[Office],
    pack: Pack,
    *,
    title: str,
    progress: Progress | None,
) -> Forecast:
    tally = Tally()
    forecast(offices, tally, progress=progress)
    if not any(sums.listed for sums in tally.months.values()):
        raise NobodyListedHere(place=str(get_place(place_code, month.first_day)), month=month.vi)
    return forecast_of(place_code, title, tally, pack)
