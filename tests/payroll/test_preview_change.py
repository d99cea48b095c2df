"""What a change would do, told before it is recorded: the same to the đồng as the next list, and nothing remains."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest

from ansinh.access.types import Actor, Appointment, Role
from ansinh.kernel.birth import BirthDate
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions import open_run
from ansinh.payroll.models import Line, Run
from ansinh.payroll.queries import ChangePreview, preview_change
from ansinh.platform.models import AuditEntry
from ansinh.registry.actions import (
    correct_birth,
    merge_people,
    move_resident,
    record_death,
    record_fact,
    record_grant,
    resume_grant,
    stop_grant,
    suspend_grant,
    undo_change,
)
from ansinh.registry.models import Change, Grant, Person, Residence
from ansinh.registry.types import ChangeRecorded, Paper
from tests.payroll.conftest import play, prepare
from tests.seeding import NGOC_PHAI, PHUONG_VIEN, Desk, add_person, open_desk

OCTOBER, MARCH = Month.of(2021, 10), Month.of(2022, 3)
AT = datetime(2022, 2, 20, 2, 0, tzinfo=UTC)
PAPER = Paper("30/QĐ-UBND", date(2022, 2, 15), "", "")


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return open_desk()


@pytest.fixture
def person(desk: Desk) -> Person:
    """Severely disabled, 1,5 × 360.000 = 540.000 a month since 10/2021, listed to 2/2022; a neighbour beside."""
    found = add_person("Nông Đình Chánh", born=date(1965, 5, 5), category="disabled_severe", opening=OCTOBER)
    add_person("Lý Thị Hàng Xóm", born=date(1965, 5, 5), category="disabled_severe", opening=OCTOBER)
    return found


def played(desk: Desk, *places: str) -> None:
    for month in OCTOBER.until(MARCH):
        for place in places or (NGOC_PHAI,):
            play(desk, month, place)


def previewed(record: Callable[[], ChangeRecorded], desk: Desk, *person_ids: int) -> ChangePreview:
    return preview_change(record, person_ids=person_ids, by=desk.officer, at=AT)


def dying(desk: Desk, person: Person, day: date = date(2021, 11, 18)) -> Callable[[], ChangeRecorded]:
    return lambda: record_death(person_id=person.pk, died_on=day, paper=PAPER, by=desk.officer, at=AT)


def test_a_death_says_which_months_the_next_list_takes_back(desk: Desk, person: Person) -> None:
    """Died 11/2021, listed to 2/2022: 12/2021–2/2022 come back, 3 × 540.000 = 1.620.000; nothing of it remains."""
    played(desk)
    kept = Change.objects.count(), AuditEntry.objects.count(), Person.objects.get(pk=person.pk).facts_version
    (effect,) = previewed(dying(desk, person), desk, person.pk).people
    assert [(one.kind, str(one.first), str(one.last), one.count, int(one.total_dong)) for one in effect.lines] == [
        ("recovery", "2021-12", "2022-02", 3, -1_620_000)
    ]
    assert [(one.kind, int(one.total_dong)) for one in effect.lines_without] == [("regular", 540_000)]
    (moved,) = effect.moved
    assert (str(moved.starts), moved.goes_on, [int(one.amount) for one in moved.before], moved.after) == (
        "2021-12", True, [540_000], (),
    )  # fmt: skip
    assert "đã chết" in effect.because
    assert [int(one.amount) for one in effect.once] == [7_200_000]
    assert kept == (
        Change.objects.count(), AuditEntry.objects.count(), Person.objects.get(pk=person.pk).facts_version,
    )  # fmt: skip


def test_whoever_is_paid_for_caring_is_named_and_their_support_ends_too(desk: Desk, person: Person) -> None:
    """Support for caring ends with the month the cared-for person died in (khoản 2 Điều 2 Thông tư 02/2021)."""
    cared = add_person("Ma Xuân Thảo", born=date(1981, 2, 27), category="disabled_exceptional", opening=OCTOBER)
    carer = add_person("Đặng Thị Dương", born=date(1982, 1, 9), category="carer_household_exceptional",
                       cared_for=cared, opening=OCTOBER)  # fmt: skip
    played(desk)
    found = previewed(dying(desk, cared), desk, cared.pk)
    assert [one.full_name for one in found.people] == ["Ma Xuân Thảo", "Đặng Thị Dương"]
    of_carer = found.people[1]
    assert [(one.kind, one.count, int(one.total_dong)) for one in of_carer.lines] == [("recovery", 3, -1_080_000)]
    dying(desk, cared)()
    play(desk, MARCH)
    assert _listed(carer) == {("recovery", month): -360_000 for month in ("2021-12", "2022-01", "2022-02")}


def _listed(person: Person) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for line in Line.objects.filter(person_id=person.pk, payroll_month=MARCH):
        key = line.kind, str(line.entitlement_month)
        found[key] = found.get(key, 0) + line.amount_dong.value
    return found


def _kinds(desk: Desk, person: Person, double: Person) -> dict[str, Callable[[], ChangeRecorded]]:
    """Changes of every kind that move money."""
    grant = Grant.objects.get(person=person)
    common: dict[str, Any] = {"person_id": person.pk, "paper": PAPER, "by": desk.officer, "at": AT}

    def regraded() -> ChangeRecorded:
        stop_grant(grant_id=grant.pk, happened_on=date(2021, 9, 30), **common)
        record_fact(kind="disability", value="exceptional", effective_on=date(2021, 10, 11), **common)
        return record_grant(category="disabled_exceptional",
                            **{**common, "paper": Paper("9/QĐ-UBND", date(2021, 12, 20))})  # fmt: skip

    return {
        "death": lambda: record_death(died_on=date(2021, 12, 3), **common),
        "stop": lambda: stop_grant(grant_id=grant.pk, happened_on=date(2022, 1, 9), **common),
        "suspend": lambda: suspend_grant(grant_id=grant.pk, from_month=Month.of(2022, 2), **common),
        "birth": lambda: correct_birth(birth=BirthDate.parse_vi("1958"), **common),
        "move": lambda: move_resident(commune_code=PHUONG_VIEN, from_month=Month.of(2022, 1), **common),
        "leave": lambda: move_resident(from_month=Month.of(2022, 2), **common),
        "prison": lambda: record_fact(
            kind="imprisoned", value="yes", effective_on=date(2021, 12, 2), **common
        ),
        "regrade": regraded,
        "merge": lambda: merge_people(double_id=double.pk, from_month=MARCH, **common),
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["death", "stop", "suspend", "birth", "move", "leave", "prison", "regrade", "merge"])
def test_the_next_list_is_what_was_told(desk: Desk, person: Person, kind: str) -> None:
    double = add_person("Nông Đình Tránh", born=date(1965, 5, 6), category="disabled_severe", opening=OCTOBER)
    add_person("Hà Văn Ở Đó", born=date(1965, 5, 5), category="disabled_severe", opening=OCTOBER, commune=PHUONG_VIEN)
    played(desk, NGOC_PHAI, PHUONG_VIEN)
    record = _kinds(desk, person, double)[kind]
    told = previewed(record, desk, person.pk, double.pk)
    record()
    for place in (NGOC_PHAI, PHUONG_VIEN):
        play(desk, MARCH, place)
    for effect, one in zip(told.people, (person, double), strict=True):
        sums: dict[str, int] = {}
        for (line_kind, _), dong in _listed(one).items():
            sums[line_kind] = sums.get(line_kind, 0) + dong
        assert effect.list_month == MARCH
        assert {line.kind: int(line.total_dong) for line in effect.lines} == sums


def test_an_undoing_is_told_like_any_change(desk: Desk, person: Person) -> None:
    """Dead since 12/2021 by mistake, recovered in 3/2022: undone, 1–2/2022 and March come back with April."""
    played(desk)
    wrong = dying(desk, person, date(2021, 12, 1))()
    play(desk, MARCH)

    def undo() -> ChangeRecorded:
        return undo_change(change_id=wrong.change_id, reason="trùng tên", by=desk.officer, at=AT)

    (effect,) = previewed(undo, desk, person.pk).people
    assert [(one.kind, one.count, int(one.total_dong)) for one in effect.lines] == [
        ("regular", 1, 540_000),
        ("arrears", 3, 1_620_000),
    ]
    assert not Change.objects.filter(undoes__isnull=False).exists()


def test_a_resumption_is_told_from_its_month(desk: Desk, person: Person) -> None:
    played(desk)
    grant = Grant.objects.get(person=person)
    common: dict[str, Any] = {"person_id": person.pk, "grant_id": grant.pk, "paper": PAPER, "by": desk.officer}
    suspend_grant(from_month=Month.of(2022, 1), at=AT, **common)
    record = partial(resume_grant, resumed_on=date(2022, 2, 10), at=AT, **common)
    (effect,) = previewed(record, desk, person.pk).people
    assert [(str(one.starts), [int(share.amount) for share in one.after]) for one in effect.moved] == [
        ("2022-02", [540_000])
    ]


@pytest.mark.parametrize("computed", [True, False])
def test_a_list_in_hand_stays_as_it_is_and_is_named(desk: Desk, person: Person, computed: bool) -> None:
    """March is frozen already: its 540.000 goes out, and April takes 12/2021–3/2022 back, 4 × 540.000."""
    played(desk)
    if computed:
        prepare(desk, MARCH)
    else:
        open_run(place_code=NGOC_PHAI, month=MARCH, by=desk.officer, at=AT)
    run = Run.objects.get(month=MARCH)
    record = dying(desk, person)
    (effect,) = previewed(record, desk, person.pk).people
    assert effect.in_hand is not None
    assert (effect.in_hand.pk, effect.list_month) == (run.pk, MARCH + 1)
    assert [(one.kind, one.count, int(one.total_dong)) for one in effect.lines] == [("recovery", 4, -2_160_000)]


def test_nobody_on_any_list_yet_and_a_suspension_to_come(desk: Desk, person: Person) -> None:
    grant = Grant.objects.get(person=person)
    record = partial(
        suspend_grant,
        person_id=person.pk,
        grant_id=grant.pk,
        from_month=Month.of(2021, 12),
        paper=PAPER,
        by=desk.officer,
        at=AT,
    )
    (effect,) = previewed(record, desk, person.pk).people
    assert effect.list_month == OCTOBER
    assert effect.lines == effect.lines_without
    assert [str(one.starts) for one in effect.moved] == ["2021-12"]


def test_refusals_are_the_changes_own(desk: Desk, person: Person) -> None:
    stranger = Actor(9, "Cán bộ Cao Bằng", (Appointment(Role.OFFICER, "04"),))
    for by, code in ((desk.approver, "not_permitted"), (stranger, "no_such_person")):
        record = partial(record_death, person_id=person.pk, died_on=date(2021, 11, 18), paper=PAPER, by=by, at=AT)
        with pytest.raises(Refusal) as refused:
            preview_change(record, person_ids=(person.pk,), by=by, at=AT)
        assert refused.value.code == code
    assert not Change.objects.exists()
    assert Residence.objects.filter(person=person).count() == 1
