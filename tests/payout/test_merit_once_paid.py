"""Worship money is paid from the merit fund, one order a person over all their martyrs, and settled as any."""

from __future__ import annotations

from datetime import date

from ansinh.funds.actions import assign_budget
from ansinh.kernel.money import Dong
from ansinh.payout.actions import issue_orders, release_batch
from ansinh.payout.models import Order
from ansinh.payroll.actions import add_payee, create_occasion
from ansinh.payroll.types import MERIT_YEARLY
from ansinh.registry.models import Person
from tests.payout.conftest import BUDGET, RELEASED_AT, order_of, report, send_money, told
from tests.payroll.test_one_off import signed
from tests.proofs.breaking import break_rows, found, found_by_proof
from tests.seeding import AT, AUGUST, CHO_DON, NGOC_PHAI, Desk


def test_worship_money_goes_from_the_merit_fund_to_results(desk: Desk) -> None:
    assign_budget(place_code=CHO_DON, fund="merit", year=2020, amount_dong=BUDGET, decision_no="02/QĐ",
                  decided_on=date(2020, 7, 2), by=desk.finance, at=AT)  # fmt: skip
    made = create_occasion(
        kind=MERIT_YEARLY, title="Thờ cúng liệt sĩ", place_code=NGOC_PHAI, month=AUGUST, decision_no="7/QĐ",
        decided_on=date(2020, 7, 15), amount_dong=Dong(500_000), by=desk.officer, at=AT,
    )  # fmt: skip
    for name, martyr in (("Lý Ngọc An", "LS1"), ("Lý Ngọc An", "LS2"), ("Ma Thị Tuấn", "LS3")):
        add_payee(occasion_id=made.occasion_id, person_id=Person.objects.get(full_name=name).pk,
                  martyr_name=f"Liệt sĩ {martyr}", martyr_no=martyr, by=desk.officer, at=AT)  # fmt: skip
    issued = issue_orders(run_id=signed(desk, made.occasion_id).pk, by=desk.officer, at=RELEASED_AT)
    assert (issued.new_orders, issued.total_dong) == (2, Dong(1_500_000))
    order = order_of("Lý Ngọc An")
    assert [(part.fund, part.amount_dong) for part in order.parts.all()] == [("merit", Dong(1_000_000))]
    send_money(desk)
    for batch_id in issued.batch_ids:
        release_batch(batch_id=batch_id, by=desk.finance, at=RELEASED_AT)
    report(desk, *(told(one, row=row) for row, one in enumerate(Order.objects.order_by("pk"), start=1)))
    assert set(Order.objects.values_list("state", flat=True)) == {"PAID"}
    assert found_by_proof() == {}
    break_rows("DELETE FROM payroll_worshippedmartyr WHERE martyr_no = 'LS2'", tables=["payroll_worshippedmartyr"])
    (said,) = found()["one_off_as_decided"]
    assert "được chi 500.000 đồng, danh sách ghi 1.000.000 đồng" in said
