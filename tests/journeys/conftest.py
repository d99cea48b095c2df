"""A home of its own and the real command line, as an operator has them."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ansinh.platform.home import Home

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "registers"

# Of the folder: a socket's whole address holds 103 bytes, its name ".s.PGSQL.65535" among them.
_LONGEST_SOCKET = 85


@dataclass(frozen=True)
class CommandLine:
    """`ansinh` on one home; on a database elsewhere where one is named (as libpq reads it)."""

    home: Path
    database: str = ""

    def start(self, *words: str) -> subprocess.Popen[str]:
        """A command begun and not waited for."""
        environment = {**os.environ, "ANSINH_HOME": str(self.home)}
        environment.pop("DATABASE_URL", None)
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        if self.database:
            environment["DATABASE_URL"] = self.database
        return subprocess.Popen(
            [sys.executable, "-m", "ansinh.ops.main", *words],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str) -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        process = self.start(*words)
        out, err = process.communicate(timeout=300)
        return process.returncode, out, err

    def json(self, *words: str, code: int = 0) -> dict[str, Any]:
        """The one object of a command with --json; the exit code must be the expected one."""
        got, out, err = self.run(*words, "--json")
        assert got == code, err
        answer: dict[str, Any] = json.loads(out)
        return answer


def opened_to_the_server(home: Path) -> Path:
    """The same folder, with its parents in pytest's own place passable for the server's own user."""
    for parent in (home, *home.parents):
        if parent.owner() == home.owner() and parent.name.startswith(("pytest", "popen", "home", "test")):
            parent.chmod(0o711)
    return home


def ready_home(factory: pytest.TempPathFactory) -> Path:
    """A home of its own as the first command leaves it, nobody in it and its server not running.

    Made once a run and copied: places, law and tables are the same in all of them.
    """
    home, made = opened_to_the_server(factory.mktemp("home")), _home_to_copy(factory)
    told = Home(made).note.read_text(encoding="utf-8").replace(f"{made}/", f"{home}/")
    # A cluster that had to be put elsewhere is that home's alone; a socket's address may be longer here than there.
    lies_within = all(json.loads(told)[key].startswith(f"{home}/") for key in ("folder", "sockets"))
    if lies_within and len(os.fsencode(json.loads(told)["sockets"])) < _LONGEST_SOCKET:
        subprocess.run(["cp", "-a", f"{made}/.", str(home)], check=True)
        home.chmod(0o711)
        Home(home).note.write_text(told, encoding="utf-8")
    return home


def _home_to_copy(factory: pytest.TempPathFactory) -> Path:
    """Shared by the workers of a run; whoever comes first makes it, the others wait."""
    root = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    home, done = root / "home-to-copy", root / "home-to-copy.done"
    with (root / "home-to-copy.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            home.mkdir()
            line = CommandLine(opened_to_the_server(home))
            for word in ("start", "stop"):
                code, _, fault = line.run(word)
                assert code == 0, fault
            done.touch()
    return home


@pytest.fixture(scope="module")
def ansinh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """A command line on a home of its own; its server is stopped at the end."""
    line = CommandLine(ready_home(tmp_path_factory))
    yield line
    line.run("stop")
