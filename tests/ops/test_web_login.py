"""The served web signs in to the database as somebody who owns nothing, and sees nothing until told for whom."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection

from ansinh.ops.web_login import SERVED, WebLoginCannot, WebSignsInAsOwner, web_address
from ansinh.platform.database import Address, outside_url
from ansinh.platform.row_security import PLACES
from tests.committing import transactional_db
from tests.seeding import NGOC_PHAI
from tests.web.months import seeded

__all__ = ["transactional_db"]

pytestmark = [
    pytest.mark.skipif(outside_url() is not None, reason="the login of our own PostgreSQL"),
]


@pytest.fixture
def owner(transactional_db: None) -> Address:
    """The committed small register, as its owner opens it."""
    seeded()
    told = connection.settings_dict
    connection.close()
    return Address(told["HOST"], told["PORT"], told["NAME"], told["USER"], told["PASSWORD"])


def test_its_own_login_sees_and_changes_nothing_by_itself(owner: Address) -> None:
    address = web_address(owner)
    assert address.user == SERVED
    # Made a second time, by another server that starts.
    assert web_address(owner) == address
    with psycopg.connect(address.conninfo, autocommit=True) as web:
        count = "SELECT count(*) FROM registry_person"
        assert web.execute(count).fetchone() == (0,)
        web.execute(f"SELECT set_config('{PLACES}', '{NGOC_PHAI}', FALSE)")
        assert web.execute(count).fetchone() == (3,)
        web.execute("RESET ALL")
        web.execute("RESET ROLE")
        assert web.execute("SELECT current_user").fetchone() == ("ansinh_web",)
        assert web.execute(count).fetchone() == (0,)
        for refused in ("SET ROLE ansinh", "UPDATE registry_person SET sex = ''", "CREATE TABLE public.mine (x int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute(refused)


def test_without_a_login_of_its_own_the_owner_steps_down(owner: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", owner.conninfo)
    address = web_address(owner)
    assert address.user == owner.user
    with psycopg.connect(address.conninfo) as web:
        assert web.execute("SELECT count(*) FROM registry_person").fetchone() == (0,)


def test_a_login_that_may_too_much_or_too_little_is_refused(owner: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", owner.conninfo)
    with psycopg.connect(owner.conninfo, autocommit=True) as connected:
        for name, rights in (("test_too_much", "BYPASSRLS"), ("test_too_little", "")):
            connected.execute(f"DROP ROLE IF EXISTS {name}")
            connected.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'x' {rights}")
        connected.execute("GRANT ansinh_web, ansinh_worker TO test_too_much; GRANT ansinh_web TO test_too_little")
        where = f"host={owner.host} port={owner.port} dbname={owner.name} password=x"
        try:
            monkeypatch.setenv("DATABASE_URL_WEB", f"{where} user=test_too_much")
            with pytest.raises(WebSignsInAsOwner):
                web_address(owner)
            monkeypatch.setenv("DATABASE_URL_WEB", f"{where} user=test_too_little")
            with pytest.raises(WebLoginCannot):
                web_address(owner)
        finally:
            connected.execute("DROP ROLE test_too_much; DROP ROLE test_too_little")
