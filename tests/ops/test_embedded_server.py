"""The embedded server through every death and every clumsy hand: it comes back, and nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansinh.platform.embedded import server
from ansinh.platform.embedded.cluster import find_cluster
from ansinh.platform.embedded.server import is_running, stop_server
from ansinh.platform.home import Home
from tests.ops.homes import fresh_home, remember, remembered, started


@pytest.fixture
def home() -> Iterator[Home]:
    with fresh_home() as made:
        yield made


def test_a_killed_server_starts_again_with_its_data(home: Home) -> None:
    address, cluster = started(home, durable=True)
    remember(address, "trước khi bị tắt đột ngột")
    pid = cluster.postmaster_pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    again, _ = started(home, durable=True)
    assert remembered(again) == ["trước khi bị tắt đột ngột"]
    assert cluster.postmaster_pid() != pid


def test_a_pid_file_that_names_an_innocent_process_is_no_obstacle(home: Home) -> None:
    _, cluster = started(home)
    stop_server(home)
    innocent = f"{os.getpid()}\n"
    (cluster.data / "postmaster.pid").write_text(innocent)
    Path(f"{cluster.socket}.lock").write_text(innocent)
    cluster.socket.touch()
    address, _ = started(home)
    remember(address, "vẫn chạy")


def test_stopping_ends_the_server_and_stopping_again_says_so(home: Home) -> None:
    address, _ = started(home)
    remember(address, "đã ghi")
    assert is_running(home)
    assert stop_server(home)
    assert not is_running(home)
    assert not stop_server(home)
    assert remembered(started(home)[0]) == ["đã ghi"]


def test_a_server_that_lost_its_socket_is_started_anew(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    address, cluster = started(home)
    remember(address, "còn đây")
    cluster.socket.unlink()
    monkeypatch.setattr(server, "_SOCKET_PATIENCE", 0.2)
    assert remembered(started(home)[0]) == ["còn đây"]


def test_commands_at_once_make_one_server(home: Home) -> None:
    ask = (
        "import sys; from pathlib import Path; from ansinh.platform.home import Home;"
        "from ansinh.platform.embedded.server import running_server;"
        "print(running_server(Home(Path(sys.argv[1])), settings={'fsync': 'off'}).conninfo)"
    )
    commands = [subprocess.Popen([sys.executable, "-c", ask, home.root], stdout=subprocess.PIPE) for _ in range(4)]
    answers = {command.communicate()[0] for command in commands}
    assert [command.returncode for command in commands] == [0] * 4
    assert len(answers) == 1
    cluster = find_cluster(home)
    assert cluster is not None
    assert cluster.log.read_text().count("starting PostgreSQL") == 1


def test_other_files_of_the_home_are_left_alone(home: Home) -> None:
    home.root.mkdir()
    (home.root / "ghi chú.txt").write_text("của tôi")
    started(home)
    assert (home.root / "ghi chú.txt").read_text() == "của tôi"


def test_names_with_spaces_and_accents_are_names() -> None:
    with fresh_home("Thư mục của tôi") as home:
        remember(started(home)[0], "ở đây")


def test_a_long_path_moves_only_the_socket() -> None:
    with fresh_home("rất-dài-" * 12) as home:
        address, cluster = started(home)
        assert cluster.data.is_relative_to(home.root)
        assert len(os.fsencode(cluster.socket)) < 100
        assert Path(cluster.sockets).stat().st_mode & 0o777 == 0o700
        remember(address, "vẫn tới được")
