"""Open the month of a place and freeze who is in it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from ansinh.access.types import Actor
from ansinh.entitlement.actions import recompute_spans
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.horizon import horizon_months
from ansinh.payroll.laws import LawBook
from ansinh.payroll.level_packs import hold_level_packs
from ansinh.payroll.models import Run
from ansinh.payroll.runs import regimes_of
from ansinh.payroll.states import ASSISTANCE, STATE_NAMES
from ansinh.payroll.types import RunOpened
from ansinh.places.queries import get_place, list_commune_codes, path_of
from ansinh.platform import sql
from ansinh.platform.action import action
from ansinh.platform.cancelling import Progress
from ansinh.platform.copying import refresh_loaded
from ansinh.policy import Pack
from ansinh.registry.actions import follow_successors
from ansinh.registry.queries import list_unplaced_residents
from ansinh.registry.types import UnplacedResident

# People a refusal names before "…".
_NAMED = 5


class MonthAlreadyOpen(Refusal):
    """Tháng {month} của {place_name} đã có kỳ chi trả số {run_id} (đang ở bước "{state}"). {way_out}"""


class SomebodyAlreadyInMonth(Refusal):
    """{people} người thuộc {place_name} đã nằm trong kỳ chi trả số {run_id} của {other_name}, tháng {month} (đang ở
    bước "{state}"), nên không mở thêm được: mở thêm sẽ trả hai lần. {way_out}"""


class NobodyToPay(Refusal):
    """{place_name} không có ai được hưởng trong tháng {month}, nên không có danh sách để lập.
    Hãy kiểm tra lại địa bàn, tháng, và sổ đối tượng đã được nhập chưa."""


class NobodyPlacedYet(Refusal):
    """{place_name} chưa có ai để lập danh sách tháng {month}: {count} người của xã cũ đã chia chưa được ghi thuộc
    xã nào ({people}). Hãy ghi từng người bằng lệnh: ansinh register place SỐ --commune MÃ_XÃ --from {since}."""


class NoLawForMonth(Refusal):
    """Bộ quy định đang dùng không có mức chuẩn cho tháng {month} (có từ tháng {first}). Không lập danh sách cho
    tháng mà hệ thống chưa có căn cứ pháp luật; hãy cập nhật bộ quy định rồi làm lại."""


class OtherMonthUnfinished(Refusal):
    """Chưa mở được tháng {month}: kỳ chi trả số {run_id} của {other_name}, tháng {other} (đang ở bước "{state}") có
    cùng những người này và chưa được phê duyệt. Mở hai tháng cùng lúc thì tháng sau sẽ truy lĩnh cả tháng trước và trả
    hai lần. Hãy duyệt hoặc hủy kỳ đó trước."""


@action(permission="payroll.open_run", name="Mở kỳ chi trả")
def open_run(
    *,
    place_code: str,
    month: Month,
    programme: str = ASSISTANCE,
    by: Actor,
    at: datetime,
    progress: Progress | None = None,
) -> RunOpened:
    """Freeze the roster of a place's month in a programme, once people of ended communes have followed and spans are
    up to date.

    Who moved here after another commune had listed them for the month stays in that list. Refuses a month already open
    (MonthAlreadyOpen), people this place lists already in another run of the month (SomebodyAlreadyInMonth), an empty
    roster (NobodyToPay, or NobodyPlacedYet while people of a divided commune are not placed) and a month without law
    (NoLawForMonth).
    """
    path = path_of(place_code, month.first_day)
    by.must_reach(path)
    hold_level_packs(alone=False)
    taken = LawBook().taken(path, month)
    _refuse_lawless(month, taken.law.pack)
    _refuse_open(place_code, month, programme)
    communes = list_commune_codes(place_code, month.first_day)
    follow_successors(commune_codes=communes, month=month, by=by, at=at)
    recompute_spans(commune_codes=communes, month=month, law=taken.law, by=by, at=at, progress=progress)
    try:
        with transaction.atomic():
            run = Run.objects.create(
                place_code=place_code,
                month=month,
                programme=programme,
                opened_at=at,
                opened_by=by.user_id,
                horizon_months=horizon_months(),
                **taken.columns,
            )
            people = _freeze_roster(run, communes)
    except IntegrityError as fault:
        raise _somebody_in_month(place_code, month, communes, programme) or fault from fault
    if people == 0:
        if elsewhere := _somebody_in_month(place_code, month, communes, programme):
            raise elsewhere
        if unplaced := list_unplaced_residents(communes, month=month):
            raise _nobody_placed(place_code, month, unplaced)
        raise nobody_to_pay(place_code, month)
    refresh_loaded("payroll_rosterentry", loads=Run.objects.all())
    _refuse_unfinished(run)
    return RunOpened(run.pk, place_code, month, people, programme)


def _refuse_lawless(month: Month, pack: Pack) -> None:
    first_month = min(rows[0].starts for rows in pack.amounts.values())
    if month < first_month:
        raise NoLawForMonth(month=month.vi, first=first_month.vi)


def _refuse_open(place_code: str, month: Month, programme: str) -> None:
    standing = Run.objects.filter(place_code=place_code, month=month, programme=programme).exclude(state="CANCELLED")
    existing = standing.first()
    if existing is not None:
        raise MonthAlreadyOpen(
            **_named(place_code, month),
            run_id=existing.pk,
            state=STATE_NAMES[existing.state],
            way_out=_way_out(existing.state),
        )


def _refuse_unfinished(run: Run) -> None:
    if other := sql.rows("payroll/find_other_open_month", {"run_id": run.pk, "programme": run.programme}):
        unfinished = Month.containing(other[0]["month"])
        raise OtherMonthUnfinished(
            **_named(run.place_code, run.month),
            other=unfinished.vi,
            other_name=_place_name(other[0]["place_code"], unfinished),
            run_id=other[0]["id"],
            state=STATE_NAMES[other[0]["state"]],
        )


def nobody_to_pay(place_code: str, month: Month) -> NobodyToPay:
    """That a place has nobody in a month; also said by whoever opened all places below one and found nobody."""
    return NobodyToPay(**_named(place_code, month))


def _somebody_in_month(
    place_code: str, month: Month, communes: tuple[str, ...], programme: str
) -> SomebodyAlreadyInMonth | None:
    """The run that holds most of the people, and what can be done about it."""
    asked = {"month": month.first_day, "programme": programme, "communes": list(communes)}
    runs = sql.rows("payroll/find_runs_sharing_people", asked)
    if not runs:
        return None
    other = runs[0]
    return SomebodyAlreadyInMonth(
        **_named(place_code, month),
        people=other["people"],
        run_id=other["id"],
        other_name=_place_name(other["place_code"], month),
        state=STATE_NAMES[other["state"]],
        way_out=_way_out(other["state"]),
    )


def _way_out(state: str) -> str:
    """What can be done about a run that stands in the way, by where it stands."""
    if state == "APPROVED":
        return (
            "Danh sách đã phê duyệt không mở lại và không sửa được. Hãy sửa sổ đối tượng: ai còn thiếu sẽ được truy "
            "lĩnh, ai thừa sẽ bị thu hồi ở kỳ của tháng sau."
        )
    if state in ("SUBMITTED", "ENDORSED"):
        return "Hãy chờ phê duyệt; cần lập lại thì nhờ người phê duyệt trả lại, rồi hủy kỳ đó và mở lại."
    return "Hãy làm tiếp kỳ đó; cần lập lại thì hủy kỳ đó rồi mở lại."


def _named(place_code: str, month: Month) -> dict[str, str]:
    return {"month": month.vi, "place": place_code, "place_name": _place_name(place_code, month)}


def _place_name(place_code: str, month: Month) -> str:
    """ "Huyện Chợ Đồn (064)"."""
    return str(get_place(place_code, month.first_day))


def _nobody_placed(place_code: str, month: Month, unplaced: tuple[UnplacedResident, ...]) -> NobodyPlacedYet:
    named = ", ".join(f"{one.full_name} số {one.person_id}" for one in unplaced[:_NAMED])
    return NobodyPlacedYet(
        **_named(place_code, month),
        count=len(unplaced),
        people=f"{named}…" if len(unplaced) > _NAMED else named,
        since=unplaced[0].since,
    )


def _freeze_roster(run: Run, communes: tuple[str, ...]) -> int:
    return sql.run(
        "payroll/freeze_roster",
        {
            "run_id": run.pk,
            "month": run.month.first_day,
            "programme": run.programme,
            "programme_regimes": regimes_of(run),
            "horizon": run.horizon.first_day,
            "communes": list(communes),
        },
    )
