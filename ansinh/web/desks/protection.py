"""What protects a person's own record: one whole number shown to somebody who says why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ansinh.access.types import Actor
from ansinh.registry.actions import reveal_number
from ansinh.registry.queries import get_person
from ansinh.registry.types import MaskedNumber, PersonCard
from ansinh.reports.queries import ACCESS_NOTES, read_access_report, render_access_report
from ansinh.web.acts import Act, why_not
from ansinh.web.downloads import file_answer
from ansinh.web.money_forms import WhyForm
from ansinh.web.seeing import acting, does, shows
from ansinh.web.telling import told_export, told_look


def reveal_acts(card: PersonCard, by: Actor) -> list[tuple[MaskedNumber, tuple[Act, ...]]]:
    """Each number of a person with the button that shows it whole; no button for whoever may not."""
    if not by.may("registry.reveal_number"):
        return [(number, ()) for number in card.numbers]
    return [(number, (_reveal_act(card, number, by),)) for number in card.numbers]


def _reveal_act(card: PersonCard, number: MaskedNumber, by: Actor) -> Act:
    return Act(
        key=f"reveal-{number.number_id}",
        title=_("Xem số đầy đủ"),
        address=reverse("web:reveal_number", args=[card.person_id, number.number_id]),
        hint=_("Tên bạn, giờ xem và lý do được lưu vào nhật ký; người hưởng có quyền biết ai đã xem."),
        why_not=why_not("registry.reveal_number", by),
        form=WhyForm(auto_id=f"reveal-{number.number_id}-%s"),
        look="plain",
    )


@require_GET
@shows("registry.see_people")
def who_looked(request: HttpRequest, person_id: int) -> HttpResponse:
    """Who looked at this person, saw their numbers, changed them or took lists of them: for the person who asks."""
    by = acting(request)
    now = timezone.now()
    report = read_access_report(person_id, by=by, at=now)
    told_look(by, "reports.look_access", person_id=person_id)
    context = {"person_id": person_id, "report": report, "sections": report.sections, "notes": ACCESS_NOTES}
    return render(request, "web/people/who_looked.html", context)


@require_GET
@shows("registry.see_people")
def who_looked_paper(request: HttpRequest, person_id: int) -> HttpResponse:
    """The same on paper, to hand over."""
    by = acting(request)
    made = render_access_report(person_id, by=by, at=timezone.now())
    told_export(by, "reports.export_access", person_id=person_id)
    return file_answer(made.content, name=made.file_name, attached=False)


@never_cache
@require_POST
@does("registry.reveal_number")
def reveal(request: HttpRequest, person_id: int, number_id: int) -> HttpResponse:
    """The number whole, in the answer to the form alone: no address shows it, nothing keeps the page."""
    by = acting(request)
    card = get_person(person_id, by=by)
    reason = request.POST.get("reason", "")[:500]
    number = reveal_number(person_id=person_id, number_id=number_id, reason=reason, by=by, at=timezone.now())
    return render(request, "web/people/revealed.html", {"card": card, "number": number, "reason": reason})
