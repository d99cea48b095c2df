"""A plugin of pytest: one throw-away PostgreSQL for the whole run, started by the first test that needs it.

Loaded before Django (`-p tests.throwaway_cluster`). It points ANSINH_HOME at a folder of its own, so tests never touch
the real home. With pytest-xdist the workers share the controller's server; each has a database of its own.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

import pytest

from ansinh.platform.embedded.cluster import planned_cluster
from ansinh.platform.embedded.server import running_server, stop_server
from ansinh.platform.home import Home, locked

_PREFIX = "ansinh-tests-"
# Nothing in a throw-away cluster must survive a power cut.
QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "128MB",
    "max_connections": "40",
}


@pytest.hookimpl(wrapper=True)  # a wrapper runs before pytest-django's own hook, which reads the settings
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Choose the home of this run; a worker inherits the controller's."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _begin(early_config)
    return (yield)


def _begin(config: pytest.Config) -> None:
    _sweep()
    root = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    root.chmod(0o711)  # the server's own user must be able to pass
    os.environ["ANSINH_HOME"] = str(root)
    home = Home(root).opened()
    home.sealing_key()
    if not os.environ.get("DATABASE_URL"):
        with locked(home.lock):
            planned_cluster(home)
    config.add_cleanup(lambda: _ended(home))


def start_throwaway_server() -> None:
    """Start the run's server unless an outside DATABASE_URL is to be used; workers may all ask at once."""
    if not os.environ.get("DATABASE_URL"):
        running_server(Home(Path(os.environ["ANSINH_HOME"])), settings=QUICK)


def _ended(home: Home) -> None:
    stop_server(home)
    shutil.rmtree(home.root, ignore_errors=True)


def _sweep() -> None:
    """End what runs that were killed have left behind."""
    for root in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        owner = root.name.removeprefix(_PREFIX).split("-")[0]
        if root.is_dir() and root.stat().st_uid == os.geteuid() and not Path(f"/proc/{owner}").exists():
            with suppress(OSError):
                _ended(Home(root))
