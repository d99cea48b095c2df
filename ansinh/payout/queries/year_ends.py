"""What the end of a year renews, and what payers return for it."""

from __future__ import annotations

from ansinh.access.types import Actor
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payout.types import ToReturn, YearEndOrder
from ansinh.places.queries import get_place, list_commune_codes
from ansinh.platform import sql
from ansinh.platform.proofs import Break, Proof


def list_year_end(place_code: str, year: int, *, by: Actor) -> list[YearEndOrder]:
    """Orders of the year or before that nobody collected, or that are held, by commune, payer and name.

    Refuses a place outside the actor's areas (OutOfArea) or unknown at the end of the year.
    """
    december = Month.of(year, 12)
    by.must_reach(get_place(place_code, december.first_day).path[::-1])
    asked = {
        "december": december.first_day,
        "communes": list(list_commune_codes(place_code, december.first_day)),
    }
    return [
        YearEndOrder(
            order_id=row["order_id"],
            code=row["code"],
            person_id=row["person_id"],
            full_name=row["full_name"],
            month=Month.containing(row["month"]),
            commune_code=row["commune_code"],
            payer=row["payer"],
            state=row["state"],
            amount_dong=Dong(row["amount_dong"]),
            is_moved=row["is_moved"],
        )
        for row in sql.rows("payout/list_year_end", asked)
    ]


def list_to_return(place_code: str, year: int, *, by: Actor) -> list[ToReturn]:
    """What payers return of the money of the orders renewed at the end of a year, by payer, commune and fund.

    Refuses a place outside the actor's areas (OutOfArea).
    """
    by.must_reach(get_place(place_code, Month.of(year, 12).first_day).path[::-1])
    return [
        ToReturn(row["payer"], row["commune_code"], row["fund"], Dong(row["amount_dong"]))
        for row in sql.rows("payout/sum_year_end", {"place": place_code, "year": year})
    ]


def find_wrong_renewals() -> list[Break]:
    """Each order renewed at a year's end, the order it replaces, its first presentation; each act's count and sum."""
    return [
        Break(
            f"Cuối năm, lượt số {row['year_end_id']}: "
            + (f"lệnh chi {row['code']} không khớp lệnh thay nó" if row["why"] == "order" else "số lệnh, số tiền khác"),
            dict(row),
            row["commune_code"],
        )
        for row in sql.rows("payout/find_wrong_renewals")
    ]


YEAR_END_PROOFS: tuple[Proof, ...] = (
    Proof("renewed_once", 2, "Lệnh chi chưa lĩnh cuối năm chỉ được lập lại một lần", find_wrong_renewals),
)
