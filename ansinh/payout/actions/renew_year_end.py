"""At the end of a year: uncollected money goes back to the budget and is owed again from the next year's funds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from ansinh.access.types import Actor
from ansinh.funds.queries import open_months
from ansinh.kernel.money import total
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payout.actions.cancel_order import cancel_order
from ansinh.payout.models import Order, YearEnd, YearEndItem
from ansinh.payout.queries.year_ends import list_year_end
from ansinh.payout.renewing import issue_again
from ansinh.payout.types import YearEndOrder, YearEndRenewed
from ansinh.places.queries import get_place, list_commune_codes
from ansinh.platform import sql
from ansinh.platform.action import action
from ansinh.registry.actions import move_holds_alone, pass_hold


class YearStillRunning(Refusal):
    """Năm {year} chưa đến tháng 12 (hôm nay {today}), nên chưa xử lý tiền chưa lĩnh cuối năm."""


class YearEndUndocumented(Refusal):
    """Chưa ghi số văn bản (biên bản, quyết định) về tiền chưa lĩnh cuối năm."""


class NotAllReported(Refusal):
    """Còn {orders} lệnh chi của năm {year} ở tổ chức chi trả chưa có kết quả (ví dụ {code}). Hãy ghi nhận kết quả
    trước, để không hủy lệnh của người đã lĩnh."""


class DecemberSettled(Refusal):
    """Tháng {month} của {place} đã quyết toán với {payer}, nên tiền chưa lĩnh không nộp trả vào ngân sách năm {year}
    được nữa. Hãy mở lại quyết toán tháng đó trước."""


class NothingUncollected(Refusal):
    """Năm {year} không còn lệnh chi nào chưa lĩnh hoặc đang tạm giữ ở {place}."""


@action(permission="payout.renew_year_end", name="Lập lại lệnh chi chưa lĩnh cuối năm")
def renew_year_end(*, place_code: str, year: int, document_no: str, by: Actor, at: datetime) -> YearEndRenewed:
    """Give up every order of the year or before that nobody collected, and owe the same money anew from January.

    The payer then returns what it holds (`record_return`, of the year's own months); the new orders are presented with
    the next year's lists and need its funds. Held ones stay held. Again, it takes what was reported since.

    Refuses a year before its December (YearStillRunning), no document (YearEndUndocumented), orders payers have not
    reported on (NotAllReported), a December settled already (DecemberSettled), nothing to renew (NothingUncollected).
    """
    place = get_place(place_code, Month.of(year, 12).first_day)
    by.must_reach(place.path[::-1])
    today = localdate(at)
    if today < Month.of(year, 12).first_day:
        raise YearStillRunning(year=year, today=f"{today:%d/%m/%Y}")
    if not document_no.strip():
        raise YearEndUndocumented()
    move_holds_alone()
    found = list_year_end(place_code, year, by=by)
    here = [one for one in found if not one.is_moved]
    if not here:
        raise NothingUncollected(year=year, place=get_place(place_code, Month.of(year, 12).first_day))
    _must_be_reported(place_code, year)
    _december_must_be_open(here, year)
    act = YearEnd.objects.create(
        place_code=place_code,
        year=year,
        document_no=document_no.strip()[:60],
        orders=len(here),
        amount_dong=total(one.amount_dong for one in here),
        recorded_at=at,
        recorded_by=by.user_id,
    )
    for one in here:
        _renew(one, act, by=by, at=at)
    return YearEndRenewed(act.pk, year, act.orders, act.amount_dong, len(found) - len(here))


def _renew(one: YearEndOrder, act: YearEnd, *, by: Actor, at: datetime) -> None:
    reason = f"Chưa lĩnh đến hết năm {act.year}: nộp trả ngân sách, chi lại bằng nguồn năm {act.year + 1}"
    cancel_order(order_id=one.order_id, reason=f"{reason} ({act.document_no})", by=by, at=at)
    old = Order.objects.get(pk=one.order_id)
    new = issue_again(old, wanted=Month.of(act.year + 1, 1), by=by, at=at)
    pass_hold(old.pk, new.pk, at=at)
    YearEndItem.objects.create(year_end=act, order=old, renewed=new, year=act.year)


def _must_be_reported(place_code: str, year: int) -> None:
    december = Month.of(year, 12).first_day
    asked = {"december": december, "communes": list(list_commune_codes(place_code, december))}
    (waiting,) = sql.rows("payout/count_unreported", asked)
    if waiting["orders"]:
        raise NotAllReported(orders=waiting["orders"], year=year, code=waiting["code"])


def _december_must_be_open(orders: Sequence[YearEndOrder], year: int) -> None:
    """Else the money would go back to the budget of the year after."""
    december = Month.of(year, 12)
    for payer in sorted({one.payer for one in orders}):
        communes = {one.commune_code for one in orders if one.payer == payer}
        for commune, month in open_months(payer=payer, communes=communes, wanted=december).items():
            if month != december:
                place = get_place(commune, december.first_day)
                raise DecemberSettled(month=december.vi, place=place, payer=payer, year=year)
