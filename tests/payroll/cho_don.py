"""Chợ Đồn's register of the examples, listed month by month; and what the decrees owe by it, worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from ansinh.kernel.month import Month
from ansinh.payroll.actions import approve_run, check_run, clear_finding, compute_run, open_run, submit_run
from ansinh.payroll.models import RunFinding
from ansinh.registry.actions import import_register
from ansinh.registry.models import Grant, Person
from tests.seeding import CHO_DON, Desk

REGISTER = Path(__file__).parents[2] / "examples" / "registers" / "cho-don-2020-08.xlsx"


def take_over(desk: Desk, month: Month) -> None:
    """The register imported, first paid here in the month."""
    import_register(content=REGISTER.read_bytes(), file_name=REGISTER.name, place_code=CHO_DON, month=month,
                    by=desk.officer, at=drawn_up(month))  # fmt: skip


def drawn_up(month: Month) -> datetime:
    """Lists are made on the 20th of the month before."""
    before = month + -1
    return datetime(before.year, before.number, 20, 2, 0, tzinfo=UTC)


def listed(desk: Desk, month: Month, at: datetime) -> None:
    """The month of the whole district from open to approved, what needs a person's eye passed over with a reason."""
    run_id = open_run(place_code=CHO_DON, month=month, by=desk.officer, at=at).run_id
    compute_run(run_id=run_id, by=desk.officer, at=at)
    check_run(run_id=run_id, by=desk.officer, at=at)
    for finding in RunFinding.objects.filter(run_id=run_id, severity="blocking", cleared_at=None):
        clear_finding(run_id=run_id, finding_id=finding.pk, reason="đã xác minh", by=desk.officer, at=at)
    submit_run(run_id=run_id, by=desk.officer, at=at)
    approve_run(run_id=run_id, by=desk.approver, at=at)


def by_the_bands(grant: Grant, month: Month) -> Decimal:
    """Decree 20 Articles 5, 6 and 20 as printed, of the categories this register has; 0: nothing any more.

    Decree 136 and Decree 28/2012 gave these the same coefficients.
    """
    category, person = grant.category, grant.person
    if category in ("child_no_care", "child_hiv_poor", "carer_child_no_care"):
        # Paid through the month the child is 16; nobody here is known to study on.
        child = grant.cared_for or person
        older = "2.0" if category == "child_hiv_poor" else "1.5"
        return Decimal(0) if is_past(child, 16, month) else Decimal("2.5" if years(child, month) < 4 else older)
    if category in ("disabled_severe", "disabled_exceptional"):
        adult = Decimal("1.5" if category == "disabled_severe" else "2.0")
        return adult if 16 <= years(person, month) < 60 else adult + Decimal("0.5")
    if category == "elderly_poor_no_carer":
        return Decimal("1.5" if years(person, month) < 80 else "2.0")
    alike = {"single_parent_poor": grant.children or 0, "elderly_80_no_pension": 1, "carer_household_exceptional": 1}
    return Decimal("1.5") if category == "adult_hiv_poor" else Decimal(alike[category])


def years(person: Person, month: Month) -> int:
    """Whole years on the last day of the month."""
    return month.year - person.born_on.year - (person.born_on.month > month.number)


def is_past(person: Person, age: int, month: Month) -> bool:
    """The birthday of that age is before the month."""
    return (person.born_on.year + age, person.born_on.month) < (month.year, month.number)
