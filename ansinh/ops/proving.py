"""Asking every proof of every app, all of one snapshot of the database, one after the other."""

from __future__ import annotations

import importlib
import pkgutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType

from django.db import connection, transaction

import ansinh
from ansinh.platform.proofs import Break, Proof

# For the snapshot only: proofs join whole tables, in memory, and never row by row.
_PLANNED = {"work_mem": "256MB", "enable_nestloop": "off"}


@dataclass(frozen=True, slots=True)
class Proved:
    """What asking one proof gave: the rows that break it, or the fault that kept it from answering."""

    proof: Proof
    breaks: tuple[Break, ...]
    left_out: Mapping[str, int]
    seconds: float
    fault: str = ""

    @property
    def differences(self) -> int:
        """Rows that break the invariant; a proof that could not answer counts as one: it proves nothing."""
        return 1 if self.fault else len(self.breaks)


def every_proof() -> tuple[Proof, ...]:
    """The proofs of all apps, by invariant and code."""
    found: list[Proof] = []
    for module in ("protections", "chain"):
        found += importlib.import_module(f"ansinh.platform.{module}").PROOFS
    for app in (one.name for one in pkgutil.iter_modules(ansinh.__path__) if one.ispkg):
        package = importlib.import_module(f"ansinh.{app}")
        if any(room.name == "queries" for room in pkgutil.iter_modules(package.__path__)):
            found += getattr(importlib.import_module(f"ansinh.{app}.queries"), "PROOFS", ())
    return tuple(sorted(found, key=lambda proof: (proof.invariant, proof.code)))


@contextmanager
def one_snapshot() -> Iterator[None]:
    """A transaction that sees the database of one moment throughout, and can write nothing."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for name, value in _PLANNED.items():
            cursor.execute("SELECT set_config(%s, %s, TRUE)", [name, value])
        yield


def prove(
    proofs: Iterable[Proof],
    *,
    within: frozenset[str] | None = None,
    progress: Callable[[Proof], None] | None = None,
) -> list[Proved]:
    """Ask each proof; `within`, when given, keeps the breaks of those places, and those of no place."""
    done = []
    for proof in proofs:
        if progress is not None:
            progress(proof)
        began = time.perf_counter()
        watched = _Watched()
        breaks: list[Break] = []
        left_out: Mapping[str, int] = {}
        # A savepoint each: one that fails leaves the snapshot whole for the next.
        with watched, transaction.atomic():
            breaks = proof.find()
            left_out = proof.left_out() if proof.left_out is not None else {}
        kept = [one for one in breaks if within is None or not one.place_code or one.place_code in within]
        done.append(Proved(proof, tuple(kept), left_out, time.perf_counter() - began, watched.fault))
    return done


class _Watched:
    """Around one proof: whatever fails there is told as that proof's fault, and the others are still asked.

    A lost database is no proof's fault: it goes on to the door.
    """

    def __init__(self) -> None:
        self.fault = ""

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(fault, Exception) or not connection.is_usable():
            return False
        self.fault = f"{type(fault).__name__}: {fault}".strip()
        return True
