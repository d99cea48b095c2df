"""Reading the month: runs, totals, lines, comparison. Every query of people takes the actor and keeps to their areas."""

from __future__ import annotations

from ansinh.payroll.queries.comparison import Change, compare_with_month_before
from ansinh.payroll.queries.lines import LineFilter, LinePage, ListedLine, list_lines, list_person_lines
from ansinh.payroll.queries.runs import (
    find_run,
    get_run,
    list_commune_lists,
    list_findings,
    list_runs,
    summarise_runs,
    totals_of,
)

__all__ = [
    "Change",
    "LineFilter",
    "LinePage",
    "ListedLine",
    "compare_with_month_before",
    "find_run",
    "get_run",
    "list_commune_lists",
    "list_findings",
    "list_lines",
    "list_person_lines",
    "list_runs",
    "summarise_runs",
    "totals_of",
]
