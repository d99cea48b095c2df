"""The payer's list and the request for transfer of a month that was issued, financed and released."""

from __future__ import annotations

import csv
import io

import pytest

from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal
from ansinh.payout.actions import hand_over_batch, issue_orders
from ansinh.payout.models import Batch, Order
from ansinh.platform.models import AuditEntry
from ansinh.platform.sealing import blind_index, seal
from ansinh.registry.models import Person, SealedNumber
from ansinh.registry.queries import open_accounts
from ansinh.reports.actions import export_payer_list
from ansinh.reports.queries import render_transfer_request
from ansinh.reports.queries.transfer_requests import read_transfer_request
from tests.payroll.conftest import play
from tests.reports.paid_months import fund, release, report
from tests.reports.samples import cells_of, pages_of
from tests.seeding import AT, AUGUST, Desk

SEPTEMBER = AUGUST + 1
NUMBER = "8500205123456"


@pytest.fixture
def funded(desk: Desk) -> Desk:
    fund(desk)
    return desk


def add_account(name: str) -> None:
    SealedNumber.objects.create(
        person=Person.objects.get(full_name=name),
        kind="account",
        sealed=seal(NUMBER, kind="account"),
        blind_index=blind_index(NUMBER, kind="account"),
        bank="Agribank",
        recorded_at=AT,
    )


def table_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_list_of_a_released_batch_names_every_order(funded: Desk) -> None:
    _, batch, _ = release(funded, AUGUST)
    made = export_payer_list(batch_id=batch.pk, form="csv", by=funded.payer, at=AT)
    rows = table_of(made.content)
    assert {row["Mã lệnh chi"] for row in rows} == set(Order.objects.values_list("code", flat=True))
    assert sum(int(row["Số tiền"]) for row in rows) == batch.declared_dong.value
    assert {(row["Tháng hưởng"], row["Kỳ (mới/chưa lĩnh)"], row["Xã"]) for row in rows} == {
        ("8/2020", "Mới", "Xã Ngọc Phái")
    }
    assert "Lý Ngọc An" in {row["Họ và tên"] for row in rows}
    assert f"-{batch.declared_count}-lenh-{batch.declared_dong.value}-dong.csv" in made.file_name


def test_money_not_collected_is_presented_again_under_its_own_month(funded: Desk) -> None:
    _, august, _ = release(funded, AUGUST)
    away = Person.objects.get(full_name="Ma Xuân Thảo").pk
    report(funded, august, unpaid={away})
    _, september, _ = release(funded, SEPTEMBER)
    rows = table_of(export_payer_list(batch_id=september.pk, form="csv", by=funded.payer, at=AT).content)
    thao = [(row["Tháng hưởng"], row["Kỳ (mới/chưa lĩnh)"]) for row in rows if row["Họ và tên"] == "Ma Xuân Thảo"]
    assert sorted(thao) == [("8/2020", "Chưa lĩnh"), ("9/2020", "Mới")]


def test_the_same_batch_is_the_same_file_and_the_same_hand_over(funded: Desk) -> None:
    _, batch, _ = release(funded, AUGUST)
    first, again = (export_payer_list(batch_id=batch.pk, form="xlsx", by=funded.payer, at=AT) for _ in range(2))
    table = export_payer_list(batch_id=batch.pk, form="csv", by=funded.payer, at=AT)
    assert first == again
    assert table.content_digest == first.content_digest
    handed = [
        hand_over_batch(batch_id=batch.pk, file_digest=made.content_digest, by=funded.payer, at=AT)
        for made in (first, table)
    ]
    assert handed[0] == handed[1]


