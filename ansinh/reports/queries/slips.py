"""A person's month read as the slip that explains it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.kernel.digest import digest_of
from ansinh.kernel.legal_days import LEGAL_DAYS
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.queries import MonthExplained, explain_month, law_titles
from ansinh.payroll.types import KIND_NAMES
from ansinh.places.queries import find_last_place
from ansinh.places.types import Place
from ansinh.registry.queries import get_person
from ansinh.registry.types import PersonCard
from ansinh.reports.pdf import render_pdf
from ansinh.reports.queries.papers import MEDIA_TYPES, Rendered
from ansinh.reports.queries.sheets import office_sheet
from ansinh.reports.slip import Slip, SlipRow, slip_paper
from ansinh.reports.types import Signatory


class NobodyToSign(Refusal):
    """Sổ chưa ghi {who} thuộc xã nào, nên chưa biết cơ quan nào ký phiếu. Hãy ghi nơi hưởng rồi in lại."""


def render_slip(
    *, person_id: int, month: Month, names_category: bool, by: Actor, at: datetime, payroll: Month | None = None
) -> Rendered:
    """The slip of a person's month as PDF; `payroll`: of what that payroll's list gives for it.

    The file's name tells no name. Refuses NoSuchPerson, CategoriesNotYours, NobodyToSign, SlipTellsStatus.
    """
    told = explain_month(person_id, month, by=by, payroll=payroll)
    record = _slip(told, by=by, at=at, payroll=payroll)
    content = render_pdf(slip_paper(record, names_category=names_category))
    return Rendered(f"phieu-giai-thich-{person_id}-{month}.pdf", MEDIA_TYPES["pdf"], content)


def _slip(told: MonthExplained, *, by: Actor, at: datetime, payroll: Month | None) -> Slip:
    lines = [line for line in told.lines if payroll in (None, line.payroll_month)]
    titles = law_titles({line.run_id for line in lines})
    rows = tuple(
        SlipRow(
            payroll_month=line.payroll_month,
            kind=KIND_NAMES[line.kind],
            coefficient=line.coefficient,
            base_dong=line.base_dong,
            amount_dong=line.amount_dong,
            decision_no=line.decision_no,
            decided_on=line.decided_on,
        )
        for line in lines
    )
    unit, day = office_of(get_person(told.person_id, by=by), at.astimezone(LEGAL_DAYS).date(), told.month)
    sheet = office_sheet(
        unit,
        month=Month.containing(day),
        is_signed=not told.is_draft,
        digest=digest_of({"person": told.person_id, "month": told.month, "rows": rows, "told": told.paragraphs}),
        at=at,
    )
    return Slip(
        sheet=replace(sheet, signatories=(Signatory("Người được giải thích"), Signatory("Người lập phiếu"))),
        name=told.full_name,
        called=told.called,
        month=told.month,
        rows=rows,
        due_dong=told.due_dong,
        listed_dong=told.listed_dong,
        paragraphs=told.paragraphs,
        laws=tuple(dict.fromkeys(titles[line.law] for line in lines if line.law in titles)),
    )


def office_of(card: PersonCard, today: date, month: Month | None = None) -> tuple[Place, date]:
    """The commune that answers for the person, as it is today; one that is no more, as it was in the month (none
    given: when they came to live there). Refuses (NobodyToSign) somebody who lives nowhere."""
    if not card.residences:
        raise NobodyToSign(who=card.full_name)
    newest = max(card.residences, key=lambda home: home.starts)
    unit = find_last_place(newest.commune_code, today)
    if unit is not None and unit.valid_on(today):
        return unit, today
    month = month or newest.starts
    before = (home for home in card.residences if home.starts <= month)
    then = max(before, key=lambda home: home.starts, default=newest)
    unit = find_last_place(then.commune_code, month.first_day)
    if unit is None:
        raise NobodyToSign(who=card.full_name)
    return unit, month.first_day
