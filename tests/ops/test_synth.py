"""`ansinh synth` in a home of its own: invented people once, and never into a register that knows anybody."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from ansinh.platform.home import Home
from tests.ops.homes import fresh_home


def _ansinh(home: Home, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ANSINH_HOME": str(home.root)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "ansinh.ops.main", *words]
    return subprocess.run(command, env=environment, text=True, capture_output=True, check=False)


def test_people_are_invented_once_and_pass_every_proof() -> None:
    with fresh_home() as home:
        words = ("synth", "--people", "400", "--province", "04", "--month", "2026-10", "--workers", "2", "--json")
        made = _ansinh(home, *words)
        assert made.returncode == 0, made.stderr
        facts = json.loads(made.stdout)
        assert (facts["people"], facts["province"], facts["month"]) == (400, "04", "2026-10")
        again = _ansinh(home, *words)
        assert again.returncode == 1
        assert "đã có người trong sổ" in again.stderr
        proved = _ansinh(home, "verify", "--json")
        assert proved.returncode == 0, proved.stderr
        user = _ansinh(home, "user", "add", "tri", "--name", "Trần Thị Trị", "--role", "administrator", "--json")
        assert user.returncode == 0, user.stderr
        refused = _ansinh(home, *words)
        assert refused.returncode == 1
        assert "người dùng thật" in refused.stderr
        _ansinh(home, "stop", "--json")
