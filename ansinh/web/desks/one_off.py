"""What is given once: occasions, a new one looked at before it is recorded, its list by name, frozen into a run."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll import actions
from ansinh.payroll.queries import get_occasion, list_alike_occasions, list_occasions, list_payees, preview_gift
from ansinh.payroll.types import FUNERAL, MERIT_YEARLY, GiftPreview, OccasionCard
from ansinh.platform.audit import gathered
from ansinh.registry.actions import add_person
from ansinh.web.desks.choosing import choice_of_places
from ansinh.web.middleware import status_of
from ansinh.web.naming import names_within, place_name
from ansinh.web.one_off_forms import NewPersonForm, OccasionForm, PayeeForm
from ansinh.web.seeing import acting, does, shows
from ansinh.web.templatetags.office import count

_ROWS_A_PAGE = 50
_COLLECTOR, _MARTYR = ("collector_name", "collector_relation"), ("martyr_name", "martyr_no")
_ASKED = {FUNERAL: _COLLECTOR, MERIT_YEARLY: _MARTYR}


@require_GET
@shows("payroll.see_lists")
def occasions(request: HttpRequest) -> HttpResponse:
    """Every occasion of the actor's areas, the newest first."""
    by = acting(request)
    page = Paginator(list_occasions(by=by), _ROWS_A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, place_name(one.place_code, one.month.first_day)) for one in page.object_list]
    context = {"page": page, "rows": rows, "may_create": by.may("payroll.create_occasion")}
    return render(request, "web/one_off/occasions.html", context)


@shows("payroll.see_lists")
def new(request: HttpRequest) -> HttpResponse:
    """A decision typed in: looked at first (how many, how much), then recorded."""
    by = acting(request)
    form = OccasionForm(request.POST or None)
    status = 422 if form.is_bound else 200
    seen: GiftPreview | None = None
    alike: list[OccasionCard] = []
    if request.method == "POST" and form.is_valid():
        try:
            # Looked for before it is recorded itself.
            alike = _alike(form, by)
            if "preview" in request.POST:
                seen, status = _previewed(form, by), 200
            else:
                made = actions.create_occasion(**form.facts, by=by, at=timezone.now())
                messages.success(request, _("Đã ghi đợt chi. Bước tiếp theo: xem danh sách rồi chốt."))
                for one in alike:
                    messages.warning(request, _before(one))
                return redirect("web:occasion", made.occasion_id)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            status = status_of(refusal)
    context = {
        "form": form,
        "seen": seen,
        "alike": [_before(one) for one in alike],
        "may_create": by.may("payroll.create_occasion"),
        **choice_of_places(request, by=by),
    }
    return render(request, "web/one_off/new.html", context, status=status)


def _alike(form: OccasionForm, by: Actor) -> list[OccasionCard]:
    facts = form.facts
    return list_alike_occasions(
        facts["kind"],
        facts["title"],
        facts["place_code"],
        facts["month"],
        decision_no=facts["decision_no"],
        decided_on=facts["decided_on"],
        for_year=facts["for_year"],
        by=by,
    )


def _before(one: OccasionCard) -> str:
    """One recorded before that looks like the same decision."""
    return _(
        "Đã có đợt chi số %(number)s cùng loại, cùng số quyết định hoặc cùng tên: “%(title)s”, quyết định số "
        "%(decision)s, tháng %(month)s. Ai có tên ở cả hai danh sách sẽ là phát hiện chặn khi kiểm tra."
    ) % {"number": one.occasion_id, "title": one.title, "decision": one.decision_no, "month": one.month.vi}


def _previewed(form: OccasionForm, by: Actor) -> GiftPreview | None:
    facts = form.facts
    if facts["criteria"] is None or not facts["amount_dong"]:
        return None
    return preview_gift(
        facts["place_code"],
        facts["month"],
        facts["decided_on"],
        facts["criteria"],
        facts["amount_dong"],
        per_household=facts["per_household"],
        by=by,
    )


@require_GET
@shows("payroll.see_lists")
def occasion(request: HttpRequest, occasion_id: int) -> HttpResponse:
    """One occasion with its list; before it is frozen, people are put on it and taken off."""
    by = acting(request)
    card = get_occasion(occasion_id, by=by)
    return render(request, "web/one_off/occasion.html", _shown(request, card, by))


