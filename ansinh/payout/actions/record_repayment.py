"""Record cash paid back to the treasury."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection
from django.utils.timezone import localdate

from ansinh.access.types import Actor
from ansinh.funds.actions import book
from ansinh.funds.queries import holder_of, open_year
from ansinh.funds.types import BookRow
from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal
from ansinh.payout.models import Recovery, RecoveryEntry, Repayment
from ansinh.payout.netting import spread
from ansinh.payout.recoveries import lock_recovery, must_only_collect, open_parts, settle_if_nothing_open
from ansinh.payout.states import RECOVERY, REPAID
from ansinh.payout.types import RepaymentRecorded
from ansinh.platform.action import action


class VoucherNotWhole(Refusal):
    """Phải ghi số chứng từ và ngày nộp; ngày {day} không được sau ngày hôm nay ({today})."""


class VoucherUsedBefore(Refusal):
    """Số chứng từ "{voucher_no}" đã ghi cho khoản phải thu hồi số {recovery_id} nên không ghi lần nữa.
    Nếu đó là lần nộp khác, hãy xem lại số chứng từ; nếu là cùng một lần thì việc đã ghi xong."""


class MoreThanOwed(Refusal):
    """Khoản phải thu hồi này chỉ còn {left} đồng, không ghi được {asked} đồng. Hãy xem lại số tiền trên chứng từ;
    tiền nộp thừa thì trả lại người nộp."""


@action(permission="payout.record_repayment", name="Ghi tiền nộp lại")
def record_repayment(
    *,
    recovery_id: int,
    amount_dong: Dong,
    voucher_no: str,
    paid_on: date,
    by: Actor,
    at: datetime,
    paid_by: str = "",
) -> RepaymentRecorded:
    """Cash is back in the treasury, all or part of what is open; the budget it was drawn from can use it again.

    Refuses a recovery settled or written off (StepNotAllowed), an amount of nothing or more than is open
    (MoreThanOwed), a voucher without number or of a day to come (VoucherNotWhole) and one recorded before
    (VoucherUsedBefore), and whoever decided about it (DeciderCollects).
    """
    number, today = " ".join(voucher_no.split())[:60], localdate(at)
    if not number or paid_on > today:
        raise VoucherNotWhole(day=f"{paid_on:%d/%m/%Y}", today=f"{today:%d/%m/%Y}")
    recovery = lock_recovery(recovery_id, by=by)
    holder = holder_of(recovery.run.place_code, recovery.month.first_day)
    # Vouchers of one book are taken one after the other.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"payout.record_repayment:{holder}"])
    used = Repayment.objects.filter(holder=holder, voucher_no=number).first()
    if used is not None:
        raise VoucherUsedBefore(voucher_no=number, recovery_id=used.recovery_id)
    RECOVERY.step("record_repayment", recovery.state)
    must_only_collect(recovery, by)
    opened = open_parts(recovery)
    left = sum(opened.values())
    if not 0 < amount_dong.value <= left:
        raise MoreThanOwed(left=Dong(left), asked=amount_dong)
    repayment = Repayment.objects.create(
        recovery=recovery, amount_dong=amount_dong, voucher_no=number, paid_on=paid_on, paid_by=paid_by.strip()[:200],
        holder=holder, recorded_at=at, recorded_by=by.user_id,
    )  # fmt: skip
    _take_off(recovery, repayment, spread(amount_dong.value, opened), by=by, at=at)
    settle_if_nothing_open(recovery)
    return RepaymentRecorded(repayment.pk, recovery.pk, recovery.state, amount_dong, Dong(left - amount_dong.value))


def _take_off(recovery: Recovery, repayment: Repayment, parts: dict[str, int], *, by: Actor, at: datetime) -> None:
    RecoveryEntry.objects.bulk_create(
        RecoveryEntry(
            recovery=recovery, kind=REPAID, fund=fund, amount_dong=Dong(part), repayment=repayment, recorded_at=at,
            recorded_by=by.user_id,
        )
        for fund, part in parts.items()
    )  # fmt: skip
    document = f"repayment:{repayment.pk}"
    book(
        recipe="repay_recovery", document=document, key=f"{document}:repay_recovery", month=recovery.month,
        holder=recovery.run.place_code,
        rows=[BookRow(fund, "", recovery.commune_code, Dong(part)) for fund, part in parts.items()], by=by, at=at,
    )  # fmt: skip
    for fund, part in parts.items():
        book(
            recipe="give_back_budget", document=document, key=f"{document}:give_back_budget:{fund}",
            month=recovery.month, holder=recovery.run.place_code, rows=[BookRow(fund, "", "", Dong(part))], by=by,
            at=at, year=open_year(repayment.holder, fund, recovery.month.year),
        )  # fmt: skip
