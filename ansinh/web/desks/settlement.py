"""Settlement of a place and month: the equation by commune, what keeps it from zero, confirming, closing, reopening."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.access.types import Actor
from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month
from ansinh.payroll.queries import list_runs
from ansinh.places.queries import get_place
from ansinh.reports.queries import render_settlement
from ansinh.settlement import actions
from ansinh.settlement.queries import allowed_steps, list_carried_items, list_closings, list_settlements
from ansinh.settlement.types import Figures, InTheWay, MonthSettlement
from ansinh.web.acts import Act, why_not
from ansinh.web.desks.choosing import wanted_month
from ansinh.web.downloads import file_answer
from ansinh.web.money_forms import WhyForm
from ansinh.web.naming import names_within, payer_names, place_name
from ansinh.web.queries import names_of, settled_by_run
from ansinh.web.seeing import acting, does, shows
from ansinh.web.telling import told_export
from ansinh.web.templatetags.office import count, dong

_STEPS: dict[str, Callable[..., Any]] = {
    "confirm_month": actions.confirm_month,
    "close_month": actions.close_month,
    "reopen_month": actions.reopen_month,
}
_MOST_IN_THE_WAY = 100
_RUNS_A_PAGE = 25
_RARE = ("payments_returned", "money_returned")
_FORMS: dict[str, Literal["pdf", "xlsx"]] = {"pdf": "pdf", "xlsx": "xlsx"}


@dataclass(frozen=True, slots=True)
class Scope:
    """What a page of settlement is about: a place, a month, and who looks."""

    place_code: str
    month: Month
    by: Actor


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of the table: its column, its amount, where it is told in full. `look`: "", at-zero, off-zero."""

    title: str
    amount: Dong | None
    address: str = ""
    look: str = ""


@dataclass(frozen=True, slots=True)
class Hindrance:
    """A row that keeps communes from closing, told once however many it keeps, and where to go on from there."""

    told: InTheWay
    communes: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class PayerTable:
    """One payer's part of the page: a row a commune, the totals, what stands in the way, what may be done."""

    payer: str
    name: str
    rows: tuple[tuple[MonthSettlement, tuple[Cell, ...]], ...]
    total: Figures
    sums: tuple[Cell, ...]
    by_fund: tuple[tuple[str, Figures], ...]
    in_the_way: tuple[Hindrance, ...]
    more_in_the_way: int
    acts: tuple[Act, ...]


@require_GET
@shows("settlement.see_settlements")
def settlements(request: HttpRequest) -> HttpResponse:
    """The approved lists of the actor's places with how many communes are confirmed and settled; newest first."""
    by = acting(request)
    month = wanted_month(request)
    runs = [run for run in list_runs(by=by, month=month) if run.state == "APPROVED"]
    page = Paginator(runs, _RUNS_A_PAGE).get_page(request.GET.get("page"))
    settled = settled_by_run(list(page))
    rows = [(run, place_name(run.place_code, run.month.first_day), settled.get(run.pk)) for run in page]
    return render(request, "web/settlement/settlements.html", {"page": page, "rows": rows, "month": month})


@require_GET
@shows("settlement.see_settlements")
def settlement(request: HttpRequest, place_code: str, month: Month) -> HttpResponse:
    """The equation of a place and month: a table a payer, and what keeps it from zero."""
    by = acting(request)
    place = get_place(place_code, month.first_day)
    by.must_reach(place.path[::-1])
    found = list_settlements(place_code=place_code, month=month, by=by)
    payers, scope = payer_names(), Scope(place_code, month, by)
    tables = [
        _table(payer, payers.get(payer, payer), [row for row in found if row.payer == payer], scope)
        for payer in dict.fromkeys(row.payer for row in found)
    ]
    context = {
        "place": place,
        "month": month,
        "tables": tables,
        "names": names_within(place_code, month.first_day),
        "is_commune": len(place_code) == 5,
        "closings": _closings(found, by) if len(place_code) == 5 else [],
        "people": names_of(
            user_id for row in found for user_id in (row.confirmed_by, row.closed_by) if user_id is not None
        ),
    }
    return render(request, "web/settlement/settlement.html", context)


