"""Where the database is: DATABASE_URL when set, else the embedded server of this home."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ansinh.kernel.refusal import Refusal


class BadDatabaseUrl(Refusal):
    """Biến DATABASE_URL không đúng dạng ({why}).
    Hãy viết theo dạng postgresql://NGƯỜI_DÙNG:MẬT_KHẨU@MÁY:5432/TÊN_CƠ_SỞ_DỮ_LIỆU,
    hoặc bỏ biến này để dùng PostgreSQL đi kèm."""


_QUOTED = re.compile(r'"[^\n]*"')


@dataclass(frozen=True, slots=True)
class Address:
    """One PostgreSQL database and how to sign in to it; `host` may be the folder of a Unix socket."""

    host: str
    port: str
    name: str
    user: str
    password: str = field(repr=False)
    options: tuple[tuple[str, str], ...] = ()

    @property
    def conninfo(self) -> str:
        """As libpq reads it."""
        return make_conninfo(
            host=self.host,
            port=self.port,
            dbname=self.name,
            user=self.user,
            password=self.password,
            **dict(self.options),
        )

    def as_django(self) -> dict[str, Any]:
        """As an entry of Django's DATABASES."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": self.host,
            "PORT": self.port,
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(self.options),
        }


def address_in(url: str) -> Address:
    """The address written as a PostgreSQL URL or conninfo; refuses (BadDatabaseUrl) anything else."""
    if url.split(":", 1)[0] not in ("postgresql", "postgres") and "=" not in url:
        raise BadDatabaseUrl(why="không bắt đầu bằng postgresql://")
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
    except psycopg.ProgrammingError as fault:
        # libpq repeats the part it could not read, which may be the password.
        raise BadDatabaseUrl(why=_QUOTED.sub('"…"', str(fault).strip())) from None
    if not parts.get("dbname"):
        raise BadDatabaseUrl(why="thiếu tên cơ sở dữ liệu")
    known = {key: parts.pop(key, "") for key in ("host", "port", "dbname", "user", "password")}
    return Address(
        host=known["host"],
        port=known["port"],
        name=known["dbname"],
        user=known["user"],
        password=known["password"],
        options=tuple(sorted(parts.items())),
    )


def outside_url() -> str | None:
    """DATABASE_URL when the operator has set one: then the embedded server is never touched."""
    return os.environ.get("DATABASE_URL", "").strip() or None
