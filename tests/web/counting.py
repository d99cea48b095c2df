"""How many questions of the database a page costs, as it is read by a visitor under row-level security."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client

# Said to the connection, not asked of a table: roles, settings and savepoints.
_SAID = ("SAVEPOINT", "RELEASE", "SET LOCAL", "RESET", "SELECT set_config")


def questions_of(browser: Client, address: str) -> list[str]:
    """The statements a page that was read before costs, sign-in and the trail's entry among them."""
    assert browser.get(address).status_code == 200, address
    asked: list[str] = []

    def heard(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if not str(sql).startswith(_SAID):
            asked.append(" ".join(str(sql).split())[:300])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(heard):
        assert browser.get(address).status_code == 200, address
    return asked
