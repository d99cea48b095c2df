"""A month settled on the real database: at zero, and every way it may not be."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from ansinh.funds.queries import is_closed
from ansinh.kernel.machine import StepNotAllowed
from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal
from ansinh.payout.actions import issue_orders
from ansinh.platform.action import NotPermitted
from ansinh.settlement.actions import close_month, confirm_month
from ansinh.settlement.models import Closing, Settlement
from ansinh.settlement.queries import (
    PROOFS,
    allowed_steps,
    list_carried_items,
    list_payers,
    list_settlements,
)
from ansinh.settlement.states import EARLIER_MONTH, MONEY_MISSING, NO_RESULT, NOT_ISSUED, NOT_RELEASED
from tests.payroll.conftest import play
from tests.proofs.breaking import break_rows
from tests.seeding import AUGUST, CHO_DON, NGOC_PHAI, PHUONG_VIEN
from tests.settlement.conftest import CLOSED, POST, Office, on, order_of

SEPTEMBER, OCTOBER = AUGUST + 1, AUGUST + 2
# Ngọc Phái's four: 270.000, 540.000, 270.000 and 540.000 đồng.
ALL = Dong(1_620_000)


def broken() -> list[str]:
    """Every row that breaks a proof of settlements."""
    return [f"{proof.code}: {one.what}" for proof in PROOFS for one in proof.find()]


def in_the_way(refused: pytest.ExceptionInfo[Refusal]) -> set[str]:
    return {row["kind"] for row in refused.value.facts["rows"]}


@pytest.mark.django_db
def test_a_month_closes_at_zero_and_stays_as_it_was(office: Office) -> None:
    office.pay_out()
    office.report(An="unpaid")
    done = office.settle()
    assert (done.communes, done.transferred_dong, done.paid_dong, done.carried_on_dong, done.in_hand_dong) == (
        1,
        ALL,
        Dong(1_350_000),
        Dong(270_000),
        Dong(0),
    )
    # 0.4 % of what was paid.
    assert done.fee_dong == Dong(5_400)
    settled = office.look()
    assert settled.is_closed
    assert (settled.people_paid, settled.people_unpaid, settled.fee) == (3, 1, Dong(5_400))
    assert settled.figures.difference == Dong(0)
    assert is_closed(payer=POST, commune=NGOC_PHAI, month=AUGUST)
    (item,) = list_carried_items(payer=POST, place_code=NGOC_PHAI, month=AUGUST, by=office.desk.finance)
    assert (item.full_name, item.amount_dong, item.outcome, item.reason) == (
        "Lý Ngọc An",
        Dong(270_000),
        "unpaid",
        "Đi vắng",
    )
    assert broken() == []


@pytest.mark.django_db
def test_what_was_not_collected_is_carried_into_the_next_month(office: Office) -> None:
    office.pay_out()
    office.report(An="unpaid")
    august = office.settle()
    office.pay_out(SEPTEMBER)
    office.report(SEPTEMBER)
    september = office.settle(SEPTEMBER)
    assert september.carried_in_dong == august.carried_on_dong + august.in_hand_dong == Dong(270_000)
    assert september.paid_dong == ALL + Dong(270_000)
    assert september.carried_on_dong == Dong(0)
    # The old month still says who was carried on then.
    assert len(list_carried_items(payer=POST, place_code=NGOC_PHAI, month=AUGUST, by=office.desk.finance)) == 1
    assert broken() == []


@pytest.mark.django_db
def test_an_order_without_a_result_is_in_the_way(office: Office) -> None:
    office.pay_out()
    office.report(An="silent")
    live = office.look()
    assert live.figures.difference == Dong(270_000)
    assert [row.kind for row in live.in_the_way] == [NO_RESULT]
    assert "Lý Ngọc An" in live.in_the_way[0].message
    for step in (office.confirm, office.close):
        with pytest.raises(Refusal, match="Lý Ngọc An") as refused:
            step()
        assert in_the_way(refused) == {NO_RESULT}
        assert refused.value.facts["count"] == 1
    assert not Settlement.objects.exists()


@pytest.mark.django_db
def test_a_batch_not_released_and_a_list_without_orders_are_in_the_way(office: Office) -> None:
    run = office.list_month()
    office.send_money()
    with pytest.raises(Refusal) as refused:
        office.confirm()
    assert in_the_way(refused) == {NOT_RELEASED}
    office.release(run)
    office.report()
    office.settle()
    september = play(office.desk, SEPTEMBER)
    with pytest.raises(Refusal) as nothing:
        office.confirm(SEPTEMBER)
    assert nothing.value.code == "nothing_to_settle"
    issue_orders(run_id=september.pk, by=office.desk.officer, at=on(SEPTEMBER, 1))
    office.send_money(SEPTEMBER)
    with pytest.raises(Refusal) as waiting:
        office.close(SEPTEMBER)
    assert in_the_way(waiting) == {NOT_RELEASED}


@pytest.mark.django_db
def test_a_list_whose_orders_were_not_made_is_in_the_way_of_what_is_carried(office: Office) -> None:
    office.pay_out()
    office.report(An="unpaid")
    office.settle()
    play(office.desk, SEPTEMBER)
    with pytest.raises(Refusal) as refused:
        office.confirm(SEPTEMBER)
    assert in_the_way(refused) == {NOT_ISSUED}


@pytest.mark.django_db
def test_a_missing_transfer_is_in_the_way_to_the_dong(office: Office) -> None:
    office.pay_out()
    office.report()
    office.confirm()
    # As if the voucher had never come: the documents lack it, whatever the books say.
    break_rows("UPDATE funds_transfer SET state = 'REQUESTED'", tables=["funds_transfer"])
    with pytest.raises(Refusal, match="thiếu") as refused:
        office.close()
    assert in_the_way(refused) == {MONEY_MISSING}
    assert refused.value.facts["rows"][0]["dong"] == int(ALL)


@pytest.mark.django_db
def test_months_close_in_order(office: Office) -> None:
    office.pay_out()
    office.report(An="unpaid")
    office.pay_out(SEPTEMBER)
    office.report(SEPTEMBER)
    live = office.look(SEPTEMBER)
    assert live.figures.carried_in == Dong(270_000)
    assert live.figures.difference == Dong(0)
    office.confirm(SEPTEMBER)
    with pytest.raises(Refusal, match="08/2020") as refused:
        office.close(SEPTEMBER)
    assert in_the_way(refused) == {EARLIER_MONTH}
    office.settle()
    assert office.close(SEPTEMBER).carried_in_dong == Dong(270_000)
    assert broken() == []


@pytest.mark.django_db
def test_a_month_without_a_list_carries_on_what_stands(office: Office) -> None:
    office.pay_out()
    office.report(An="unpaid")
    office.settle()
    office.pay_out(OCTOBER)
    office.report(OCTOBER)
    office.confirm(OCTOBER)
    with pytest.raises(Refusal, match="09/2020"):
        office.close(OCTOBER)
    empty = office.settle(SEPTEMBER)
    assert (empty.carried_in_dong, empty.carried_on_dong, empty.fee_dong) == (Dong(270_000), Dong(270_000), Dong(0))
    # September's list was never made: October pays it as arrears beside its own and what was carried.
    assert office.close(OCTOBER).paid_dong == ALL + ALL + Dong(270_000)
    assert broken() == []


@pytest.mark.django_db
def test_who_confirms_does_not_close(office: Office) -> None:
    office.pay_out()
    office.report()
    desk = office.desk
    both = desk.officer.__class__(
        desk.officer.user_id, "Một mình", (*desk.officer.appointments, *desk.finance.appointments)
    )
    confirm_month(payer=POST, place_code=NGOC_PHAI, month=AUGUST, by=both, at=on(AUGUST, CLOSED))
    with pytest.raises(Refusal, match="người khác") as refused:
        close_month(payer=POST, place_code=NGOC_PHAI, month=AUGUST, by=both, at=on(AUGUST, CLOSED))
    assert refused.value.code == "same_person_settles"
    with pytest.raises(NotPermitted):
        close_month(payer=POST, place_code=NGOC_PHAI, month=AUGUST, by=desk.officer, at=on(AUGUST, CLOSED))
    with pytest.raises(DatabaseError, match="settlement_four_eyes"), transaction.atomic():
        Settlement.objects.update(state="CLOSED", closed_by=both.user_id, closed_at=on(AUGUST, CLOSED))
    row = Settlement.objects.get()
    with pytest.raises(DatabaseError, match="closing_four_eyes"), transaction.atomic():
        Closing.objects.create(settlement=row, confirmed_at=on(AUGUST, 19), confirmed_by=both.user_id,
                               closed_at=on(AUGUST, CLOSED), closed_by=both.user_id, people_paid=1, people_unpaid=0,
                               funds=0, digest="0" * 64)  # fmt: skip
    assert office.close().communes == 1


@pytest.mark.django_db
def test_what_changed_after_the_confirmation_is_confirmed_again(office: Office) -> None:
    office.pay_out()
    office.report(An="unpaid")
    with pytest.raises(Refusal) as unconfirmed:
        office.close()
    assert unconfirmed.value.code == "not_confirmed"
    office.confirm()
    first = Settlement.objects.get().confirmed_digest
    office.tell({order_of("An").pk: "paid"}, day=9)
    with pytest.raises(Refusal, match="đã thay đổi") as changed:
        office.close()
    assert changed.value.code == "not_confirmed"
    assert office.look().needs_confirming
    office.confirm()
    assert Settlement.objects.get().confirmed_digest != first
    assert office.close().paid_dong == ALL


@pytest.mark.django_db
def test_a_district_closes_whole_or_not_at_all(neighbours: Office) -> None:
    neighbours.pay_out(place=CHO_DON)
    neighbours.report(Khánh="silent", An="unpaid")
    assert list_payers(place_code=CHO_DON, month=AUGUST, by=neighbours.desk.finance) == [POST]
    with pytest.raises(Refusal) as refused:
        neighbours.confirm(place=CHO_DON)
    assert {row["commune"] for row in refused.value.facts["rows"]} == {PHUONG_VIEN}
    assert neighbours.settle(place=NGOC_PHAI).communes == 1
    neighbours.tell({order_of("Khánh").pk: "paid"})
    done = neighbours.settle(place=CHO_DON)
    assert done.communes == 1
    both = list_settlements(place_code=CHO_DON, month=AUGUST, by=neighbours.desk.finance)
    assert [one.commune_code for one in both] == sorted([NGOC_PHAI, PHUONG_VIEN])
    assert all(one.is_closed for one in both)
    assert broken() == []
    with pytest.raises(StepNotAllowed):
        neighbours.close(place=CHO_DON)


@pytest.mark.django_db
def test_each_person_is_offered_their_step(office: Office) -> None:
    office.pay_out()
    office.report(An="silent")
    desk = office.desk

    def offered(by: object) -> dict[str, str]:
        steps = allowed_steps(payer=POST, place_code=NGOC_PHAI, month=AUGUST, by=by)  # type: ignore[arg-type]
        return {step.action: step.why_not for step in steps}

    assert "Lý Ngọc An" in offered(desk.officer)["confirm_month"]
    office.tell({order_of("An").pk: "unpaid"})
    assert offered(desk.officer)["confirm_month"] == ""
    assert offered(desk.finance)["close_month"]
    office.confirm()
    assert offered(desk.finance)["close_month"] == ""
    assert "không được giao" in offered(desk.officer)["close_month"]
    office.close()
    assert offered(desk.finance) == {
        "confirm_month": "Bạn không được giao bước này.",
        "close_month": 'Không có xã nào ở trạng thái "Xã đã xác nhận".',
        "reopen_month": "",
    }
