"""The payment list of a place of 20,000 people, as PDF and as workbook: time, and the memory of all that draws it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from bench.figure import MOST_MB, Figure, timed
from bench.ground import Ground, desk
from bench.memory import peak_memory

if TYPE_CHECKING:
    from ansinh.reports.layout import Paper
    from ansinh.reports.types import PaymentList, PaymentRow

_PEOPLE, _QUICK_PEOPLE = 20_000, 600
# Lists not computed yet, or given up.
_WITHOUT_LINES = ("OPEN", "CANCELLED")


def measure_papers(ground: Ground) -> list[Figure]:
    """Both forms of it; the peak is that of reading the lists too, in one process."""
    people = _QUICK_PEOPLE if ground.quick else _PEOPLE
    return [measure_workbook(people), measure_pdf(people)]


def measure_workbook(people: int) -> Figure:
    """The workbook of so many people."""
    from ansinh.reports.xlsx import render_xlsx

    with peak_memory() as peak:
        paper = _paper(people)
        seconds = timed(partial(_drawn, partial(render_xlsx, paper)))
    return _figure("paper_xlsx", "workbook", people, seconds, peak.mb)


def measure_pdf(people: int) -> Figure:
    """The PDF of so many people, and how many lines were told of."""
    from ansinh.reports.pdf import render_pdf

    told: list[tuple[int, int]] = []
    with peak_memory() as peak:
        paper = _paper(people)
        seconds = timed(
            partial(_drawn, partial(render_pdf, paper, progress=lambda done, lines: told.append((done, lines))))
        )
    figure = _figure("paper_pdf", "PDF", people, seconds, peak.mb)
    return replace(figure, beside={"parts": len(told)})


def _drawn(draw: partial[bytes]) -> None:
    if not draw():
        raise RuntimeError("nothing was drawn")


def _figure(name: str, form: str, people: int, seconds: float, peak_mb: float) -> Figure:
    return Figure(
        name,
        f"payment list of {people:,} people as {form}: peak memory",
        (seconds,),
        count=people,
        of="people",
        value=peak_mb,
        unit="MB",
        goal=MOST_MB,
        peak_mb=peak_mb,
    )


def _paper(people: int) -> Paper:
    """So many rows of the newest month's lists on one paper; told again from the first where there are fewer."""
    from ansinh.reports.payment_list import payment_list_paper

    rows: list[PaymentRow] = []
    sheet: PaymentList | None = None
    for one in _lists():
        sheet = sheet or one
        rows += one.rows
        if len(rows) >= people:
            break
    if sheet is None or not rows:
        raise RuntimeError("the newest lists name nobody")
    while len(rows) < people:
        rows += rows[: people - len(rows)]
    return payment_list_paper(replace(sheet, rows=tuple(rows[:people]), held=()))


def _lists() -> Iterator[PaymentList]:
    from ansinh.ops.acting import now
    from ansinh.payroll.models import Run
    from ansinh.payroll.queries import get_run
    from ansinh.reports.queries.records import RunPapers

    officer = desk().officer
    newest = Run.objects.exclude(state__in=_WITHOUT_LINES).order_by("-month").first()
    if newest is None:
        raise RuntimeError("no list was made yet")
    runs = Run.objects.filter(month=newest.month, programme=newest.programme).exclude(state__in=_WITHOUT_LINES)
    for run_id in runs.order_by("place_code").values_list("pk", flat=True):
        yield RunPapers(get_run(run_id, by=officer), by=officer, commune="", at=now()).payment_list()
