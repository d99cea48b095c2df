"""Reading the month: runs, totals, lines, comparison. Queries of people take the actor and keep to their areas."""

from __future__ import annotations

from ansinh.payroll.hands import hands_of, told_by
from ansinh.payroll.models import LevelPack, Run, RunFinding
from ansinh.payroll.queries.comparison import Change, compare_months, compare_with_month_before
from ansinh.payroll.queries.explanation import explain_line
from ansinh.payroll.queries.forecast import Forecast, GroupForecast, ListForecast, Two
from ansinh.payroll.queries.level_packs import (
    get_level_pack,
    law_titles,
    levels_of_pack,
    list_level_packs,
    pack_listed_by,
    pack_of_person,
    pack_of_run,
    read_levels,
    runs_by_level_pack,
)
from ansinh.payroll.queries.level_starts import list_level_starts, title_of_start
from ansinh.payroll.queries.levels_ahead import (
    DEFAULT_MONTHS,
    MOST_MONTHS,
    DraftTellsOfHiv,
    NobodyListedHere,
    preview_level_pack,
    preview_level_start,
    simulate_draft,
)
from ansinh.payroll.queries.lines import (
    LineFilter,
    LinePage,
    ListedLine,
    PersonMonth,
    list_lines,
    list_person_lines,
    list_person_months,
    runs_naming,
)
from ansinh.payroll.queries.month_explained import MonthExplained, explain_line_of_run, explain_month
from ansinh.payroll.queries.one_off import (
    get_occasion,
    list_alike_occasions,
    list_occasions,
    list_payees,
    preview_gift,
)
from ansinh.payroll.queries.preview import (
    ChangePreview,
    MonthsMoved,
    NextLines,
    OneOffSum,
    PersonEffect,
    preview_change,
)
from ansinh.payroll.queries.proofs import PROOFS
from ansinh.payroll.queries.runs import (
    allowed_steps,
    find_run,
    get_run,
    list_commune_lists,
    list_findings,
    list_leads,
    list_runs,
    summarise_runs,
    totals_of,
)
from ansinh.payroll.queries.thresholds import (
    Above,
    SecondApproval,
    Threshold,
    get_threshold,
    list_thresholds,
    second_approval_of,
)
from ansinh.payroll.queries.upcoming import DEFAULT_DAYS, Upcoming, UpcomingList, list_upcoming
from ansinh.payroll.together import list_paid_together, together_with

__all__ = [
    "DEFAULT_DAYS",
    "DEFAULT_MONTHS",
    "MOST_MONTHS",
    "PROOFS",
    "Above",
    "Change",
    "ChangePreview",
    "DraftTellsOfHiv",
    "Forecast",
    "GroupForecast",
    "LevelPack",
    "LineFilter",
    "LinePage",
    "ListForecast",
    "ListedLine",
    "MonthExplained",
    "MonthsMoved",
    "NextLines",
    "NobodyListedHere",
    "OneOffSum",
    "PersonEffect",
    "PersonMonth",
    "Run",
    "RunFinding",
    "SecondApproval",
    "Threshold",
    "Two",
    "Upcoming",
    "UpcomingList",
    "allowed_steps",
    "compare_months",
    "compare_with_month_before",
    "explain_line",
    "explain_line_of_run",
    "explain_month",
    "find_run",
    "get_level_pack",
    "get_occasion",
    "get_run",
    "get_threshold",
    "hands_of",
    "law_titles",
    "levels_of_pack",
    "list_alike_occasions",
    "list_commune_lists",
    "list_findings",
    "list_leads",
    "list_level_packs",
    "list_level_starts",
    "list_lines",
    "list_occasions",
    "list_paid_together",
    "list_payees",
    "list_person_lines",
    "list_person_months",
    "list_runs",
    "list_thresholds",
    "list_upcoming",
    "pack_listed_by",
    "pack_of_person",
    "pack_of_run",
    "preview_change",
    "preview_gift",
    "preview_level_pack",
    "preview_level_start",
    "read_levels",
    "runs_by_level_pack",
    "runs_naming",
    "second_approval_of",
    "simulate_draft",
    "summarise_runs",
    "title_of_start",
    "together_with",
    "told_by",
    "totals_of",
]
