"""Record that somebody moved to another commune."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import get_place
from ansinh.platform.action import action
from ansinh.registry.changing import Held, hold_person, home_in, write_change
from ansinh.registry.models import Residence
from ansinh.registry.residences import forget_later_homes, is_followed, later_homes, move_home
from ansinh.registry.rules import MOVE, has_left
from ansinh.registry.types import ChangeRecorded, Paper


class NotToCommune(Refusal):
    """{place} không phải là xã, phường, thị trấn hay đặc khu. Hãy ghi mã xã 5 chữ số nơi chuyển đến."""


class AlreadyLivesThere(Refusal):
    """{who} đã thuộc {place} vào tháng {month}. Không cần ghi chuyển nơi hưởng."""


class NowhereToLeave(Refusal):
    """Sổ không ghi {who} thuộc xã nào vào tháng {month}, nên không ghi chuyển đi được. Hãy xem lại tháng."""


class MovedAgainLater(Refusal):
    """{who} đã được ghi chuyển nơi hưởng từ tháng {later}. Hãy hoàn tác lần chuyển đó trước, rồi ghi theo thứ tự."""


@action(permission="registry.move_resident", name="Ghi chuyển nơi hưởng")
def move_resident(
    *,
    person_id: int,
    from_month: Month,
    by: Actor,
    at: datetime,
    paper: Paper,
    commune_code: str = "",
    hamlet: str = "",
) -> ChangeRecorded:
    """From the month on the new commune pays, the old one through the month before: no month twice, none left out.

    `from_month` is the month after the one the stop decision names (điểm d khoản 4 Điều 8 Nghị định 20/2021; khoản 3
    Điều 8 Nghị định 335/2026). Without `commune_code` the person leaves for a place outside this register and is
    owed nothing more here from the month on. Refuses a place that is no commune, the same commune, and a move before
    a later one.
    """
    held = hold_person(person_id, by=by)
    who = held.person.full_name
    home = home_in(person_id, from_month)
    if home is None:
        raise NowhereToLeave(who=who, month=from_month.vi)
    _refuse_earlier(held, home, from_month)
    facts = {"from": home.commune_code, "to": commune_code, "from_month": str(from_month)}
    if commune_code:
        place = get_place(commune_code, from_month.first_day)
        if place.kind != "commune":
            raise NotToCommune(place=place)
        if home.commune_code == commune_code and not has_left(from_month, held.counting):
            raise AlreadyLivesThere(who=who, place=place, month=from_month.vi)
    told = write_change(held, MOVE, from_month.first_day, facts, paper=paper, by=by, at=at)
    if commune_code and commune_code != home.commune_code:
        forget_later_homes(home)
        move_home(home, commune_code=commune_code, hamlet=hamlet.strip(), month=from_month, at=at)
    return told


def _refuse_earlier(held: Held, home: Residence, month: Month) -> None:
    """A home after the month stands in the way, unless it is this one under the commune that took it over."""
    told = [one.month for one in held.counting if one.kind == MOVE and one.month > month]
    before = home
    for later in later_homes(held.person.pk, month):
        if not is_followed(before, later):
            told.append(later.starts)
        before = later
    if told:
        raise MovedAgainLater(who=held.person.full_name, later=min(told).vi)
