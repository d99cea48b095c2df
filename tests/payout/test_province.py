"""A province's month in one report, one row of it wrong: the rest is recorded at once, in seconds."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest

from ansinh.kernel.money import Dong
from ansinh.payout.actions import issue_orders, record_results, release_batch
from ansinh.payout.models import Batch, Order
from ansinh.payout.queries import PROOFS, judge_results, list_batch_items, list_month_money
from ansinh.payout.types import ReportedResult
from tests.payout.conftest import PAID_ON, POST, RELEASED_AT, REPORTED_AT, give_budget, send_money
from tests.payout.province import PROVINCE, approve_province
from tests.seeding import AT, AUGUST, Desk, open_desk

# A whole province when asked for; enough of one to see a slip of scale otherwise.
PEOPLE = int(os.environ.get("ANSINH_TEST_PEOPLE", "20000"))
# Seconds a step may take with 200,000 people on two free cores, with a tenth of them on two busy ones.
LIMIT = 60

T = TypeVar("T")


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    desk = open_desk()
    give_budget(desk, 2020, PROVINCE)
    return desk


def timed(name: str, work: Callable[[], T]) -> T:
    began = time.perf_counter()
    done = work()
    took = time.perf_counter() - began
    print(f"{name}: {took:.1f} s")
    assert took < LIMIT
    return done


def test_a_report_of_a_province_with_one_bad_row(desk: Desk) -> None:
    run = approve_province(desk, PEOPLE)
    timed("issue", lambda: issue_orders(run_id=run.pk, by=desk.officer, at=AT))
    send_money(desk, place=PROVINCE)
    batch = Batch.objects.get()
    timed("release", lambda: release_batch(batch_id=batch.pk, by=desk.finance, at=RELEASED_AT))
    items = timed("list", lambda: list_batch_items(batch, by=desk.payer))
    rows = [
        ReportedResult(number, item.order_code, "paid", item.amount_dong, PAID_ON, item.full_name)
        for number, item in enumerate(items, 1)
    ]
    wrong = len(rows) // 2
    rows[wrong] = replace(rows[wrong], amount_dong=Dong(272_001))
    said = timed("judge", lambda: judge_results(payer=POST, rows=rows, by=desk.payer, today=REPORTED_AT.date()))
    assert [one.row for one in said if one.verdict != "applied"] == [wrong + 1]
    answer = timed(
        "record",
        lambda: record_results(payer=POST, source_key="tỉnh", rows=rows, month=AUGUST, by=desk.payer, at=REPORTED_AT),
    )
    assert (answer.applied, answer.set_aside) == (PEOPLE - 1, 1)
    (odd,) = (one for one in answer.verdicts if one.because)
    assert (odd.row, odd.because) == (wrong + 1, "other_amount")
    assert "272.001" in odd.message
    assert Order.objects.filter(state="PAID").count() == PEOPLE - 1
    communes = run.commune_lists.values_list("commune_code", flat=True)
    money = timed("month", lambda: list_month_money(POST, communes, AUGUST, by=desk.finance))
    assert sum(one.without_result_count for one in money) == 1
    for proof in PROOFS:
        assert timed(proof.code, proof.find) == []
