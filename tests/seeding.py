"""A small register for tests, written through the tables: people with grants in a commune, places loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from ansinh.access.models import Appointment, User
from ansinh.access.queries import (
    DEMONSTRATION_FINANCE,
    DEMONSTRATION_PAYER,
    get_actor,
    get_demonstration_actor,
    get_demonstration_actors,
)
from ansinh.access.roles import Role
from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.names import folded, sort_key
from ansinh.registry.models import Grant, Person, Residence

# Chợ Đồn, Bắc Kạn, as it was in 2020: xã Ngọc Phái and its neighbour xã Phương Viên.
NGOC_PHAI, PHUONG_VIEN, CHO_DON = "02053", "02050", "064"
AT = datetime(2020, 7, 22, 2, 0, tzinfo=UTC)
AUGUST = Month.of(2020, 8)


@dataclass(frozen=True, slots=True)
class Desk:
    """The people who work on a month: who prepares, approves, moves the money, pays it out."""

    officer: Actor
    approver: Actor
    finance: Actor
    payer: Actor


def open_desk() -> Desk:
    """The demonstration's people; the fixture `first_load` has made them and loaded the places."""
    return Desk(
        *get_demonstration_actors(),
        get_demonstration_actor(DEMONSTRATION_FINANCE),
        get_demonstration_actor(DEMONSTRATION_PAYER),
    )


def appointed(role: Role, area: str, *, username: str = "nguoi-moi", payer_code: str = "") -> Actor:
    """A new person with one appointment, as they are today."""
    user, _ = User.objects.get_or_create(
        username=username, defaults={"full_name": f"Người {username}", "created_at": AT, "is_demonstration": True}
    )
    Appointment.objects.create(
        user=user, role=role, area=area, payer_code=payer_code, starts_on=AT.date(), appointed_at=AT
    )
    return get_actor(username)


def add_person(
    name: str,
    *,
    born: date,
    category: str,
    commune: str = NGOC_PHAI,
    starts: Month = Month.of(2019, 1),
    opening: Month = AUGUST,
    precision: str = "day",
    sex: str = "",
    children: int | None = None,
    coefficient: Decimal | None = None,
    cared_for: Person | None = None,
) -> Person:
    """Somebody granted one category in a commune since `starts`, first paid here in `opening`."""
    person = Person.objects.create(
        full_name=name,
        name_key=folded(name),
        sort_key=sort_key(name),
        born_on=born,
        birth_precision=precision,
        sex=sex,
        recorded_at=AT,
    )
    Residence.objects.create(person=person, commune_code=commune, hamlet="Nà Pài", starts=opening, recorded_at=AT)
    add_grant(person, category=category, starts=starts, opening=opening, children=children, coefficient=coefficient,
              cared_for=cared_for)  # fmt: skip
    return person


def add_grant(
    person: Person,
    *,
    category: str,
    starts: Month = Month.of(2019, 1),
    opening: Month = AUGUST,
    children: int | None = None,
    coefficient: Decimal | None = None,
    cared_for: Person | None = None,
) -> Grant:
    """One more decision for a person; their facts move to a new version."""
    Person.objects.filter(pk=person.pk).update(facts_version=person.facts_version + 1)
    person.refresh_from_db()
    return Grant.objects.create(
        person=person,
        category=category,
        starts=starts,
        opening_month=opening,
        decision_no="12/QĐ-UBND",
        decided_on=starts.first_day,
        children=children,
        coefficient=coefficient,
        cared_for=cared_for,
        recorded_at=AT,
    )
