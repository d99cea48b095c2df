"""What is given once is paid beside the month: of its own fund, in cash to who arranged a funeral, nothing doubled."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.funds.actions import assign_budget
from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal
from ansinh.payout.actions import issue_orders, release_batch
from ansinh.payout.models import Batch, BatchItem, Order
from ansinh.payout.queries import PROOFS
from ansinh.payroll.actions import (
    add_payee,
    approve_run,
    check_run,
    compute_run,
    create_occasion,
    open_occasion,
    pay_together,
    submit_run,
)
from ansinh.payroll.types import FUNERAL, GIFT, Criteria
from ansinh.registry.actions import record_death
from ansinh.registry.models import Person
from ansinh.registry.types import Paper
from tests.payout.conftest import BUDGET, RELEASED_AT, order_of, release, report, send_money, told
from tests.payroll.conftest import play, prepare
from tests.payroll.test_one_off import signed
from tests.proofs.breaking import found
from tests.seeding import AT, AUGUST, CHO_DON, NGOC_PHAI, Desk


def occasion(desk: Desk, kind: str, month: object = AUGUST, **more: object) -> int:
    assign_budget(place_code=CHO_DON, fund=kind, year=2020, amount_dong=BUDGET, decision_no=f"02/QĐ-{kind}",
                  decided_on=date(2020, 7, 2), by=desk.finance, at=AT)  # fmt: skip
    made = create_occasion(
        kind=kind, title="Đợt chi", place_code=NGOC_PHAI, month=month, decision_no="7/QĐ",  # type: ignore[arg-type]
        decided_on=date(2020, 7, 15), by=desk.officer, at=AT, **more,  # type: ignore[arg-type]
    )  # fmt: skip
    return made.occasion_id


def broken() -> dict[str, list[str]]:
    return {proof.code: [one.what for one in rows] for proof in PROOFS if (rows := proof.find())}


def test_a_gift_is_paid_beside_the_month_from_its_own_fund(desk: Desk) -> None:
    release(desk)
    run = signed(desk, occasion(desk, GIFT, amount_dong=Dong(500_000), criteria=Criteria()))
    issued = issue_orders(run_id=run.pk, by=desk.officer, at=RELEASED_AT)
    assert (issued.new_orders, issued.carried_orders, issued.total_dong) == (4, 0, Dong(2_000_000))
    send_money(desk)
    (batch_id,) = issued.batch_ids
    release_batch(batch_id=batch_id, by=desk.finance, at=RELEASED_AT)
    gift = Order.objects.get(run_id=run.pk, person_id=Person.objects.get(full_name="Lý Ngọc An").pk)
    assert [(part.fund, part.amount_dong) for part in gift.parts.all()] == [("gift", Dong(500_000))]
    assert broken() == {}


def test_a_gift_not_collected_waits_for_the_next_month_list(desk: Desk) -> None:
    release(desk)
    report(desk, told(order_of("Lý Ngọc An"), "unpaid", on=None))
    run = signed(desk, occasion(desk, GIFT, AUGUST + 1, amount_dong=Dong(500_000), criteria=Criteria(age_from=80)))
    issued = issue_orders(run_id=run.pk, by=desk.officer, at=RELEASED_AT)
    assert (issued.new_orders, issued.carried_orders) == (1, 0)
    assert broken() == {}


def test_who_arranged_a_funeral_collects_in_cash(desk: Desk) -> None:
    dead = Person.objects.get(full_name="Lý Ngọc An")
    record_death(person_id=dead.pk, died_on=date(2020, 7, 16), paper=Paper("5/GCT", date(2020, 7, 18)),
                 by=desk.officer, at=AT)  # fmt: skip
    funeral = occasion(desk, FUNERAL)
    add_payee(occasion_id=funeral, person_id=dead.pk, collector_name="Lý Văn Ba", collector_relation="con",
              by=desk.officer, at=AT)  # fmt: skip
    run = signed(desk, funeral)
    issue_orders(run_id=run.pk, by=desk.officer, at=RELEASED_AT)
    order = order_of("Lý Ngọc An")
    assert (order.collector_name, order.collector_relation, order.channel) == ("Lý Văn Ba", "con", "cash")
    assert order.amount_dong == Dong(5_400_000)
    assert BatchItem.objects.filter(order=order, batch__in=Batch.objects.filter(run_id=run.pk)).count() == 1
    assert broken() == {}


def test_a_gift_and_two_months_are_one_order(desk: Desk) -> None:
    lead = play(desk)
    second = prepare(desk, AUGUST + 1)
    gift = occasion(desk, GIFT, amount_dong=Dong(500_000), criteria=Criteria(age_from=80))
    opened = open_occasion(occasion_id=gift, by=desk.officer, at=AT)
    compute_run(run_id=opened.run_id, by=desk.officer, at=AT)
    check_run(run_id=opened.run_id, by=desk.officer, at=AT)
    for run_id in (second.pk, opened.run_id):
        pay_together(run_id=run_id, with_run_id=lead.pk, reason="trước Tết", by=desk.officer, at=AT)
        submit_run(run_id=run_id, by=desk.officer, at=AT)
        approve_run(run_id=run_id, by=desk.approver, at=AT)
    issued = issue_orders(run_id=lead.pk, by=desk.officer, at=AT)
    assert issued.new_orders == Order.objects.count() == 4
    old = order_of("Lý Ngọc An")
    assert {part.fund: part.amount_dong for part in old.parts.all()} == {
        "tcxh": Dong(2 * 270_000),
        "gift": Dong(500_000),
    }
    send_money(desk)
    (batch_id,) = issued.batch_ids
    release_batch(batch_id=batch_id, by=desk.finance, at=RELEASED_AT)
    report(desk, *(told(order, row=row) for row, order in enumerate(Order.objects.order_by("pk"), start=1)))
    assert set(Order.objects.values_list("state", flat=True)) == {"PAID"}
    assert found() == {}


def test_a_funeral_is_paid_alone_and_a_gift_never_leads(desk: Desk) -> None:
    gift = signed(desk, occasion(desk, GIFT, amount_dong=Dong(500_000), criteria=Criteria()))
    dead = Person.objects.get(full_name="Lý Ngọc An")
    record_death(person_id=dead.pk, died_on=date(2020, 7, 16), paper=Paper("5/GCT", date(2020, 7, 18)),
                 by=desk.officer, at=AT)  # fmt: skip
    funeral = occasion(desk, FUNERAL)
    add_payee(occasion_id=funeral, person_id=dead.pk, collector_name="Lý Văn Ba", collector_relation="con",
              by=desk.officer, at=AT)  # fmt: skip
    opened, month = open_occasion(occasion_id=funeral, by=desk.officer, at=AT), prepare(desk)
    for run_id, code in ((opened.run_id, "funeral_paid_alone"), (month.pk, "once_never_leads")):
        with pytest.raises(Refusal) as refused:
            pay_together(run_id=run_id, with_run_id=gift.pk, reason="một lần", by=desk.officer, at=AT)
        assert refused.value.code == code
