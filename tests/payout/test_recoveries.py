"""What people owe back: proposed by the list, decided, withheld, repaid, written off; given back with its order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from ansinh.kernel.machine import StepNotAllowed
from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal
from ansinh.payout.actions import (
    cancel_order,
    decide_recovery,
    issue_orders,
    record_repayment,
    reissue_order,
    reopen_recovery,
    write_off_recovery,
)
from ansinh.payout.models import Claim, Order, Recovery, RecoveryEntry
from ansinh.payout.queries import get_recovery, list_recoveries, recovery_history, withheld_by_person
from ansinh.payout.types import RecoveryFilter, RecoveryMoved, RepaymentRecorded
from ansinh.platform.action import NotPermitted
from ansinh.registry.actions import undo_change
from ansinh.registry.models import Change
from tests.payout.owing import (
    DECIDED_ON,
    LATER,
    NOVEMBER,
    OCTOBER,
    OWED,
    PAID_ON,
    REGULAR,
    Owing,
    in_books,
    settle_owing,
)
from tests.proofs.breaking import break_rows, found
from tests.seeding import CHO_DON, NGOC_PHAI, Desk

DECEMBER = NOVEMBER + 1


@pytest.fixture
def owing(desk: Desk) -> Owing:
    return settle_owing(desk)


@pytest.fixture
def october(owing: Owing) -> Owing:
    """October issued: both owe something back."""
    owing.issue(OCTOBER)
    return owing


def decide(owing: Owing, recovery: Recovery, way: str = "netting", **said: object) -> RecoveryMoved:
    facts = {"decision_no": "41/QĐ-UBND", "decided_on": DECIDED_ON, **said}
    return decide_recovery(recovery_id=recovery.pk, way=way, by=owing.desk.approver, at=LATER, **facts)  # type: ignore[arg-type]


def repay(owing: Owing, recovery: Recovery, dong: int, voucher: str = "GNT-1") -> RepaymentRecorded:
    return record_repayment(
        recovery_id=recovery.pk, amount_dong=Dong(dong), voucher_no=voucher, paid_on=PAID_ON, paid_by="Con trai",
        by=owing.desk.finance, at=LATER,
    )  # fmt: skip


def open_of(owing: Owing, recovery: Recovery) -> tuple[str, int]:
    shown = get_recovery(recovery.pk, by=owing.desk.officer)
    return shown.state, shown.open_dong.value


def test_the_month_is_paid_whole_and_what_is_owed_back_waits_for_a_decision(october: Owing) -> None:
    """Corrected from 2,5 to 2,0: 2 × 135.000 too much; dead since August: September's 270.000 too much."""
    assert october.paid(october.younger, OCTOBER) == REGULAR
    assert october.paid(october.dead, OCTOBER) == 0
    for person in (october.younger, october.dead):
        recovery = october.recovery(person)
        assert (recovery.state, recovery.amount_dong, recovery.commune_code) == ("PROPOSED", Dong(OWED), NGOC_PHAI)
    assert in_books("recoverable") == 2 * OWED
    october.issue(NOVEMBER)
    assert october.paid(october.younger, NOVEMBER) == REGULAR
    assert found() == {}


def test_issued_twice_nothing_more_is_owed_back(october: Owing) -> None:
    before = (Claim.objects.count(), Recovery.objects.count(), in_books("recoverable"))
    run = october.recovery(october.younger).run
    assert issue_orders(run_id=run.pk, by=october.desk.officer, at=LATER).claims == 0
    assert (Claim.objects.count(), Recovery.objects.count(), in_books("recoverable")) == before


def test_a_decision_takes_its_share_month_by_month_until_it_is_settled(october: Owing) -> None:
    """30 % of 540.000 = 162.000 in November, the remaining 108.000 in December, nothing in January."""
    recovery = october.recovery(october.younger)
    decide(october, recovery)
    assert get_recovery(recovery.pk, by=october.desk.officer).share == Decimal("0.3000")
    run_id = october.issue(NOVEMBER).run_id
    assert october.paid(october.younger, NOVEMBER) == REGULAR - 162_000
    assert open_of(october, recovery) == ("DECIDED", 108_000)
    withheld = withheld_by_person(run_id, by=october.desk.officer)[october.younger.pk]
    assert (withheld.claimed_dong, withheld.withheld_dong) == (Dong(0), Dong(162_000))
    october.issue(DECEMBER)
    assert october.paid(october.younger, DECEMBER) == REGULAR - 108_000
    assert open_of(october, recovery) == ("SETTLED", 0)
    october.issue(DECEMBER + 1)
    assert october.paid(october.younger, DECEMBER + 1) == REGULAR
    assert in_books("recoverable") == OWED
    said = [one.kind for one in recovery_history(recovery.pk, by=october.desk.officer)]
    assert sorted(said) == ["decide", "deduction", "deduction"]
    assert found() == {}


