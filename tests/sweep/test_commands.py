"""Every command of the command line with --as, in scope and out of it, against the one table of roles: no surprise."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from typing import Any

import click
import psycopg
import pytest
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from ansinh.access.roles import ROLES, Role
from ansinh.ops.answer import Answer
from ansinh.ops.faults import Door
from ansinh.ops.main import cli
from ansinh.platform.keyring import current_keyring
from ansinh.platform.stamp import current_stamp, write_stamp
from tests.sweep.commands import COMMANDS, OPERATORS, PLAYED, Command
from tests.sweep.conftest import World
from tests.sweep.furnishing import Things

pytestmark = pytest.mark.django_db

OUT = ("out_of_area", "no_such_", "unknown_", "not_reserved")
NOBODYS = 10**9


@pytest.fixture
def in_process(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The command line on the test's own database, which says it is prepared."""
    known = connection.get_connection_params()
    kept = {key: known[key] for key in ("host", "port", "user", "password", "dbname") if known.get(key)}
    monkeypatch.setenv("DATABASE_URL", make_conninfo(**kept))
    with psycopg.connect(**kept, autocommit=True) as beside:
        write_stamp(beside, current_stamp(current_keyring()))
        yield
        beside.execute("DROP TABLE platform_stamp")


def _leaves(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            found = command.get_command(click.Context(command), name)
            assert found is not None
            yield from _leaves(found, (*words, name))
    else:
        yield " ".join(words), command


def test_every_command_has_a_sample() -> None:
    everybody = {name for name, found in _leaves(cli) if any("--as" in one.opts for one in found.params)}
    rest = {name for name, _found in _leaves(cli)} - everybody
    assert everybody - PLAYED == {one.name for one in COMMANDS}, "hãy thêm vào tests/sweep/commands.py"
    assert rest == OPERATORS, (
        "một lệnh không có --as là việc của người giữ máy chủ: hãy ghi vào tests/sweep/commands.py"
    )


def test_in_scope_each_role_does_what_the_table_says(world: World, in_process: None) -> None:
    """Whoever holds what it needs is let; one who does not is refused, if only as nothing is in their sight."""
    surprises = []
    for command in COMMANDS:
        may = next(role for role in Role if ROLES[role].holds(command.needs))
        may_not = next(role for role in reversed(Role) if not ROLES[role].holds(command.needs))
        code, facts, said = typed(command.line(world.ours), f"{may}-here")
        refused = str(facts.get("refused", ""))
        wrongly = refused.startswith(("not_permitted", *OUT[:3])) and refused != "unknown_columns"
        if code not in (0, 1) or wrongly:
            surprises.append(f"{may} {command.name}: {code} {said[-300:]}")
        code, facts, said = typed(command.line(world.ours), f"{may_not}-here")
        if code != 1 or not facts.get("refused"):
            surprises.append(f"{may_not} {command.name} without {command.needs}: {code} {said[:200]}")
    assert not surprises, f"{len(surprises)} surprises\n" + "\n".join(surprises)


def test_out_of_scope_is_told_as_what_is_not_there(world: World, in_process: None) -> None:
    """Of ours nothing is told next door; an object of ours is refused in the words of one nobody has."""
    surprises = []
    numbers = {key: NOBODYS + value for key, value in world.ours.ids.items()}
    nobodys = Things(world.ours.place, world.ours.month, world.ours.names, [], numbers, world.ours.words)
    for command in COMMANDS:
        role = next(role for role in Role if ROLES[role].holds(command.needs))
        code, facts, said = typed(command.line(world.ours), f"{role}-next-door")
        if any(secret in said for secret in world.ours.secrets) or code not in (0, 1):
            surprises.append(f"{command.name}: tells {said[:200]}")
        elif _names_something(command, world.ours) and code == 0:
            surprises.append(f"{command.name}: done {said[:200]}")
        elif command.line(nobodys) != command.line(world.ours):
            _code, other, _said = typed(command.line(nobodys), f"{role}-next-door")
            if other.get("refused") != facts.get("refused"):
                surprises.append(f"{command.name}: {facts.get('refused')} ≠ {other.get('refused')}")
    assert not surprises, f"{len(surprises)} surprises\n" + "\n".join(surprises)


def _names_something(command: Command, things: Things) -> bool:
    """Whether its words name the place or something there."""
    return any(f"{{{key}}}" in command.words for key in ("place", *things.ids))


def typed(words: list[str], username: str) -> tuple[int, dict[str, Any], str]:
    """A command run by somebody and undone: exit code, the object of --json, all that was said."""
    out, err = io.StringIO(), io.StringIO()
    answer, code = Answer(), 0
    with transaction.atomic(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            with Door(answer):
                cli.main([*words, "--as", username, "--json"], prog_name="ansinh", standalone_mode=False, obj=answer)
        except SystemExit as ended:
            code = int(ended.code or 0)
        except click.ClickException as wrong:
            code = wrong.exit_code
            err.write(wrong.format_message())
        finally:
            transaction.set_rollback(True)
    said = out.getvalue()
    try:
        facts = json.loads(said) if said.strip() else {}
    except json.JSONDecodeError:
        facts = {}
    return code, facts if isinstance(facts, dict) else {}, said + err.getvalue()
