"""Record a decision that grants somebody an allowance."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.policy import load_pack, start_month
from ansinh.policy.types import Grant as DecidedGrant
from ansinh.policy.types import PersonFacts
from ansinh.registry.changing import Held, hold_person, must_be_past, must_have_paper, write_change
from ansinh.registry.models import Grant, Person, changed
from ansinh.registry.queries.circles import grants_of
from ansinh.registry.queries.people import NoSuchPerson
from ansinh.registry.rules import GRANT, facts_after, first_month_without, standing
from ansinh.registry.types import ChangeRecorded, Paper


class SameGrantRunning(Refusal):
    """{who} đang hưởng diện "{category}" theo quyết định số {grant_id} trong sổ. Một diện không được quyết định hai
    lần; hãy ghi thôi hưởng quyết định cũ trước, hoặc ghi thông tin thay đổi để điều chỉnh."""


@action(permission="registry.record_grant", name="Ghi quyết định hưởng")
def record_grant(
    *,
    person_id: int,
    category: str,
    paper: Paper,
    by: Actor,
    at: datetime,
    starts: Month | None = None,
    cared_for_id: int | None = None,
    children: int | None = None,
    coefficient: Decimal | None = None,
    applied_on: date | None = None,
) -> ChangeRecorded:
    """The decision from `starts`; None: the month the law says, by the signing, the certificate or the birthday.

    Refuses a decision without number and day (PaperMissing), an unknown category (NoSuchCategory) and a second
    running decision of one category for the same person (SameGrantRunning).
    """
    must_have_paper(paper)
    signed_on = paper.decided_on or date.min
    must_be_past(signed_on, at)
    pack = load_pack()
    held = hold_person(person_id, by=by)
    _refuse_second(held, category, cared_for_id, starts or Month.containing(signed_on), pack.category(category).name_vi)
    if starts is None:
        decided = DecidedGrant(
            key="", person="", category=category, for_person="", signed_on=signed_on, applied_on=applied_on
        )
        starts = start_month(decided, _facts(held, cared_for_id), pack=pack) or Month.containing(signed_on)
    grant = Grant.objects.create(
        person=held.person,
        category=category,
        starts=starts,
        opening_month=starts,
        decision_no=paper.decision_no.strip(),
        decided_on=signed_on,
        coefficient=coefficient,
        children=children,
        cared_for_id=cared_for_id,
        recorded_at=at,
    )
    told = {"grant_id": grant.pk, "category": category, "starts": str(starts)}
    return write_change(held, GRANT, signed_on, told, paper=paper, by=by, at=at)


def _refuse_second(held: Held, category: str, cared_for_id: int | None, month: Month, name: str) -> None:
    for grant in grants_of(held.person.pk):
        same_cared = grant.for_person == (None if cared_for_id is None else str(cared_for_id))
        ends = first_month_without(grant)
        if grant.category == category and same_cared and (ends is None or ends > month):
            raise SameGrantRunning(who=held.person.full_name, category=name, grant_id=grant.key)


def _facts(held: Held, cared_for_id: int | None) -> PersonFacts:
    """Of the person whose age and certificate count: the cared-for one, else the payee."""
    person, changes = held.person, held.counting
    if cared_for_id is not None:
        found = Person.objects.filter(pk=cared_for_id).first()
        if found is None:
            raise NoSuchPerson(person_id=cared_for_id)
        person, changes = found, standing(changed(row) for row in found.changes.all())
    return facts_after(PersonFacts(born=person.born_on), changes)
