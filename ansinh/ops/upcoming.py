"""`ansinh register upcoming`: what the calendar will do by itself in the coming days, as a work list."""

from __future__ import annotations

from datetime import datetime

import click
from django.utils import timezone

from ansinh.audit.actions import tell_export
from ansinh.kernel.month import Month
from ansinh.ops.acting import looker, now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.options import DAY, as_option
from ansinh.ops.preparation import prepared_database
from ansinh.payroll.actions import refresh_spans
from ansinh.payroll.queries import DEFAULT_DAYS, Upcoming, list_upcoming
from ansinh.payroll.types import PROPOSED_NAMES
from ansinh.places.queries import find_last_place


@click.command("upcoming")
@click.option("--place", "place_code", required=True, help="Mã địa bàn: 2, 3 hoặc 5 chữ số.")
@click.option("--days", type=int, default=DEFAULT_DAYS, show_default=True, help="Xem trước bao nhiêu ngày.")
@click.option("--on", "first", type=DAY, help="Xem từ ngày này; bỏ trống: hôm nay.")
@as_option
@json_option
@click.pass_obj
def upcoming(answer: Answer, *, place_code: str, days: int, first: datetime | None, usernames: tuple[str, ...]) -> None:
    """Việc sắp đến hạn: ai đủ tuổi, hết học, hết hạn quyết định hay ủy quyền, và quyết định cần ban hành."""
    prepared_database(answer.say)
    by, at = looker("payroll.see_lists", usernames), now()
    on = first.date() if first else timezone.localdate()
    found = list_upcoming(place_code, on=on, by=by, days=days)
    if found.stale:
        refresh_spans(place_code=place_code, month=Month.containing(on), by=by, at=at)
        found = list_upcoming(place_code, on=on, by=by, days=days)
    tell_export("payroll.export_upcoming", by=by, at=at, place_code=place_code, days=days, rows=len(found.rows))
    facts = {
        "place": place_code,
        "first_day": found.first_day,
        "last_day": found.last_day,
        "upcoming": [_facts(row) for row in found.rows],
    }
    head = f"Từ {found.first_day:%d/%m/%Y} đến {found.last_day:%d/%m/%Y}: {len(found.rows)} việc."
    answer.give(facts, "\n".join([head, *(_told(row) for row in found.rows)]))


def _facts(row: Upcoming) -> dict[str, object]:
    """A row for machines; nobody's category stands beside a name."""
    return {
        "person_id": row.person_id,
        "full_name": row.full_name,
        "birth": row.birth.vi,
        "commune": row.commune_code,
        "event": row.event,
        "said": row.said,
        "happens_on": row.happens_on,
        "happens_in": str(row.happens_in),
        "from_month": str(row.from_month) if row.from_month else None,
        "before_coefficient": row.before and str(row.before.coefficient),
        "after_coefficient": row.after and str(row.after.coefficient),
        "before_dong": row.before and row.before.amount.value,
        "after_dong": row.after and row.after.amount.value,
        "proposed": row.proposed,
        "rule": row.rule,
        "decided": row.decision is not None,
        "decision_no": row.decision.decision_no if row.decision else "",
    }


def _told(row: Upcoming) -> str:
    day = f"{row.happens_on:%d/%m/%Y}" if row.happens_on else f"tháng {row.happens_in.vi}"
    commune = find_last_place(row.commune_code, row.happens_in.first_day)
    sums = ""
    if row.from_month is not None:
        before = f"{row.before.amount} đ" if row.before else "chưa hưởng"
        after = f"{row.after.amount} đ" if row.after else "thôi hưởng"
        sums = f", từ tháng {row.from_month.vi} {before} → {after}"
    number = f" số {row.decision.decision_no}" if row.decision and row.decision.decision_no else ""
    done = f"đã ghi{number}" if row.decision else f"cần: {PROPOSED_NAMES[row.proposed]}"
    return f"  {day}  {row.full_name} (sinh {row.birth.vi}, {commune}): {row.said}{sums}; {done}"
