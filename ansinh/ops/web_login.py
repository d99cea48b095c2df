"""What the served web signs in to the database as: never a role that owns a table.

With PostgreSQL of our own the web has a login made here; outside, DATABASE_URL_WEB names it. Without that it signs in
as the owner and steps down before its first question: weaker, since whoever ran SQL of their own could step up again.
"""

from __future__ import annotations

import os
from dataclasses import replace

import psycopg
from django.db import connections
from psycopg import sql

from ansinh.kernel.refusal import Refusal
from ansinh.platform.database import Address, address_in, outside_url
from ansinh.platform.home import current_home
from ansinh.platform.row_security import WEB, WORKER

SERVED = "ansinh_served"
_VARIABLE = "DATABASE_URL_WEB"


class WebSignsInAsOwner(Refusal):
    """Trang web đang đăng nhập cơ sở dữ liệu bằng {login}, là chủ các bảng hoặc có quyền vượt kiểm soát theo dòng.
    Hãy đặt DATABASE_URL_WEB là một tài khoản riêng; xem docs/how-to/own-postgresql.md, mục "The web's own login"."""


class WebLoginCannot(Refusal):
    """Trang web không dùng được cơ sở dữ liệu bằng tài khoản của mình ({why}).
    Hãy xem docs/how-to/own-postgresql.md, mục "The web's own login"."""


def outside_web_url() -> str | None:
    """DATABASE_URL_WEB when the operator has set one."""
    return os.environ.get(_VARIABLE, "").strip() or None


def web_address(owner: Address) -> Address:
    """The database as the served web opens it; it begins as `ansinh_web` and comes back to that, whatever is reset.

    Refuses (WebSignsInAsOwner, WebLoginCannot) a login of the operator's that may more than it must, or less.
    """
    if outside_url() is None:
        address = _own_login(owner)
    elif (url := outside_web_url()) is not None:
        address = address_in(url)
    else:
        address = owner
    address = _stepped_down(address)
    _check(address, must_be_another=address.user != owner.user)
    return address


def serve_as_web(owner: Address) -> None:
    """From now on every connection of this process is the web's."""
    address = web_address(owner)
    connections["default"].close()
    connections.settings["default"].update(address.as_django())


def _own_login(owner: Address) -> Address:
    """The login of our own PostgreSQL: it may become the web's and the workers' role and inherits nothing."""
    password = current_home().kept_secret("web_password", size=24)
    with psycopg.connect(owner.conninfo, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [SERVED]).fetchone()
        verb = sql.SQL("ALTER" if known else "CREATE")
        parts = {"verb": verb, "login": sql.Identifier(SERVED), "password": sql.Literal(password)}
        connection.execute(sql.SQL("{verb} ROLE {login} LOGIN NOINHERIT PASSWORD {password}").format(**parts))
        for role in (WEB, WORKER):
            connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(SERVED)))
    return replace(owner, user=SERVED, password=password)


def _stepped_down(address: Address) -> Address:
    options = dict(address.options)
    options["options"] = f"{options.get('options', '')} -c role={WEB}".strip()
    return replace(address, options=tuple(sorted(options.items())))


_ASKED = """
    SELECT
        session_user,
        current_user,
        pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = 'registry_person'::regclass), 'MEMBER')
        OR (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user),
        pg_has_role(session_user, 'ansinh_worker', 'MEMBER')
"""


def _check(address: Address, *, must_be_another: bool) -> None:
    try:
        with psycopg.connect(address.conninfo) as connection:
            login, current, owns, works = connection.execute(_ASKED).fetchone() or ("", "", True, False)
    except psycopg.Error as fault:
        raise WebLoginCannot(why=str(fault).strip().splitlines()[0]) from fault
    if current != WEB or not works:
        raise WebLoginCannot(why=f"{login} → {current}, {WORKER}: {works}")
    if must_be_another and owns:
        raise WebSignsInAsOwner(login=login)
