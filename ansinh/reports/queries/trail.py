"""The audit trail and its head as files: what a filter finds, and the sheet to sign and keep."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from ansinh.access.types import Actor
from ansinh.audit.queries import get_head, list_for_export
from ansinh.audit.types import TrailFilter
from ansinh.reports.audit_export import trail_csv, trail_workbook
from ansinh.reports.audit_head import head_pdf


def render_trail(*, by: Actor, wanted: TrailFilter, form: Literal["xlsx", "csv"]) -> tuple[bytes, int]:
    """The entries the actor may see among those a filter finds, and how many; refuses TooManyEntries."""
    entries = list(list_for_export(by=by, wanted=wanted))
    return (trail_csv if form == "csv" else trail_workbook)(entries), len(entries)


def render_head(day: date | None, *, made_by: str, at: datetime) -> bytes:
    """The head of the chain at the end of a day, or of now, as PDF; refuses NothingWritten."""
    return head_pdf(get_head(day), made_by=made_by, at=at)