def test_instalments_and_shares_are_as_decided_or_refused(october: Owing) -> None:
    recovery = october.recovery(october.younger)
    for wrong in ({"share": Decimal(0)}, {"share": Decimal("1.1")}, {"instalment_dong": Dong(0)}):
        with pytest.raises(Refusal) as refused:
            decide(october, recovery, **wrong)
        assert refused.value.code == "wrong_share"
    for unsigned in ({"decision_no": " "}, {"decided_on": LATER.date().replace(year=2021)}):
        with pytest.raises(Refusal) as refused:
            decide(october, recovery, **unsigned)
        assert refused.value.code == "decision_not_signed"
    with pytest.raises(NotPermitted):
        decide_recovery(recovery_id=recovery.pk, way="cash", decision_no="1", decided_on=DECIDED_ON,
                        by=october.desk.officer, at=LATER)  # fmt: skip
    with pytest.raises(Refusal) as unknown:
        decide_recovery(recovery_id=10**6, way="cash", decision_no="1", decided_on=DECIDED_ON,
                        by=october.desk.approver, at=LATER)  # fmt: skip
    assert unknown.value.code == "no_such_recovery"
    decide(october, recovery, share=Decimal(1), instalment_dong=Dong(50_000))
    october.issue(NOVEMBER)
    assert october.paid(october.younger, NOVEMBER) == REGULAR - 50_000
    decide(october, recovery, way="cash", decision_no="42/QĐ-UBND")
    october.issue(DECEMBER)
    assert october.paid(october.younger, DECEMBER) == REGULAR
    assert found() == {}


def test_what_the_dead_owe_is_pursued_and_never_paid_below_nothing(october: Owing) -> None:
    recovery = october.recovery(october.dead)
    with pytest.raises(Refusal) as refused:
        decide(october, recovery)
    assert refused.value.code == "nothing_coming"
    decide(october, recovery, way="cash")
    assert repay(october, recovery, 100_000).open_dong == Dong(170_000)
    for dong, voucher, code in ((170_001, "GNT-2", "more_than_owed"), (0, "GNT-2", "more_than_owed"),
                                (10, "GNT-1", "voucher_used_before"), (10, " ", "voucher_not_whole")):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            repay(october, recovery, dong, voucher)
        assert refused.value.code == code
    assert repay(october, recovery, 170_000, "GNT-2").state == "SETTLED"
    with pytest.raises(StepNotAllowed):
        repay(october, recovery, 1, "GNT-3")
    assert (in_books("recoverable"), in_books("treasury"), in_books("used")) == (OWED, OWED, -OWED)
    (shown,) = list_recoveries(by=october.desk.officer, wanted=RecoveryFilter(place_code=CHO_DON, state="SETTLED"))
    assert (shown.person_id, shown.died_on is not None) == (october.dead.pk, True)
    assert found() == {}


def test_an_undone_death_makes_good_what_was_never_recovered(october: Owing) -> None:
    """The report was of a namesake: September's arrears close the claim, October's are paid, November is regular."""
    death = Change.objects.get(person_id=october.dead.pk, kind="death")
    undo_change(change_id=death.pk, reason="trùng tên", by=october.desk.officer, at=LATER)
    october.issue(NOVEMBER)
    assert october.paid(october.dead, NOVEMBER) == 2 * OWED
    recovery = october.recovery(october.dead)
    assert open_of(october, recovery) == ("SETTLED", 0)
    assert [entry.kind for entry in recovery.entries.all()] == ["correction"]
    assert found() == {}


def test_a_correction_taken_back_closes_the_claim_it_made(october: Owing) -> None:
    """Born in 1955 after all: 135.000 for August and September close the claim, October's 135.000 is paid."""
    october.correct("1955")
    october.issue(NOVEMBER)
    assert october.paid(october.younger, NOVEMBER) == 675_000 + 135_000
    assert open_of(october, october.recovery(october.younger)) == ("SETTLED", 0)
    assert found() == {}


def test_a_cancelled_order_gives_back_what_was_withheld_and_anew_takes_it_again(october: Owing) -> None:
    recovery = october.recovery(october.younger)
    decide(october, recovery)
    october.issue(NOVEMBER)
    order = Order.objects.get(person_id=october.younger.pk, month=NOVEMBER)
    cancel_order(order_id=order.pk, reason="Sai người nhận", by=october.desk.approver, at=LATER)
    assert open_of(october, recovery) == ("DECIDED", OWED)
    assert found() == {}
    repay(october, recovery, 200_000)
    reissue_order(order_id=order.pk, reason="Đổi người nhận", by=october.desk.approver, at=LATER)
    assert october.paid(october.younger, NOVEMBER) == REGULAR - 70_000
    assert open_of(october, recovery) == ("SETTLED", 0)
    again = Order.objects.get(person_id=october.younger.pk, month=NOVEMBER, state="ISSUED")
    cancel_order(order_id=again.pk, reason="Sai lần nữa", by=october.desk.approver, at=LATER)
    assert open_of(october, recovery) == ("DECIDED", 70_000)
    assert found() == {}


