"""Drawing and playing histories: a register of eight, two years of lists, whatever is told in between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ansinh.kernel.month import Month
from ansinh.ops.proving import every_proof
from ansinh.platform.proofs import Proof
from ansinh.registry.models import Grant, Person
from tests.facts_histories.judging import (
    listed_in,
    must_be_owed,
    must_be_paid_by_one_place,
    must_be_the_same_decided_anew,
    must_prove,
    must_stay_within_decisions,
)
from tests.facts_histories.listing import STEPS, list_month
from tests.facts_histories.people import CAST, OLD_COMMUNES, Granted, Somebody, communes_of
from tests.facts_histories.telling import VERBS, Clerk, Tally, Telling
from tests.seeding import Desk, add_person, open_desk

MONTHS = 24
# Windows that cross what the law changed: 7/2021, 7/2024, 7/2025 with the merger, 7/2026 with it too.
FIRSTS = (Month.of(2023, 8), Month.of(2024, 9), Month.of(2024, 11), Month.of(2020, 9))


@dataclass(frozen=True)
class History:
    """When it begins, what is told, and which places list in which months (bits by month; the last all do)."""

    first: Month
    told: tuple[Telling, ...]
    listed: tuple[int, ...]


_tellings = st.builds(
    Telling,
    month=st.integers(0, MONTHS),
    step=st.integers(0, STEPS - 1),
    verb=st.sampled_from(VERBS),
    who=st.integers(0, len(CAST) - 1),
    days=st.integers(-500, 60),
    choice=st.integers(0, 11),
)
_bits = st.integers(0, 2**MONTHS - 1)
histories = st.builds(
    History,
    first=st.sampled_from(FIRSTS),
    told=st.lists(_tellings, min_size=10, max_size=24).map(lambda told: tuple(sorted(told, key=_when))),
    # About every fourth month: what a month left out owes comes as arrears, and the others take less time.
    listed=st.tuples(*[st.builds(int.__and__, _bits, _bits)] * len(OLD_COMMUNES)),
)


def _when(told: Telling) -> tuple[int, int]:
    return told.month, told.step


def settle(first: Month) -> list[Somebody]:
    """The register as every history begins with it."""
    people: list[Somebody] = []
    for role in CAST:
        home = communes_of(first)[role.commune]
        cared_for = None if role.cares_for is None else people[role.cares_for].pk
        person = add_person(
            role.name, born=role.birth(first).first_day, category=role.category, commune=home, opening=first,
            starts=first + -6, sex=role.sex, children=role.children,
            cared_for=None if cared_for is None else Person.objects.get(pk=cared_for),
        )  # fmt: skip
        grant = Grant.objects.get(person=person)
        people.append(Somebody(person.pk, role.name, role.birth(first), role.sex, home))
        people[-1].grants.append(
            Granted(grant.pk, role.category, first + -6, first, grant.decided_on, role.children, cared_for)
        )
    return people


def play_one(history: History, proofs: tuple[Proof, ...], tally: Tally) -> None:
    """The whole of a history; what is wrong with it is raised."""
    desk: Desk = open_desk()
    clerk = Clerk(desk, settle(history.first), tally)
    last = history.first + MONTHS
    for number, month in enumerate(history.first.until(last + 1)):
        clerk.now = datetime(month.year, month.number, 10, 3, 0, tzinfo=UTC)
        waiting = [told for told in history.told if told.month == number]
        for told in waiting:
            if told.step == 0 or month == last:
                clerk.tell(told)
        _list_places(clerk, history, number, month, [] if month == last else waiting)
        if number == MONTHS // 2:
            # In between too: what was told since the lists is waiting, not wrong.
            must_prove(proofs)
    listed = listed_in(history.first)
    tally.cells += must_be_owed(clerk.people, listed, history.first, last)
    must_stay_within_decisions(clerk.people, listed)
    must_be_paid_by_one_place(history.first)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    must_prove(proofs)
    must_be_the_same_decided_anew(desk, communes_of(last), last, clerk.now)
    tally.histories += 1


def _list_places(clerk: Clerk, history: History, number: int, month: Month, waiting: list[Telling]) -> None:
    """Each place that lists the month; what waits for a step is told in one of the lists, else after all."""
    left = [told for told in waiting if told.step]

    def tell(step: int, place: int) -> None:
        for told in [one for one in left if one.step == step and one.choice % len(OLD_COMMUNES) == place]:
            left.remove(told)
            clerk.tell(told)

    for place, code in enumerate(communes_of(month)):
        if number == MONTHS or history.listed[place] >> number & 1:
            list_month(clerk, code, month, lambda step, place=place: tell(step, place))  # type: ignore[misc]
    for told in left:
        clerk.tell(told)


def play(count: int, tally: Tally, *, seeded: bool) -> None:
    """So many histories, each taken back at its end; `seeded`: the same ones each time."""
    proofs = tuple(proof for proof in every_proof() if proof.code != "database_guards")

    @settings(
        max_examples=count,
        deadline=None,
        derandomize=seeded,
        database=None,
        # Making a failing history smaller takes hours: what it says of those concerned is enough.
        phases=(Phase.generate,),
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        print_blob=not seeded,
    )
    @given(histories)
    def each(history: History) -> None:
        with transaction.atomic():
            play_one(history, proofs, tally)
            transaction.set_rollback(True)

    each()
