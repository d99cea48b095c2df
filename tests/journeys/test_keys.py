"""The sealing key changed through kill -9 of the command and of the database, with the register read all the while."""

from __future__ import annotations

import random
from pathlib import Path

import psycopg
import pytest

from ansinh.platform.embedded.server import running_server
from ansinh.platform.home import Home
from tests.journeys.conftest import EXAMPLES, CommandLine
from tests.journeys.killed import killed_while_writing


@pytest.fixture(scope="module")
def registered(ansinh: CommandLine) -> CommandLine:
    """Chợ Đồn's register on a home of its own."""
    file = EXAMPLES / "cho-don-2020-08.xlsx"
    ansinh.json("register", "import", str(file), "--place", "064", "--month", "2020-08")
    return ansinh


def sealed_with(line: CommandLine) -> dict[int, int]:
    """How many numbers each key holds, as the table itself says."""
    with psycopg.connect(running_server(Home(line.home)).conninfo) as connection:
        rows = connection.execute("SELECT get_byte(sealed, 0), count(*) FROM registry_sealednumber GROUP BY 1")
        return dict(rows.fetchall())


def test_a_key_is_changed_through_every_death(registered: CommandLine) -> None:
    line, seed = registered, random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)  # noqa: S311 - moments, no secret
    ((_, count),) = sealed_with(line).items()
    assert count > 100
    old = (line.home / "sealing_key").read_text(encoding="ascii").strip()
    assert line.json("keys", "add")["number"] == 2
    assert line.json("keys", "retire", "1", code=1)["refused"] == "values_still_under"
    for database in (False, True, False):
        caught = killed_while_writing(
            line, "keys", "rotate", chance=chance, database=database, after=chance.uniform(0.3, 1.5)
        )
        held = sealed_with(line)
        print(f"caught {caught}, held {held}")
        assert sum(held.values()) == count
        assert line.json("verify", "--only", "register_values_open")["differences"] == 0
    # What was killed is carried on, not begun anew.
    left = sealed_with(line).get(1, 0)
    assert line.json("keys", "rotate")["moved"] >= left
    assert sealed_with(line) == {2: count}
    killed_while_writing(line, "keys", "retire", "1", chance=chance, database=False)
    assert line.json("keys", "retire", "1")["number"] == 1
    shown = line.json("keys", "list")
    assert [key["number"] for key in shown["keys"]] == [2]
    assert (shown["retired"], shown["under_no_key"]) == ([1], 0)
    assert line.json("verify", "--only", "register_values_open")["differences"] == 0
    _a_backup_needs_the_key_of_its_time(line, old)


def _a_backup_needs_the_key_of_its_time(line: CommandLine, old: str) -> None:
    """The retired key alone opens nothing; without the ring the database is not opened at all."""
    ring: Path = line.home / "sealing_keys"
    kept = ring.read_text(encoding="ascii")
    assert old not in kept
    ring.write_text(f"1 {old}\n", encoding="ascii")
    assert line.json("keys", "list", code=1)["refused"] == "other_sealing_key"
    ring.unlink()
    assert line.json("keys", "list", code=1)["refused"] == "sealing_key_missing"
    ring.write_text(kept, encoding="ascii")
    assert line.json("keys", "list")["under_no_key"] == 0
