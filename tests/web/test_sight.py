"""Numbers in addresses: what the visitor does not see answers exactly as what never was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern
from psycopg import sql

from ansinh.access.types import Role
from ansinh.web.sight import TABLES, UNASKED
from ansinh.web.urls import urlpatterns
from tests.seeding import Desk, appointed
from tests.web.conftest import signed_in
from tests.web.paying import money_at

pytestmark = pytest.mark.django_db

_NUMBER = re.compile(r"<int:(\w+)>")
_OTHERS = {"<slug:form>": "pdf", "<slug:name>": "payment_list", "<slug:action>": "submit_run", "<slug:how>": "match",
           "<month:month>": "2020-08", "<int:line_id>": "1", "<int:session_id>": "1"}  # fmt: skip
_CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|csrf[^>]*')
_NEVER = 900_000_000


def routes() -> Iterator[str]:
    for pattern in urlpatterns:
        if isinstance(pattern, URLPattern):
            yield str(pattern.pattern)


def table_of(route: str, name: str) -> str | None:
    return TABLES.get(name) or TABLES.get(f"{route.split('/', maxsplit=1)[0]} {name}")


def some_row(table: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT min(id) FROM {}").format(sql.Identifier(table)))
        found: int | None = cursor.fetchone()[0]
        return found


def filled(route: str, number: int | None) -> str:
    """The address with a number nothing has, or with numbers of rows that are there."""
    address = _NUMBER.sub(lambda m: str(number or some_row(table_of(route, m[1]) or "") or 1), route)
    return f"/{address}"


def answer(browser: Client, method: str, address: str) -> tuple[int, str, bytes]:
    said = browser.get(address) if method == "GET" else browser.post(address, {"reason": "x"})
    # What was said of this one is not to be read on the next.
    browser.cookies.pop("messages", None)
    # The page names its own address.
    body = said.content.replace(address.encode(), b"").replace(quote(address, safe="").encode(), b"")
    return said.status_code, said.headers.get("Location", ""), _CSRF.sub(b"", body)


def test_every_number_in_an_address_is_known() -> None:
    names = {f"{route.split('/')[0]} {name}" for route in routes() for name in _NUMBER.findall(route)}
    unknown = [one for one in names if one not in TABLES and one.split()[1] not in {*TABLES, *UNASKED}]
    assert unknown == []


@pytest.mark.parametrize("role", [Role.OFFICER, Role.APPROVER, Role.FINANCE, Role.INSPECTOR, Role.ADMINISTRATOR])
def test_what_lies_elsewhere_answers_as_what_never_was(desk: Desk, role: Role) -> None:
    money_at("CLOSED", desk, unpaid=("Ma Xuân Thảo",))
    stranger = signed_in(appointed(role, "02"))
    asked = 0
    for pattern in routes():
        if not any(table_of(pattern, name) for name in _NUMBER.findall(pattern)):
            continue
        route = reduce(lambda said, other: said.replace(*other), _OTHERS.items(), pattern)
        for method in ("GET", "POST"):
            there, never = (
                answer(stranger, method, filled(route, None)),
                answer(stranger, method, filled(route, _NEVER)),
            )
            assert there == never, (method, route)
            # A form of somebody who may not send it goes back with the reason, whatever the number.
            assert there[0] in {403, 404, 405} or there[:2] == (302, "/"), (method, route)
            asked += 1
    assert asked > 80
