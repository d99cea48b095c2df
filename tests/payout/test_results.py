"""What payers report: taken in once, matched by order and amount, everything else set aside with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.funds.actions import close_period
from ansinh.kernel.check_digit import with_check_digits
from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal
from ansinh.payout.actions import cancel_order, issue_orders, record_result, record_results
from ansinh.payout.models import Order, Recording, ReportedRow, Result
from ansinh.payout.queries import judge_results, order_history
from ansinh.payout.types import ReportedResult
from ansinh.platform.action import NotPermitted
from tests.payout.conftest import (
    PAID_ON,
    POST,
    REPORTED_AT,
    balance,
    issue,
    order_of,
    release,
    report,
    told,
    verdicts,
)
from tests.seeding import AT, AUGUST, NGOC_PHAI, Desk

THAO, AN, DUONG, TUAN = "Ma Xuân Thảo", "Lý Ngọc An", "Trần Xuân Dương", "Ma Thị Tuấn"


def state_of(name: str) -> str:
    return order_of(name).state


def test_paid_and_unpaid_are_recorded_and_booked(desk: Desk) -> None:
    batch = release(desk)
    with_payer = balance("with_payer")
    paid = [told(order_of(name), row=row) for row, name in enumerate((THAO, AN, DUONG), 1)]
    answer = report(desk, *paid, told(order_of(TUAN), "unpaid", row=4, on=None, reason="Vắng nhà"))
    assert verdicts(answer) == ["applied"] * 4
    assert answer.paid_dong.value + answer.unpaid_dong.value == batch.declared_dong.value
    assert [state_of(name) for name in (THAO, AN, DUONG, TUAN)] == ["PAID", "PAID", "PAID", "UNPAID"]
    assert with_payer - balance("with_payer") == answer.paid_dong.value
    assert -balance("owed") == answer.unpaid_dong.value
    result = Result.objects.get(order=order_of(THAO))
    assert (result.receiver_kind, result.receiver_name, result.relation) == ("self", THAO, "bản thân")
    assert (result.proof, result.booked_month, result.commune_code) == ("signature", AUGUST, NGOC_PHAI)
    assert answer.verdicts[0].result_id == result.pk
    assert [event.kind for event in order_history(result.order_id, by=desk.payer)] == ["issued", "released", "paid"]
    assert not ReportedRow.objects.exists()


def test_the_same_report_gives_the_first_answer(desk: Desk) -> None:
    release(desk)
    rows = (told(order_of(THAO)), told(order_of(TUAN), row=2, amount_dong=Dong(1)))
    first = report(desk, *rows, key="tệp A")
    booked = balance("owed")
    again = report(desk, *rows, key="tệp A")
    assert again.is_repeat
    assert replace(again, is_repeat=False, verdicts=first.verdicts) == first
    assert {said.verdict for said in again.verdicts} == {"repeat"}
    assert (Recording.objects.count(), Result.objects.count(), balance("owed")) == (1, 1, booked)
    with pytest.raises(Refusal) as other:
        report(desk, rows[0], key="tệp A")
    assert other.value.code == "source_key_reused"
    with pytest.raises(Refusal) as keyless:
        record_results(payer=POST, source_key="", rows=rows, by=desk.payer, at=AT)
    assert keyless.value.code == "no_source_key"


def test_the_same_row_in_another_report_is_a_repeat(desk: Desk) -> None:
    release(desk)
    first = report(desk, told(order_of(THAO)), told(order_of(TUAN), "unpaid", row=2, on=None))
    again = report(desk, told(order_of(TUAN), "unpaid", row=7, on=None), told(order_of(THAO), row=8))
    assert verdicts(again) == ["repeat", "repeat"]
    assert [said.result_id for said in again.verdicts] == [said.result_id for said in reversed(first.verdicts)]
    assert Result.objects.count() == 2


def test_one_receipt_one_nonce_one_answer(desk: Desk) -> None:
    release(desk)
    row = told(order_of(THAO))
    first = record_result(payer=POST, nonce="may-7:15", row=row, by=desk.payer, at=REPORTED_AT)
    assert first.verdict == "applied"
    again = record_result(payer=POST, nonce="may-7:15", row=row, by=desk.payer, at=REPORTED_AT)
    assert (again.recording_id, again.result_id, again.verdict) == (first.recording_id, first.result_id, "repeat")
    with pytest.raises(Refusal) as other:
        record_result(payer=POST, nonce="may-7:15", row=told(order_of(AN)), by=desk.payer, at=REPORTED_AT)
    assert other.value.code == "source_key_reused"
    in_a_file = report(desk, replace(told(order_of(AN)), nonce="may-7:15"))
    assert verdicts(in_a_file) == ["nonce_reused"]
    second_device = record_result(payer=POST, nonce="may-8:1", row=row, by=desk.payer, at=REPORTED_AT)
    assert (second_device.verdict, second_device.because) == ("set_aside", "already_paid")
    assert "05/08/2020" in second_device.message
    assert second_device.recording_id is None
    with pytest.raises(Refusal) as empty:
        record_result(payer=POST, nonce=" ", row=row, by=desk.payer, at=REPORTED_AT)
    assert empty.value.code == "nonce_missing"


def test_each_wrong_row_is_set_aside_with_its_reason(desk: Desk) -> None:
    release(desk)
    thao, an = order_of(THAO), order_of(AN)
    wrong = {
        "bad_check_digit": replace(told(thao), order_code=thao.code[:-1] + str((int(thao.code[-1]) + 1) % 10)),
        "unknown_outcome": told(thao, "maybe"),
        "other_amount": told(thao, amount_dong=thao.amount_dong + Dong(1000)),
        "no_day": told(thao, on=None),
        "day_in_future": told(thao, on=date(2020, 8, 16)),
        "day_before_release": told(thao, on=date(2020, 7, 23)),
        "no_authorisation": told(thao, receiver_name="Hoàng Văn Lạ", relation="hàng xóm"),
        "fingerprint_without_name": told(thao, proof="fingerprint"),
        "unknown_proof": told(thao, proof="lời hứa"),
        "not_paid_yet": told(thao, "returned"),
        "other_month": told(thao),
    }
    for because, row in wrong.items():
        month = AUGUST + 1 if because == "other_month" else None
        answer = report(desk, row, told(an, "unpaid", row=2, on=None), month=month)
        assert verdicts(answer)[0] == because
        assert answer.verdicts[0].message.endswith(".")
    assert verdicts(report(desk, told(thao, amount_dong=None))) == ["other_amount"]
    assert Result.objects.filter(order=thao).count() == 0
    assert state_of(THAO) == "RELEASED"


def test_unknown_other_payers_and_unreleased_orders(desk: Desk) -> None:
    issue(desk)
    order = order_of(THAO)
    assert verdicts(report(desk, told(order))) == ["not_released"]
    nobody = replace(told(order), order_code=f"AS{with_check_digits(order.pk + 10**6)}")
    assert verdicts(report(desk, nobody)) == ["unknown_order"]
    cancel_order(order_id=order.pk, reason="Đã mất", by=desk.approver, at=AT)
    assert verdicts(report(desk, told(order))) == ["cancelled_order"]
    with pytest.raises(Refusal) as unknown:
        record_results(payer="khong-co", source_key="x", rows=(), by=desk.payer, at=AT)
    assert unknown.value.code == "no_such_payer"


def test_doubles_in_one_report(desk: Desk) -> None:
    release(desk)
    thao, an = told(order_of(THAO)), told(order_of(AN), row=2)
    twice = report(desk, thao, an, replace(thao, row=3))
    assert verdicts(twice) == ["applied", "applied", "double"]
    tuan = told(order_of(TUAN))
    torn = report(desk, tuan, replace(tuan, row=2, happened_on=PAID_ON + timedelta(days=1)))
    assert verdicts(torn) == ["double", "double"]
    assert state_of(TUAN) == "RELEASED"


def test_a_second_payment_is_refused_by_the_database_too(desk: Desk) -> None:
    release(desk)
    report(desk, told(order_of(THAO)))
    assert verdicts(report(desk, told(order_of(THAO), on=PAID_ON + timedelta(days=2)))) == ["already_paid"]
    copied = Result.objects.get()
    copied.pk, copied.nonce, copied._state.adding = None, "khác", True
    with pytest.raises(DatabaseError, match="result_told_once"), transaction.atomic():
        copied.save()


def test_an_unpaid_order_paid_late_in_its_batch(desk: Desk) -> None:
    release(desk)
    report(desk, told(order_of(THAO), "unpaid", on=None))
    late = report(desk, told(order_of(THAO), on=PAID_ON + timedelta(days=9)))
    assert verdicts(late) == ["applied"]
    assert state_of(THAO) == "PAID"
    assert verdicts(report(desk, told(order_of(THAO), "unpaid", on=date(2020, 8, 15)))) == ["repeat"]


def test_a_payment_that_came_back(desk: Desk) -> None:
    release(desk)
    report(desk, told(order_of(THAO), proof="bank"))
    owed, with_payer = balance("owed"), balance("with_payer")
    back = told(order_of(THAO), "returned", on=PAID_ON + timedelta(days=3), reason="Tài khoản đã đóng")
    early = replace(back, happened_on=PAID_ON - timedelta(days=1))
    assert verdicts(report(desk, early)) == ["day_before_payment"]
    assert verdicts(report(desk, back)) == ["applied"]
    amount = order_of(THAO).amount_dong.value
    assert (balance("owed"), balance("with_payer")) == (owed - amount, with_payer + amount)
    returned = Result.objects.get(kind="returned")
    assert returned.reverses_id == Result.objects.get(kind="paid").pk
    assert verdicts(report(desk, back)) == ["repeat"]
    assert verdicts(report(desk, replace(back, happened_on=PAID_ON + timedelta(days=4)))) == ["already_returned"]
    assert verdicts(report(desk, told(order_of(THAO), on=PAID_ON + timedelta(days=5)))) == ["payment_returned"]
    assert state_of(THAO) == "RETURNED"


def test_returned_two_months_later_counts_in_the_month_still_open(desk: Desk) -> None:
    release(desk)
    report(desk, told(order_of(THAO)))
    for month in (AUGUST, AUGUST + 1):
        close_period(payer=POST, commune_code=NGOC_PHAI, month=month, by=desk.finance, at=REPORTED_AT)
    october = REPORTED_AT + timedelta(days=60)
    answer = report(desk, told(order_of(THAO), "returned", on=october.date()), at=october)
    assert verdicts(answer) == ["applied"]
    assert Result.objects.get(kind="returned").booked_month == AUGUST + 2
    assert state_of(THAO) == "RETURNED"


def test_collectors_need_an_authorisation_of_the_day(desk: Desk) -> None:
    release(desk)
    agent = replace(told(order_of(THAO)), receiver_name="Ma Văn Hùng", relation="con")
    lapsed = replace(agent, authorised_until=PAID_ON - timedelta(days=1))
    assert verdicts(report(desk, lapsed)) == ["no_authorisation"]
    assert verdicts(report(desk, replace(agent, authorised_until=PAID_ON))) == ["applied"]
    result = Result.objects.get()
    assert (result.receiver_kind, result.receiver_name) == ("agent", "Ma Văn Hùng")
    copied = Result.objects.get()
    copied.pk, copied.nonce, copied.round, copied._state.adding = None, "khác", 1, True
    copied.authorised_until = PAID_ON - timedelta(days=1)
    with pytest.raises(DatabaseError, match="result_agent_is_authorised"), transaction.atomic():
        copied.save()
    named = told(order_of(AN), proof="fingerprint", receiver_name="lý ngọc an")
    assert verdicts(report(desk, named)) == ["applied"]


def test_nobody_reports_on_money_they_listed_approved_or_released(desk: Desk) -> None:
    batch = release(desk)
    row = told(order_of(THAO))
    for first in (desk.officer, desk.approver, desk.finance):
        both = replace(first, appointments=(*first.appointments, *desk.payer.appointments))
        with pytest.raises(Refusal) as refused:
            record_results(payer=POST, source_key="x", rows=(row,), by=both, at=REPORTED_AT)
        assert refused.value.code == "same_person_in_chain"
    with pytest.raises(NotPermitted):
        record_results(payer=POST, source_key="x", rows=(row,), by=desk.officer, at=REPORTED_AT)
    assert not Recording.objects.exists()
    report(desk, row)
    copied = Result.objects.get()
    copied.pk, copied.nonce, copied._state.adding = None, "khác", True
    copied.order_id, copied.recorded_by = order_of(AN).pk, batch.released_by or 0
    copied.amount_dong = order_of(AN).amount_dong
    with pytest.raises(DatabaseError, match="không được ghi kết quả"), transaction.atomic():
        copied.save()


def test_a_result_names_what_is_there(desk: Desk) -> None:
    release(desk)
    report(desk, told(order_of(THAO)))
    for names, constraint in (
        ({"recording_id": 0}, "result_of_a_recording"),
        ({"order_id": 0}, "không khớp lần trình chi"),
        ({"kind": "returned", "receiver_kind": "", "proof": "", "reverses_id": 0}, "không khớp khoản đã chi"),
    ):
        copied = Result.objects.get()
        copied.pk, copied.nonce, copied._state.adding = None, "khác", True
        copied.order_id, copied.amount_dong = order_of(AN).pk, order_of(AN).amount_dong
        for name, value in names.items():
            setattr(copied, name, value)
        with pytest.raises(DatabaseError, match=constraint), transaction.atomic():
            copied.save()


def test_a_judgement_writes_nothing(desk: Desk) -> None:
    release(desk)
    rows = [told(order_of(THAO)), told(order_of(TUAN), row=2, amount_dong=Dong(5))]
    said = judge_results(payer=POST, rows=rows, by=desk.payer, today=REPORTED_AT.date())
    assert [(one.verdict, one.because) for one in said] == [("applied", ""), ("set_aside", "other_amount")]
    assert "đồng" in said[1].message
    assert [table.objects.count() for table in (Result, Recording, ReportedRow)] == [0, 0, 0]
    assert state_of(THAO) == "RELEASED"


def test_what_is_recorded_stays(desk: Desk) -> None:
    release(desk)
    report(desk, told(order_of(THAO)))
    tampering = (
        "UPDATE payout_result SET amount_dong = 1",
        "DELETE FROM payout_result",
        "TRUNCATE payout_result CASCADE",
        "UPDATE payout_recording SET rows = 9",
        "DELETE FROM payout_orderpart",
        "UPDATE payout_orderpart SET amount_dong = 1",
        "INSERT INTO payout_orderpart (order_id, fund, amount_dong) SELECT min(id), 'khac', 5 FROM payout_order",
        "UPDATE payout_order SET amount_dong = 1",
        "UPDATE payout_order SET state = 'ISSUED'",
        "UPDATE payout_order SET round = 1",
        "DELETE FROM payout_order",
        "UPDATE payout_batch SET declared_dong = 1",
        "UPDATE payout_batch SET state = 'ISSUED'",
        "DELETE FROM payout_batch",
        "UPDATE payout_batchitem SET amount_dong = 1",
        "DELETE FROM payout_batchitem",
    )
    for statement in tampering:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_texts_longer_than_their_columns_lose_no_payment(desk: Desk) -> None:
    release(desk)
    answer = report(desk, told(order_of(THAO), reference="x" * 500, reason="y\x00" * 500))
    assert verdicts(answer) == ["applied"]
    huge = ReportedResult(2, order_of(AN).code, "unpaid", amount_dong=Dong(10**30))
    assert verdicts(report(desk, huge)) == ["other_amount"]


def test_issuing_again_after_results_takes_nobody_again(desk: Desk) -> None:
    batch = release(desk)
    report(desk, told(order_of(THAO)), told(order_of(TUAN), "unpaid", row=2, on=None))
    again = issue_orders(run_id=batch.run_id, by=desk.officer, at=REPORTED_AT)
    assert again.batch_ids == ()
    assert Order.objects.count() == 4


@pytest.mark.parametrize(
    ("named", "refusal"),
    [
        ("recording_id", "result_of_a_recording"),
        ("order_id", "không khớp lần trình chi"),
        ("batch_id", "không khớp lần trình chi"),
    ],
)
def test_what_a_result_names_is_there(desk: Desk, named: str, refusal: str) -> None:
    release(desk)
    report(desk, told(order_of(THAO), "unpaid", on=None))
    copied = Result.objects.get()
    other = order_of(TUAN)
    copied.pk, copied.nonce, copied._state.adding = None, "khác", True
    copied.order_id, copied.amount_dong = other.pk, other.amount_dong
    setattr(copied, named, 987_654_321)
    with pytest.raises(DatabaseError, match=refusal), transaction.atomic():
        copied.save()
    for gone in ("DELETE FROM payout_recording", "DELETE FROM payout_order", "DELETE FROM payout_batch"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(gone)
