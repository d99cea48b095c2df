"""What the documents of a payer's month add up to, for each home and fund."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ansinh.access.types import SYSTEM
from ansinh.funds.queries import sum_transfers
from ansinh.funds.types import FUNDS
from ansinh.kernel.digest import digest_of
from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month
from ansinh.payout.queries import list_month_money
from ansinh.payout.types import MonthMoney
from ansinh.platform import sql
from ansinh.settlement.models import ClosingPart, Settlement
from ansinh.settlement.queries.homes import Home
from ansinh.settlement.rules import figures_of
from ansinh.settlement.types import NOTHING, CarriedItem, Figures, Turned


@dataclass(frozen=True, slots=True)
class HomeMonth:
    """One home's month as its documents say now."""

    home: Home
    by_fund: Mapping[str, Turned] = field(default_factory=dict)
    # Codes under which money moved in the month, and under which results came: an old commune's still bear its own.
    moving_codes: frozenset[str] = frozenset()
    paying_codes: frozenset[str] = frozenset()
    people_paid: int = 0
    carried: tuple[CarriedItem, ...] = ()
    results_digest: str = ""

    @property
    def figures(self) -> tuple[tuple[str, Figures], ...]:
        """The equation of each fund with anything to show, in the funds' own order."""
        return tuple((fund, figures_of(self.by_fund[fund])) for fund in FUNDS if fund in self.by_fund)

    @property
    def people_unpaid(self) -> int:
        return len({item.person_id for item in self.carried})

    @property
    def confirmable_digest(self) -> str:
        """Of what a commune confirms: who was reported paid, returned or not paid."""
        return digest_of([self.results_digest, sorted((item.order_code, item.amount_dong) for item in self.carried)])


def months_of(payer: str, homes: Sequence[Home], month: Month) -> dict[str, HomeMonth]:
    """Each home's month by its code; homes where nothing moved or stands are told with no fund."""
    sums, moving = _turned(payer, homes, month)
    for key, (carried, in_hand) in _before(payer, homes, month).items():
        sums[key] = replace(sums.get(key, Turned()), carried_before=carried, in_hand_before=in_hand)
    codes = [code for home in homes for code in home.codes]
    asked = {"communes": codes, "month": month.first_day, "payer": payer}
    paid = {row["commune_code"]: row for row in sql.rows("settlement/count_paid_people", asked)}
    items = list_carried(payer, codes, month)
    return {
        home.code: HomeMonth(
            home,
            {fund: sums[home.code, fund] for fund in FUNDS if sums.get((home.code, fund), Turned()) != Turned()},
            frozenset(code for code in home.codes if code in moving or code in paid),
            frozenset(code for code in home.codes if code in paid),
            sum(paid[code]["people"] for code in home.codes if code in paid),
            tuple(item for item in items if item.commune_code in home.codes),
            "".join(sorted(paid[code]["digest"] for code in home.codes if code in paid)),
        )
        for home in homes
    }


def list_carried(payer: str, codes: Sequence[str], month: Month) -> list[CarriedItem]:
    """The orders carried on at the end of a month in some communes, whoever asks."""
    rows = sql.rows(
        "settlement/list_carried_items", {"communes": list(codes), "month": month.first_day, "payer": payer}
    )
    return [
        CarriedItem(
            order_code=row["order_code"],
            person_id=row["person_id"],
            commune_code=row["commune_code"],
            full_name=row["full_name"],
            born_on=row["born_on"],
            birth_precision=row["birth_precision"],
            hamlet=row["hamlet"],
            order_month=Month.containing(row["order_month"]),
            amount_dong=Dong(row["amount_dong"]),
            outcome=row["outcome"],
            happened_on=row["happened_on"],
            reason="; ".join(part for part in (row["reason"], "đang tạm giữ" if row["is_held"] else "") if part),
        )
        for row in rows
    ]


def left_before(payer: str, homes: Sequence[Home], month: Month) -> dict[str, tuple[Month, Dong, Dong]]:
    """Each home's newest closed month before `month`, and what it left: carried on and in hand, of all funds."""
    left: dict[str, tuple[Month, Dong, Dong]] = {}
    for code, (closed, parts) in _newest_closings(payer, homes, month).items():
        left[code] = (closed, total(p.carried_on_dong for p in parts), total(p.in_hand_dong for p in parts))
    return left


def codes_to_shut(payer: str, found: Iterable[HomeMonth]) -> list[str]:
    """The codes whose books close with these months: an old commune's too, so that nothing is booked behind them."""
    months = list(found)
    codes = [code for one in months for code in one.home.codes]
    once = Settlement.objects.filter(payer=payer, commune_code__in=codes).values_list("commune_code", flat=True)
    shut = {one.home.code for one in months} | set(once) | {code for one in months for code in one.moving_codes}
    return sorted(shut)


def later_closed(payer: str, communes: Iterable[str], month: Month) -> tuple[str, Month] | None:
    """The last later month of any of the communes that is closed, with its commune."""
    later = Settlement.objects.filter(
        payer=payer, commune_code__in=list(communes), month__gt=month, state="CLOSED"
    ).order_by("-month", "commune_code")
    return later.values_list("commune_code", "month").first()


