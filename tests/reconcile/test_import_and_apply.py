"""A payer's file against real orders: forecast, applied at once, repeated, odd rows set aside with their reason."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from ansinh.access.types import Actor, Appointment, Role
from ansinh.kernel.machine import StepNotAllowed
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payout.queries import get_order
from ansinh.platform.action import NotPermitted
from ansinh.platform.sheets.opening import WorkbookEmpty
from ansinh.reconcile.actions import apply_results, discard_results, import_results
from ansinh.reconcile.actions.discard_results import DiscardNeedsReason
from ansinh.reconcile.actions.import_results import OtherMonthInFile, ResultsFileNameTooLong
from ansinh.reconcile.models import ResultsFile, ResultsRow
from ansinh.reconcile.queries import get_results_file, list_results_files, list_rows_set_aside
from ansinh.reconcile.queries.files import NoSuchResultsFile
from ansinh.reconcile.types import LIST_HEADINGS, ResultsAccount
from tests.reconcile.conftest import LATER, POST, Office, check, take
from tests.reconcile.files import TITLE, book, code, listed, row, unpaid
from tests.seeding import AT, AUGUST


def state(office: Office, number: int) -> str:
    return get_order(office.item(number).order_id, by=office.desk.officer).state


def counts(account: ResultsAccount) -> tuple[int, int, int, int, int]:
    return account.rows, account.applied, account.repeats, account.set_aside, account.unreported


def test_a_file_is_forecast_then_applied_at_once(office: Office) -> None:
    content = listed(row(1, **office.cells(1)), unpaid(1, **office.cells(2)),
                     row(1, **office.cells(3), outcome=None, happened_on=None, proof=None))  # fmt: skip
    checked = check(office, content)
    assert counts(checked) == (3, 2, 0, 0, 1)
    assert (checked.state, state(office, 1)) == ("CHECKED", "RELEASED")
    applied = apply_results(file_id=checked.file_id, by=office.desk.payer, at=LATER)
    assert counts(applied) == (3, 2, 0, 0, 1)
    assert [state(office, number) for number in (1, 2, 3)] == ["PAID", "UNPAID", "RELEASED"]
    assert applied.paid_dong == office.item(1).amount_dong
    assert applied.unpaid_dong == office.item(2).amount_dong
    assert applied.returned_dong == Dong(0)


def test_the_same_file_again_gets_the_first_answer(office: Office) -> None:
    content = listed(row(1, **office.cells(1)), row(1, **office.cells(2), happened_on="hôm qua"))
    first = take(office, content)
    assert not first.already_known
    again = take(office, content, name="gui-lai.xlsx")
    assert again.already_known
    assert (counts(again), again.file_id, again.paid_dong) == (counts(first), first.file_id, first.paid_dong)
    assert ResultsFile.objects.count() == 1


def test_the_same_rows_in_another_file_are_repeats(office: Office) -> None:
    take(office, listed(row(1, **office.cells(1)), unpaid(1, **office.cells(2))))
    more = take(office, listed(row(1, **office.cells(1)), unpaid(1, **office.cells(2)), row(1, **office.cells(3))))
    assert counts(more) == (3, 1, 2, 0, 0)
    assert more.paid_dong == office.item(3).amount_dong


def test_what_does_not_match_is_set_aside_with_its_reason_and_the_rest_applies(office: Office) -> None:
    paid_before = listed(row(1, **office.cells(8)))
    take(office, paid_before)
    wrong = int(str(office.cells(4)["amount"])) + 1
    content = listed(
        row(1, **office.cells(1)),
        row(1, **office.cells(2), happened_on="hôm qua"),
        row(1, **office.cells(3) | {"order_code": code(99_999_999)}),
        row(1, **office.cells(4) | {"amount": wrong}),
        row(1, **office.cells(5)), row(1, **office.cells(5), happened_on=date(2020, 8, 6)),
        row(1, **office.cells(6) | {"order_code": str(office.cells(6)["order_code"])[:-2] + "00"}),
        row(1, **office.cells(7), happened_on=date(2020, 8, 30)),
        row(1, **office.cells(8), happened_on=date(2020, 8, 7)),
    )  # fmt: skip
    taken = take(office, content)
    assert counts(taken) == (9, 1, 0, 8, 0)
    aside = list_rows_set_aside(get_results_file(taken.file_id, by=office.desk.payer))
    assert [(r.row, r.code) for r in aside] == [
        (5, "day_unreadable"), (6, "unknown_order"), (7, "other_amount"), (8, "double"), (9, "double"),
        (10, "bad_check_digit"), (11, "day_in_future"), (12, "already_paid"),
    ]  # fmt: skip
    assert [r.cell for r in aside] == ["K5", "A6", "H7", "A8", "A9", "A10", "K11", "A12"]
    assert all(r.message for r in aside)
    assert state(office, 1) == "PAID"
    assert {state(office, number) for number in (2, 3, 4, 5, 6, 7)} == {"RELEASED"}


def test_nothing_of_a_batch_not_released_is_taken_until_it_is(first_load: object, db: None) -> None:
    from ansinh.payout.actions import release_batch
    from tests.reconcile.conftest import open_office, send_money

    office = open_office(released=False)
    content = listed(row(1, **office.cells(1)))
    assert counts(check(office, content)) == (1, 0, 0, 1, 0)
    send_money(office.desk, AUGUST, voucher="UNC-1")
    release_batch(batch_id=office.batch_id, by=office.desk.finance, at=AT)
    assert counts(check(office, content)) == (1, 1, 0, 0, 0)
    assert counts(take(office, content)) == (1, 1, 0, 0, 0)


def test_a_return_comes_after_the_payment(office: Office) -> None:
    take(office, listed(row(1, **office.cells(1))))
    back = take(office, listed(row(1, **office.cells(1), outcome="Hoàn trả", happened_on=date(2020, 8, 9))))
    assert counts(back) == (1, 1, 0, 0, 0)
    assert (back.returned_dong, state(office, 1)) == (office.item(1).amount_dong, "RETURNED")


def test_the_month_asked_for_and_the_months_in_the_file(office: Office) -> None:
    with pytest.raises(OtherMonthInFile):
        check(office, listed(row(1, **office.cells(1))), month=Month.of(2020, 9))
    other = take(office, book([["KẾT QUẢ CHI TRẢ THÁNG 9/2020"], LIST_HEADINGS, row(1, **office.cells(1))]))
    assert counts(other) == (1, 0, 0, 1, 0)
    [aside] = list_rows_set_aside(get_results_file(other.file_id, by=office.desk.payer))
    assert aside.code == "other_month"
    right = take(office, book([LIST_HEADINGS, row(1, **office.cells(1))]), month=AUGUST)
    assert get_results_file(right.file_id, by=office.desk.payer).month == AUGUST
    assert counts(right) == (1, 1, 0, 0, 0)


def test_the_same_bytes_for_another_month_before_anything_is_applied(office: Office) -> None:
    content = book([LIST_HEADINGS, row(1, **office.cells(1))])
    first = check(office, content, month=Month.of(2020, 9))
    assert first.set_aside == 1
    second = check(office, content, month=AUGUST)
    assert (second.applied, second.already_known) == (1, False)
    assert get_results_file(first.file_id, by=office.desk.payer).state == "DISCARDED"


def test_a_discarded_file_is_not_applied_and_may_be_sent_anew(office: Office) -> None:
    content = listed(row(1, **office.cells(1)))
    checked = check(office, content)
    with pytest.raises(DiscardNeedsReason):
        discard_results(file_id=checked.file_id, reason=" ", by=office.desk.payer, at=LATER)
    discard_results(file_id=checked.file_id, reason="nhầm tệp", by=office.desk.payer, at=LATER)
    with pytest.raises(StepNotAllowed):
        apply_results(file_id=checked.file_id, by=office.desk.payer, at=LATER)
    assert take(office, content).file_id != checked.file_id
    with pytest.raises(StepNotAllowed):
        discard_results(file_id=take(office, content).file_id, reason="muộn", by=office.desk.payer, at=LATER)


def test_who_may_and_who_sees(office: Office) -> None:
    content = listed(row(1, **office.cells(1)))
    with pytest.raises(NotPermitted):
        import_results(content=content, file_name="k.xlsx", payer=POST, by=office.desk.officer, at=LATER)
    taken = take(office, content)
    stranger = Actor(9_001, "Người nơi khác", (Appointment(Role.PAYER, "08", POST),))
    near = Actor(9_002, "Bưu điện Bắc Kạn", (Appointment(Role.PAYER, "06", POST),))
    assert list_results_files(by=stranger) == []
    assert [file.pk for file in list_results_files(by=near)] == [taken.file_id]
    with pytest.raises(NoSuchResultsFile):
        apply_results(file_id=taken.file_id, by=stranger, at=LATER)


def test_a_file_that_cannot_be_read_leaves_nothing(office: Office) -> None:
    with pytest.raises(WorkbookEmpty):
        check(office, b"")
    with pytest.raises(ResultsFileNameTooLong):
        check(office, listed(row(1)), name="a" * 300)
    assert not ResultsFile.objects.exists()


def test_a_crash_half_way_leaves_the_file_checked(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = check(office, listed(row(1, **office.cells(1)), row(1, **office.cells(2))))
    from ansinh.reconcile import judging

    def broken(*_: object) -> None:
        raise ConnectionError("mất điện")

    monkeypatch.setattr(judging, "save", broken)
    with pytest.raises(ConnectionError):
        apply_results(file_id=checked.file_id, by=office.desk.payer, at=LATER)
    monkeypatch.undo()
    assert [state(office, number) for number in (1, 2)] == ["RELEASED", "RELEASED"]
    assert counts(apply_results(file_id=checked.file_id, by=office.desk.payer, at=LATER)) == (2, 2, 0, 0, 0)


def test_several_sheets_keep_their_own_rows(office: Office) -> None:
    sheets = {"Một": [TITLE, LIST_HEADINGS, row(1, **office.cells(1))],
              "Hai": [LIST_HEADINGS, row(1, **office.cells(2) | {"amount": 5})]}  # fmt: skip
    taken = take(office, book(sheets))
    assert counts(taken) == (2, 1, 0, 1, 0)
    [aside] = list_rows_set_aside(get_results_file(taken.file_id, by=office.desk.payer))
    assert (aside.sheet, aside.row, aside.cell, aside.code) == ("Hai", 2, "H2", "other_amount")


def test_the_original_is_sealed_and_unknown_columns_stay_in_it(office: Office) -> None:
    heading = [*LIST_HEADINGS, "Số tài khoản"]
    take(office, book([heading, [*row(1, **office.cells(1)), "0123456789"]]))
    kept = ResultsRow.objects.get()
    assert "0123456789" not in str(kept.written)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT position(convert_to('xl/worksheets', 'UTF8') in sealed_original) FROM reconcile_resultsfile"
        )
        assert cursor.fetchone() == (0,)


def test_the_database_lets_no_row_vanish(office: Office) -> None:
    take(office, listed(row(1, **office.cells(1))))
    with pytest.raises(IntegrityError, match="results_file_nothing_vanishes"), transaction.atomic():
        ResultsFile.objects.update(rows=2)


def test_a_row_is_of_a_file_that_stays(office: Office) -> None:
    take(office, listed(row(1, **office.cells(1))))
    copied = ResultsRow.objects.get()
    copied.pk, copied.file_id, copied._state.adding = None, 987_654_321, True
    with pytest.raises(IntegrityError, match="row_of_a_results_file"), transaction.atomic():
        copied.save()
    for statement in (
        "DELETE FROM reconcile_resultsfile",
        "UPDATE reconcile_resultsfile SET id = id + 1000",
        "UPDATE reconcile_resultsrow SET file_id = file_id + 1000",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_many_rows_one_torn_and_a_name_with_every_sign(office: Office) -> None:
    """Signs that COPY would take for its own come through; a code read twice, once badly, is set aside both times."""
    name = 'Ma "Thị\\ \t Tuấn\n'
    first, second = office.cells(1), office.cells(2)
    taken = take(
        office,
        listed(
            row(1, **{**first, "name": name}),
            row(1, **second),
            row(1, **{**second, "amount": "mấy đồng"}),
        ),
    )
    assert counts(taken) == (3, 1, 0, 2, 0)
    assert ResultsRow.objects.get(order_code=first["order_code"]).written["name"] == name
    asides = list_rows_set_aside(get_results_file(taken.file_id, by=office.desk.payer))
    assert sorted(aside.code for aside in asides) == ["amount_unreadable", "unclear_twin"]
