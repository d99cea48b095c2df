"""Lines as people read them: with the name the roster froze and the decision behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ansinh.access.types import Actor
from ansinh.kernel.birth import BirthDate
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.names import folded
from ansinh.payroll.models import Line, Run
from ansinh.places.queries import path_of
from ansinh.platform import sql
from ansinh.registry.types import birth_of

# More than any commune has; papers ask for everything.
ALL_ROWS = 10_000_000


@dataclass(frozen=True, slots=True)
class LineFilter:
    """What part of a run to show. Empty fields ask for everything; a filter that fits nobody lists nobody."""

    commune: str = ""
    # The law's printed groups; none asks for all.
    groups: tuple[str, ...] = ()
    kind: str = ""
    name: str = ""
    person_id: int = 0
    # "name", "group" or "amount" within each commune.
    order: str = "name"


@dataclass(frozen=True, slots=True)
class ListedLine:
    """One line of a list; a sum given once has neither grant nor span (0)."""

    id: int
    run_id: int
    person_id: int
    grant_id: int
    span_id: int
    benefit: str
    kind: str
    regime: str
    entitlement_month: Month
    payroll_month: Month
    coefficient: Decimal
    base_dong: Dong
    amount_dong: Dong
    law: str
    article: str
    group_name: str
    commune_code: str
    full_name: str
    sort_key: str
    birth: BirthDate
    sex: str
    hamlet: str
    decision_no: str
    decided_on: date | None
    book_no: str
    cared_for: str
    # Of a sum given once: who collects for whom it names, and the household it is for.
    collector: str = ""
    collector_relation: str = ""
    household_id: int | None = None


@dataclass(frozen=True, slots=True)
class LinePage:
    """Some lines, and how many and how much the filter found in all."""

    lines: tuple[ListedLine, ...]
    found: int
    found_dong: Dong


def list_lines(run: Run, *, by: Actor, wanted: LineFilter, limit: int = ALL_ROWS, offset: int = 0) -> LinePage:
    """The lines of a run the filter asks for, within the actor's areas, in printed order."""
    by.must_reach(path_of(run.place_code, run.month.first_day))
    return _page([run], wanted, limit=limit, offset=offset)


def _page(runs: Sequence[Run], wanted: LineFilter, *, limit: int = ALL_ROWS, offset: int = 0) -> LinePage:
    rows = sql.rows(
        "payroll/list_lines",
        {
            "run_ids": [run.pk for run in runs],
            # Names the partitions of the lines to be read.
            "months": sorted({run.month.first_day for run in runs}),
            "commune": wanted.commune,
            "groups": list(wanted.groups) or None,
            "kind": wanted.kind,
            "name": folded(wanted.name),
            "person_id": wanted.person_id,
            "order": wanted.order,
            "limit": limit,
            "offset": offset,
        },
    )
    found = rows[0]["found"] if rows else 0
    found_dong = Dong(int(rows[0]["found_dong"])) if rows else Dong(0)
    return LinePage(tuple(_line(row) for row in rows), found, found_dong)


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """What one run lists for a person. `state`: until it is APPROVED the sum may still change and nobody may pay it."""

    run_id: int
    state: str
    month: Month
    lines: tuple[ListedLine, ...]

    @property
    def total_dong(self) -> Dong:
        """The sum of the lines, in đồng."""
        return Dong(sum(int(line.amount_dong) for line in self.lines))


def list_person_lines(person_id: int, *, by: Actor, limit: int = 60) -> list[ListedLine]:
    """A person's lines in every run the actor may see, newest first."""
    months = list_person_months(person_id, by=by, limit=limit)
    return [line for month in months for line in month.lines][:limit]


def runs_naming(person_ids: Iterable[int]) -> frozenset[int]:
    """Runs in which one of these people has a line; whoever asks has asked for the people's reach."""
    lines = Line.objects.filter(person_id__in=list(person_ids))
    return frozenset(lines.values_list("run_id", flat=True).distinct())


def list_person_months(person_id: int, *, by: Actor, limit: int = 60) -> list[PersonMonth]:
    """A person's lines in every run the actor may see, run by run, newest first; runs in hand too, by their state."""
    run_ids = Line.objects.filter(person_id=person_id).values_list("run_id", flat=True).distinct()
    listed = Run.objects.filter(pk__in=run_ids).exclude(state="CANCELLED").order_by("-month", "-pk")
    runs = [run for run in listed if by.reaches(path_of(run.place_code, run.month.first_day))][:limit]
    if not runs:
        return []
    lines: dict[int, list[ListedLine]] = defaultdict(list)
    for line in _page(runs, LineFilter(person_id=person_id)).lines:
        lines[line.run_id].append(line)
    return [PersonMonth(run.pk, run.state, run.month, tuple(lines[run.pk])) for run in runs]


def as_written(coefficient: Decimal) -> Decimal:
    """1.00 as the law writes it, 1.0; a second decimal stays where it says something."""
    short = coefficient.quantize(Decimal("0.1"))
    return short if short == coefficient else coefficient


def _line(row: dict[str, Any]) -> ListedLine:
    return ListedLine(
        id=row["id"],
        run_id=row["run_id"],
        person_id=row["person_id"],
        grant_id=row["grant_id"],
        span_id=row["span_id"],
        benefit=row["benefit"],
        kind=row["kind"],
        regime=row["regime"],
        entitlement_month=Month.containing(row["entitlement_month"]),
        payroll_month=Month.containing(row["payroll_month"]),
        coefficient=as_written(row["coefficient"]),
        base_dong=Dong(row["base_dong"]),
        amount_dong=Dong(row["amount_dong"]),
        law=row["law"],
        article=row["article"],
        group_name=row["group_name"],
        commune_code=row["commune_code"],
        full_name=row["full_name"],
        sort_key=row["sort_key"],
        birth=birth_of(row["born_on"], row["birth_precision"]),
        sex=row["sex"],
        hamlet=row["hamlet"],
        decision_no=row["decision_no"],
        decided_on=row["decided_on"],
        book_no=row["book_no"],
        cared_for=row["cared_for"],
        collector=row["collector_name"],
        collector_relation=row["collector_relation"],
        household_id=row["household_id"],
    )
