"""What is given once, as people read it: occasions, who is on them, how many a gift would reach."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Sum

from ansinh.access.queries import reach_of
from ansinh.access.types import Actor
from ansinh.entitlement.queries import count_stale
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payroll.laws import law_at
from ansinh.payroll.models import Occasion, OneOffPayee, Run
from ansinh.payroll.one_off import NoSuchOccasion, find_gift_people
from ansinh.payroll.one_off_repeats import list_alike
from ansinh.payroll.one_off_types import Criteria, GiftPreview, OccasionCard, PayeeCard
from ansinh.places.queries import list_commune_codes, path_of
from ansinh.registry.queries import names_of


def list_occasions(*, by: Actor) -> list[OccasionCard]:
    """The actor's occasions, the newest first."""
    reaches = reach_of(by)
    mine = [one for one in Occasion.objects.order_by("-pk") if reaches(one.place_code, one.month.first_day)]
    return _cards(mine)


def get_occasion(occasion_id: int, *, by: Actor) -> OccasionCard:
    """One occasion; refuses (NoSuchOccasion) one outside the actor's areas as unknown."""
    found = Occasion.objects.filter(pk=occasion_id).first()
    if found is None or not by.reaches(path_of(found.place_code, found.month.first_day)):
        raise NoSuchOccasion(occasion_id=occasion_id)
    return _cards([found])[0]


def list_payees(occasion_id: int, *, by: Actor) -> list[PayeeCard]:
    """Who is on an occasion's list, in the order they were listed."""
    get_occasion(occasion_id, by=by)
    payees = list(OneOffPayee.objects.filter(occasion_id=occasion_id).order_by("pk").prefetch_related("martyrs"))
    people = names_of([one.person_id for one in payees])
    return [
        PayeeCard(
            person_id=one.person_id,
            full_name=people[one.person_id][0],
            born_year=people[one.person_id][1],
            commune_code=one.commune_code,
            household_id=one.household_id,
            amount_dong=one.amount_dong,
            article=one.article,
            reason=one.reason,
            collector=", ".join(filter(None, (one.collector_name, one.collector_relation))),
            martyrs=tuple(str(martyr) for martyr in one.martyrs.all()),
        )
        for one in payees
    ]


def preview_gift(
    place_code: str, month: Month, decided_on: date, criteria: Criteria, amount: Dong, *, per_household: bool, by: Actor
) -> GiftPreview:
    """How many a gift would reach and the sum, as the register stands; nothing is written."""
    path = path_of(place_code, month.first_day)
    by.must_reach(path)
    found = find_gift_people(place_code, month, decided_on, criteria, per_household=per_household)
    waiting = 0
    if criteria.asks_benefits:
        waiting = count_stale(list_commune_codes(place_code, month.first_day), month, law=law_at(path, month))
    return GiftPreview(
        payees=len(found.payees),
        people=sum(one.members for one in found.payees),
        total_dong=Dong(amount.value * len(found.payees)),
        by_decision=sum(one.by_decision for one in found.payees),
        unclear=found.unclear,
        waiting=waiting,
    )


def list_alike_occasions(
    kind: str,
    title: str,
    place_code: str,
    month: Month,
    *,
    decision_no: str,
    decided_on: date,
    by: Actor,
    for_year: int | None = None,
) -> list[OccasionCard]:
    """What was recorded before as one about to be: of its kind and decision number, or title, month and place.

    Of the place itself, what is above it and within it: communes that each list by one decision of the province do
    not give twice.
    """
    path = path_of(place_code, month.first_day)
    by.must_reach(path)
    found = list_alike(
        kind, title, place_code, month, decision_no=decision_no, decided_on=decided_on, for_year=for_year
    )
    return _cards(
        one for one in found if one.place_code in path or place_code in path_of(one.place_code, one.month.first_day)
    )


def _cards(occasions: Iterable[Occasion]) -> list[OccasionCard]:
    occasions = list(occasions)
    ids = [one.pk for one in occasions]
    payees = OneOffPayee.objects.filter(occasion_id__in=ids).order_by()
    sums = payees.values_list("occasion_id").annotate(Count("pk"), Sum("amount_dong"))
    told = {occasion_id: (people, Dong(int(dong))) for occasion_id, people, dong in sums}
    runs = {run.occasion_id: run for run in Run.objects.filter(occasion_id__in=ids).exclude(state="CANCELLED")}
    return [_card(one, told.get(one.pk, (0, Dong(0))), runs.get(one.pk)) for one in occasions]


def _card(one: Occasion, listed: tuple[int, Dong], run: Run | None) -> OccasionCard:
    return OccasionCard(
        occasion_id=one.pk,
        kind=one.kind,
        title=one.title,
        place_code=one.place_code,
        month=one.month,
        decision_no=one.decision_no,
        decided_on=one.decided_on,
        amount_dong=one.amount_dong,
        per_household=one.per_household,
        criteria=Criteria.from_json(one.criteria) if one.criteria else None,
        payees=listed[0],
        total_dong=listed[1],
        run_id=run.pk if run is not None else None,
        state=run.state if run is not None else "",
        article=one.article,
        for_year=one.for_year,
    )
