"""Money of earlier lists that people have not collected, put into the rows of this month's papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from ansinh.kernel.month import Month
from ansinh.payout.types import Carried
from ansinh.platform import sql
from ansinh.registry.types import birth_of
from ansinh.reports.rules import printed_name
from ansinh.reports.types import NOTHING, CarriedOver, Figures, Group, PaymentRow


@dataclass(frozen=True, slots=True)
class CarriedPerson:
    """Somebody this month's list does not name, as the last list did, and what they may still collect."""

    carried: Carried
    row: PaymentRow


def carried_over(carried: Carried) -> CarriedOver:
    """As the payment list shows it: how many months' lists, how much."""
    return CarriedOver(len(carried.months), carried.amount_dong)


def people_off_the_list(
    carried: Iterable[Carried], *, month: Month, group_of: Callable[[str], Group]
) -> tuple[CarriedPerson, ...]:
    """Those who are on no line of this month, each with a row of their own: name, group and decision of the last list.

    `group_of` gives the printed group of a benefit this month.
    """
    by_person: Mapping[int, Carried] = {one.person_id: one for one in carried}
    if not by_person:
        return ()
    found = sql.rows("reports/list_last_lines", {"people": list(by_person), "month": month.first_day})
    return tuple(
        CarriedPerson(
            by_person[row["person_id"]],
            PaymentRow(
                name=printed_name(row["full_name"]),
                born_year=birth_of(row["born_on"], row["birth_precision"]).first_day.year,
                hamlet=row["hamlet"],
                group=group_of(row["benefit"]),
                coefficient=None,
                decision_no=row["decision_no"],
                book_no=row["book_no"],
                regular_dong=NOTHING,
                carried_over=carried_over(by_person[row["person_id"]]),
            ),
        )
        for row in found
    )


def with_carried(row: PaymentRow, carried: Carried | None) -> PaymentRow:
    """The row with what its person may still collect beside this month's money."""
    return replace(row, carried_over=carried_over(carried)) if carried else row


def carried_figures(carried: Carried) -> Figures:
    """A summary's share of it: no line of this month, so nobody is counted, only the money."""
    return Figures(people=0, coefficients=Decimal(0), carried_dong=carried.amount_dong)
