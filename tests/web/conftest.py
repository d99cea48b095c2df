"""Signed-in visitors of a small seeded place."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from ansinh.access.types import Actor
from tests.seeding import Desk
from tests.web.markup import inline_faults
from tests.web.months import seeded


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return seeded()


class Reader(Client):
    """A browser that looks at every page it is given: nothing inline, no form without its token."""

    def request(self, **request: Any) -> Any:
        """As any client, but a page with a fault in its markup fails the test that asked for it."""
        response = super().request(**request)
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            assert inline_faults(response.content.decode()) == [], request.get("PATH_INFO")
        return response


def signed_in(actor: Actor) -> Client:
    """A browser in which that person has signed in."""
    client = Reader()
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
