"""The promises every command keeps: where it speaks, in which shape, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import psycopg
import pytest

from ansinh.kernel.refusal import Refusal
from ansinh.ops.answer import Answer
from ansinh.ops.faults import Door
from ansinh.platform.home import Home
from tests.ops.homes import fresh_home

CASES = Path(__file__).resolve().parents[1] / "policy" / "cases"


@pytest.fixture
def home() -> Iterator[Home]:
    with fresh_home() as made:
        yield made


def ansinh(home: Home, *words: str) -> subprocess.Popen[str]:
    """One command in a process and a home of its own."""
    environment = {**os.environ, "ANSINH_HOME": str(home.root)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "ansinh.ops.main", *words]
    return subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def code_of(home: Home, *words: str) -> int:
    """The exit code of one command."""
    asked = ansinh(home, *words)
    asked.communicate()
    return asked.returncode


def test_two_first_commands_at_once_prepare_one_database(home: Home) -> None:
    home.root.mkdir()
    (home.root / "của tôi.txt").write_text("giữ nguyên")
    first, second = ansinh(home, "start", "--json"), ansinh(home, "places", "search", "chợ đồn", "--json")
    out, said = first.communicate()
    assert (first.returncode, json.loads(out)) == (0, {"running": True, "embedded": True}), said
    out, said = second.communicate()
    assert second.returncode == 0, said
    assert any(place["name"] == "Xã Chợ Đồn" for place in json.loads(out)["places"])
    assert (home.root / "của tôi.txt").read_text() == "giữ nguyên"
    out, _ = ansinh(home, "doctor", "--json").communicate()
    states = {finding["check"]: finding["state"] for finding in json.loads(out)["findings"]}
    assert states["server"] == states["tables"] == states["keys"] == "ok"
    assert json.loads(ansinh(home, "stop", "--json").communicate()[0]) == {"stopped": True}


def test_cases_of_the_law_touch_no_database(home: Home) -> None:
    asked = ansinh(home, "policy", "cases", str(next(CASES.glob("*.yaml"))))
    out, _ = asked.communicate()
    assert asked.returncode == 0
    assert out.splitlines()[-1].endswith(" passed, 0 failed")
    assert not home.root.exists()


def test_a_refusal_is_said_to_the_person_and_to_the_machine(home: Home) -> None:
    home.root.write_text("một tệp")
    asked = ansinh(home, "start", "--json")
    out, said = asked.communicate()
    assert asked.returncode == 1
    assert json.loads(out)["refused"] == "home_is_a_file"
    assert "không phải thư mục" in said
    assert code_of(home, "doctor") == 1


def test_wrong_usage_has_its_own_code(home: Home) -> None:
    assert code_of(home, "serve", "--port", "0") == 2
    assert code_of(home, "khong-co-lenh-nay") == 2


def test_what_nobody_foresaw_is_written_down(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANSINH_HOME", str(home.root))
    with pytest.raises(SystemExit) as ended, Door(Answer()):
        raise ZeroDivisionError("chia cho không")
    assert ended.value.code == 70
    (written,) = home.log.iterdir()
    assert "ZeroDivisionError: chia cho không" in written.read_text(encoding="utf-8")


def test_the_door_lets_pass_what_is_not_a_fault() -> None:
    with pytest.raises(click.UsageError), Door(Answer()):
        raise click.UsageError("gõ sai")
    with pytest.raises(KeyboardInterrupt), Door(Answer()):
        raise KeyboardInterrupt
    with pytest.raises(SystemExit) as ended, Door(Answer()):
        raise Refusal
    assert ended.value.code == 1


def test_a_lost_database_and_a_faster_command_are_answers_too(capsys: pytest.CaptureFixture[str]) -> None:
    for fault, words in (
        (psycopg.OperationalError("server closed the connection"), "Không kết nối được"),
        (psycopg.errors.DeadlockDetected("deadlock detected"), "Hãy chạy lại"),
        (psycopg.errors.DiskFull("could not extend file"), "hết chỗ"),
    ):
        with pytest.raises(SystemExit) as ended, Door(Answer()):
            raise RuntimeError("wrapped by Django") from fault
        assert ended.value.code == 1
        assert words in capsys.readouterr().err
