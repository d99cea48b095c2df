"""How far a long command is, for the person watching."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ansinh.ops.answer import Answer
from ansinh.platform import cancelling


@contextmanager
def progress_bar(answer: Answer, told: str) -> Iterator[cancelling.Progress]:
    """A bar under these words while the work inside goes on: what it is to be told, done and total."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=answer.console, transient=True) as bar:
        task = bar.add_task(told, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
