"""A run staged the short way and the whole way, set beside each other."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from ansinh.payroll.models import Run
from ansinh.payroll.staging import COMPARED, LINE_COLUMNS, STAGED, staged_lines


def staged(run: Run, *, whole: bool) -> list[tuple[Any, ...]]:
    """The lines the run would have, every column of them."""
    with transaction.atomic(), staged_lines([run], whole=whole):
        return sorted(_rows(f"SELECT {', '.join(LINE_COLUMNS)} FROM {STAGED}"), key=str)  # noqa: S608 - words of our own


def steady_people(run: Run) -> set[int]:
    """Whose own month alone the run looks at."""
    with transaction.atomic(), staged_lines([run]):
        return {person for (person,) in _rows(f"SELECT person_id FROM {COMPARED} WHERE is_steady")}  # noqa: S608


def same_both_ways(run_id: int) -> int:
    """Refuses to go on where looking at less gives anything else; of how many people less is looked at."""
    run = Run.objects.get(pk=run_id)
    assert staged(run, whole=False) == staged(run, whole=True)
    return len(steady_people(run))


def _rows(question: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())
