"""Signed-in visitors of a small seeded place."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from ansinh.access.types import Actor
from tests.seeding import Desk
from tests.web.months import seeded


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return seeded()


def signed_in(actor: Actor) -> Client:
    """A browser in which that person has signed in."""
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.user_id))
    return client


@pytest.fixture
def officer(desk: Desk) -> Client:
    return signed_in(desk.officer)


@pytest.fixture
def approver(desk: Desk) -> Client:
    return signed_in(desk.approver)


@pytest.fixture
def finance(desk: Desk) -> Client:
    return signed_in(desk.finance)


@pytest.fixture
def payer(desk: Desk) -> Client:
    return signed_in(desk.payer)
