"""How often one person may ask for what is costly, or could be guessed by asking often; counted over all processes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ansinh.platform.sql import rows
from ansinh.web.types import Answering


@dataclass(frozen=True, slots=True)
class Limit:
    """So many requests of one kind a person may send in a minute; `only_post`: looking at the form is free."""

    name: str
    most: int
    only_post: bool = False


_MINUTE = timedelta(minutes=1)
# A search answers while its words are being typed.
SEARCH = Limit("search", 120)
# Addresses of one person, one order: nobody reads faster, a program that tries numbers one after the other does.
LOOK = Limit("look", 120)
FILE = Limit("file", 40)
UPLOAD = Limit("upload", 12, only_post=True)
# Each whole number shown has a reason typed for it.
REVEAL = Limit("reveal", 12, only_post=True)
# Plays whole months; seconds of work each.
TRIAL = Limit("trial", 12, only_post=True)

LIMITS: dict[str, Limit] = {
    **dict.fromkeys(("places", "people", "orders", "recent_changes", "upcoming", "audit"), SEARCH),
    **dict.fromkeys(
        (
            "person",
            "story",
            "why",
            "record_change",
            "who_looked",
            "order",
            "find_order",
            "recovery",
            "results_row",
            "explained",
            "audit_entry",
        ),
        LOOK,
    ),
    "reveal_number": REVEAL,
    **dict.fromkeys(
        (
            "export",
            "export_upcoming",
            "export_changes",
            "paper",
            "slip",
            "transfer_paper",
            "payer_list",
            "marked",
            "marked_results",
            "settlement_paper",
            "export_audit",
            "audit_head",
            "who_looked_paper",
            "issue_sign_in_paper",
        ),
        FILE,
    ),
    **dict.fromkeys(("registers", "results", "results_layout"), UPLOAD),
    **dict.fromkeys(("simulation", "level_packs"), TRIAL),
}


class RateLimitMiddleware:
    """429, with when to come back, for whoever asks too often; whoever is not signed in gets nothing here anyway."""

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Counts the request against its kind's limit."""
        match = request.resolver_match
        limit = LIMITS.get(match.url_name or "") if match else None
        if limit is None or not request.user.is_authenticated or (limit.only_post and request.method != "POST"):
            return None
        now = timezone.now()
        opened, sent = count_request(limit, request.user.pk, now)
        return too_many(request, opened + _MINUTE, now) if sent > limit.most else None


def count_request(limit: Limit, user_id: int, at: datetime) -> tuple[datetime, int]:
    """When this person's present minute began and how many requests of that kind it has seen, this one counted."""
    asked = {"kind": limit.name, "user_id": user_id, "at": at, "oldest": at - _MINUTE}
    (row,) = rows("platform/count_request", asked)
    return row["opened_at"], row["sent"]


def too_many(request: HttpRequest, again_at: datetime, now: datetime) -> HttpResponse:
    """The page that says when to try again; a part of a page asked for in the background becomes the whole page."""
    seconds = max(1, round((again_at - now).total_seconds()))
    response = render(request, "429.html", {"seconds": seconds, "again_at": again_at}, status=429)
    response.headers["Retry-After"] = str(seconds)
    if request.headers.get("HX-Request"):
        response.headers["HX-Redirect"] = request.get_full_path()
    return response