def _table(payer: str, name: str, rows: Sequence[MonthSettlement], scope: Scope) -> PayerTable:
    in_the_way = _hindrances(one for row in rows for one in row.in_the_way)
    funds = dict.fromkeys(fund for row in rows for fund, _figures in row.by_fund)
    by_fund = tuple(
        (fund, Figures.sum_of(figures for row in rows for key, figures in row.by_fund if key == fund)) for fund in funds
    )
    whole = Figures.sum_of(row.figures for row in rows)
    columns = _columns(whole)
    fees = [row.fee for row in rows if row.fee is not None]
    return PayerTable(
        payer=payer,
        name=name,
        rows=tuple((row, _cells(columns, row.figures, row.fee, _addresses(row, scope))) for row in rows),
        total=whole,
        sums=_cells(columns, whole, total(fees) if fees else None, {}),
        by_fund=by_fund if len(by_fund) > 1 else (),
        in_the_way=in_the_way[:_MOST_IN_THE_WAY],
        more_in_the_way=max(0, len(in_the_way) - _MOST_IN_THE_WAY),
        acts=_acts(payer, rows, scope),
    )


def _hindrances(found: Iterable[InTheWay]) -> tuple[Hindrance, ...]:
    """Each once: a row of nobody's order keeps every commune of its file from closing."""
    told: dict[tuple[str, str], list[InTheWay]] = {}
    for one in found:
        told.setdefault((one.kind, one.message), []).append(one)
    return tuple(
        Hindrance(ones[0], tuple(one.commune_code for one in ones), _way_on(ones[0])) for ones in told.values()
    )


def _way_on(one: InTheWay) -> str:
    """The page where what stands in the way is worked off; empty where there is none."""
    if not one.reference:
        return ""
    if one.kind == "earlier_month":
        return reverse("web:settlement", args=[one.commune_code, one.reference])
    names = {"not_issued": "money", "not_released": "batch", "no_result": "find_order", "set_aside": "results_file"}
    return reverse(f"web:{names[one.kind]}", args=[one.reference]) if one.kind in names else ""


def _columns(whole: Figures) -> dict[str, str]:
    """The figures worth a column here: the two rare ones only where somebody has one."""
    titles = {
        "transferred": _("Chuyển sang"),
        "carried_in": _("Kỳ trước mang sang"),
        "paid": _("Đã trả"),
        "payments_returned": _("Trả rồi quay về"),
        "money_returned": _("Nộp trả Kho bạc"),
        "carried_on": _("Chuyển kỳ sau"),
        "in_hand": _("Còn giữ"),
        "difference": _("Chênh lệch"),
    }
    return {key: title for key, title in titles.items() if key not in _RARE or getattr(whole, key)}


def _cells(
    columns: Mapping[str, str], figures: Figures, fee: Dong | None, addresses: Mapping[str, str]
) -> tuple[Cell, ...]:
    cells = []
    for key, title in columns.items():
        amount: Dong = getattr(figures, key)
        look = ""
        if key == "difference":
            look = "off-zero" if amount else "at-zero"
        elif key == "in_hand" and amount < Dong(0):
            look = "off-zero"
        cells.append(Cell(title, amount, addresses.get(key, ""), look))
    return (*cells, Cell(_("Chi phí chi trả"), fee))


def _addresses(row: MonthSettlement, scope: Scope) -> dict[str, str]:
    """Where each figure of a commune is told in full."""
    place, month = [scope.place_code, scope.month], [row.commune_code, row.month, row.payer]
    orders = f"{reverse('web:orders')}?month={row.month}&payer={row.payer}&commune={row.commune_code}"
    return {
        "transferred": f"{reverse('web:transfers', args=place)}?commune={row.commune_code}",
        "carried_in": reverse("web:carried", args=[row.commune_code, row.month + -1, row.payer]),
        "paid": f"{orders}&state=PAID",
        "payments_returned": f"{orders}&state=RETURNED",
        "carried_on": reverse("web:carried", args=month),
    }


def _acts(payer: str, rows: Sequence[MonthSettlement], scope: Scope) -> tuple[Act, ...]:
    """The step that leads on, and reopening for who may."""
    steps = allowed_steps(payer=payer, place_code=scope.place_code, month=scope.month, by=scope.by)
    offers = {offer.action: offer for offer in steps}
    wanted = []
    if any(row.state == "OPEN" for row in rows) or offers["confirm_month"].allowed:
        wanted.append("confirm_month")
    if any(row.state != "CLOSED" for row in rows):
        wanted.append("close_month")
    if offers["reopen_month"].allowed:
        wanted.append("reopen_month")
    return tuple(_act(verb, payer, offers[verb].why_not, scope) for verb in wanted)