def _shown(request: HttpRequest, card: OccasionCard, by: Actor) -> dict[str, object]:
    names = names_within(card.place_code, card.month.first_day)
    payees = list_payees(card.occasion_id, by=by)
    is_open = card.run_id is not None
    seen = None
    if card.criteria is not None and not is_open and card.amount_dong is not None:
        seen = preview_gift(
            card.place_code,
            card.month,
            card.decided_on,
            card.criteria,
            card.amount_dong,
            per_household=card.per_household,
            by=by,
        )
    return {
        "one": card,
        "place": place_name(card.place_code, card.month.first_day),
        "page": Paginator(payees, _ROWS_A_PAGE).get_page(request.GET.get("page")),
        "names": names,
        "seen": seen,
        "is_funeral": card.kind == FUNERAL,
        # What the forms ask besides the person.
        "asked": _ASKED.get(card.kind, ()),
        "is_worship": card.kind == MERIT_YEARLY,
        "may_list": card.criteria is None and not is_open and by.may("payroll.add_payee"),
        "may_open": not is_open and by.may("payroll.open_occasion"),
        "payee_form": PayeeForm(),
        "person_form": NewPersonForm(communes=list(names.items()), auto_id="new_%s"),
    }


@require_POST
@does("payroll.add_payee")
def add(request: HttpRequest, occasion_id: int) -> HttpResponse:
    """Put somebody of the register on the list."""
    form = PayeeForm(request.POST)
    if form.is_valid():
        done = actions.add_payee(occasion_id=occasion_id, **form.cleaned_data, by=acting(request), at=timezone.now())
        messages.success(request, _("Đã thêm: %(dong)s đồng.") % {"dong": done.amount_dong})
    else:
        messages.error(request, _("Hãy ghi số của người trong sổ (xem ở trang của người đó)."))
    return redirect("web:occasion", occasion_id)


@require_POST
@does("payroll.add_payee")
def add_new(request: HttpRequest, occasion_id: int) -> HttpResponse:
    """Put somebody without papers into the register and on the list."""
    by = acting(request)
    card = get_occasion(occasion_id, by=by)
    communes = list(names_within(card.place_code, card.month.first_day).items())
    form = NewPersonForm(request.POST, communes=communes)
    if not form.is_valid():
        faults = " ".join(str(fault) for own in form.errors.values() for fault in own)
        messages.error(request, faults)
        return redirect("web:occasion", occasion_id)
    data, at = form.cleaned_data, timezone.now()
    with transaction.atomic(), gathered():
        added = add_person(
            full_name=data["full_name"],
            birth=data["born"],
            sex=data["sex"],
            commune_code=data["commune"],
            hamlet=data["hamlet"],
            from_month=card.month,
            reason=data["reason"],
            by=by,
            at=at,
        )
        martyr = {name: data[name] for name in _MARTYR}
        actions.add_payee(
            occasion_id=occasion_id, person_id=added.person_id, reason=data["reason"], **martyr, by=by, at=at
        )
    said = _("Đã thêm vào sổ và vào danh sách.")
    if added.twins:
        said += " " + _("Trong xã có %(twins)s người cùng họ tên và năm sinh: hãy kiểm tra.") % {"twins": added.twins}
    messages.success(request, said)
    return redirect("web:occasion", occasion_id)


@require_POST
@does("payroll.remove_payee")
def remove(request: HttpRequest, occasion_id: int, person_id: int) -> HttpResponse:
    """Take somebody off the list."""
    actions.remove_payee(occasion_id=occasion_id, person_id=person_id, by=acting(request), at=timezone.now())
    messages.success(request, _("Đã bớt khỏi danh sách."))
    return redirect("web:occasion", occasion_id)


@require_POST
@does("payroll.open_occasion")
def freeze(request: HttpRequest, occasion_id: int) -> HttpResponse:
    """Freeze the list into a run; from there its own pages go on."""
    opened = actions.open_occasion(occasion_id=occasion_id, by=acting(request), at=timezone.now())
    said = _("Đã chốt danh sách: %(people)s suất. Bước tiếp theo: tính tiền.")
    messages.success(request, said % {"people": count(opened.people)})
    return redirect("web:run", opened.run_id)