def _turned(payer: str, homes: Sequence[Home], month: Month) -> tuple[dict[tuple[str, str], Turned], set[str]]:
    """The month's own documents by home and fund, without what was there before; and the codes that have any."""
    home_of = {code: home.code for home in homes for code in home.codes}
    sums: dict[tuple[str, str], Turned] = {}
    moving: set[str] = set()
    for money in list_month_money(payer, list(home_of), month, by=SYSTEM):
        key = home_of[money.commune_code], money.fund
        sums[key] = _with_orders(sums.get(key, Turned()), money)
        moving.add(money.commune_code)
    for term, kind in (("transferred", "transfer"), ("money_returned", "return")):
        for sent in sum_transfers(communes=list(home_of), month=month, payer=payer, kind=kind):
            key = home_of[sent.commune], sent.fund
            before = sums.get(key, Turned())
            sums[key] = replace(before, **{term: getattr(before, term) + sent.dong})
            moving.add(sent.commune)
    asked = {"payer": payer, "communes": list(home_of), "month": month.first_day}
    for row in sql.rows("settlement/sum_moves", asked):
        for side, dong in (("from_commune", -row["dong"]), ("to_commune", row["dong"])):
            # Within one home nothing moves: the old commune's money is its own.
            if row[side] in home_of:
                key = home_of[row[side]], row["fund"]
                before = sums.get(key, Turned())
                sums[key] = replace(before, moved_in=before.moved_in + Dong(dong))
    return sums, moving


def _with_orders(turned: Turned, money: MonthMoney) -> Turned:
    return replace(
        turned,
        ordered=turned.ordered + money.new_dong,
        cancelled=turned.cancelled + money.cancelled_dong,
        paid=turned.paid + money.paid_dong,
        payments_returned=turned.payments_returned + money.returned_dong,
        carried_on=turned.carried_on + money.unpaid_dong,
        awaiting=turned.awaiting + money.without_result_dong,
    )


def _before(payer: str, homes: Sequence[Home], month: Month) -> dict[tuple[str, str], tuple[Dong, Dong]]:
    """What the month before left, by home and fund: carried on and in hand.

    Of a month that is not closed yet, as its documents stand, counted on from the newest closed one.
    """
    newest = _newest_closings(payer, homes, month)
    left: dict[tuple[str, str], tuple[Dong, Dong]] = {}
    for code, (_, parts) in newest.items():
        for part in parts:
            carried, in_hand = left.get((code, part.fund), (NOTHING, NOTHING))
            left[code, part.fund] = (carried + part.carried_on_dong, in_hand + part.in_hand_dong)
    open_since = open_months(payer, homes, month)
    for code, months in open_since.items():
        start = newest[code][0] + 1 if code in newest else months[0]
        home = next(home for home in homes if home.code == code)
        for earlier in start.until(month):
            for (_, fund), turned in _counted_on(payer, home, earlier, left).items():
                left[code, fund] = (turned.carried_on, figures_of(turned).in_hand)
    return left


def _counted_on(
    payer: str, home: Home, month: Month, left: Mapping[tuple[str, str], tuple[Dong, Dong]]
) -> dict[tuple[str, str], Turned]:
    sums, _ = _turned(payer, [home], month)
    for fund in FUNDS:
        key = (home.code, fund)
        if key in left or key in sums:
            carried, in_hand = left.get(key, (NOTHING, NOTHING))
            sums[key] = replace(sums.get(key, Turned()), carried_before=carried, in_hand_before=in_hand)
    return sums


def open_months(payer: str, homes: Iterable[Home], month: Month) -> dict[str, list[Month]]:
    """By home, the months before `month` in which money moved and that are not closed, oldest first."""
    members = [(code, last, home.code) for home in homes for code, last in home.members]
    asked = {
        "payer": payer,
        "month": month.first_day,
        "codes": [code for code, _, _ in members],
        "last_months": [last.first_day if last else None for _, last, _ in members],
    }
    home_of = {code: home for code, _, home in members}
    found: dict[str, list[Month]] = {}
    for row in sql.rows("settlement/find_open_months", asked):
        found.setdefault(home_of[row["code"]], []).append(Month.containing(row["month"]))
    return {code: sorted(set(months)) for code, months in found.items()}


def _newest_closings(payer: str, homes: Sequence[Home], month: Month) -> dict[str, tuple[Month, list[ClosingPart]]]:
    """By home, its newest closed month before `month` and the parts closed then by it or by who merged into it."""
    home_of = {code: home.code for home in homes for code in home.codes}
    closings = ClosingPart.objects.filter(
        closing__settlement__payer=payer,
        closing__settlement__commune_code__in=list(home_of),
        closing__settlement__month__lt=month,
        closing__settlement__state="CLOSED",
        closing__reopening__isnull=True,
    ).select_related("closing__settlement")
    found: dict[str, tuple[Month, list[ClosingPart]]] = {}
    for part in closings.order_by("-closing__settlement__month", "pk"):
        settled = part.closing.settlement
        newest, parts = found.setdefault(home_of[settled.commune_code], (settled.month, []))
        if settled.month == newest:
            parts.append(part)
    return found
