"""What keeps months from closing, row by row: nothing closes while any of these stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ansinh.access.types import SYSTEM
from ansinh.funds.types import FUND_NAMES
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payout.queries import list_unreleased, list_unresolved
from ansinh.platform import sql
from ansinh.settlement.queries.documents import HomeMonth, left_before, open_months
from ansinh.settlement.queries.homes import Home
from ansinh.settlement.rules import faults_of_money, in_order
from ansinh.settlement.states import EARLIER_MONTH, NO_RESULT, NOT_ISSUED, NOT_RELEASED, SET_ASIDE
from ansinh.settlement.types import NOTHING, InTheWay

# What a commune must wait for before it confirms; the rest is between the finance office and the payer.
OF_THE_COMMUNE = frozenset({NO_RESULT, SET_ASIDE, NOT_RELEASED, NOT_ISSUED})


def rows_in_the_way(payer: str, months: Sequence[HomeMonth], month: Month) -> tuple[InTheWay, ...]:
    """Every row that keeps these homes' month from closing, in the order they are worked off."""
    homes = [one.home for one in months]
    found = [
        *_earlier_months(payer, homes, month),
        *_not_issued(payer, homes, month),
        *_set_aside(payer, homes, month),
    ]
    for one in months:
        found += _of_batches(payer, one, month)
        for fund, turned in one.by_fund.items():
            found += faults_of_money(one.home.code, FUND_NAMES[fund], turned)
    return in_order(found)


def _earlier_months(payer: str, homes: Sequence[Home], month: Month) -> Iterator[InTheWay]:
    open_before = open_months(payer, homes, month)
    left = left_before(payer, homes, month)
    for home in homes:
        waiting = open_before.get(home.code, [])
        closed, *rest = left.get(home.code, (None,))
        # A month in which nothing moved is closed too while money stands: each carries in what the last one left.
        if closed is not None and any(rest) and closed + 1 < month:
            waiting = sorted({*waiting, closed + 1})
        if waiting:
            yield InTheWay(
                EARLIER_MONTH,
                home.code,
                f"Tháng {waiting[0].vi} chưa quyết toán với {payer}. Hãy quyết toán lần lượt từng tháng.",
                reference=str(waiting[0]),
            )


def _not_issued(payer: str, homes: Sequence[Home], month: Month) -> Iterator[InTheWay]:
    home_of = _home_of(homes)
    asked = {"communes": list(home_of), "month": month.first_day, "payer": payer}
    for row in sql.rows("settlement/find_runs_not_issued", asked):
        message = (
            f"Danh sách tháng {month.vi} (kỳ chi trả số {row['run_id']}, {row['lines']} dòng) đã duyệt nhưng chưa lập "
            "lệnh chi. Hãy lập lệnh chi."
        )
        yield InTheWay(NOT_ISSUED, home_of[row["commune_code"]], message, Dong(row["total_dong"]), str(row["run_id"]))
    for row in sql.rows("settlement/find_orders_in_no_batch", asked):
        message = f"{row['orders']} lệnh chi tháng {month.vi} chưa nằm trong đợt chi nào. Hãy lập đợt chi mới."
        yield InTheWay(NOT_ISSUED, home_of[row["commune_code"]], message, Dong(int(row["dong"])), str(row["run_id"]))


def _set_aside(payer: str, homes: Sequence[Home], month: Month) -> Iterator[InTheWay]:
    home_of = _home_of(homes)
    asked = {"communes": list(home_of), "month": month.first_day, "payer": payer}
    for row in sql.rows("settlement/find_rows_set_aside", asked):
        message = f"Tệp {row['file_name']}, {row['sheet']} dòng {row['row']}: {row['message']}"
        dong = Dong(row["amount_dong"] or 0)
        # A row of nobody's order, in a file that reports on nobody known, keeps everyone from closing.
        of = [home_of[row["commune_code"]]] if row["commune_code"] else [home.code for home in homes]
        for commune_code in of:
            yield InTheWay(SET_ASIDE, commune_code, message, dong, str(row["file_id"]))


def _of_batches(payer: str, one: HomeMonth, month: Month) -> Iterable[InTheWay]:
    for code in one.home.codes:
        for batch in list_unreleased(payer, code, month, by=SYSTEM):
            message = (
                f"Đợt chi số {batch.pk} ({batch.declared_count} lệnh chi) chưa xuất chi. Hãy xuất chi hoặc hủy đợt."
            )
            yield InTheWay(NOT_RELEASED, one.home.code, message, NOTHING, str(batch.pk))
    if not any(turned.awaiting for turned in one.by_fund.values()):
        return
    for code in one.home.codes:
        for order in list_unresolved(payer, code, month, by=SYSTEM):
            message = (
                f"Lệnh chi {order.code} của {order.full_name} ({order.amount_dong} đồng) chưa có kết quả. "
                "Hãy ghi đã trả hoặc chưa lĩnh."
            )
            yield InTheWay(NO_RESULT, one.home.code, message, order.amount_dong, order.code)


def _home_of(homes: Iterable[Home]) -> dict[str, str]:
    return {code: home.code for home in homes for code in home.codes}
