"""Changes of one person: recording one with a look at what it does, taking one back, and the story in time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ansinh.access.types import Actor
from ansinh.kernel.legal_days import end_of
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payout.queries import list_orders_under_way
from ansinh.payroll.queries import ChangePreview, preview_change
from ansinh.registry.actions import undo_change
from ansinh.registry.queries import get_person, kind_of_move, list_changes, list_grant_standings
from ansinh.registry.types import ChangeRecorded
from ansinh.web.change_fields import KnownOnForm
from ansinh.web.change_forms import ChangeForm, MoveForm
from ansinh.web.change_kinds import category_groups, form_of, is_kind, kind_groups, title_of
from ansinh.web.change_state import state_of
from ansinh.web.change_words import category_name, changed_name, facts_told, told_of
from ansinh.web.middleware import status_of
from ansinh.web.money_forms import WhyForm
from ansinh.web.naming import place_line
from ansinh.web.seeing import acting, does, shows
from ansinh.web.telling import told_look
from ansinh.web.timeline import story_known_on, story_of

_STEPS = ("preview", "record", "edit")


@shows("registry.see_people")
def record(request: HttpRequest, person_id: int) -> HttpResponse:
    """Choose a kind, fill in what it needs, see what it does, record it."""
    by, now = acting(request), timezone.now()
    state = state_of(person_id, by=by, at=now, today=timezone.localdate())
    kind, category = request.GET.get("kind", ""), request.GET.get("category", "")
    context: dict[str, Any] = {
        "card": state.card,
        "groups": kind_groups(),
        "may": by.may("registry.record_death"),
        "categories": category_groups(),
    }
    if not is_kind(kind) or not context["may"]:
        return render(request, "web/changes/record.html", context)
    context |= {"kind": kind, "title": title_of(kind), "category": category}
    form = form_of(kind, request.POST or None, state=state, category=category)
    context["form"] = form
    if form is None or request.method != "POST":
        return render(request, "web/changes/record.html", context)
    return _posted(request, form, context, by=by)


def _posted(request: HttpRequest, form: ChangeForm, context: dict[str, Any], *, by: Actor) -> HttpResponse:
    """A form sent: looked at, recorded, or opened again for changing. What is refused keeps what was typed."""
    now = timezone.now()
    step = request.POST.get("step", "preview")
    status = 200 if form.is_valid() and step in _STEPS else 422
    if status == 200 and step != "edit":
        act = partial(form.act, by, now)
        try:
            if step == "record":
                act()
                messages.success(request, _("Đã ghi biến động: %(what)s.") % {"what": context["title"]})
                return redirect("web:story", form.state.person_id)
            context["preview"] = _previewed(act, form.person_ids(), by)
            context |= {"typed": _typed(request), "move": _move(form), "orders": _orders(context["preview"], by)}
            return render(request, "web/changes/preview.html", context)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            status = status_of(refusal)
    return render(request, "web/changes/record.html", context, status=status)


def _previewed(act: Callable[[], ChangeRecorded], person_ids: tuple[int, ...], by: Actor) -> ChangePreview:
    return preview_change(act, person_ids=person_ids, by=by, at=timezone.now())


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, to be sent again with the last press."""
    left_out = ("csrfmiddlewaretoken", "step")
    return [(key, value) for key, values in request.POST.lists() if key not in left_out for value in values]


def _move(form: ChangeForm) -> Any:
    if not isinstance(form, MoveForm):
        return None
    home, month = form.state.card.residences[-1], form.cleaned_data["from_month"]
    found = kind_of_move(home.commune_code, form.commune_code, month)
    return {
        "kind": found.kind,
        "article": found.article,
        "from": place_line(home.commune_code, month.first_day),
        "to": place_line(form.commune_code, month.first_day),
    }


def _orders(preview: ChangePreview, by: Actor) -> list[Any]:
    """Money on its way to whom the change takes months from: it may still be stopped."""
    losing = [one.person_id for one in preview.people if one.total_dong < one.total_without_dong]
    return [order for person_id in losing for order in list_orders_under_way(person_id, by=by)]


@does("registry.undo_change")
def undo(request: HttpRequest, person_id: int, change_id: int) -> HttpResponse:
    """What taking a change back does, and taking it back with a reason."""
    by = acting(request)
    card = get_person(person_id, by=by)
    change = next((one for one in list_changes(person_id, by=by) if one.change_id == change_id), None)
    if change is None:
        raise Http404
    form = WhyForm(request.POST or None)
    reason = form.data.get("reason", "").strip()[:500]
    act = partial(undo_change, change_id=change_id, reason=reason, by=by, at=timezone.now())
    preview, status = None, 200
    try:
        if request.method == "POST" and reason:
            act()
            messages.success(request, _("Đã hoàn tác biến động: %(what)s.") % {"what": changed_name(change.kind)})
            return redirect("web:story", person_id)
        preview = _previewed(act, (person_id,), by)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        status = status_of(refusal)
    if request.method == "POST" and not reason:
        form.add_error("reason", _("Hãy ghi lý do hoàn tác."))
        status = 422
    names = {one.grant_id: category_name(one.category) for one in list_grant_standings(person_id, by=by)}
    context = {
        "card": card,
        "change": change,
        "told": told_of(change, names) if by.sees_categories else "",
        "preview": preview,
        "form": form,
    }
    return render(request, "web/changes/undo.html", context, status=status)


@require_GET
@shows("registry.see_people")
def story(request: HttpRequest, person_id: int) -> HttpResponse:
    """Facts, decisions and payments of a person in one line of time; or what was known on an earlier day."""
    by = acting(request)
    card = get_person(person_id, by=by)
    form = KnownOnForm(request.GET or None)
    form.is_valid()  # what is no day asks for the whole story, and is said beside the field
    day = form.cleaned_data.get("on") if form.is_bound and by.sees_categories else None
    told_look(by, "registry.look_story", person_id=person_id, place_code=card.residences[-1].commune_code, on=day)
    context: dict[str, Any] = {
        "card": card,
        "sees": by.sees_categories,
        "may": by.may("registry.record_death"),
        "on": day,
        "form": form,
    }
    if day is None:
        context["entries"] = story_of(person_id, by=by)
        return render(request, "web/changes/story.html", context)
    known = story_known_on(person_id, end_of(day), by=by)
    context |= {
        "known": known,
        "facts": facts_told(known.then.facts),
        "grants": [(one, category_name(one.category)) for one in known.then.grants],
        "entries": known.entries,
        "month": Month.containing(day),
    }
    return render(request, "web/changes/known.html", context)
