"""What must always hold of settled months, over all data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from ansinh.funds.types import FUND_NAMES
from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month
from ansinh.platform import sql
from ansinh.platform.proofs import Break, Proof
from ansinh.settlement.models import Closing
from ansinh.settlement.queries.documents import months_of
from ansinh.settlement.queries.homes import Home, homes_of
from ansinh.settlement.queries.months import frozen_as
from ansinh.settlement.rules import signed_digest
from ansinh.settlement.types import NOTHING, Figures, MonthSettlement

_TERMS = {
    "transferred": "được chuyển",
    "carried_in": "kỳ trước chuyển sang",
    "paid": "đã chi trả",
    "payments_returned": "đã chi, bị trả lại",
    "money_returned": "nộp trả Kho bạc",
    "carried_on": "chuyển kỳ sau",
    "in_hand": "còn ở tổ chức chi trả",
}


def find_changed_closings() -> list[Break]:
    """Each closing's digest against its figures, fee, people and signatures as they now stand; closings that were
    reopened since included."""
    closings = Closing.objects.select_related("settlement").prefetch_related("parts").order_by("pk")
    found = []
    for closing in closings.iterator(chunk_size=2000):
        signed = frozen_as(closing)
        if signed_digest(signed) != closing.digest:
            told = f"{_named(signed)}: số liệu của lần quyết toán số {closing.pk} đã bị sửa sau khi ký"
            found.append(Break(told, {"closing": closing.pk}, signed.commune_code))
    return found


def find_unsettled() -> list[Break]:
    """Each closed month's frozen figures against those its documents give now, by fund: transfers, orders, results,
    cancellations; the difference of the equation included."""
    found: list[Break] = []
    for payer, month, signed, homes in _closed_months():
        now = months_of(payer, homes, month)
        for settled in signed:
            said, given = dict(settled.by_fund), dict(now[settled.commune_code].figures)
            for fund in FUND_NAMES:
                found += _differences(settled, fund, said.get(fund, Figures()), given.get(fund, Figures()))
    return found


def find_money_not_in_hand() -> list[Break]:
    """What the books say payers and their staff held for a commune at the end of each closed month, by fund, against
    carried on + in hand as settled."""
    closed = list(_closed_months())
    members = [
        (settled.payer, code, home.code, settled.month.first_day)
        for _, _, signed, homes in closed
        for settled in signed
        for home in homes
        if home.code == settled.commune_code
        for code in home.codes
    ]
    payers, codes, of, months = zip(*members, strict=True) if members else ((), (), (), ())
    asked = {"payers": list(payers), "codes": list(codes), "homes": list(of), "months": list(months)}
    held: dict[tuple[str, str, Month, str], Dong] = defaultdict(lambda: NOTHING)
    for row in sql.rows("settlement/sum_held_money", asked):
        held[row["payer"], row["home"], Month.containing(row["month"]), row["fund"]] = Dong(int(row["dong"]))
    found = []
    for _, _, signed, _ in closed:
        for settled in signed:
            said = dict(settled.by_fund)
            for fund, name in FUND_NAMES.items():
                figures = said.get(fund, Figures())
                booked = held[settled.payer, settled.commune_code, settled.month, fund]
                if booked != figures.carried_on + figures.in_hand:
                    told = (
                        f"{_named(settled)}, {name}: chuyển kỳ sau và còn ở tổ chức chi trả cộng "
                        f"{figures.carried_on + figures.in_hand} đồng, sổ cái {booked} đồng"
                    )
                    facts = {"fund": fund, "said": int(figures.carried_on + figures.in_hand), "booked": int(booked)}
                    found.append(Break(told, facts, settled.commune_code))
    return found


def find_books_left_open() -> list[Break]:
    """Settled months whose books still take money, and closed books of months whose settlement is open."""
    return [
        Break(
            f"{row['payer']}, xã mã {row['commune_code']}, tháng {Month.containing(row['month']).vi}: "
            + ("đã quyết toán nhưng sổ chưa khóa" if row["settled"] else "sổ đã khóa nhưng chưa quyết toán"),
            {"payer": row["payer"], "month": str(Month.containing(row["month"]))},
            row["commune_code"],
        )
        for row in sql.rows("settlement/find_books_left_open")
    ]


def find_gaps_between_months() -> list[Break]:
    """Each closed month's carried in against what its documents' months before left: carried on + in hand of the month
    before, of communes that merged into it too, and orders moved from a divided commune."""
    left: dict[tuple[str, str, str], list[tuple[Month, Dong]]] = defaultdict(list)
    months = list(_closed_months())
    for _, _, signed, _ in months:
        for settled in signed:
            for fund, figures in settled.by_fund:
                key = settled.payer, settled.commune_code, fund
                left[key].append((settled.month, figures.carried_on + figures.in_hand))
    found = []
    for payer, month, signed, homes in months:
        moved = moved_into(payer, homes, month)
        codes_of = {home.code: home.codes for home in homes}
        for settled in signed:
            said = dict(settled.by_fund)
            for fund, name in FUND_NAMES.items():
                before = [last for code in codes_of[settled.commune_code] for last in left[payer, code, fund]]
                newest = max((at for at, _ in before if at < month), default=None)
                given = total(dong for at, dong in before if at == newest)
                given += moved.get((settled.commune_code, fund), NOTHING)
                if (carried_in := said.get(fund, Figures()).carried_in) != given:
                    told = (
                        f"{_named(settled)}, {name}: nhận của kỳ trước {carried_in} đồng, kỳ trước để lại {given} đồng"
                    )
                    facts = {"fund": fund, "said": int(carried_in), "left": int(given)}
                    found.append(Break(told, facts, settled.commune_code))
    return found


def find_closings_not_as_told() -> list[Break]:
    """Each act of closing in the audit trail, and the closings it wrote; each settlement's state, and its closings."""
    found = []
    for row in sql.rows("settlement/find_closings_not_as_told"):
        month = Month.parse(row["month"]).vi if row["month"] else "không rõ"
        if row["kind"] == "act":
            told = f"{row['payer']}, tháng {month}: nhật ký ghi quyết toán {row['told']} xã, có {row['found']} bản"
        else:
            told = (
                f"{row['payer']}, xã mã {row['commune_code']}, tháng {month}: trạng thái quyết toán không khớp "
                f"{row['found']} bản quyết toán đang có"
            )
        found.append(Break(told, dict(row), row["commune_code"]))
    return found


