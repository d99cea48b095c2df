"""A home of its own and the real command line, as an operator has them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "registers"


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
        if parent.owner() == home.owner() and parent.name.startswith(("pytest", "home", "test")):
            parent.chmod(0o711)
    return home


@pytest.fixture(scope="module")
def ansinh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """A command line on a fresh home; its server is stopped at the end."""
    line = CommandLine(opened_to_the_server(tmp_path_factory.mktemp("home")))
    yield line
    line.run("stop")
