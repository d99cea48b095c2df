"""Orders from an approved list, batches that declare themselves, release by a third person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from ansinh.kernel.check_digit import with_check_digits
from ansinh.kernel.machine import StepNotAllowed
from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal
from ansinh.payout.actions import (
    cancel_batch,
    cancel_order,
    hand_over_batch,
    issue_orders,
    reissue_order,
    release_batch,
)
from ansinh.payout.models import Batch, BatchItem, Claim, Order, OrderPart
from ansinh.payout.queries import (
    allowed_batch_steps,
    get_batch,
    list_batch_items,
    list_batches,
    list_transfer_needs,
    order_totals,
)
from ansinh.payroll.models import Line
from ansinh.platform.action import NotPermitted
from tests.payout.conftest import RELEASED_AT, balance, issue, order_of, release, run_of, send_money
from tests.payroll.conftest import prepare
from tests.seeding import AT, AUGUST, NGOC_PHAI, Desk

FILE = "ab" * 32


def test_everybody_listed_gets_one_order_with_all_their_lines(desk: Desk) -> None:
    issued = issue(desk)
    run = run_of()
    lines = Line.objects.filter(run=run)
    assert issued.new_orders == Order.objects.count() == lines.values("person_id").distinct().count() == 4
    assert issued.total_dong.value == sum(line.amount_dong.value for line in lines)
    (batch,) = list_batches(by=desk.officer)
    assert (batch.state, batch.declared_count, batch.declared_dong) == ("ISSUED", 4, issued.total_dong)
    assert (batch.opened_by, batch.prepared_by, batch.approved_by) == (run.opened_by, run.submitted_by, run.approved_by)
    assert sum(part.amount_dong.value for part in OrderPart.objects.all()) == issued.total_dong.value
    for order in Order.objects.all():
        assert order.code == f"AS{with_check_digits(order.pk)}"
        assert (order.payer, order.channel, order.state) == ("buu-dien", "cash", "ISSUED")
    assert balance("owed") == -issued.total_dong.value
    assert balance("granted") == issued.total_dong.value
    needs = list_transfer_needs(run.pk, by=desk.finance)
    assert [(need.commune_code, need.fund, need.amount_dong) for need in needs] == [
        (NGOC_PHAI, "tcxh", issued.total_dong)
    ]


def test_issued_twice_nothing_is_new(desk: Desk) -> None:
    first = issue(desk)
    again = issue_orders(run_id=first.run_id, by=desk.officer, at=AT)
    assert (again.batch_ids, again.new_orders, again.carried_orders, again.claims) == ((), 0, 0, 0)
    assert (Order.objects.count(), Batch.objects.count(), BatchItem.objects.count()) == (4, 1, 4)
    assert balance("owed") == -first.total_dong.value


def test_what_is_not_approved_is_not_issued(desk: Desk) -> None:
    run = prepare(desk)
    with pytest.raises(Refusal) as refused:
        issue_orders(run_id=run.pk, by=desk.officer, at=AT)
    assert refused.value.code == "run_not_approved"
    with pytest.raises(NotPermitted):
        issue_orders(run_id=run.pk, by=desk.finance, at=AT)


def test_a_batch_is_released_by_a_third_person_with_its_money(desk: Desk) -> None:
    issued = issue(desk)
    (batch_id,) = issued.batch_ids
    with pytest.raises(Refusal) as unsent:
        release_batch(batch_id=batch_id, by=desk.finance, at=RELEASED_AT)
    assert unsent.value.code == "money_not_sent"
    assert unsent.value.facts["needed"] == issued.total_dong
    send_money(desk)
    moved = release_batch(batch_id=batch_id, by=desk.finance, at=RELEASED_AT)
    assert (moved.state, moved.declared_count) == ("RELEASED", 4)
    assert [(total.state, total.count) for total in order_totals(issued.run_id, by=desk.finance)] == [("RELEASED", 4)]
    assert not BatchItem.objects.filter(is_waiting=True).exists()
    with pytest.raises(StepNotAllowed):
        release_batch(batch_id=batch_id, by=desk.finance, at=RELEASED_AT)


def test_nobody_releases_what_they_listed_or_approved(desk: Desk) -> None:
    (batch_id,) = issue(desk).batch_ids
    send_money(desk)
    for first in (desk.officer, desk.approver):
        both = replace(first, appointments=(*first.appointments, *desk.finance.appointments))
        with pytest.raises(Refusal) as refused:
            release_batch(batch_id=batch_id, by=both, at=RELEASED_AT)
        assert refused.value.code == "same_person_in_chain"
        offers = {offer.action: offer for offer in allowed_batch_steps(get_batch(batch_id, by=both), by=both)}
        assert "người khác" in offers["release_batch"].why_not
        with pytest.raises(DatabaseError, match="batch_people_differ"), transaction.atomic():
            Batch.objects.filter(pk=batch_id).update(
                state="RELEASED", released_at=RELEASED_AT, released_by=first.user_id
            )
    with pytest.raises(NotPermitted):
        release_batch(batch_id=batch_id, by=desk.officer, at=RELEASED_AT)


def test_a_batch_with_an_order_less_is_not_released(desk: Desk) -> None:
    (batch_id,) = issue(desk).batch_ids
    send_money(desk)
    gone = order_of("Ma Xuân Thảo")
    cancel_order(order_id=gone.pk, reason="Đã mất", by=desk.approver, at=AT)
    with pytest.raises(Refusal) as changed:
        release_batch(batch_id=batch_id, by=desk.finance, at=RELEASED_AT)
    assert changed.value.code == "batch_changed"
    assert gone.code in changed.value.message
    cancel_batch(batch_id=batch_id, reason="Một người đã mất", by=desk.officer, at=AT)
    again = issue_orders(run_id=run_of().pk, by=desk.officer, at=AT)
    assert again.new_orders == 0
    assert Batch.objects.get(pk=again.batch_ids[0]).declared_count == 3
    release_batch(batch_id=again.batch_ids[0], by=desk.finance, at=RELEASED_AT)
    assert Order.objects.filter(state="RELEASED").count() == 3


def test_a_batch_takes_no_order_more(desk: Desk) -> None:
    (batch_id,) = issue(desk).batch_ids
    item = BatchItem.objects.first()
    assert item is not None
    cancel_batch(batch_id=batch_id, reason="Lập lại", by=desk.officer, at=AT)
    (second,) = issue_orders(run_id=run_of().pk, by=desk.officer, at=AT).batch_ids
    with pytest.raises(DatabaseError, match="batch_item"), transaction.atomic():
        add_item(second, item.order_id, item.amount_dong)
    BatchItem.objects.filter(batch_id=second).update(is_waiting=False)
    with pytest.raises(DatabaseError, match="đã khai"), transaction.atomic():
        add_item(batch_id, item.order_id + 10**6, item.amount_dong)


def add_item(batch_id: int, order_id: int, amount: Dong) -> None:
    BatchItem.objects.create(
        batch_id=batch_id,
        order_id=order_id,
        commune_code=NGOC_PHAI,
        from_commune_code=NGOC_PHAI,
        amount_dong=amount,
        is_carried=False,
        round=0,
    )


def test_a_cancelled_batch_is_not_released(desk: Desk) -> None:
    (batch_id,) = issue(desk).batch_ids
    with pytest.raises(Refusal, match="lý do"):
        cancel_batch(batch_id=batch_id, reason=" ", by=desk.officer, at=AT)
    cancel_batch(batch_id=batch_id, reason="Lập lại", by=desk.officer, at=AT)
    for again in (cancel_batch, release_batch):
        facts = {"reason": "x"} if again is cancel_batch else {}
        by = desk.officer if again is cancel_batch else desk.finance
        with pytest.raises(StepNotAllowed):
            again(batch_id=batch_id, by=by, at=AT, **facts)


def test_cancelled_and_issued_anew_is_paid_once(desk: Desk) -> None:
    (batch_id,) = issue(desk).batch_ids
    old = order_of("Ma Xuân Thảo")
    with pytest.raises(Refusal) as live:
        reissue_order(order_id=old.pk, reason="Đổi người nhận", by=desk.approver, at=AT)
    assert live.value.code == "not_cancelled"
    owed = balance("owed")
    cancel_order(order_id=old.pk, reason="Sai người nhận", by=desk.approver, at=AT)
    assert balance("owed") == owed + old.amount_dong.value
    new = reissue_order(order_id=old.pk, reason="Đổi người nhận", by=desk.approver, at=AT)
    assert balance("owed") == owed
    with pytest.raises(Refusal) as twice:
        reissue_order(order_id=old.pk, reason="Lần nữa", by=desk.approver, at=AT)
    assert twice.value.code == "already_reissued"
    cancel_batch(batch_id=batch_id, reason="Có lệnh lập lại", by=desk.officer, at=AT)
    (second,) = issue_orders(run_id=run_of().pk, by=desk.officer, at=AT).batch_ids
    assert set(BatchItem.objects.filter(batch_id=second).values_list("order_id", flat=True)) == {
        *Order.objects.filter(state="ISSUED").values_list("pk", flat=True)
    }
    assert Order.objects.get(pk=new.order_id).replaces_id == old.pk
    copied = Order.objects.get(pk=new.order_id)
    copied.pk, copied.replaces_id, copied._state.adding = None, None, True
    with pytest.raises(DatabaseError, match="order_person_run_once"), transaction.atomic():
        copied.save()


def test_an_order_being_paid_is_not_cancelled(desk: Desk) -> None:
    release(desk)
    order = order_of("Ma Xuân Thảo")
    with pytest.raises(StepNotAllowed):
        cancel_order(order_id=order.pk, reason="Đã mất", by=desk.approver, at=AT)
    with pytest.raises(Refusal, match="lý do"):
        cancel_order(order_id=order.pk, reason="", by=desk.approver, at=AT)


def test_handed_over_and_the_answer_lost(desk: Desk) -> None:
    (waiting,) = issue(desk).batch_ids
    with pytest.raises(Refusal) as early:
        hand_over_batch(batch_id=waiting, file_digest=FILE, by=desk.payer, at=RELEASED_AT)
    assert early.value.code == "batch_not_released"
    send_money(desk)
    release_batch(batch_id=waiting, by=desk.finance, at=RELEASED_AT)
    first = hand_over_batch(batch_id=waiting, file_digest=FILE, by=desk.payer, at=RELEASED_AT)
    assert hand_over_batch(batch_id=waiting, file_digest=FILE, by=desk.payer, at=AT) == first
    with pytest.raises(Refusal) as other:
        hand_over_batch(batch_id=waiting, file_digest="cd" * 32, by=desk.payer, at=AT)
    assert other.value.code == "other_file_handed_over"
    with pytest.raises(Refusal) as wild:
        hand_over_batch(batch_id=waiting, file_digest="x", by=desk.payer, at=AT)
    assert wild.value.code == "wrong_file_digest"
    both = replace(desk.finance, appointments=(*desk.finance.appointments, *desk.payer.appointments))
    with pytest.raises(Refusal) as same:
        hand_over_batch(batch_id=waiting, file_digest=FILE, by=both, at=AT)
    assert same.value.code == "same_person_in_chain"


def test_the_payer_reads_names_hamlets_and_months(desk: Desk) -> None:
    batch = release(desk)
    items = list_batch_items(batch, by=desk.payer)
    assert [item.full_name for item in items] == ["Lý Ngọc An", "Trần Xuân Dương", "Ma Xuân Thảo", "Ma Thị Tuấn"]
    assert {item.hamlet for item in items} == {"Nà Pài"}
    assert {item.entitlement_months for item in items} == {(AUGUST,)}
    assert sum(item.amount_dong.value for item in items) == batch.declared_dong.value


def test_no_claim_where_everybody_is_due_money(desk: Desk) -> None:
    assert issue(desk).claims == 0
    assert not Claim.objects.exists()
