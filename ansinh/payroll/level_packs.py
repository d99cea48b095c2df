"""What must hold of a level pack before it is proposed, approved or taken back."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.laws import LawBook, laid_over
from ansinh.payroll.models import LevelPack, LevelStart, Run
from ansinh.payroll.states import ASSISTANCE, STATE_NAMES
from ansinh.places.queries import deciding_bodies, find_last_place, get_place, path_of
from ansinh.policy import Draft, DraftFault, load_pack, read_draft


class NoSuchLevelPack(Refusal):
    """Không có gói mức số {level_pack_id}. Hãy xem các gói mức bằng lệnh: ansinh policy draft list."""


class DraftForUnknownPlace(Refusal):
    """Tệp {file} ghi mức cho địa bàn mã "{area}", nhưng không có địa bàn nào mang mã đó."""


class DraftForOtherPlaces(Refusal):
    """Mức dự kiến là của địa bàn {areas}, không áp dụng cho {place}. Hãy chọn địa bàn thuộc nơi có mức đó."""


class LevelPackForPart(Refusal):
    """{place} không tự lập danh sách tháng {month} ({bodies} lập), nên gói mức phải dành cho {bodies} hoặc cấp trên."""


class LevelPackBeforeItsMonths(Refusal):
    """Gói mức "{title}" có mức từ tháng {starts}, nên không áp dụng từ danh sách tháng {month} được.
    Hãy chọn tháng {starts} hoặc sau đó."""


class LevelPackTooLate(Refusal):
    """{place} đã mở kỳ chi trả tháng {month} (số {run_id}, đang ở bước "{state}") mà chưa có gói mức này. Hãy chọn
    tháng áp dụng sau tháng {month} (các tháng trước được truy lĩnh), hoặc hủy kỳ đó nếu chưa trình duyệt."""


class LevelPackInUse(Refusal):
    """Kỳ chi trả số {run_id} tháng {month} (đang ở bước "{state}") đã lập theo gói mức số {level_pack_id}, nên không
    rút được nữa. Nếu kỳ đó chưa trình duyệt, hãy hủy kỳ rồi rút; nếu đã duyệt, hãy ghi một gói mức mới thay thế."""


class LevelPackBuiltUpon(Refusal):
    """Gói mức số {other_id} "{title}" dựa vào văn bản nêu trong gói mức số {level_pack_id}. Hãy rút gói số
    {other_id} trước."""


class LevelPackScheduled(Refusal):
    """Địa bàn {place} đã có tháng áp dụng mức của văn bản "{law}" nêu trong gói mức này. Hãy rút bản ghi đó trước,
    bằng lệnh: ansinh policy withdraw {level_start_id}."""


def hold_level_packs(*, alone: bool) -> None:
    """Until the transaction ends no list is opened while packs are moved (`alone`), and none moved while one is."""
    lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(hashtext('payroll.level_packs'))")


def lock_level_pack(level_pack_id: int, *, by: Actor) -> LevelPack:
    """The pack, locked for this transaction; refuses (NoSuchLevelPack) one not there or not in the actor's areas."""
    hold_level_packs(alone=True)
    pack = LevelPack.objects.select_for_update().filter(pk=level_pack_id).first()
    if pack is None or not by.reaches(path_of(pack.place_code, pack.first_payroll.first_day)):
        raise NoSuchLevelPack(level_pack_id=level_pack_id)
    return pack


def read_level_pack(raw: bytes, file: str, *, place_code: str, first_payroll: Month, besides: int = 0) -> Draft:
    """The levels of a file for a place from a payroll on, read as strictly as the law's own.

    They must fit the law that payroll goes by, and every pack proposed or approved for the same people whenever it
    begins. `besides`: the number of a pack not to count, its own; 0: none. Refuses DraftFault, DraftForUnknownPlace,
    DraftForOtherPlaces, LevelPackForPart, LevelPackBeforeItsMonths.
    """
    path = path_of(place_code, first_payroll.first_day)
    found = read_draft(raw, file, LawBook(without=besides).pack(path, first_payroll))
    standing = LevelPack.objects.exclude(state="WITHDRAWN").exclude(pk=besides).order_by("pk")
    meeting = (one for one in standing if _meet(one, path, place_code))
    read_draft(raw, file, laid_over(load_pack(), meeting))
    refuse_elsewhere(found, file, place_code, first_payroll)
    _refuse_part(place_code, first_payroll)
    if first_payroll < found.starts:
        raise LevelPackBeforeItsMonths(title=found.title, starts=found.starts.vi, month=first_payroll.vi)
    return found


