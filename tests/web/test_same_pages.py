"""The second net takes nothing away: every page reads the same under its visitor's own sight as under everybody's."""

from __future__ import annotations

import re
from collections import deque

import pytest
from django.test import Client

from ansinh.access.types import Role
from ansinh.kernel.month import Month
from ansinh.platform.row_security import Sight
from ansinh.registry.models import Person
from tests.seeding import AT, CHO_DON, NGOC_PHAI, PHUONG_VIEN, Desk, add_grant, appointed
from tests.web.conftest import signed_in
from tests.web.months import run_in
from tests.web.paying import money_at

pytestmark = pytest.mark.django_db

_LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')
_LEFT_OUT = ("/static/", "/sign-out/", "/language/", "/account", "/security/")
_CHANGING = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|<time[^>]*>[^<]*</time>|nonce-[\w-]+')
# What tells of looking is another page after each look; files are told of, too.
_TELLS = re.compile(r"who-looked|^/audit/|\.(pdf|xlsx|json|csv)")
_MOST = 150


def reading(browser: Client, address: str) -> tuple[int, bytes]:
    """What a page says, without what is new each time."""
    answer = browser.get(address)
    return answer.status_code, _CHANGING.sub(b"", answer.content) if "html" in answer["Content-Type"] else b""


def links_in(body: bytes) -> list[str]:
    return [link.replace("&amp;", "&") for link in _LINK.findall(body.decode("utf-8", "replace"))]


def differing_pages(browser: Client, monkeypatch: pytest.MonkeyPatch, starts: list[str]) -> tuple[list[str], int]:
    """Addresses, reached by links, whose page is another one when the database shows everything; how many were read."""
    waiting, known, differing = deque(starts), set(starts), []
    while waiting and len(known) < _MOST:
        address = waiting.popleft()
        own = reading(browser, address)
        with monkeypatch.context() as patched:
            patched.setattr("ansinh.web.sight.sight_for", lambda request: Sight(everywhere=True))
            whole = reading(browser, address)
        # What the program refuses anyway, the database may refuse in other words.
        if own != whole and not (own[0] == 404 and whole[0] in {403, 404}):
            differing.append(address)
        for link in links_in(whole[1]):
            if link not in known and not link.startswith(_LEFT_OUT) and not _TELLS.search(link):
                known.add(link)
                waiting.append(link)
    return differing, len(known)


STARTS = [
    "/", "/people/?q=ma", "/orders/", "/batches/", "/recoveries/", "/uncollected/", "/settlement/", "/holds/",
    "/results/", "/registers/", "/upcoming/", "/levels/", "/one-off/", "/people/changes/", "/simulation/",
    "/jobs/", "/runs/whole-place/",
]  # fmt: skip


def test_a_districts_pages_are_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    run_id = money_at("CLOSED", desk, unpaid=("Ma Xuân Thảo",))
    browser = signed_in(appointed(Role.INSPECTOR, CHO_DON))
    starts = [*STARTS, f"/runs/{run_id}/", f"/runs/{run_id}/money/"]
    differing, read = differing_pages(browser, monkeypatch, starts)
    assert (differing, read > 60) == ([], True)


def test_a_communes_pages_are_the_same_with_people_who_came_and_care_across_its_border(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = Person.objects.get(full_name="Ma Thị Tuấn")
    moved.residences.update(ends=Month.of(2020, 9))
    moved.residences.create(commune_code=NGOC_PHAI, starts=Month.of(2020, 9), recorded_at=AT)
    cared = Person.objects.get(full_name="Hoàng Văn Kín")
    add_grant(moved, category="carer_household_exceptional", cared_for=cared)
    run_ids = [run_in("APPROVED", desk, place=commune) for commune in (NGOC_PHAI, PHUONG_VIEN)]
    for place in (NGOC_PHAI, PHUONG_VIEN):
        browser = signed_in(appointed(Role.OFFICER, place, username=f"xa-{place}"))
        people = [f"/people/{person.pk}/" for person in Person.objects.all()]
        starts = [*STARTS, *people, *(f"/runs/{run_id}/" for run_id in run_ids)]
        differing, read = differing_pages(browser, monkeypatch, starts)
        assert (differing, read > 30) == ([], True)
