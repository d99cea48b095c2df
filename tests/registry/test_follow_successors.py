"""When a commune ends its people go on in the one that took it over; of a divided one, somebody must say where."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.access.types import Actor, Appointment, OutOfArea, Role
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import UnknownPlace
from ansinh.registry.actions import follow_successors, import_register, place_resident
from ansinh.registry.models import Person, Proposal
from ansinh.registry.queries import list_unplaced_residents
from ansinh.registry.residences import homes_in
from tests.registry.conftest import EXAMPLES
from tests.seeding import AT, AUGUST, CHO_DON, NGOC_PHAI, Desk, add_person

# Xã Chợ Đồn took over Ngọc Phái whole and goes on under the code of thị trấn Bằng Lũng, which it took over too.
NEW_CHO_DON, TWO_TIERS = "02020", Month.of(2025, 7)
# Hà Nội's phường Hàng Bông became parts of Hoàn Kiếm, which has Hàng Trống's code, and of Cửa Nam.
DIVIDED, ONE_HEIR, OTHER_HEIR = "00076", "00070", "00082"


def homes(person: Person) -> list[tuple[str, str, str | None, str]]:
    """(commune, first month, end, hamlet) in order."""
    return [
        (home.commune_code, str(home.starts), str(home.ends) if home.ends else None, home.hamlet)
        for home in person.residences.order_by("starts")
    ]


def resident(commune: str = NGOC_PHAI, *, name: str = "Lý Ngọc An", opening: Month = AUGUST) -> Person:
    return add_person(
        name, born=date(1932, 1, 1), category="elderly_80_no_pension", commune=commune, opening=opening
    )  # fmt: skip


def follow(desk: Desk, *communes: str, month: Month = TWO_TIERS) -> tuple[int, int]:
    done = follow_successors(commune_codes=communes, month=month, by=desk.officer, at=AT)
    return done.moved, done.undecided


def test_people_go_on_in_the_commune_that_took_theirs_over(desk: Desk) -> None:
    person = resident()
    version = person.facts_version
    assert follow(desk, NEW_CHO_DON, month=TWO_TIERS + 3) == (1, 0)
    assert homes(person) == [(NGOC_PHAI, "2020-08", "2025-07", "Nà Pài"), (NEW_CHO_DON, "2025-07", None, "Nà Pài")]
    assert Person.objects.get(pk=person.pk).facts_version > version
    assert follow(desk, NEW_CHO_DON, month=TWO_TIERS + 3) == (0, 0)


def test_nobody_moves_before_the_change_nor_without_one(desk: Desk) -> None:
    before, same_code = resident(), resident(NEW_CHO_DON, name="Ma Thị Tuấn")
    assert follow(desk, NGOC_PHAI, NEW_CHO_DON, month=TWO_TIERS + -1) == (0, 0)
    assert follow(desk, NEW_CHO_DON) == (1, 0)
    assert len(homes(before)) == 2
    assert homes(same_code) == [(NEW_CHO_DON, "2020-08", None, "Nà Pài")]


def test_a_home_that_ends_later_goes_on_until_then(desk: Desk) -> None:
    leaving, gone = resident(), resident(name="Ma Thị Tuấn")
    leaving.residences.update(ends=TWO_TIERS + 6)
    gone.residences.update(ends=TWO_TIERS)
    assert follow(desk, NEW_CHO_DON) == (1, 0)
    assert homes(leaving)[1] == (NEW_CHO_DON, "2025-07", "2026-01", "Nà Pài")
    assert len(homes(gone)) == 1


def test_every_change_on_the_way_is_a_home_of_its_own(desk: Desk) -> None:
    """Phú Cát → Gia Hội on 1/7/2021 → Phú Xuân on 1/7/2025, each under another code."""
    person = resident("19771")
    assert follow(desk, "19753") == (2, 0)
    assert [home[:3] for home in homes(person)] == [
        ("19771", "2020-08", "2021-07"),
        ("19756", "2021-07", "2025-07"),
        ("19753", "2025-07", None),
    ]


def test_an_officer_of_elsewhere_moves_nobody(desk: Desk) -> None:
    stranger = Actor(7, "Cán bộ Cao Bằng", (Appointment(Role.OFFICER, "04"),))
    with pytest.raises(OutOfArea):
        follow_successors(commune_codes=(NEW_CHO_DON,), month=TWO_TIERS, by=stranger, at=AT)


def test_people_of_a_divided_commune_wait_to_be_placed(desk: Desk) -> None:
    person = resident(DIVIDED)
    assert follow(desk, ONE_HEIR) == (0, 1)
    assert follow(desk, OTHER_HEIR) == (0, 1)
    (waiting,) = list_unplaced_residents([ONE_HEIR], month=TWO_TIERS)
    assert (waiting.person_id, waiting.home.code, waiting.since) == (person.pk, DIVIDED, TWO_TIERS)
    assert {heir.code for heir in waiting.heirs} == {ONE_HEIR, OTHER_HEIR}
    assert list_unplaced_residents([NEW_CHO_DON], month=TWO_TIERS) == ()

    placed = place_resident(
        person_id=person.pk, commune_code=OTHER_HEIR, from_month=TWO_TIERS, by=desk.officer, at=AT
    )  # fmt: skip
    assert placed.changed
    assert homes(person) == [(DIVIDED, "2020-08", "2025-07", "Nà Pài"), (OTHER_HEIR, "2025-07", None, "Nà Pài")]
    assert follow(desk, ONE_HEIR) == (0, 0)
    again = place_resident(person_id=person.pk, commune_code=OTHER_HEIR, from_month=TWO_TIERS, by=desk.officer, at=AT)
    assert not again.changed


def test_a_heir_that_kept_the_code_must_be_said_too(desk: Desk) -> None:
    person = resident(ONE_HEIR)
    assert follow(desk, ONE_HEIR) == (0, 1)
    place_resident(person_id=person.pk, commune_code=ONE_HEIR, from_month=TWO_TIERS, by=desk.officer, at=AT)
    assert [home[:2] for home in homes(person)] == [(ONE_HEIR, "2020-08"), (ONE_HEIR, "2025-07")]
    assert follow(desk, ONE_HEIR) == (0, 0)


def test_a_placing_in_the_same_month_corrects_the_first(desk: Desk) -> None:
    person = resident(DIVIDED)
    for code in (OTHER_HEIR, ONE_HEIR):
        place_resident(person_id=person.pk, commune_code=code, from_month=TWO_TIERS, by=desk.officer, at=AT)
    assert [home[:2] for home in homes(person)] == [(DIVIDED, "2020-08"), (ONE_HEIR, "2025-07")]


def test_placing_refuses_what_cannot_be(desk: Desk) -> None:
    person = resident(DIVIDED)

    def refused(code: str = ONE_HEIR, month: Month = TWO_TIERS, who: int = person.pk, by: Actor = desk.officer) -> str:
        with pytest.raises(Refusal) as refusal:
            place_resident(person_id=who, commune_code=code, from_month=month, by=by, at=AT)
        return refusal.value.code

    assert refused(code="01") == "not_commune"
    assert refused(code=DIVIDED) == "unknown_place"
    assert refused(code=NGOC_PHAI, month=AUGUST + -1) == "no_home_that_month"
    assert refused(who=0) == "no_such_person"
    heir = Actor(7, "Cán bộ phường", (Appointment(Role.OFFICER, OTHER_HEIR),))
    assert refused(by=heir) == "out_of_area"
    stranger = Actor(8, "Cán bộ Chợ Đồn", (Appointment(Role.OFFICER, NEW_CHO_DON),))
    assert refused(code=NEW_CHO_DON, by=stranger) == "no_such_person"
    # The heir's own officer never had the old commune in their area, and may take its people in.
    assert place_resident(person_id=person.pk, commune_code=OTHER_HEIR, from_month=TWO_TIERS, by=heir, at=AT).changed


def test_an_old_register_proposes_nothing_about_people_of_later(desk: Desk) -> None:
    """Thị trấn Bằng Lũng of 2020 and xã Chợ Đồn of 2026 have one code, and are not one place."""
    later = resident(NEW_CHO_DON, name="Người Đến Sau", opening=Month.of(2026, 11))
    taken = import_register(
        content=(EXAMPLES / "cho-don-2020-08.xlsx").read_bytes(), file_name="so.xlsx", place_code=CHO_DON,
        month=AUGUST, by=desk.officer, at=AT,
    )  # fmt: skip
    assert (taken.accepted, taken.proposals) == (taken.rows - taken.set_aside, 0)
    assert not Proposal.objects.exists()
    assert not homes_in(AUGUST).filter(person=later).exists()


def test_a_place_of_another_day_is_unknown(desk: Desk) -> None:
    with pytest.raises(UnknownPlace):
        place_resident(person_id=1, commune_code="99999", from_month=TWO_TIERS, by=desk.officer, at=AT)