def refuse_elsewhere(draft: Draft, file: str, place_code: str, month: Month) -> None:
    """Refuses a draft for places there are none of (DraftForUnknownPlace) or others only (DraftForOtherPlaces)."""
    areas = [area for area in draft.areas if area is not None]
    for area in areas:
        if find_last_place(area, month.first_day) is None:
            raise DraftForUnknownPlace(file=file, area=area)
    if None in draft.areas or draft.coefficients:
        return
    place = get_place(place_code, month.first_day)
    if not any(area in place.path or place_code in path_of(area, month.first_day) for area in areas):
        raise DraftForOtherPlaces(areas=", ".join(areas), place=place.full_name)


def refuse_listed_without(place_code: str, first_payroll: Month, *, besides: int = 0) -> None:
    """Refuses (LevelPackTooLate) a first payroll whose list, or a later one, stands without the pack."""
    book = LawBook()
    listed = Run.objects.filter(month__gte=first_payroll, programme=ASSISTANCE).exclude(state="CANCELLED")
    for run in listed.order_by("-month"):
        if str(besides) not in run.level_packs.split(",") and book.covers(
            place_code, path_of(run.place_code, run.month.first_day), run.month
        ):
            raise LevelPackTooLate(**_said(run))


def refuse_in_use(pack: LevelPack) -> None:
    """Refuses to take back what a list went by (LevelPackInUse), what another pack (LevelPackBuiltUpon) or a first
    payroll (LevelPackScheduled) rests on."""
    for run in Run.objects.exclude(state="CANCELLED").exclude(level_packs="").order_by("month", "pk"):
        if str(pack.pk) in run.level_packs.split(","):
            raise LevelPackInUse(level_pack_id=pack.pk, **_said(run))
    laws = read_draft_laws(pack)
    start = LevelStart.objects.filter(law__in=laws).exclude(state="WITHDRAWN").first()
    if start is not None:
        raise LevelPackScheduled(place=start.place_code, law=start.law, level_start_id=start.pk)
    others = LevelPack.objects.exclude(state="WITHDRAWN").exclude(pk=pack.pk).order_by("pk")
    _refuse_broken(pack, others)


def read_draft_laws(pack: LevelPack) -> frozenset[str]:
    """The instruments a pack adds to the law."""
    return frozenset(laid_over(load_pack(), [pack]).laws) - frozenset(load_pack().laws)


def _refuse_broken(pack: LevelPack, others: Iterable[LevelPack]) -> None:
    law = load_pack()
    for one in others:
        try:
            law = laid_over(law, [one])
        except DraftFault as fault:
            raise LevelPackBuiltUpon(other_id=one.pk, title=one.title, level_pack_id=pack.pk) from fault


def _meet(pack: LevelPack, path: tuple[str, ...], place_code: str) -> bool:
    """Whether a pack is for people of the place too: for it, a place above it or below it."""
    if pack.place_code in path:
        return True
    last = find_last_place(pack.place_code, pack.first_payroll.first_day)
    return last is not None and place_code in last.path


def _refuse_part(place_code: str, month: Month) -> None:
    place = get_place(place_code, month.first_day)
    bodies = deciding_bodies(place, month.first_day)
    if bodies and not any(place.code in body.path for body in bodies):
        names = ", ".join(body.full_name for body in bodies)
        raise LevelPackForPart(place=place.full_name, month=month.vi, bodies=names)


def _said(run: Run) -> dict[str, object]:
    place = get_place(run.place_code, run.month.first_day)
    return {"run_id": run.pk, "month": run.month.vi, "state": STATE_NAMES[run.state], "place": place.full_name}
