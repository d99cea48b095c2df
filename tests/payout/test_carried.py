"""Money not collected is presented again with the next month, wherever its commune went, and paid once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from ansinh.funds.actions import close_period
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payout.actions import cancel_batch, cancel_order, issue_orders, release_batch
from ansinh.payout.models import Batch, BatchItem, Claim, Order, OrderPart, Result
from ansinh.payout.queries import (
    carried_by_person,
    find_order_by_code,
    list_batch_items,
    list_carried,
    list_month_money,
    list_orders,
    list_unreleased,
    list_unresolved,
)
from ansinh.payout.types import MonthMoney, OrderFilter
from ansinh.payroll.models import Line
from ansinh.registry.actions import place_resident, stop_grant
from ansinh.registry.models import Grant, Person
from ansinh.registry.types import Paper
from tests.payout.conftest import (
    PAID_ON,
    POST,
    REPORTED_AT,
    balance,
    give_budget,
    issue,
    order_of,
    release,
    report,
    send_money,
    told,
    verdicts,
)
from tests.seeding import AT, AUGUST, CHO_DON, NGOC_PHAI, Desk, add_person, open_desk

THAO, AN, DUONG, TUAN = "Ma Xuân Thảo", "Lý Ngọc An", "Trần Xuân Dương", "Ma Thị Tuấn"
SEPTEMBER, OCTOBER = AUGUST + 1, AUGUST + 2
# September's list: issued and released before the month, reported in its middle.
ISSUED_AT = datetime(2020, 8, 24, 3, 0, tzinfo=UTC)
SEPTEMBER_AT = datetime(2020, 9, 15, 3, 0, tzinfo=UTC)
SEPTEMBER_ON = date(2020, 9, 4)


def august(desk: Desk, *unpaid: str) -> Batch:
    """August released and reported: everybody paid but those."""
    batch = release(desk)
    rows = [
        told(order_of(name), "unpaid" if name in unpaid else "paid", row=row, on=None if name in unpaid else PAID_ON)
        for row, name in enumerate((THAO, AN, DUONG, TUAN), 1)
    ]
    assert verdicts(report(desk, *rows)) == ["applied"] * 4
    return batch


def september(desk: Desk) -> Batch:
    """September released."""
    return release(desk, SEPTEMBER, at=ISSUED_AT)


def stop(desk: Desk, name: str, day: date) -> Person:
    """Somebody whose allowance ended that day, decided and known in late August."""
    grant = Grant.objects.get(person__full_name=name)
    paper = Paper("45/QĐ-UBND", date(2020, 8, 21))
    stop_grant(
        person_id=grant.person_id, grant_id=grant.pk, happened_on=day, paper=paper, by=desk.officer, at=ISSUED_AT
    )
    return grant.person


def money(desk: Desk, month: Month, commune: str = NGOC_PHAI) -> MonthMoney:
    """A month of the post office, of the one fund it has."""
    (found,) = list_month_money(POST, [commune], month, by=desk.finance)
    return found


def test_the_uncollected_are_presented_with_the_next_month(desk: Desk) -> None:
    august(desk, TUAN)
    old = order_of(TUAN)
    issued = issue(desk, SEPTEMBER)
    assert (issued.new_orders, issued.carried_orders, issued.left_out) == (4, 1, 0)
    assert old == find_order_by_code(old.code.lower(), by=desk.payer)
    assert order_of(TUAN).state == "UNPAID"
    carried = carried_by_person(issued.run_id, by=desk.officer)
    assert [(one.months, one.count, one.amount_dong) for one in carried.values()] == [((AUGUST,), 1, old.amount_dong)]
    send_money(desk, SEPTEMBER, at=ISSUED_AT)
    (batch_id,) = issued.batch_ids
    batch = Batch.objects.get(pk=batch_id)
    assert list_unreleased(POST, NGOC_PHAI, SEPTEMBER, by=desk.finance) == [batch]
    release_batch(batch_id=batch_id, by=desk.finance, at=ISSUED_AT)
    items = [item for item in list_batch_items(batch, by=desk.payer) if item.full_name == TUAN]
    assert [(item.is_carried, item.entitlement_months) for item in items] == [(True, (AUGUST,)), (False, (SEPTEMBER,))]
    assert (order_of(TUAN).state, order_of(TUAN).batch_id, order_of(TUAN).round) == ("RELEASED", batch_id, 0)
    assert len(list_unresolved(POST, NGOC_PHAI, SEPTEMBER, by=desk.finance)) == 5
    assert balance("with_payer") == -balance("owed") == batch.declared_dong.value


def test_paid_late_after_being_presented_again(desk: Desk) -> None:
    august(desk, TUAN)
    batch = september(desk)
    late = report(desk, told(order_of(TUAN), on=date(2020, 8, 14)), month=AUGUST, at=SEPTEMBER_AT)
    assert verdicts(late) == ["applied"]
    paid = Result.objects.get(order=order_of(TUAN), kind="paid")
    assert (paid.batch_id, paid.booked_month) == (batch.pk, SEPTEMBER)
    again = report(desk, told(order_of(TUAN), on=SEPTEMBER_ON), month=SEPTEMBER, at=SEPTEMBER_AT)
    assert verdicts(again) == ["already_paid"]
    old_file = report(desk, told(order_of(TUAN), "unpaid", on=None), month=AUGUST, at=SEPTEMBER_AT)
    assert verdicts(old_file) == ["repeat"]


def test_paid_between_issue_and_release(desk: Desk) -> None:
    august(desk, TUAN, AN)
    issued = issue(desk, SEPTEMBER)
    send_money(desk, SEPTEMBER, at=ISSUED_AT)
    assert verdicts(report(desk, told(order_of(TUAN), on=date(2020, 8, 20)), at=ISSUED_AT)) == ["applied"]
    (batch_id,) = issued.batch_ids
    with pytest.raises(Refusal) as changed:
        release_batch(batch_id=batch_id, by=desk.finance, at=ISSUED_AT)
    assert (changed.value.code, changed.value.facts["payable"]) == ("batch_changed", 5)
    cancel_batch(batch_id=batch_id, reason="Có người đã lĩnh", by=desk.officer, at=ISSUED_AT)
    again = issue_orders(run_id=issued.run_id, by=desk.officer, at=ISSUED_AT)
    assert again.carried_orders == 1
    release_batch(batch_id=again.batch_ids[0], by=desk.finance, at=ISSUED_AT)
    assert order_of(AN).state == "RELEASED"
    assert order_of(TUAN).state == "PAID"


def test_a_payment_that_came_back_is_paid_again_in_a_new_round(desk: Desk) -> None:
    august(desk)
    first = told(order_of(THAO))
    back = told(order_of(THAO), "returned", on=date(2020, 8, 12))
    assert verdicts(report(desk, back)) == ["applied"]
    september(desk)
    assert (order_of(THAO).state, order_of(THAO).round) == ("RELEASED", 1)
    assert verdicts(report(desk, first, at=SEPTEMBER_AT)) == ["repeat"]
    assert verdicts(report(desk, replace(first, happened_on=date(2020, 8, 11)), at=SEPTEMBER_AT)) == [
        "payment_returned"
    ]
    assert verdicts(report(desk, replace(first, happened_on=date(2020, 8, 20)), at=SEPTEMBER_AT)) == [
        "day_before_release"
    ]
    assert verdicts(report(desk, back, at=SEPTEMBER_AT)) == ["repeat"]
    assert verdicts(report(desk, replace(back, happened_on=date(2020, 8, 11)), at=SEPTEMBER_AT)) == ["already_returned"]
    assert verdicts(report(desk, told(order_of(THAO), on=SEPTEMBER_ON), at=SEPTEMBER_AT)) == ["applied"]
    assert list(Result.objects.filter(order=order_of(THAO), kind="paid").values_list("round", flat=True)) == [0, 1]


def test_somebody_no_longer_listed_still_gets_what_was_listed(desk: Desk) -> None:
    august(desk, TUAN)
    person = stop(desk, TUAN, date(2020, 8, 20))
    issued = issue(desk, SEPTEMBER)
    assert (issued.new_orders, issued.carried_orders) == (3, 1)
    assert not Line.objects.filter(payroll_month=SEPTEMBER, person_id=person.pk).exists()
    assert set(carried_by_person(issued.run_id, by=desk.officer)) == {person.pk}


def test_a_carried_order_given_up_is_not_released(desk: Desk) -> None:
    august(desk, TUAN)
    issued = issue(desk, SEPTEMBER)
    send_money(desk, SEPTEMBER, at=ISSUED_AT)
    gone = cancel_order(order_id=order_of(TUAN).pk, reason="Đã mất", by=desk.approver, at=ISSUED_AT)
    assert gone.booked_month == AUGUST
    with pytest.raises(Refusal) as changed:
        release_batch(batch_id=issued.batch_ids[0], by=desk.finance, at=ISSUED_AT)
    assert changed.value.code == "batch_changed"
    assert (money(desk, AUGUST).cancelled_count, money(desk, AUGUST).unpaid_count) == (1, 0)


def test_a_batch_of_a_month_settled_meanwhile_is_not_released(desk: Desk) -> None:
    """Issued while the month was being settled: released it would change what was signed. Made anew it is of the next
    month."""
    august(desk, TUAN)
    issued = issue(desk, SEPTEMBER)
    send_money(desk, SEPTEMBER, at=ISSUED_AT)
    for month in (AUGUST, SEPTEMBER):
        close_period(payer=POST, commune_code=NGOC_PHAI, month=month, by=desk.finance, at=ISSUED_AT)
    with pytest.raises(Refusal) as settled:
        release_batch(batch_id=issued.batch_ids[0], by=desk.finance, at=ISSUED_AT)
    assert settled.value.code == "month_settled_meanwhile"
    cancel_batch(batch_id=issued.batch_ids[0], reason="Tháng đã quyết toán", by=desk.officer, at=ISSUED_AT)
    (again,) = issue_orders(run_id=issued.run_id, by=desk.officer, at=ISSUED_AT).batch_ids
    assert Batch.objects.get(pk=again).month == OCTOBER
    assert release_batch(batch_id=again, by=desk.finance, at=ISSUED_AT).state == "RELEASED"


def test_each_month_adds_up_from_its_own_documents(desk: Desk) -> None:
    august(desk, TUAN, AN)
    september(desk)
    report(desk, told(order_of(TUAN), on=SEPTEMBER_ON), at=SEPTEMBER_AT)
    report(desk, told(order_of(THAO, SEPTEMBER), on=SEPTEMBER_ON), at=SEPTEMBER_AT)
    report(desk, told(order_of(THAO), "returned", on=SEPTEMBER_ON), at=SEPTEMBER_AT)
    first, second = money(desk, AUGUST), money(desk, SEPTEMBER)
    # The payment of August that came back stood in August's batch, and August is not settled yet.
    assert (first.new_count, first.paid_count, first.returned_count, first.unpaid_count) == (4, 2, 1, 3)
    assert (second.new_count, second.carried_in_count, second.paid_count) == (4, 3, 2)
    for month, before in ((first, Dong(0)), (second, first.unpaid_dong)):
        left = before + month.new_dong - month.paid_dong + month.returned_dong - month.cancelled_dong
        assert left == month.unpaid_dong + month.without_result_dong
    assert second.carried_in_dong == first.unpaid_dong


def test_orders_are_found_by_name_state_and_code(desk: Desk) -> None:
    august(desk, TUAN)
    everybody = list_orders(by=desk.payer, wanted=OrderFilter(month=AUGUST))
    assert everybody.found == 4
    by_name = list_orders(by=desk.payer, wanted=OrderFilter(text="ma xuan"))
    assert [shown.full_name for shown in by_name.orders] == [THAO]
    by_code = list_orders(by=desk.payer, wanted=OrderFilter(text=order_of(AN).code))
    assert [shown.full_name for shown in by_code.orders] == [AN]
    unpaid = list_orders(by=desk.payer, wanted=OrderFilter(state="UNPAID", payer=POST), limit=1)
    assert (unpaid.found, unpaid.orders[0].full_name, unpaid.found_dong) == (1, TUAN, order_of(TUAN).amount_dong)
    assert [shown.full_name for shown in list_carried([NGOC_PHAI], SEPTEMBER, by=desk.officer)] == [TUAN]


# Across 1/7/2025: the district's communes become parts of a new one, which lists for itself.
JUNE, JULY = Month.of(2025, 6), Month.of(2025, 7)
NEW_CHO_DON = "02020"
HANG_BONG, HOAN_KIEM, CUA_NAM = "00076", "00070", "00082"
JUNE_AT, JULY_AT = datetime(2025, 5, 24, 3, 0, tzinfo=UTC), datetime(2025, 6, 24, 3, 0, tzinfo=UTC)


@pytest.fixture
def empty_desk(first_load: object, db: None) -> Desk:
    return open_desk()


def resident(name: str, commune: str, born: int = 1981) -> Person:
    category = "elderly_80_no_pension" if born < 1946 else "disabled_exceptional"
    return add_person(name, born=date(born, 2, 27), category=category, commune=commune, opening=JUNE)


def test_money_follows_its_order_to_the_new_commune(empty_desk: Desk) -> None:
    desk = empty_desk
    for place in (CHO_DON, NEW_CHO_DON):
        give_budget(desk, 2025, place)
    resident(THAO, NGOC_PHAI)
    resident(AN, NGOC_PHAI, 1932)
    release(desk, JUNE, CHO_DON, at=JUNE_AT)
    at = datetime(2025, 6, 15, 3, 0, tzinfo=UTC)
    report(desk, told(order_of(THAO, JUNE), "unpaid", on=None), told(order_of(AN, JUNE), row=2, on=at.date()), at=at)
    amount = order_of(THAO, JUNE).amount_dong.value
    assert (balance("with_payer"), balance("owed")) == (amount, -amount)
    issued = issue(desk, JULY, NEW_CHO_DON)
    assert (issued.new_orders, issued.carried_orders) == (2, 1)
    send_money(desk, JULY, NEW_CHO_DON, at=JULY_AT)
    release_batch(batch_id=issued.batch_ids[0], by=desk.finance, at=JULY_AT)
    item = BatchItem.objects.get(batch_id=issued.batch_ids[0], is_carried=True)
    assert (item.from_commune_code, item.commune_code) == (NGOC_PHAI, NEW_CHO_DON)
    assert (balance("with_payer"), balance("owed")) == (0, 0)
    assert balance("owed", NEW_CHO_DON) == -issued.total_dong.value
    paid = report(desk, told(order_of(THAO, JUNE), on=date(2025, 7, 5)), at=datetime(2025, 7, 15, 3, tzinfo=UTC))
    assert verdicts(paid) == ["applied"]
    assert Result.objects.get(order=order_of(THAO, JUNE), kind="paid").commune_code == NEW_CHO_DON
    funds = {part.fund for part in OrderPart.objects.filter(order=order_of(AN, JULY))}
    assert funds == {"social_pension"}


def test_of_a_divided_commune_each_goes_where_they_live(empty_desk: Desk) -> None:
    desk = empty_desk
    for place in ("002", CUA_NAM):
        give_budget(desk, 2025, place)
    person = resident(THAO, HANG_BONG)
    resident(TUAN, CUA_NAM, 1984)
    Grant.objects.filter(person__full_name=TUAN).update(opening_month=JULY)
    release(desk, JUNE, "002", at=JUNE_AT)
    at = datetime(2025, 6, 15, 3, 0, tzinfo=UTC)
    rows = [told(order, "unpaid", row=row, on=None) for row, order in enumerate(Order.objects.all())]
    report(desk, *rows, at=at)
    place_resident(person_id=person.pk, commune_code=CUA_NAM, from_month=JULY, by=desk.officer, at=AT)
    issued = issue(desk, JULY, CUA_NAM)
    moved = BatchItem.objects.get(batch_id=issued.batch_ids[0], order__person_id=person.pk, is_carried=True)
    assert (moved.from_commune_code, moved.commune_code) == (HANG_BONG, CUA_NAM)


def test_who_owes_more_than_they_get_has_a_claim_and_no_order(desk: Desk) -> None:
    august(desk)
    person = stop(desk, AN, date(2020, 7, 20))
    issued = issue(desk, SEPTEMBER)
    assert (issued.new_orders, issued.claims) == (3, 1)
    claim = Claim.objects.get()
    lines = Line.objects.filter(payroll_month=SEPTEMBER)
    assert (claim.person_id, claim.fund, claim.amount_dong) == (person.pk, "tcxh", order_of(AN).amount_dong)
    orders = Order.objects.filter(month=SEPTEMBER)
    assert sum(line.amount_dong.value for line in lines) == (
        sum(order.amount_dong.value for order in orders) - claim.amount_dong.value
    )
    again = issue_orders(run_id=issued.run_id, by=desk.officer, at=AT)
    assert (again.claims, Claim.objects.count()) == (0, 1)
    assert again.batch_ids == ()


def test_reports_in_time_and_out_of_it(desk: Desk) -> None:
    august(desk, TUAN)
    september(desk)
    tomorrow = SEPTEMBER_AT.date() + timedelta(days=1)
    ahead = report(desk, told(order_of(TUAN), "unpaid", on=tomorrow), at=SEPTEMBER_AT)
    assert verdicts(ahead) == ["day_in_future"]
    of_before = report(desk, told(order_of(TUAN), "unpaid", on=date(2020, 8, 20)), at=SEPTEMBER_AT)
    assert verdicts(of_before) == ["repeat"]
    again = report(desk, told(order_of(TUAN), "unpaid", on=SEPTEMBER_ON), at=SEPTEMBER_AT + timedelta(hours=1))
    assert verdicts(again) == ["applied"]
    assert REPORTED_AT < SEPTEMBER_AT
