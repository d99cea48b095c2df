"""Every request is read by the database with its visitor's own sight: the second net under what pages ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from psycopg import sql

from ansinh.access.queries import sight_of
from ansinh.platform.row_security import NOTHING, Sight, seeing
from ansinh.web.seeing import signed_in
from ansinh.web.types import Answering

# The table a number in an address is of. `file_id` is of two: whose, the beginning of the address says.
TABLES: dict[str, str] = {
    "run_id": "payroll_run",
    "finding_id": "payroll_runfinding",
    "occasion_id": "payroll_occasion",
    "transfer_id": "funds_transfer",
    "batch_id": "payout_batch",
    "order_id": "payout_order",
    "recovery_id": "payout_recovery",
    "row_id": "reconcile_resultsrow",
    "person_id": "registry_person",
    "number_id": "registry_sealednumber",
    "hold_id": "registry_hold",
    "change_id": "registry_change",
    "registers file_id": "registry_registerfile",
    "results file_id": "reconcile_resultsfile",
    "job_id": "jobs_job",
}
# Numbers nobody need be kept from, or that the view itself asks with another.
UNASKED: dict[str, str] = {
    "line_id": "looked up among the lines of its person",
    "level_pack_id": "levels are for everybody who may see them",
    "number": "an entry of the trail, looked up among those the visitor may search",
    "threshold_id": "sums above which two approve are for everybody who may see levels",
    "appointment_id": "who works where is for everybody who may see the staff",
    "session_id": "looked up among the visitor's own",
    "year": "not a number of anything kept",
}


class SightMiddleware:
    """After the sign-in is known, before anything of people or money is asked; undone whatever becomes of the request.

    Whoever has not signed in sees no row of them.
    """

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with seeing(sight_for(request)):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> None:
        """Whatever an address names and its visitor does not see is not there: one page, the same for what never was.

        Asked before the view does anything, so neither words nor time tell the two apart. Who may not open the page
        at all, or has not signed in, is told that instead, whatever the number.
        """
        wanted: tuple[str, ...] = (*getattr(view, "shows", ()), *getattr(view, "does", ()))
        if not wanted or isinstance(request.user, AnonymousUser):
            return
        by = signed_in(request)
        if not any(by.may(one) for one in wanted):
            return
        for name, number in kwargs.items():
            table = TABLES.get(name) or TABLES.get(f"{request.path.split('/')[1]} {name}")
            if table is not None and not is_seen(table, number):
                raise Http404


def sight_for(request: HttpRequest) -> Sight:
    """What whoever sends the request may see at all."""
    return NOTHING if isinstance(request.user, AnonymousUser) else sight_of(signed_in(request))


def is_seen(table: str, number: int) -> bool:
    """Whether the visitor's sight holds that row."""
    asked = sql.SQL("SELECT EXISTS (SELECT 1 FROM {} AS kept WHERE kept.id = %s)").format(sql.Identifier(table))
    with connection.cursor() as cursor:
        cursor.execute(asked, [number])
        return bool(cursor.fetchone()[0])
