"""What must always hold of settled months, over all data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
from ansinh.settlement.rules import carried_by_flows, figures_of, signed_digest
from ansinh.settlement.types import NOTHING, Figures, MonthSettlement, Turned

_TERMS = {
    "transferred": "được chuyển",
    "carried_in": "kỳ trước chuyển sang",
    "paid": "đã chi trả",
    "payments_returned": "đã chi, bị trả lại",
    "money_returned": "nộp trả Kho bạc",
    "carried_on": "chuyển kỳ sau",
    "in_hand": "còn ở tổ chức chi trả",
}


@dataclass(frozen=True, slots=True)
class _Closed:
    """A closed month as signed, with the home it was signed of."""

    settled: MonthSettlement
    home: Home

    def of_fund(self, fund: str) -> Figures:
        return dict(self.settled.by_fund).get(fund, Figures())


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
    """Each closed month's frozen figures, by fund, against what its documents give: transfers, returns, new orders,
    results, cancellations, and what the months before left; the difference of the equation included."""
    flows = _flows()
    months = list(_closed_months())
    left = _left(months)
    return [
        fault
        for one in months
        for fund in FUND_NAMES
        for fault in _differences(one, fund, figures_of(_by_documents(one, fund, flows, left)))
    ]


def find_stale_stocks() -> list[Break]:
    """What the newest closed month of each commune says is carried on, by fund, against the orders that stand unpaid
    or returned at its end, one by one; and its people against the results."""
    newest: dict[tuple[str, str], _Closed] = {}
    for one in _closed_months():
        newest[one.settled.payer, one.settled.commune_code] = one
    wanted = sorted(newest.values(), key=lambda one: (one.settled.payer, one.settled.month))
    found: list[Break] = []
    for (payer, month), same in groupby(wanted, key=lambda one: (one.settled.payer, one.settled.month)):
        members = list(same)
        now = months_of(payer, [one.home for one in members], month)
        for one in members:
            stock = now[one.home.code]
            given = dict(stock.figures)
            for fund, name in FUND_NAMES.items():
                standing, said = given.get(fund, Figures()).carried_on, one.of_fund(fund).carried_on
                if standing != said:
                    told = (
                        f"{_named(one.settled)}, {name}: chuyển kỳ sau đã ký {said} đồng, các lệnh chi {standing} đồng"
                    )
                    facts = {"fund": fund, "said": int(said), "now": int(standing)}
                    found.append(Break(told, facts, one.home.code))
            signed = one.settled.people_paid, one.settled.people_unpaid
            if signed != (stock.people_paid, stock.people_unpaid):
                told = (
                    f"{_named(one.settled)}: đã ký {signed[0]} người đã lĩnh, {signed[1]} người chưa lĩnh; "
                    f"theo kết quả là {stock.people_paid} và {stock.people_unpaid}"
                )
                found.append(Break(told, {"paid": stock.people_paid, "unpaid": stock.people_unpaid}, one.home.code))
    return found


def find_money_not_in_hand() -> list[Break]:
    """What the books say payers and their staff held for a commune at the end of each closed month, by fund, against
    carried on + in hand as settled."""
    months = list(_closed_months())
    members = [(one.settled.payer, code, one.home.code, one.settled.month) for one in months for code in one.home.codes]
    asked = {
        "payers": [payer for payer, _, _, _ in members],
        "codes": [code for _, code, _, _ in members],
        "homes": [home for _, _, home, _ in members],
        "months": [month.first_day for _, _, _, month in members],
    }
    held: dict[tuple[str, str, Month, str], Dong] = defaultdict(lambda: NOTHING)
    for row in sql.rows("settlement/sum_held_money", asked):
        held[row["payer"], row["home"], Month.containing(row["month"]), row["fund"]] = Dong(row["dong"])
    found = []
    for one in months:
        for fund, name in FUND_NAMES.items():
            said = one.of_fund(fund).carried_on + one.of_fund(fund).in_hand
            booked = held[one.settled.payer, one.home.code, one.settled.month, fund]
            if booked != said:
                told = (
                    f"{_named(one.settled)}, {name}: chuyển kỳ sau và còn ở tổ chức chi trả cộng {said} đồng, "
                    f"sổ cái {booked} đồng"
                )
                facts = {"fund": fund, "said": int(said), "booked": int(booked)}
                found.append(Break(told, facts, one.home.code))
    return found


def find_gaps_between_months() -> list[Break]:
    """Each closed month's carried in, by fund, against carried on + in hand of the month before, of communes that
    merged into it too, and orders moved from a divided commune."""
    flows = _flows()
    months = list(_closed_months())
    left = _left(months)
    found = []
    for one in months:
        for fund, name in FUND_NAMES.items():
            given = figures_of(_by_documents(one, fund, flows, left)).carried_in
            said = one.of_fund(fund).carried_in
            if said != given:
                told = f"{_named(one.settled)}, {name}: nhận của kỳ trước {said} đồng, kỳ trước để lại {given} đồng"
                found.append(Break(told, {"fund": fund, "said": int(said), "left": int(given)}, one.home.code))
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
    Proof("settled_equals_orders", 5, "Số chuyển kỳ sau khớp từng lệnh chi chưa lĩnh", find_stale_stocks),
    Proof("settlement_equals_ledger", 5, "Tiền còn lại khi quyết toán khớp sổ cái", find_money_not_in_hand),
    Proof("months_carry_on", 5, "Kỳ sau nhận đúng số kỳ trước để lại", find_gaps_between_months),
    Proof("settled_books_are_shut", 5, "Tháng đã quyết toán thì sổ đã khóa", find_books_left_open),
    Proof("closings_as_told", 10, "Các lần quyết toán khớp nhật ký", find_closings_not_as_told),
)

_Flows = dict[tuple[str, str, Month, str], dict[str, Dong]]
# By payer, code and fund: each closed month with what it left carried on and in hand.
_Left = dict[tuple[str, str, str], list[tuple[Month, Dong, Dong]]]


def _flows() -> _Flows:
    """What documents moved, by payer, commune, month and fund: the terms of `Turned` by name."""
    flows: _Flows = {}
    for row in sql.rows("settlement/sum_flows"):
        key = row["payer"], row["commune_code"], Month.containing(row["month"]), row["fund"]
        terms = flows.setdefault(key, {})
        terms[row["term"]] = terms.get(row["term"], NOTHING) + Dong(row["dong"])
    return flows


def _left(months: Sequence[_Closed]) -> _Left:
    left: _Left = defaultdict(list)
    for one in months:
        for fund in FUND_NAMES:
            figures = one.of_fund(fund)
            key = one.settled.payer, one.home.code, fund
            left[key].append((one.settled.month, figures.carried_on, figures.in_hand))
    return left


def _by_documents(one: _Closed, fund: str, flows: _Flows, left: _Left) -> Turned:
    """What a closed month's documents add up to, the orders carried on counted on from the month before."""
    payer, month = one.settled.payer, one.settled.month
    terms: dict[str, Dong] = defaultdict(lambda: NOTHING)
    for code in one.home.codes:
        for term, dong in flows.get((payer, code, month, fund), {}).items():
            terms[term] += dong
    before = [last for code in one.home.codes for last in left.get((payer, code, fund), ()) if last[0] < month]
    newest = max((at for at, _, _ in before), default=None)
    turned = Turned(
        **terms,
        carried_before=total(carried for at, carried, _ in before if at == newest),
        in_hand_before=total(in_hand for at, _, in_hand in before if at == newest),
    )
    return replace(turned, carried_on=carried_by_flows(turned))


