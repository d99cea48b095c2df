"""How much memory work takes at its peak: its own processes and all they start; the database's are not counted."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.05
_MB = 1024.0


class CommandFailed(Exception):
    """A measured command ended badly; its last words are the message."""


@dataclass(slots=True)
class Peak:
    """The greatest sum seen so far, MB: what a process shares with others is divided among them."""

    mb: float = 0.0


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that ended: how long it took, its peak, what it printed."""

    seconds: float
    peak_mb: float
    output: str


@contextmanager
def peak_memory(pid: int | None = None) -> Iterator[Peak]:
    """The peak of a process and its children while the block runs; of this one, when none is named.

    Memory this process held before counts too: measure a job in a process of its own.
    """
    peak, ended = Peak(), threading.Event()
    watched = os.getpid() if pid is None else pid

    def watch() -> None:
        while True:
            peak.mb = max(peak.mb, sum(_held(one) for one in _family(watched)) / _MB)
            if ended.wait(_EVERY):
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        ended.set()
        watcher.join()


def run_measured(
    command: Sequence[str], *, environment: Mapping[str, str] | None = None, codes: Collection[int] = (0,)
) -> Finished:
    """A command to its end, timed, its peak beside; raises (CommandFailed) where it ends with none of the codes."""
    began = time.perf_counter()
    with subprocess.Popen(
        command, env=dict(environment or os.environ), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        with peak_memory(process.pid) as peak:
            output = process.communicate()[0]
        seconds = time.perf_counter() - began
    if process.returncode not in codes:
        raise CommandFailed(f"{' '.join(command)}: {output[-2_000:]}")
    return Finished(seconds, peak.mb, output)


def _family(pid: int) -> list[int]:
    """The process and all below it but database servers."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        try:
            name = Path(f"/proc/{one}/comm").read_text(encoding="utf-8").strip()
            below = [path.read_text(encoding="ascii") for path in Path(f"/proc/{one}/task").glob("*/children")]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if name == "postgres":
            continue
        found.append(one)
        waiting += [int(child) for text in below for child in text.split()]
    return found


def _held(pid: int) -> int:
    """KB a process holds, its part of what is shared; 0 of one that ended meanwhile."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)
