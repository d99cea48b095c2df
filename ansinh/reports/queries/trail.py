"""The audit trail and its head as files: what a filter finds, and the sheet to sign and keep."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ansinh.access.types import Actor
from ansinh.audit.queries import list_for_export
from ansinh.audit.types import ChainHead, TrailFilter
from ansinh.reports.audit_export import trail_csv, trail_workbook
from ansinh.reports.audit_head import head_pdf


def render_trail(*, by: Actor, wanted: TrailFilter, form: Literal["xlsx", "csv"]) -> tuple[bytes, int]:
    """The entries the actor may see among those a filter finds, and how many; refuses TooManyEntries."""
    entries = list(list_for_export(by=by, wanted=wanted))
    return (trail_csv if form == "csv" else trail_workbook)(entries), len(entries)


def render_head(head: ChainHead, *, made_by: str, at: datetime) -> bytes:
    """This head of the chain as PDF: the one that was told, though entries were written since."""
    return head_pdf(head, made_by=made_by, at=at)
