"""Lists made while officers tell of the very people in them: no edit is lost, and the next list makes good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

from ansinh.entitlement.models import Span, SpanState
from ansinh.kernel.birth import BirthDate
from ansinh.kernel.month import Month
from ansinh.payroll.models import Line, Run
from ansinh.registry.actions import correct_birth, move_resident, record_death, record_fact, stop_grant
from ansinh.registry.models import Change, Grant, Person, Residence
from ansinh.registry.types import Paper
from tests.committing import at_once
from tests.concurrency.conftest import JANUARY, answered, approve, at_of, first_communes, prepare, provinces, settle
from tests.seeding import Desk

PAPER = Paper("30/QĐ-UBND", date(2026, 1, 1), "", "")
FEBRUARY = JANUARY + 1
AT = at_of(JANUARY)
Edit = Callable[[], object]


def edits_of(desk: Desk, people: list[Person], elsewhere: str) -> list[Edit]:
    """What is told of a commune's four people: a death, an end, a move, a birth corrected, and twice of the carer."""
    cared, stopped, moved, carer = people
    grant = Grant.objects.get(person=stopped)
    return [
        lambda: record_fact(
            person_id=cared.pk, kind="poverty", value="poor", effective_on=date(2026, 1, 1), paper=PAPER,
            by=desk.officer, at=AT,
        ),
        lambda: stop_grant(
            person_id=stopped.pk, grant_id=grant.pk, happened_on=date(2026, 1, 1), paper=PAPER, by=desk.officer, at=AT
        ),
        lambda: move_resident(
            person_id=moved.pk, from_month=FEBRUARY, commune_code=elsewhere, paper=PAPER, by=desk.officer, at=AT
        ),
        lambda: correct_birth(
            person_id=carer.pk, birth=BirthDate(date(1981, 3, 3), "day"), paper=PAPER, by=desk.officer, at=AT
        ),
        lambda: record_death(person_id=cared.pk, died_on=date(2026, 1, 1), paper=PAPER, by=desk.officer, at=AT),
    ]  # fmt: skip


def test_lists_and_edits_of_the_same_people(desk: Desk) -> None:
    communes = [commune for province in provinces()[:4] for commune in first_communes(province, 2)]
    people = {commune: settle(commune) for commune in communes}
    edits = [
        edit
        for commune, beside in zip(communes, communes[1:] + communes[:1], strict=True)
        for edit in edits_of(desk, people[commune], beside)
    ]

    lists: list[int] = []

    def worker(number: int) -> Counter[str]:
        """Two make the lists, three are officers who tell what they heard, each every third of it."""
        if number < 2:
            lists.extend(prepare(desk, commune, JANUARY) for commune in communes[number::2])
            return Counter()
        return Counter(answered(edit) for edit in edits[number - 2 :: 3])

    assert sum(at_once(5, worker), Counter[str]()) == {"done": len(edits)}
    assert Change.objects.count() == len(edits)
    assert Residence.objects.filter(starts=FEBRUARY).count() == len(communes)
    for run_id in lists:
        approve(desk, run_id, JANUARY)
    # Whatever the lists of January had seen of it, those of February bring everybody to what is owed.
    for commune in communes:
        approve(desk, prepare(desk, commune, FEBRUARY), FEBRUARY)
    stale = Person.objects.exclude(pk__in=[
        state.person_id for state in SpanState.objects.all()
        if Person.objects.get(pk=state.person_id).facts_version == state.facts_version
    ])  # fmt: skip
    assert list(stale) == []
    for cared, stopped, moved, carer in people.values():
        assert paid(cared, FEBRUARY) == 0
        # The month of the death is paid; the care for the dead ends with it, and so does a decision stopped in January.
        assert (paid(cared, JANUARY) > 0, paid(carer, FEBRUARY), paid(stopped, FEBRUARY)) == (True, 0, 0)
        # Each by one commune, by the level of the place they belonged to that month.
        assert min(paid(moved, JANUARY), paid(moved, FEBRUARY)) > 0
        (last,) = Line.objects.filter(payroll_month=FEBRUARY, person_id=moved.pk)
        assert last.commune_code == Residence.objects.get(person=moved, starts=FEBRUARY).commune_code
    assert Run.objects.filter(state="APPROVED").count() == 2 * len(communes)


def paid(person: Person, month: Month) -> int:
    """Đồng of all lists for a month."""
    return sum(one.amount_dong.value for one in Line.objects.filter(person_id=person.pk, entitlement_month=month))


def test_officers_who_tell_of_one_household_at_once(desk: Desk) -> None:
    """Of the cared for and of the carer, in either order, while their list is opened: nobody waits in a circle."""
    communes = first_communes(provinces()[0], 6)
    people = [settle(commune, 1) for commune in communes]

    def told(number: int) -> Counter[str]:
        said: Counter[str] = Counter()
        for turn, commune in enumerate(communes):
            cared, carer = people[turn]
            person = carer if (number + turn) % 2 else cared
            if number == 0:
                said[answered(lambda commune=commune: prepare(desk, commune, JANUARY))] += 1
                continue
            said[
                answered(
                    lambda person=person, number=number: correct_birth(
                        person_id=person.pk, birth=BirthDate(date(1970, number, 7), "day"), paper=PAPER,
                        by=desk.officer, at=AT,
                    )
                )
            ] += 1  # fmt: skip
        return said

    assert sum(at_once(7, told), Counter[str]()) == {"done": 7 * len(communes)}
    changed = Counter(Change.objects.values_list("person_id", flat=True))
    assert sum(changed.values()) == 6 * len(communes)
    for cared, carer in people:
        for person in (cared, carer):
            before = person.facts_version
            person.refresh_from_db()
            # Each edit of the cared for moves the carer too; one of the carer moves nobody else.
            beside = changed[cared.pk] if person == carer else 0
            assert person.facts_version == before + changed[person.pk] + beside
    assert Span.objects.filter(superseded_at=None).exists()
