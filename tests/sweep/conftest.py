"""The world of the sweep, built once a module: a commune, its neighbour, and everybody who may ask."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from ansinh.access.models import Appointment
from ansinh.access.roles import PAYERS_ROLES, Role
from tests.seeding import open_desk
from tests.sweep.furnishing import POST, Folk, Things, furnish
from tests.web.second_factors import with_phone

OURS = Folk("02020", "Quàng", "766609", 410_007)
THEIRS = Folk("02026", "Giàng", "533318", 530_011)
# The province of both, and another one.
PROVINCE, ELSEWHERE = "19", "01"
LONG_AGO = date(2020, 1, 1)
PROVINCIAL = frozenset({Role.PROVINCE_OFFICER, Role.PROVINCE_APPROVER})


@dataclass(frozen=True, slots=True)
class World:
    """The two communes, and how to forget that the neighbour has anything."""

    ours: Things
    theirs: Things
    # A savepoint of before anything was there of the neighbour's.
    before_them: str


@pytest.fixture(scope="module")
def world(first_load: object, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Built and, at the end of the module, never been there."""
    with django_db_blocker.unblock(), transaction.atomic():
        desk = open_desk()
        ours = furnish(desk, OURS)
        ours.ids["appointment"] = appoint_everybody().pk
        before = transaction.savepoint()
        theirs = furnish(desk, THEIRS)
        theirs.ids["appointment"] = Appointment.objects.get(user__username="inspector-next-door").pk
        yield World(ours, theirs, before)
        transaction.set_rollback(True)


def appoint_everybody() -> Appointment:
    """Each role here, as a deputy, until yesterday and from tomorrow; next door, in another province, and of another
    payer.
    """
    today = timezone.localdate()
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
    for role in Role:
        here = PROVINCE if role in PROVINCIAL else OURS.place
        ordinary = _appoint("here", role, here)
        _appoint("deputy", role, here, until=tomorrow, instead_of=ordinary)
        _appoint("ended", role, here, until=yesterday)
        _appoint("coming", role, here, since=tomorrow)
        _appoint("next-door", role, ELSEWHERE if role in PROVINCIAL else THEIRS.place)
        _appoint("elsewhere", role, ELSEWHERE)
        if role in PAYERS_ROLES:
            _appoint("other-payer", role, here, payer="ngan-hang")
    found = Appointment.objects.get(user__username="inspector-here")
    with_phone(found.user)
    return found


def _appoint(
    where: str,
    role: Role,
    area: str,
    *,
    since: date = LONG_AGO,
    until: date | None = None,
    payer: str = POST,
    instead_of: Appointment | None = None,
) -> Appointment:
    now = timezone.now()
    user = get_user_model().objects.create(username=f"{role}-{where}", full_name=f"Người {where}", created_at=now)
    return Appointment.objects.create(
        user=user, role=role, area=area, payer_code=payer if role in PAYERS_ROLES else "", starts_on=since,
        ends_on=until, kind="deputy" if instead_of else "ordinary", deputises_for=instead_of,
        reason="đi học" if instead_of else "", appointed_at=now,
    )  # fmt: skip


def visiting(role: Role, where: str, *, proofs: Iterable[str] = ("password", "mfa"), ago: int = 0) -> Client:
    """A browser in which they have signed in just now, with a second factor; or otherwise, so many seconds ago."""
    client = Client(raise_request_exception=False)
    user = get_user_model().objects.get(username=f"{role}-{where}")
    client.force_login(user)
    session = client.session
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [{"method": method, "at": time.time() - ago} for method in proofs]
    session.save()
    return client