def test_every_export_is_recorded_with_how_many_numbers_it_opened(funded: Desk) -> None:
    add_account("Ma Xuân Thảo")
    run = play(funded)
    into_accounts = [
        batch
        for batch in Batch.objects.filter(pk__in=issue_orders(run_id=run.pk, by=funded.officer, at=AT).batch_ids)
        if batch.channel == "bank"
    ]
    assert len(into_accounts) == 1
    # Released by hand: what is told here is the file, not the way to it.
    batch = into_accounts[0]
    Batch.objects.filter(pk=batch.pk).update(state="RELEASED", released_at=AT, released_by=funded.finance.user_id)
    made = export_payer_list(batch_id=batch.pk, form="xlsx", by=funded.payer, at=AT)
    heading = next(line for line in cells_of(made.content) if line[0] == "Mã lệnh chi")
    person = next(line for line in cells_of(made.content) if line[1] == "Ma Xuân Thảo")
    assert person[heading.index("Số tài khoản")] == NUMBER
    assert person[heading.index("Ngân hàng")] == "Agribank"
    entry = AuditEntry.objects.get(action="reports.export_payer_list")
    assert entry.actor_id == funded.payer.user_id
    assert (entry.facts["batch_id"], entry.facts["form"], entry.facts["accounts"]) == (batch.pk, "xlsx", 1)
    assert NUMBER not in str(entry.facts)


def test_the_latest_account_is_the_one_paid_to(desk: Desk) -> None:
    add_account("Ma Xuân Thảo")
    person = Person.objects.get(full_name="Ma Xuân Thảo")
    assert [(one.number, one.bank) for one in open_accounts([person.pk, 0]).values()] == [(NUMBER, "Agribank")]


def test_a_batch_not_released_gives_no_list(funded: Desk) -> None:
    (batch_id,) = issue_orders(run_id=play(funded).pk, by=funded.officer, at=AT).batch_ids
    with pytest.raises(Refusal) as refused:
        export_payer_list(batch_id=batch_id, form="xlsx", by=funded.payer, at=AT)
    assert refused.value.code == "nothing_to_hand_over"


def test_who_lists_people_does_not_take_the_payers_list_out(funded: Desk) -> None:
    _, batch, _ = release(funded, AUGUST)
    with pytest.raises(Refusal) as refused:
        export_payer_list(batch_id=batch.pk, form="xlsx", by=funded.officer, at=AT)
    assert refused.value.code == "not_permitted"


def test_a_request_for_transfer_says_what_the_month_needs(funded: Desk) -> None:
    _, batch, transfer_id = release(funded, AUGUST)
    record = read_transfer_request(transfer_id, by=funded.finance, at=AT)
    (tcxh,) = record.funds
    assert (tcxh.listed_dong, tcxh.requested_dong) == (batch.declared_dong, batch.declared_dong)
    assert (tcxh.at_payer_dong, tcxh.uncollected_dong) == (Dong(0), Dong(0))
    made = render_transfer_request(transfer_id=transfer_id, form="pdf", by=funded.finance, at=AT)
    (page,) = pages_of(made.content)
    assert f"Số tiền đề nghị chuyển: {batch.declared_dong} đồng." in page
    assert "Bưu điện (minh họa), hợp đồng số 01/HĐ (minh họa) ngày 01/01/2005" in page


def test_what_lies_with_the_payer_is_shown_and_not_asked_for_again(funded: Desk) -> None:
    _, august, _ = release(funded, AUGUST)
    away = Person.objects.get(full_name="Ma Xuân Thảo").pk
    report(funded, august, unpaid={away})
    _, september, transfer_id = release(funded, SEPTEMBER)
    (tcxh,) = read_transfer_request(transfer_id, by=funded.finance, at=AT).funds
    kept = Order.objects.get(person_id=away, month=AUGUST).amount_dong
    assert tcxh.uncollected_dong == kept
    assert tcxh.requested_dong == september.declared_dong - kept


def test_money_that_came_back_has_no_request(funded: Desk) -> None:
    with pytest.raises(Refusal) as refused:
        render_transfer_request(transfer_id=0, form="pdf", by=funded.finance, at=AT)
    assert refused.value.code == "no_such_transfer"
