"""People: finding one, and everything about one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ansinh.access.types import Actor
from ansinh.entitlement.queries import lost_of, spans_of
from ansinh.kernel.month import Month
from ansinh.kernel.names import folded
from ansinh.payout.queries import list_holds, list_recoveries
from ansinh.payout.types import RecoveryFilter
from ansinh.payroll.queries import explain_line, list_person_lines, list_person_months
from ansinh.policy import load_pack
from ansinh.registry.queries import changes_told, find_people, get_person, list_person_proposals, standings_of
from ansinh.web.acts import Act
from ansinh.web.desks.holds import hold_act, lift_act
from ansinh.web.desks.protection import reveal_acts
from ansinh.web.naming import place_line, place_names
from ansinh.web.seeing import acting, shows
from ansinh.web.telling import told_look
from ansinh.web.timeline import changes_of

_MOST_FOUND = 50
_RECENT_CHANGES = 5


@require_GET
@shows("registry.see_people")
def search(request: HttpRequest) -> HttpResponse:
    """People by part of a name, with or without accents, or by a whole identity number."""
    by = acting(request)
    asked = request.GET.get("q", "").strip()[:100]
    month = Month.containing(timezone.localdate())
    found = find_people(asked, by=by, month=month, limit=_MOST_FOUND + 1) if len(asked) >= 2 else []
    names = place_names((one.commune_code for one in found), month.first_day)
    rows = [(one, names.get(one.commune_code, "")) for one in found]
    context = {"q": asked, "rows": rows[:_MOST_FOUND], "more": len(found) > _MOST_FOUND, "most": _MOST_FOUND}
    if request.htmx and request.htmx.target == "found":  # type: ignore[attr-defined]  # set by django-htmx
        return render(request, "web/people/found.html", context)
    return render(request, "web/people/search.html", context)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A bar of the timeline: what is owed (or not, and why) from when to when. `look`: past, now, ahead, lost."""

    title: str
    look: str
    starts: Month
    ends: Month | None
    coefficient: Any
    article: str
    reason: str


@require_GET
@shows("registry.see_people")
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person: who, where, decisions, what the law owes from when to when, what was listed, what waits.

    Whose work is the decision sees categories and reasons, everybody else none: of all people alike, so that nothing
    in a page's form tells a status.
    """
    by = acting(request)
    card = get_person(person_id, by=by)
    told_look(by, "registry.look_person", person_id=person_id, place_code=card.residences[-1].commune_code)
    now = Month.containing(timezone.localdate())
    sees, holds = by.sees_categories, list_holds(by=by, person_id=person_id)
    cards, told = changes_told(person_id)
    grants = standings_of(person_id, told=told)
    context = {
        "card": card,
        "now": now,
        "numbers": reveal_acts(card, by),
        "homes": [(home, place_line(home.commune_code, home.starts.first_day)) for home in reversed(card.residences)],
        "grants": [
            (granted, _category(granted.category) if sees else "") for granted in grants if not granted.is_undone
        ],
        "recent": changes_of(cards, grants, by)[:_RECENT_CHANGES],
        "sees": sees,
        "may_change": by.may("registry.record_death"),
        "stretches": _stretches(person_id, now) if sees else [],
        "months": list_person_months(person_id, by=by),
        "owed_back": [
            one for one in list_recoveries(by=by, wanted=RecoveryFilter(person_id=person_id)) if one.open_dong
        ],
        "holds": [(one, lift_act(one, by)) for one in holds],
        "hold_acts": () if any(one.order_id is None for one in holds) else (_hold_act(person_id, by),),
        "waiting": list_person_proposals(person_id, by=by) if sees else [],
    }
    return render(request, "web/people/person.html", context)


def _hold_act(person_id: int, by: Actor) -> Act:
    return hold_act(
        reverse("web:hold_person", args=[person_id]),
        by,
        title=_("Tạm giữ tiền"),
        hint=_("Vẫn đứng trong danh sách và vẫn được nợ, nhưng không khoản nào được xuất chi cho đến khi dỡ."),
    )


@require_GET
@shows("registry.see_people")
def why(request: HttpRequest, person_id: int, line_id: int) -> HttpResponse:
    """ "Vì sao số tiền này?" of one line: a part of the page for htmx, a page of its own without."""
    by = acting(request)
    card = get_person(person_id, by=by)
    line = next((one for one in list_person_lines(person_id, by=by) if one.id == line_id), None)
    if line is None:
        raise Http404
    told_look(
        by,
        "payroll.look_month",
        person_id=person_id,
        place_code=card.residences[-1].commune_code,
        month=line.entitlement_month,
    )
    context = {"card": card, "line": line, "sentence": explain_line(line) if by.sees_categories else ""}
    part = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]  # set by django-htmx
    return render(request, "web/people/why_part.html" if part else "web/people/why.html", context)


def _category(category: str) -> str:
    return load_pack().category(category).name_vi


def _stretches(person_id: int, now: Month) -> list[Stretch]:
    owed = [
        Stretch(
            title=_category(span.benefit),
            look=_look(span.starts, span.ends, now),
            starts=span.starts,
            ends=span.ends,
            coefficient=span.coefficient,
            article=span.article,
            reason=_reason(span.benefit, span.reason),
        )
        for span in spans_of(person_id)
    ]
    lost = [
        Stretch(_category(one.benefit), "lost", one.starts, one.ends, None, "", _reason(one.benefit, one.reason))
        for one in lost_of(person_id)
    ]
    return sorted([*owed, *lost], key=lambda stretch: (stretch.starts, stretch.look), reverse=True)


def _reason(benefit: str, reason: str) -> str:
    """The law's reason, unless it only says the category's name again."""
    return "" if folded(reason) == folded(_category(benefit)) else reason


def _look(starts: Month, ends: Month | None, now: Month) -> str:
    if starts > now:
        return "ahead"
    return "past" if ends is not None and ends <= now else "now"
