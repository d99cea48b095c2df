"""Homes for the tests of the embedded server: outside pytest's own folders, which are closed to the server's user."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from ansinh.kernel.refusal import Refusal
from ansinh.platform.database import Address
from ansinh.platform.embedded.cluster import Cluster, find_cluster
from ansinh.platform.embedded.server import running_server, stop_server
from ansinh.platform.home import Home
from tests.throwaway_cluster import QUICK

NOBODY = 65534


@contextmanager
def fresh_home(name: str = "home", *, parent_mode: int = 0o711) -> Iterator[Home]:
    """A home that does not exist yet; whatever comes of it is ended and removed afterwards."""
    parent = Path(tempfile.mkdtemp(prefix="ansinh-home-"))
    parent.chmod(parent_mode)
    home = Home(parent / name)
    try:
        yield home
    finally:
        cluster = find_cluster(home)
        if cluster is not None:
            stop_server(home)
            shutil.rmtree(cluster.folder, ignore_errors=True)
            shutil.rmtree(cluster.sockets, ignore_errors=True)
        shutil.rmtree(parent, ignore_errors=True)


def started(home: Home, *, durable: bool = False) -> tuple[Address, Cluster]:
    """The home's server, running, and its note; `durable` as in real life, else quick and careless."""
    address = running_server(home, settings={} if durable else QUICK)
    cluster = find_cluster(home)
    assert cluster is not None
    return address, cluster


def remember(address: Address, words: str) -> None:
    """Write words into the database, committed."""
    with psycopg.connect(address.conninfo) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (words text)")
        connection.execute("INSERT INTO kept VALUES (%s)", [words])


def remembered(address: Address) -> list[str]:
    """All words written so far."""
    with psycopg.connect(address.conninfo) as connection:
        return [row[0] for row in connection.execute("SELECT words FROM kept")]


def refused_to_nobody(attempt: Callable[[], object]) -> str:
    """The code of the refusal an ordinary user meets; '' when it goes through. Only root can ask."""
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        code = ""
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            attempt()
        except Refusal as refusal:
            code = refusal.code
        finally:
            os.write(writing, code.encode())
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as answer:
        return answer.read()
