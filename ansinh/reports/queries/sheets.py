"""What papers say about themselves: the body that decides, the place, the state, the day of signing."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.kernel.legal_days import LEGAL_DAYS
from ansinh.kernel.month import Month
from ansinh.places.queries import ancestors, deciding_bodies
from ansinh.places.types import Place as Unit
from ansinh.reports.types import ListState, Office, Place, PlaceLevel, Sheet, Signatory, Stamp


def office_sheet(
    unit: Unit,
    *,
    month: Month,
    is_signed: bool,
    digest: str,
    at: datetime,
    signed_on: date | None = None,
    middle: str = "Phụ trách",
    approvals: tuple[str, ...] = (),
) -> Sheet:
    """The sheet of a paper of the body that decides for a place that month; `middle` signs between maker and head.

    `approvals`: who approved it and when, where that is more than one.
    """
    body = deciding_bodies(unit, month.first_day)[0] if unit.kind != "province" else unit
    return Sheet(
        office=Office(body=f"Ủy ban nhân dân {spoken(body)}", seat=body.name),
        place=paper_place(unit, month),
        month=month,
        stamp=Stamp(
            state=ListState.APPROVED if is_signed else ListState.DRAFT,
            digest=digest,
            printed_at=at.astimezone(LEGAL_DAYS),
            signed_on=signed_on,
            approvals=approvals,
        ),
        signatories=(
            Signatory("Người lập biểu"),
            Signatory(middle),
            Signatory("Chủ tịch", on_behalf=f"TM. Ủy ban nhân dân {spoken(body)}"),
        ),
    )


def paper_place(unit: Unit, month: Month) -> Place:
    """A place as a paper of that month names it, with those above it."""
    within = ", ".join(spoken(one) for one in ancestors(unit, month.first_day))
    return Place(unit.code, unit.full_name, PlaceLevel(unit.kind), within)


def spoken(unit: Unit) -> str:
    """ "huyện Chợ Đồn": the type in small letters inside a sentence."""
    return f"{unit.type[:1].lower()}{unit.type[1:]} {unit.name}"