PROOFS: tuple[Proof, ...] = (
    Proof("closing_is_as_signed", 5, "Bảng quyết toán đã ký không bị sửa", find_changed_closings),
    Proof("settled_equals_documents", 5, "Tháng đã quyết toán khớp chứng từ, chênh lệch bằng 0", find_unsettled),
    Proof("settlement_equals_ledger", 5, "Tiền còn lại khi quyết toán khớp sổ cái", find_money_not_in_hand),
    Proof("months_carry_on", 5, "Kỳ sau nhận đúng số kỳ trước để lại", find_gaps_between_months),
    Proof("settled_books_are_shut", 5, "Tháng đã quyết toán thì sổ đã khóa", find_books_left_open),
    Proof("closings_as_told", 10, "Các lần quyết toán khớp nhật ký", find_closings_not_as_told),
)


def moved_into(payer: str, homes: list[Home], month: Month) -> dict[tuple[str, str], Dong]:
    """What orders brought from other homes in a month less what they took away, by home and fund."""
    home_of = {code: home.code for home in homes for code in home.codes}
    moved: dict[tuple[str, str], Dong] = {}
    asked = {"payer": payer, "communes": list(home_of), "month": month.first_day}
    for row in sql.rows("settlement/sum_moves", asked):
        for side, dong in (("from_commune", -row["dong"]), ("to_commune", row["dong"])):
            if row[side] in home_of:
                key = home_of[row[side]], row["fund"]
                moved[key] = moved.get(key, NOTHING) + Dong(dong)
    return moved


def _closed_months() -> Iterator[tuple[str, Month, list[MonthSettlement], list[Home]]]:
    """Every closed month by payer and month: what was signed, and the homes it was signed of."""
    closings = (
        Closing.objects.filter(settlement__state="CLOSED", reopening__isnull=True)
        .select_related("settlement")
        .prefetch_related("parts")
        .order_by("settlement__payer", "settlement__month", "settlement__commune_code")
    )
    signed = (frozen_as(closing) for closing in closings.iterator(chunk_size=2000))
    for (payer, month), same in groupby(signed, key=lambda settled: (settled.payer, settled.month)):
        found = list(same)
        wanted = {settled.commune_code for settled in found}
        homes = {home.code: home for home in homes_of(sorted(wanted), month)}
        yield payer, month, found, [home for code, home in homes.items() if code in wanted]


def _differences(settled: MonthSettlement, fund: str, said: Figures, given: Figures) -> Iterator[Break]:
    for term, name in _TERMS.items():
        signed, now = getattr(said, term), getattr(given, term)
        if signed != now:
            told = f"{_named(settled)}, {FUND_NAMES[fund]}: {name} đã ký {signed} đồng, chứng từ {now} đồng"
            yield Break(told, {"fund": fund, "term": term, "said": int(signed), "now": int(now)}, settled.commune_code)
    if given.difference != NOTHING:
        told = f"{_named(settled)}, {FUND_NAMES[fund]}: theo chứng từ còn chênh {given.difference} đồng"
        yield Break(told, {"fund": fund, "difference": int(given.difference)}, settled.commune_code)


def _named(settled: MonthSettlement) -> str:
    return f"Quyết toán tháng {settled.month.vi} của xã mã {settled.commune_code} với {settled.payer}"
