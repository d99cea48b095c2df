"""People: finding one, and everything about one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ansinh.entitlement.queries import list_lost, list_spans
from ansinh.kernel.month import Month
from ansinh.kernel.names import folded
from ansinh.payroll.queries import ListedLine, explain_line, list_person_lines
from ansinh.policy import load_pack
from ansinh.registry.queries import find_people, get_person
from ansinh.registry.types import PersonCard
from ansinh.web import masking
from ansinh.web.desks.acting import acting
from ansinh.web.naming import place_line, place_names

_MOST_FOUND = 50


@require_GET
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
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person: who, where, decisions, what the law owes from when to when, what was listed."""
    by = acting(request)
    card = get_person(person_id, by=by)
    now = Month.containing(timezone.localdate())
    listed = list_person_lines(person_id, by=by)
    hidden = _hides(card)
    context = {
        "card": card,
        "now": now,
        "homes": [(home, place_line(home.commune_code, home.starts.first_day)) for home in reversed(card.residences)],
        "grants": [(granted, category_shown(granted.category)) for granted in reversed(card.grants)],
        "stretches": _stretches(person_id, now),
        "months": _by_month(listed),
        "hidden": hidden,
    }
    return render(request, "web/people/person.html", context)


@require_GET
def why(request: HttpRequest, person_id: int, line_id: int) -> HttpResponse:
    """ "Vì sao số tiền này?" of one line: a part of the page for htmx, a page of its own without."""
    by = acting(request)
    card = get_person(person_id, by=by)
    line = next((one for one in list_person_lines(person_id, by=by) if one.id == line_id), None)
    if line is None:
        raise Http404
    context = {"card": card, "line": line, "sentence": _sentence(line), "hidden": masking.is_hidden(line.benefit)}
    part = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]  # set by django-htmx
    return render(request, "web/people/why_part.html" if part else "web/people/why.html", context)


def category_shown(category: str) -> str:
    """The category's name, or the neutral words where it would tell an HIV status."""
    return masking.OTHERS if masking.is_hidden(category) else load_pack().category(category).name_vi


def _sentence(line: ListedLine) -> str:
    return "" if masking.is_hidden(line.benefit) else explain_line(line)


def _hides(card: PersonCard) -> bool:
    return any(masking.is_hidden(granted.category) for granted in card.grants)


def _by_month(lines: list[ListedLine]) -> list[tuple[Month, list[ListedLine], int]]:
    months: dict[Month, list[ListedLine]] = {}
    for line in lines:
        months.setdefault(line.payroll_month, []).append(line)
    return [(month, own, sum(int(line.amount_dong) for line in own)) for month, own in months.items()]


def _stretches(person_id: int, now: Month) -> list[Stretch]:
    owed = [
        Stretch(
            title=category_shown(span.benefit),
            look=_look(span.starts, span.ends, now),
            starts=span.starts,
            ends=span.ends,
            coefficient=span.coefficient,
            article="" if masking.is_hidden(span.benefit) else span.article,
            reason=_reason(span.benefit, span.reason),
        )
        for span in list_spans(person_id)
    ]
    lost = [
        Stretch(category_shown(one.benefit), "lost", one.starts, one.ends, None, "", _reason(one.benefit, one.reason))
        for one in list_lost(person_id)
    ]
    return sorted([*owed, *lost], key=lambda stretch: (stretch.starts, stretch.look), reverse=True)


def _reason(benefit: str, reason: str) -> str:
    """The law's reason, unless it would tell an HIV status or only says the category's name again."""
    if masking.is_hidden(benefit) or folded(reason) == folded(category_shown(benefit)):
        return ""
    return reason


def _look(starts: Month, ends: Month | None, now: Month) -> str:
    if starts > now:
        return "ahead"
    return "past" if ends is not None and ends <= now else "now"