def _act(verb: str, payer: str, hindrance: str, scope: Scope) -> Act:
    titles = {
        "confirm_month": _("Xác nhận kết quả"),
        "close_month": _("Quyết toán"),
        "reopen_month": _("Mở lại quyết toán"),
    }
    hints = {
        "confirm_month": _("Xã xác nhận: người được báo đã trả là đã nhận tiền, người được báo chưa trả là chưa nhận."),
        "close_month": _("Khóa sổ tháng này và tính chi phí chi trả trên số tiền đã trả."),
        "reopen_month": _("Việc mở lại được ghi vào nhật ký cùng lý do; chi phí đã tính được ghi ngược lại."),
    }
    confirms = {"close_month": _("Quyết toán mọi xã trong bảng mà chênh lệch bằng 0.")}
    return Act(
        key=f"{verb}-{payer}",
        title=titles[verb],
        address=reverse("web:settlement_step", args=[scope.place_code, scope.month, payer, verb]),
        hint=hints[verb],
        why_not=why_not(f"settlement.{verb}", scope.by) or hindrance,
        confirm=confirms.get(verb, ""),
        form=WhyForm(auto_id=f"{verb}-{payer}-%s") if verb == "reopen_month" else None,
        look="danger" if verb == "reopen_month" else "primary",
        busy=_("Đang tính lại bảng từ chứng từ của từng xã.") if verb != "reopen_month" else "",
    )


def _closings(found: Sequence[MonthSettlement], by: Actor) -> list[dict[str, Any]]:
    """Every closing of a commune's month, and what undid it."""
    rows = []
    for one in found:
        for closing in list_closings(payer=one.payer, commune_code=one.commune_code, month=one.month, by=by):
            reopening = getattr(closing, "reopening", None)
            rows.append({"closing": closing, "reopening": reopening})
    return rows


@require_POST
@does("settlement.confirm_month", "settlement.close_month", "settlement.reopen_month")
def take_step(request: HttpRequest, place_code: str, month: Month, payer: str, action: str) -> HttpResponse:
    """Confirm, close or reopen the month of a place with a payer; what is refused comes back as a message."""
    if action not in _STEPS:
        raise Http404
    reason = {"reason": request.POST.get("reason", "")[:500]} if action == "reopen_month" else {}
    by = acting(request)
    result = _STEPS[action](payer=payer, place_code=place_code, month=month, by=by, at=timezone.now(), **reason)
    messages.success(request, _said(action, result))
    return redirect("web:settlement", place_code, month)


def _said(action: str, result: Any) -> str:
    communes = {"communes": count(result.communes)}
    if action == "confirm_month":
        said = _("Đã xác nhận %(communes)s xã: %(paid)s người đã nhận %(dong)s, %(unpaid)s người chưa nhận.")
        facts = {
            "paid": count(result.people_paid),
            "dong": dong(result.paid_dong),
            "unpaid": count(result.people_unpaid),
        }
        return said % {**communes, **facts}
    if action == "close_month":
        said = _("Đã quyết toán %(communes)s xã: đã trả %(paid)s, chuyển kỳ sau %(on)s, chi phí chi trả %(fee)s.")
        facts = {"paid": dong(result.paid_dong), "on": dong(result.carried_on_dong), "fee": dong(result.fee_dong)}
        return said % {**communes, **facts}
    return _("Đã mở lại quyết toán của %(communes)s xã. Xã phải xác nhận lại.") % communes


@require_GET
@shows("settlement.see_settlements")
def carried(request: HttpRequest, place_code: str, month: Month, payer: str) -> HttpResponse:
    """The people carried on to the next month: whose, why not paid."""
    by = acting(request)
    place = get_place(place_code, month.first_day)
    by.must_reach(place.path[::-1])
    items = list_carried_items(payer=payer, place_code=place_code, month=month, by=by)
    context = {
        "place": place,
        "month": month,
        "payer": payer_names().get(payer, payer),
        "page": Paginator(items, 50).get_page(request.GET.get("page")),
        "total": sum(int(item.amount_dong) for item in items),
        "names": names_within(place_code, month.first_day),
    }
    return render(request, "web/settlement/carried.html", context)


@require_GET
@shows("settlement.see_settlements")
def paper(request: HttpRequest, place_code: str, month: Month, payer: str, form: str) -> HttpResponse:
    """The settlement sheet as PDF or XLSX."""
    if form not in _FORMS:
        raise Http404
    by = acting(request)
    made = render_settlement(
        payer=payer, place_code=place_code, month=month, form=_FORMS[form], by=by, at=timezone.now()
    )
    told_export(by, "reports.export_settlement", place_code=place_code, month=month, payer=payer, form=form)
    return file_answer(made.content, name=made.file_name, attached=form != "pdf")