def test_written_off_and_opened_again(october: Owing) -> None:
    recovery = october.recovery(october.dead)
    said = {"decision_no": "50/QĐ-UBND", "decided_on": DECIDED_ON, "by": october.desk.approver, "at": LATER}
    with pytest.raises(Refusal, match="lý do"):
        write_off_recovery(recovery_id=recovery.pk, reason=" ", **said)  # type: ignore[arg-type]
    repay(october, recovery, 70_000)
    off = write_off_recovery(recovery_id=recovery.pk, reason="Không còn người thừa kế", **said)  # type: ignore[arg-type]
    assert (off.state, off.amount_dong) == ("WRITTEN_OFF", Dong(200_000))
    assert (in_books("written_off"), in_books("recoverable")) == (200_000, OWED)
    for refused in (lambda: decide(october, recovery, way="cash"), lambda: repay(october, recovery, 1, "GNT-9")):
        with pytest.raises(StepNotAllowed):
            refused()
    assert found() == {}
    with pytest.raises(Refusal, match="lý do"):
        reopen_recovery(recovery_id=recovery.pk, reason="", by=october.desk.approver, at=LATER)
    back = reopen_recovery(recovery_id=recovery.pk, reason="Tìm thấy người thừa kế", by=october.desk.approver, at=LATER)
    assert (back.state, back.amount_dong) == ("PROPOSED", Dong(-200_000))
    assert (in_books("written_off"), in_books("recoverable")) == (0, OWED + 200_000)
    with pytest.raises(StepNotAllowed):
        reopen_recovery(recovery_id=recovery.pk, reason="Lần nữa", by=october.desk.approver, at=LATER)
    assert found() == {}


def test_who_decides_and_who_takes_the_money_are_two(october: Owing) -> None:
    desk = october.desk
    decider, taker = (replace(one, appointments=desk.approver.appointments + desk.finance.appointments)
                      for one in (desk.approver, desk.finance))  # fmt: skip
    recovery = october.recovery(october.dead)
    decide(october, recovery, way="cash")
    said = {"recovery_id": recovery.pk, "at": LATER}
    paid = {"amount_dong": Dong(70_000), "voucher_no": "GNT-1", "paid_on": PAID_ON, "paid_by": "Con trai"}
    with pytest.raises(Refusal) as refused:
        record_repayment(by=decider, **said, **paid)  # type: ignore[arg-type]
    assert refused.value.code == "decider_collects"
    record_repayment(by=taker, **said, **paid)  # type: ignore[arg-type]
    signed = {"decision_no": "43/QĐ-UBND", "decided_on": DECIDED_ON}
    with pytest.raises(Refusal) as decided:
        decide_recovery(way="cash", by=taker, **said, **signed)  # type: ignore[arg-type]
    with pytest.raises(Refusal) as given_up:
        write_off_recovery(reason="Không còn ai", by=taker, **said, **signed)  # type: ignore[arg-type]
    assert decided.value.code == given_up.value.code == "decider_collects"
    decide(october, recovery, way="cash", decision_no="44/QĐ-UBND")


BROKEN = (
    ("payout_recoveryentry", "amount_dong = amount_dong + 1", "order_equals_lines"),
    ("payout_recoveryentry", "fund = 'social_pension'", "order_equals_lines"),
    ("payout_recoveryentry", "kind = 'write_off', run_id = NULL", "recovered_rests_on_papers"),
    ("payout_recoveryentry", "person_id = %(an)s", "recovered_rests_on_papers"),
    ("payout_recovery", "amount_dong = amount_dong + 1", "recovery_stands_by_entries"),
    ("payout_recovery", "state = 'SETTLED'", "recovery_stands_by_entries"),
    ("payout_recovery", "commune_code = '02050'", "recovery_stands_by_entries"),
    ("payout_recoverydecision", "share = 0.9", "recovery_decision_unchanged"),
    ("payout_claim", "amount_dong = amount_dong + 1", "order_equals_lines"),
)


@pytest.mark.parametrize(("table", "change", "code"), BROKEN)
def test_what_is_changed_behind_is_found(october: Owing, table: str, change: str, code: str) -> None:
    decide(october, october.recovery(october.younger))
    october.issue(NOVEMBER)
    break_rows(f"UPDATE {table} SET {change}", tables=[table])  # noqa: S608 - our own words
    assert code in found()


def test_a_deduction_that_vanishes_is_found(october: Owing) -> None:
    decide(october, october.recovery(october.younger))
    october.issue(NOVEMBER)
    break_rows("DELETE FROM payout_recoveryentry", tables=["payout_recoveryentry"])
    assert {"order_equals_lines", "orders_sum_to_ledger"} <= set(found())
    assert not RecoveryEntry.objects.exists()
