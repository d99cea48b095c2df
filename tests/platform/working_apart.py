"""What the tests of processes have done elsewhere: processes find it by its name, as they find the program's own."""

from __future__ import annotations

import os
import signal
import sys
import time

import django
from django.db import connection, connections

from ansinh.platform.origin import current_origin
from ansinh.platform.processes import run_in_processes
from tests.platform.asking import NotThisOne, asked, noted


def tell_where(part: str) -> tuple[str, int, str]:
    """The part, who did it and on which database."""
    return part, os.getpid(), asked("SELECT current_database()")


def tell_view(part: str) -> tuple[str, ...]:
    """Which role works by which sight, and what the trail would say of from where."""
    return (
        asked("SELECT current_user"),
        asked("SELECT current_setting('ansinh.places')"),
        current_origin().address,
    )


def note(part: str) -> None:
    """Written; refused, killed or asleep where the part says so."""
    noted(part)
    if part == "refused":
        raise NotThisOne(part=part)
    if part == "broken":
        raise ZeroDivisionError(part)
    if part == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if part == "asleep":
        asked("SELECT pg_sleep(600)")
    if part == "slow":
        time.sleep(1)


def caller(database: str) -> None:
    """A program of its own whose parts do not end by themselves."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ansinh.config.settings")
    django.setup()
    connections.settings["default"]["NAME"] = database
    connection.close()
    run_in_processes(["asleep", "asleep"], note, processes=2)


if __name__ == "__main__":
    caller(sys.argv[1])
