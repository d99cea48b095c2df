"""Many who do the same at the same moment, each on a connection of their own: one effect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal
from ansinh.ledger.queries import verify_chain
from ansinh.payout.actions import (
    decide_recovery,
    hand_over_batch,
    issue_orders,
    record_repayment,
    record_result,
    record_results,
    release_batch,
)
from ansinh.payout.models import Batch, BatchItem, Order, Recording, Recovery, Result
from ansinh.payout.queries import PROOFS
from tests.committing import at_once
from tests.payout.conftest import (
    POST,
    RELEASED_AT,
    REPORTED_AT,
    balance,
    issue,
    order_of,
    release,
    send_money,
    settle_people,
    told,
)
from tests.payout.owing import DECIDED_ON, LATER, NOVEMBER, OCTOBER, REGULAR, Owing, settle_owing
from tests.payroll.conftest import play
from tests.seeding import AT, CHO_DON, Desk, open_desk

THAO, AN = "Ma Xuân Thảo", "Lý Ngọc An"


@pytest.fixture
def committed(transactional_db: None) -> Iterator[Desk]:
    desk = open_desk()
    settle_people(desk)
    yield desk
    assert [found for proof in PROOFS for found in proof.find()] == []
    assert verify_chain(CHO_DON) == []


def answered(work: object) -> str:
    """The code of a refusal, or "done"."""
    assert callable(work)
    try:
        work()
    except Refusal as refused:
        return refused.code
    return "done"


def test_five_who_release_the_same_batch(committed: Desk) -> None:
    desk = committed
    (batch_id,) = issue(desk).batch_ids
    send_money(desk)
    said = at_once(5, lambda _: answered(lambda: release_batch(batch_id=batch_id, by=desk.finance, at=RELEASED_AT)))
    assert Counter(said) == {"done": 1, "step_not_allowed": 4}
    assert Batch.objects.get().state == "RELEASED"
    assert Order.objects.filter(state="RELEASED").count() == 4
    handed = at_once(
        5, lambda _: hand_over_batch(batch_id=batch_id, file_digest="ab" * 32, by=desk.payer, at=RELEASED_AT)
    )
    assert len(set(handed)) == 1


def test_two_who_issue_the_same_run(committed: Desk) -> None:
    desk = committed
    run = play(desk)
    made = at_once(4, lambda _: issue_orders(run_id=run.pk, by=desk.officer, at=AT))
    assert sorted(len(one.batch_ids) for one in made) == [0, 0, 0, 1]
    assert (Order.objects.count(), BatchItem.objects.count()) == (4, 4)
    assert -balance("owed") == sum(order.amount_dong.value for order in Order.objects.all())


def test_ten_who_record_the_same_report(committed: Desk) -> None:
    desk = committed
    release(desk)
    rows = [told(order_of(THAO)), told(order_of(AN), "unpaid", row=2, on=None)]
    answers = at_once(
        10, lambda _: record_results(payer=POST, source_key="tệp", rows=rows, by=desk.payer, at=REPORTED_AT)
    )
    assert {(one.recording_id, one.applied) for one in answers} == {(Recording.objects.get().pk, 2)}
    assert sum(not one.is_repeat for one in answers) == 1
    assert Result.objects.count() == 2


def test_ten_reports_of_the_same_payment_under_ten_keys(committed: Desk) -> None:
    desk = committed
    release(desk)
    thao, an = told(order_of(THAO)), told(order_of(AN), row=2)
    # Half name the orders the other way round: locks are taken in one order all the same.
    answers = at_once(
        10,
        lambda number: record_results(
            payer=POST, source_key=f"tệp {number}", rows=[thao, an][:: 1 if number % 2 else -1], by=desk.payer,
            at=REPORTED_AT,
        ),
    )  # fmt: skip
    assert sorted(one.applied for one in answers) == [0] * 9 + [2]
    assert sorted(one.repeats for one in answers) == [0] + [2] * 9
    assert Result.objects.count() == 2


def test_ten_devices_with_receipts_of_one_order(committed: Desk) -> None:
    desk = committed
    release(desk)
    row = told(order_of(THAO))
    answers = at_once(
        10, lambda number: record_result(payer=POST, nonce=f"máy {number}", row=row, by=desk.payer, at=REPORTED_AT)
    )
    assert Counter((one.verdict, one.because) for one in answers) == {
        ("applied", ""): 1,
        ("set_aside", "already_paid"): 9,
    }
    assert Result.objects.count() == 1


def test_a_decision_and_an_issue_at_the_same_moment(committed: Desk) -> None:
    """The order is less by what the books recovered, whichever came first."""
    owing = settle_owing(committed)
    owing.issue(OCTOBER)
    recovery = owing.recovery(owing.younger)
    run = play(committed, NOVEMBER)

    def either(number: int) -> None:
        if number % 2:
            issue_orders(run_id=run.pk, by=committed.officer, at=AT)
        else:
            decide_recovery(
                recovery_id=recovery.pk, way="netting", decision_no=f"{number}/QĐ", decided_on=DECIDED_ON,
                by=committed.approver, at=LATER,
            )  # fmt: skip

    at_once(4, either)
    withheld = sum(entry.amount_dong.value for entry in recovery.entries.all())
    assert withheld in (0, 162_000)
    assert owing.paid(owing.younger, NOVEMBER) == REGULAR - withheld
    said = at_once(4, lambda _: answered(lambda: repay(owing, recovery)))
    assert Counter(said) == {"done": 1, "voucher_used_before": 3}


def repay(owing: Owing, recovery: Recovery) -> None:
    record_repayment(
        recovery_id=recovery.pk, amount_dong=Dong(1_000), voucher_no="GNT-7", paid_on=DECIDED_ON,
        by=owing.desk.finance, at=LATER,
    )  # fmt: skip
