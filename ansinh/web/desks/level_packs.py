"""Levels loaded as data: the list of them, loading one, and one of them with what it would do; two people."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions import approve_level_pack, propose_level_pack, withdraw_level_pack
from ansinh.payroll.queries import (
    DraftTellsOfHiv,
    Forecast,
    LevelPack,
    NobodyListedHere,
    get_level_pack,
    levels_of_pack,
    list_level_packs,
    list_level_starts,
    preview_level_pack,
    read_levels,
    runs_by_level_pack,
    title_of_start,
)
from ansinh.web.acts import Act, why_not
from ansinh.web.desks.choosing import choice_of_places
from ansinh.web.level_forms import LevelPackForm
from ansinh.web.middleware import status_of
from ansinh.web.money_forms import WhyForm
from ansinh.web.naming import place_name
from ansinh.web.queries import names_of
from ansinh.web.seeing import acting, does, shows


@shows("payroll.see_levels")
def level_packs(request: HttpRequest) -> HttpResponse:
    """All of them, the months places chose, and a form to load one; what is refused keeps what was typed."""
    by = acting(request)
    form = LevelPackForm(request.POST or None, request.FILES or None)
    told, status = None, 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("do") == "load":
                return _loaded(request, form, by)
            told, status = _looked_at(form, by), 200
        except Refusal as refusal:
            messages.error(request, refusal.message)
            status = status_of(refusal)
    packs = list_level_packs(by=by)
    context = {
        "form": form,
        "told": told,
        "place": told and place_name(told.place_code, told.lists[0].month.first_day),
        "packs": [(one, place_name(one.place_code, one.first_payroll.first_day)) for one in packs],
        "starts": [
            (one, place_name(one.place_code, one.first_payroll.first_day), title_of_start(one))
            for one in list_level_starts(by=by)
        ],
        "may_load": by.may("payroll.propose_level_pack"),
        **choice_of_places(request, by=by),
    }
    return render(request, "web/levels/levels.html", context, status=status)


@require_GET
@shows("payroll.see_levels")
def level_pack(request: HttpRequest, level_pack_id: int) -> HttpResponse:
    """One of them; `?look=1` works out what its first list would be."""
    by = acting(request)
    pack = get_level_pack(level_pack_id, by=by)
    runs = runs_by_level_pack(pack.pk)
    told = None
    if request.GET.get("look") and not runs and pack.state != "WITHDRAWN":
        told = _preview_of(request, pack, by)
    context = {
        "pack": pack,
        "place": place_name(pack.place_code, pack.first_payroll.first_day),
        "runs": runs,
        "told": told,
        "names": names_of((pack.proposed_by, pack.approved_by, pack.withdrawn_by)),
        "acts": _acts(pack, by, used=bool(runs)),
    }
    return render(request, "web/levels/level_pack.html", context)


@require_POST
@does("payroll.approve_level_pack")
def approve(request: HttpRequest, level_pack_id: int) -> HttpResponse:
    """Put in force by another person than the one who loaded it."""
    moved = approve_level_pack(level_pack_id=level_pack_id, by=acting(request), at=timezone.now())
    said = _("Đã duyệt gói mức. Danh sách từ tháng %(month)s lập theo gói này.")
    messages.success(request, said % {"month": moved.first_payroll.vi})
    return redirect("web:level_pack", level_pack_id)


@require_POST
@does("payroll.withdraw_level_pack")
def withdraw(request: HttpRequest, level_pack_id: int) -> HttpResponse:
    """Taken back, with a reason."""
    reason = request.POST.get("reason", "")[:500]
    withdraw_level_pack(level_pack_id=level_pack_id, reason=reason, by=acting(request), at=timezone.now())
    messages.success(request, _("Đã rút gói mức."))
    return redirect("web:level_pack", level_pack_id)


def _loaded(request: HttpRequest, form: LevelPackForm, by: Actor) -> HttpResponse:
    given = form.cleaned_data
    moved = propose_level_pack(
        content=given["file"].read(),
        file_name=given["file"].name[:200],
        place_code=given["place"],
        first_payroll=given["month"],
        decision_no=given["decision_no"],
        decided_on=given["decided_on"],
        by=by,
        at=timezone.now(),
    )
    messages.success(request, _("Đã nạp gói mức. Gói chờ một người khác duyệt."))
    return redirect("web:level_pack", moved.level_pack_id)


def _looked_at(form: LevelPackForm, by: Actor) -> Forecast:
    given = form.cleaned_data
    place, month = given["place"], given["month"]
    draft = read_levels(given["file"].read(), given["file"].name, place_code=place, first_payroll=month, by=by)
    return preview_level_pack(draft=draft, place_code=place, month=month, by=by)


def _preview_of(request: HttpRequest, pack: LevelPack, by: Actor) -> Forecast | None:
    try:
        return preview_level_pack(
            draft=levels_of_pack(pack),
            place_code=pack.place_code,
            month=pack.first_payroll,
            by=by,
            level_pack_id=pack.pk,
        )
    except (NobodyListedHere, DraftTellsOfHiv) as refusal:
        messages.info(request, refusal.message)
    return None


def _acts(pack: LevelPack, by: Actor, *, used: bool) -> tuple[Act, ...]:
    if pack.state == "WITHDRAWN":
        return ()
    own = (pack.proposed_by == by.user_id, _("Người nạp gói không tự duyệt được; cần một người khác."))
    resting = (used, _("Đã có danh sách lập theo gói này."))
    approve_it = Act(
        key="approve_level_pack",
        title=_("Duyệt gói mức"),
        address=reverse("web:approve_level_pack", args=[pack.pk]),
        why_not=why_not("payroll.approve_level_pack", by, [own]),
        confirm=_("Từ danh sách tháng %(month)s, mọi người của địa bàn được tính theo gói này.")
        % {"month": pack.first_payroll.vi},
    )
    take_back = Act(
        key="withdraw_level_pack",
        title=_("Rút gói mức"),
        address=reverse("web:withdraw_level_pack", args=[pack.pk]),
        why_not=why_not("payroll.withdraw_level_pack", by, [resting]),
        form=WhyForm(auto_id="withdraw-%s"),
        look="danger",
    )
    address = f"{reverse('web:level_pack', args=[pack.pk])}?look=1"
    look = Act(key="look", title=_("Xem trước số tiền"), address=address, look="plain", is_link=True)
    looks = () if used else (look,)
    return (*looks, approve_it, take_back) if pack.state == "PROPOSED" else (*looks, take_back)
