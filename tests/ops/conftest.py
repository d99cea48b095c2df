"""The command line in the test's own process, on a database of the test's own, whose work really commits."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from ansinh.ops.answer import Answer
from ansinh.ops.main import cli
from ansinh.platform.keyring import current_keyring
from ansinh.platform.stamp import current_stamp, write_stamp
from tests.committing import transactional_db  # noqa: F401 - in the place of pytest-django's

# A command's words, without --json: its exit code and its answer.
Asked = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def asked(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Asked:  # noqa: F811
    """Runs commands with --json on a database that says it is prepared."""
    known = connection.get_connection_params()
    kept = {key: known[key] for key in ("host", "port", "user", "password", "dbname") if known.get(key)}
    monkeypatch.setenv("DATABASE_URL", make_conninfo(**kept))
    with psycopg.connect(**kept, autocommit=True) as beside:
        write_stamp(beside, current_stamp(current_keyring()))

    def ask(*words: str) -> tuple[int, dict[str, Any]]:
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()):
            code = cli.main([*words, "--json"], prog_name="ansinh", standalone_mode=False, obj=Answer())
        return int(code or 0), json.loads(said.getvalue())

    return ask
