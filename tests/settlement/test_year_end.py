"""The end of a year: what nobody collected goes back to the budget, is owed again from the next; both years close."""

from __future__ import annotations

import sys
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.funds.actions import close_year, record_return
from ansinh.funds.queries import list_needs
from ansinh.funds.types import MoneyRow
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payout.actions import hold_order, issue_orders, renew_year_end
from ansinh.payout.models import BatchItem, Order, YearEndItem
from ansinh.payout.queries import carried_by_person, list_to_return, list_year_end
from ansinh.payout.types import YearEndRenewed
from ansinh.policy import load_pack
from ansinh.registry.actions import lift_hold
from ansinh.registry.models import Hold
from tests.proofs.breaking import break_rows, found_by_proof
from tests.seeding import CHO_DON, NGOC_PHAI
from tests.settlement.conftest import POST, Office, on, order_of

DECEMBER = Month.of(2020, 12)
JANUARY = DECEMBER + 1


@pytest.fixture
def december(office: Office) -> Office:
    """December released, and reported but for Tuấn's money, which nobody collected."""
    office.pay_out(DECEMBER)
    office.report(DECEMBER, Tuấn="unpaid")
    return office


def renew(office: Office, year: int = 2020, *, document_no: str = "12/BB-UBND", day: int = 25) -> YearEndRenewed:
    return renew_year_end(
        place_code=CHO_DON, year=year, document_no=document_no, by=office.desk.approver, at=on(DECEMBER, day)
    )


def give_back(office: Office) -> Dong:
    (row,) = list_to_return(CHO_DON, 2020, by=office.desk.finance)
    record_return(
        payer=POST, place_code=CHO_DON, month=DECEMBER, parts=(MoneyRow(row.commune_code, row.fund, row.amount_dong),),
        voucher_no="NT-1", sent_on=date(2020, 12, 28), reason="Chưa lĩnh cuối năm", by=office.desk.finance,
        at=on(DECEMBER, 28),
    )  # fmt: skip
    return row.amount_dong


def test_the_money_goes_back_and_is_owed_from_the_next_year(december: Office) -> None:
    office, old = december, order_of("Tuấn", DECEMBER)
    assert [one.order_id for one in list_year_end(CHO_DON, 2020, by=office.desk.finance)] == [old.pk]
    done = renew(office)
    assert (done.orders, done.amount_dong, done.left_out) == (1, old.amount_dong, 0)
    assert give_back(office) == old.amount_dong
    office.settle(DECEMBER)
    left = dict(office.look(DECEMBER).by_fund)["tcxh"]
    assert (left.money_returned, left.carried_on, left.in_hand) == (old.amount_dong, Dong(0), Dong(0))
    closed = close_year(place_code=CHO_DON, fund="tcxh", year=2020, by=office.desk.finance, at=on(JANUARY, 5))
    assert closed.carried_dong == Dong(0)

    new = YearEndItem.objects.get().renewed
    assert (new.state, new.amount_dong, new.month) == ("ISSUED", old.amount_dong, DECEMBER)
    run = office.list_month(JANUARY)
    carried = carried_by_person(run.pk, by=office.desk.officer)[old.person_id]
    assert (carried.months, carried.amount_dong) == ((DECEMBER,), old.amount_dong)
    needed = sum(row.dong.value for row in list_needs(payer=POST, place_code=NGOC_PHAI, month=JANUARY))
    fresh = sum(order.amount_dong.value for order in Order.objects.filter(month=JANUARY))
    assert needed == fresh + old.amount_dong.value
    office.send_money(JANUARY)
    office.release(run)
    item = BatchItem.objects.get(order=new)
    assert (item.batch.month, item.is_carried) == (JANUARY, False)
    office.report(JANUARY)
    office.settle(JANUARY)
    new.refresh_from_db()
    assert new.state == "PAID"
    assert found_by_proof() == {}


def test_the_old_years_list_does_not_take_it_back(december: Office) -> None:
    renew(december)
    run = Order.objects.filter(month=DECEMBER).first()
    assert run is not None
    again = issue_orders(run_id=run.run_id, by=december.desk.officer, at=on(DECEMBER, 26))
    assert again.batch_ids == ()


def test_where_money_does_not_pass_over_the_year_nothing_old_is_presented(
    december: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    returned = load_pack().with_settings({"unpaid_at_year_end": "returned"})
    monkeypatch.setattr(sys.modules["ansinh.payout.ways"], "load_pack", lambda: returned)
    run = december.list_month(JANUARY)
    old = order_of("Tuấn", DECEMBER)
    assert not BatchItem.objects.filter(batch__run_id=run.pk, order=old).exists()
    assert old.person_id not in carried_by_person(run.pk, by=december.desk.officer)
    renew(december)
    again = issue_orders(run_id=run.pk, by=december.desk.officer, at=on(JANUARY, 2))
    assert again.carried_orders == 1


def test_what_is_held_stays_held(december: Office) -> None:
    old = order_of("Tuấn", DECEMBER)
    hold_order(order_id=old.pk, kind="complaint", since_on=date(2020, 12, 10), by=december.desk.officer,
               at=on(DECEMBER, 10))  # fmt: skip
    renew(december)
    run = december.list_month(JANUARY)
    new = YearEndItem.objects.get().renewed
    assert not BatchItem.objects.filter(order=new).exists()
    hold = Hold.objects.get(order_id=new.pk)
    lift_hold(hold_id=hold.pk, why="Đơn đã giải quyết", by=december.desk.approver, at=on(JANUARY, 2))
    assert issue_orders(run_id=run.pk, by=december.desk.officer, at=on(JANUARY, 2)).carried_orders == 1


def test_it_is_refused_with_what_to_do(office: Office) -> None:
    office.pay_out(DECEMBER)
    codes = []
    for more in ({}, {"document_no": " "}, {"year": 2021}):
        with pytest.raises(Refusal) as refused:
            renew(office, **more)
        codes.append(refused.value.code)
    office.report(DECEMBER, Tuấn="unpaid", An="silent")
    with pytest.raises(Refusal) as silent:
        renew(office)
    office.report(DECEMBER)
    office.settle(DECEMBER)
    with pytest.raises(Refusal) as settled:
        renew(office)
    codes += [silent.value.code, settled.value.code]
    assert codes == [
        "nothing_uncollected", "year_end_undocumented", "year_still_running", "not_all_reported", "december_settled",
    ]  # fmt: skip
    assert not YearEndItem.objects.exists()


def test_a_renewal_stays_as_told(december: Office) -> None:
    renew(december)
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("DELETE FROM payout_yearenditem")
    break_rows("UPDATE payout_yearend SET amount_dong = amount_dong + 1", tables=["payout_yearend"])
    assert "renewed_once" in found_by_proof()
