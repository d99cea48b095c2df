"""The equation of a month, pure: what the documents add up to, and whether it comes out at zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ansinh.kernel.digest import digest_of
from ansinh.kernel.money import Dong, total
from ansinh.settlement.states import IN_THE_WAY_NAMES, MONEY_MISSING, UNEXPLAINED
from ansinh.settlement.types import NOTHING, Figures, InTheWay, MonthSettlement, Turned

_ORDER = {kind: place for place, kind in enumerate(IN_THE_WAY_NAMES)}


def figures_of(turned: Turned) -> Figures:
    """The equation of one fund. Money in hand is what came and went beside the orders, so that it is no remainder."""
    in_hand = turned.in_hand_before + turned.transferred - turned.ordered + turned.cancelled - turned.money_returned
    return Figures(
        transferred=turned.transferred,
        carried_in=turned.carried_before + turned.in_hand_before + turned.moved_in,
        paid=turned.paid,
        payments_returned=turned.payments_returned,
        money_returned=turned.money_returned,
        carried_on=turned.carried_on,
        in_hand=in_hand,
    )


def carried_by_flows(turned: Turned) -> Dong:
    """What is carried on at the end of a month by what came and went of orders, no order being looked at."""
    came = turned.carried_before + turned.moved_in + turned.ordered + turned.payments_returned
    return came - turned.cancelled - turned.paid


def unexplained(turned: Turned) -> Dong:
    """The part of the difference that orders without a result do not make up; anything but zero is a fault of data."""
    return figures_of(turned).difference - turned.awaiting


def faults_of_money(commune_code: str, fund_name: str, turned: Turned) -> list[InTheWay]:
    """What the sums of one fund alone tell: a transfer missing, a difference no order accounts for."""
    faults = []
    if (in_hand := figures_of(turned).in_hand) < NOTHING:
        message = (
            f"{fund_name}: kinh phí đã chuyển thiếu {-in_hand} đồng so với các lệnh chi. "
            "Hãy ghi nhận khoản Kho bạc đã chuyển, hoặc đề nghị chuyển bổ sung."
        )
        faults.append(InTheWay(MONEY_MISSING, commune_code, message, -in_hand))
    if gap := unexplained(turned):
        message = (
            f"{fund_name}: còn chênh {gap} đồng mà không lệnh chi nào giải thích được. "
            "Hãy chạy lệnh ansinh verify để biết chứng từ nào sai."
        )
        faults.append(InTheWay(UNEXPLAINED, commune_code, message, gap))
    return faults


def signed_digest(settled: MonthSettlement) -> str:
    """Over all a closing says: whose month, the equation and fee of each fund, who confirmed and closed it and when."""
    return digest_of(
        {
            "payer": settled.payer,
            "commune": settled.commune_code,
            "month": settled.month,
            "funds": sorted(settled.by_fund),
            "fees": sorted(settled.fee_by_fund or ()),
            "people": [settled.people_paid, settled.people_unpaid],
            "confirmed": [settled.confirmed_by, settled.confirmed_at],
            "closed": [settled.closed_by, settled.closed_at],
        }
    )


def in_order(rows: Iterable[InTheWay]) -> tuple[InTheWay, ...]:
    """Rows as they are worked off: what others wait for first, then by commune and reference."""
    return tuple(sorted(rows, key=lambda row: (_ORDER[row.kind], row.commune_code, row.reference)))


def summed_up(rows: Sequence[InTheWay], *, most: int = 5) -> str:
    """Rows in the way in one sentence: how many of each kind, the first ones in full."""
    counts: dict[str, list[InTheWay]] = {}
    for row in rows:
        counts.setdefault(row.kind, []).append(row)
    kinds = "; ".join(
        f"{IN_THE_WAY_NAMES[kind].lower()}: {len(members)}"
        + (f" ({total(row.dong for row in members)} đồng)" if any(row.dong for row in members) else "")
        for kind, members in counts.items()
    )
    first = " ".join(row.message for row in rows[:most])
    rest = f" … và {len(rows) - most} việc nữa." if len(rows) > most else ""
    return f"{kinds}. {first}{rest}"
