"""An installation of an earlier release, with its people and its money, taken up to this one and gone on with.

`installation-2026-11.sql.xz` is `pg_dump --no-owner` of `ansinh demo` of November 2026 (nobody in it is real), before
there were appointments for a time, row-level security and marks of who has moved; `sealing_key` is that home's key.
"""

from __future__ import annotations

import lzma
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg import sql
from psycopg.conninfo import make_conninfo

from ansinh.platform.embedded.binaries import installed
from tests.journeys.conftest import CommandLine
from tests.throwaway_cluster import start_throwaway_server

_HERE = Path(__file__).resolve().parent
_NAME = "ansinh_upgraded"


@pytest.fixture(scope="module")
def upgraded(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """The command line on the earlier installation's database, in the run's own server."""
    start_throwaway_server()
    known = connection.get_connection_params()
    kept = {key: known[key] for key in ("host", "port", "user", "password") if known.get(key)}
    home = tmp_path_factory.mktemp("home")
    shutil.copy(_HERE / "sealing_key", home / "sealing_key")
    (home / "sealing_key").chmod(0o600)
    dropped = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_NAME))
    with psycopg.connect(**kept, dbname="postgres", autocommit=True) as server:
        server.execute(dropped)
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_NAME)))
        try:
            _make_roles(server)
            _restore(make_conninfo(**kept, dbname=_NAME))
            yield CommandLine(home, database=make_conninfo(**kept, dbname=_NAME))
        finally:
            server.execute(dropped)


def _make_roles(server: psycopg.Connection[tuple[object, ...]]) -> None:
    """Roles are the server's, no part of a dump: its administrator makes them before restoring."""
    there = {name for (name,) in server.execute("SELECT rolname FROM pg_roles")}
    for role in sorted({"ansinh_owner", "ansinh_web", "ansinh_worker"} - there):
        server.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))


def _restore(database: str) -> None:
    dump = lzma.decompress((_HERE / "installation-2026-11.sql.xz").read_bytes())
    words = [
        str(installed() / "bin" / "psql"),
        "--quiet",
        "--no-psqlrc",
        "--set=ON_ERROR_STOP=1",
        f"--dbname={database}",
    ]
    done = subprocess.run(words, input=dump, capture_output=True, check=False, env=os.environ, timeout=120)
    assert done.returncode == 0, done.stderr.decode()


def test_an_earlier_installation_goes_on_in_this_release(upgraded: CommandLine) -> None:
    code, out, err = upgraded.run("start")
    assert code == 0, out + err
    upgraded.json("verify")
    upgraded.json("month", "open", "2026-12", "--place", "01726")
    computed = upgraded.json("month", "compute", "2026-12", "--place", "01726")
    assert computed["added"] == computed["lines"] > 100
    kinds = _kinds_of_december(upgraded)
    # Two lists of the earlier release kept no amounts: their people are compared wholly, and nothing is owed anew.
    assert kinds == {"regular": computed["lines"]}
    again = upgraded.json("month", "compute", "2026-12", "--place", "01726")
    assert (again["added"], again["removed"]) == (0, 0)


def _kinds_of_december(line: CommandLine) -> dict[str, int]:
    with psycopg.connect(line.database) as server:
        found = server.execute(
            "SELECT kind, count(*) FROM payroll_line WHERE payroll_month = '2026-12-01' GROUP BY kind"
        )
        return dict(found.fetchall())
