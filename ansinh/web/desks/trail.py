"""The audit trail on pages: what one may see of it, an entry in words, taking it out, its head on paper."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from ansinh.audit.queries import act_names, get_entry, get_head, search_audit
from ansinh.audit.types import CHANNEL_NAMES, TrailFilter
from ansinh.reports.queries import render_head, render_trail
from ansinh.web.downloads import file_answer
from ansinh.web.fields import DayField
from ansinh.web.seeing import acting, for_everybody
from ansinh.web.telling import told_export

_FORMS: dict[str, Literal["xlsx", "csv"]] = {"xlsx": "xlsx", "csv": "csv"}


class TrailFilterForm(forms.Form):
    """What the address asks for; what is not understood asks for nothing."""

    who = forms.CharField(required=False, max_length=100)
    since = DayField(label=_("Từ ngày"), required=False)
    until = DayField(label=_("Đến ngày"), required=False)
    action = forms.CharField(required=False, max_length=100)
    person = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    place = forms.RegexField(r"^\d{2,5}$", required=False)
    channel = forms.CharField(required=False, max_length=10)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62)


@require_GET
@for_everybody
def trail(request: HttpRequest) -> HttpResponse:
    """What the visitor may see of the trail, newest first: everybody their own acts, who inspects their area's."""
    by, wanted = acting(request), _wanted(request)
    context: dict[str, Any] = {
        "page": search_audit(by=by, wanted=wanted),
        "wanted": wanted,
        "sees_others": by.may("access.see_audit"),
        "acts": sorted(act_names().items(), key=lambda one: one[1]),
        "channels": [(key, name) for key, name in CHANNEL_NAMES.items() if key],
        "channel_names": CHANNEL_NAMES,
    }
    if request.htmx and request.htmx.target == "found":  # type: ignore[attr-defined]  # set by django-htmx
        return render(request, "web/audit/found.html", context)
    return render(request, "web/audit/trail.html", context)


@require_GET
@for_everybody
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry with all it says, in words, and the hash that binds it."""
    one = get_entry(number, by=acting(request))
    return render(request, "web/audit/entry.html", {"entry": one, "channel": CHANNEL_NAMES[one.channel]})


@require_GET
@for_everybody
def download(request: HttpRequest, form: str) -> HttpResponse:
    """What the filter finds among what the visitor may see, as a workbook or CSV."""
    if form not in _FORMS:
        raise Http404
    by, wanted = acting(request), _wanted(request)
    content, found = render_trail(by=by, wanted=wanted, form=_FORMS[form])
    told_export(by, "access.export_audit", place_code=wanted.place_code, rows=found, form=form)
    return file_answer(content, name=f"nhat-ky-{timezone.localdate()}.{form}")


@require_GET
@for_everybody
def head(request: HttpRequest) -> HttpResponse:
    """The head of the chain on paper, of a day or of now. It names nobody, and the more people keep one, the better."""
    by = acting(request)
    day = _day(request.GET.get("on", ""))
    content = render_head(get_head(day), made_by=by.name, at=timezone.now())
    told_export(by, "access.print_head", on=day)
    return file_answer(content, name=f"dau-chuoi-nhat-ky-{day or timezone.localdate()}.pdf", attached=False)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as fault:
        raise Http404 from fault


def _wanted(request: HttpRequest) -> TrailFilter:
    form = TrailFilterForm(request.GET)
    form.is_valid()  # what is not understood is left out of cleaned_data and asks for everything
    asked = form.cleaned_data
    return TrailFilter(
        who=asked.get("who", "").strip(),
        since=asked.get("since"),
        until=asked.get("until"),
        action=asked.get("action", ""),
        person_id=asked.get("person"),
        place_code=asked.get("place", ""),
        channel=asked.get("channel", ""),
        before=asked.get("before"),
    )