def _closed_months() -> Iterator[_Closed]:
    """Every closed month, by payer, month and commune."""
    closings = (
        Closing.objects.filter(settlement__state="CLOSED", reopening__isnull=True)
        .select_related("settlement")
        .prefetch_related("parts")
        .order_by("settlement__payer", "settlement__month", "settlement__commune_code")
    )
    signed = (frozen_as(closing) for closing in closings.iterator(chunk_size=2000))
    for (_, month), same in groupby(signed, key=lambda settled: (settled.payer, settled.month)):
        found = list(same)
        homes = {home.code: home for home in homes_of([settled.commune_code for settled in found], month)}
        for settled in found:
            yield _Closed(settled, homes[settled.commune_code])


def _differences(one: _Closed, fund: str, given: Figures) -> Iterator[Break]:
    said = one.of_fund(fund)
    for term, name in _TERMS.items():
        signed, now = getattr(said, term), getattr(given, term)
        if signed != now:
            told = f"{_named(one.settled)}, {FUND_NAMES[fund]}: {name} đã ký {signed} đồng, chứng từ {now} đồng"
            yield Break(told, {"fund": fund, "term": term, "said": int(signed), "now": int(now)}, one.home.code)
    if said.difference != NOTHING:
        told = f"{_named(one.settled)}, {FUND_NAMES[fund]}: còn chênh {said.difference} đồng"
        yield Break(told, {"fund": fund, "difference": int(said.difference)}, one.home.code)


def _named(settled: MonthSettlement) -> str:
    return f"Quyết toán tháng {settled.month.vi} của xã mã {settled.commune_code} với {settled.payer}"
