"""The dirt of single cells: words, days, amounts, codes, proofs; each refusal names its cell and the way out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ansinh.kernel.money import Dong
from ansinh.reconcile.reader.catalogue import KINDS
from ansinh.reconcile.reader.rows import order_code_of
from ansinh.reconcile.types import OUTCOME_WORDS, PROOF_WORDS
from tests.reconcile.files import code, found, listed, read, read_rows, row, unpaid


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        *((word, "paid") for word in ("Đã trả", "ĐÃ CHI", "đã nhận", "Da tra", "x", "X", 1, 1.0, "1", "paid", "✓")),
        *((word, "unpaid") for word in ("Chưa trả", "chưa nhận.", "CHUA LINH", "Vắng", "unpaid")),
        *((word, "returned") for word in ("Hoàn trả", "trả lại", "Returned", "Tra lai")),
        *((word, outcome) for outcome, word in OUTCOME_WORDS.items()),
    ],
)
def test_words_of_outcome(word: Any, outcome: str) -> None:
    assert [read.outcome for read in read_rows(row(7, outcome=word))] == [outcome]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (date(2020, 8, 5), date(2020, 8, 5)),
        ("05/08/2020", date(2020, 8, 5)),
        ("5-8-2020", date(2020, 8, 5)),
        ("2020-08-05", date(2020, 8, 5)),
        ("2020-08-05T09:30:00", date(2020, 8, 5)),
        (44048.0, date(2020, 8, 5)),
        ("05/08/20", None),
        ("25/13/2020", None),
        ("hôm qua", None),
    ],
)
def test_days(value: Any, day: date | None) -> None:
    [read_row] = read_rows(row(7, happened_on=value))
    assert read_row.happened_on == day
    assert (read_row.fault is None) == (day is not None)


@pytest.mark.parametrize(
    ("value", "amount", "fault"),
    [
        (405_000, Dong(405_000), None),
        ("405.000", Dong(405_000), None),
        ("405,000 đ", Dong(405_000), None),
        (405_000.5, None, "amount_unreadable"),
        ("bốn trăm", None, "amount_unreadable"),
        ("=1+1", None, "amount_unreadable"),
        (0, None, "amount_not_positive"),
        (-405_000, None, "amount_not_positive"),
        (1e30, None, "amount_not_positive"),
        (None, None, "amount_missing"),
        ("-", None, "amount_missing"),
    ],
)
def test_amounts(value: Any, amount: Dong | None, fault: str | None) -> None:
    [read_row] = read_rows(row(7, amount=value))
    assert read_row.amount == amount
    assert (read_row.fault.code if read_row.fault else None) == fault


@pytest.mark.parametrize(
    "value", ["AS79444", "as79444", " AS 794 44 ", "AS794.44", 79444, 79444.0, "79444", "AS\u00a079444"]
)
def test_an_order_code_in_every_dress(value: Any) -> None:
    assert order_code_of(value) == "AS79444"


@pytest.mark.parametrize(
    "value", ["", None, "AS", "AS12", "ASX9444", "7.9444E+04", "BS79444", "AS" + "9" * 30, "７９４４４"]
)
def test_no_order_code(value: Any) -> None:
    assert order_code_of(value) is None


@pytest.mark.parametrize(
    ("cells", "fault", "column"),
    [
        ({"order_code": None}, "no_order_code", "Mã lệnh chi"),
        ({"order_code": "số 12 cũ"}, "bad_order_code", "Mã lệnh chi"),
        ({"outcome": "không rõ"}, "unknown_word", "Kết quả"),
        ({"happened_on": None}, "day_missing", "Ngày trả"),
        ({"proof": "ảnh chụp"}, "unknown_proof", "Hình thức ký nhận"),
        ({"proof": "Điểm chỉ"}, "fingerprint_without_name", "Người nhận"),
        ({"proof": "Điểm chỉ", "receiver_name": "Lý An"}, "fingerprint_without_name", "Quan hệ"),
        ({"receiver_name": "A" * 201}, "text_too_long", "Người nhận"),
        ({"happened_on": "#REF!"}, "formula_failed", "Ngày trả"),
        ({"outcome": "#N/A"}, "formula_failed", "Kết quả"),
    ],
)
def test_one_bad_cell_sets_its_row_aside_and_no_other(cells: dict[str, Any], fault: str, column: str) -> None:
    reading = read(listed(row(7), row(8, **cells), row(9)))
    assert [r.fault.code if r.fault else None for r in reading.rows] == [None, fault, None]
    told = reading.rows[1].fault
    assert told is not None
    assert (told.row, told.column) == (5, column)
    assert f"ô {chr(65 + (told.column_index or 0))}5 " in told.message.replace("Ô", "ô").replace(":", " ")
    assert "{" not in told.message


def test_every_fault_of_a_row_is_told() -> None:
    reading = read(listed(row(7, amount="nhiều", happened_on="hôm qua", proof="ảnh")))
    assert [finding.code for finding in reading.findings] == ["amount_unreadable", "day_unreadable", "unknown_proof"]


@pytest.mark.parametrize(("proof", "word"), PROOF_WORDS.items())
def test_words_of_proof(proof: str, word: str) -> None:
    [read_row] = read_rows(row(7, proof=word, receiver_name="Lý Thị An", relation="con"))
    assert (read_row.proof, read_row.receiver_name, read_row.relation) == (proof, "Lý Thị An", "con")


def test_unpaid_needs_no_day_no_amount_and_asks_for_a_reason() -> None:
    reading = read(listed(unpaid(7, amount=None), unpaid(8, reason=None)))
    assert [r.fault for r in reading.rows] == [None, None]
    assert reading.rows[0].reason == "Vắng nhà"
    assert [(f.code, f.row) for f in reading.findings] == [("reason_missing", 5)]


def test_an_empty_outcome_is_no_result_and_no_fault() -> None:
    reading = read(listed(row(7, outcome=None, happened_on=None, proof=None), row(8)))
    assert [(r.order_code, r.outcome, r.fault) for r in reading.rows] == [(code(7), "", None), (code(8), "paid", None)]
    assert reading.findings == ()


def test_a_day_without_an_outcome_is_told() -> None:
    reading = read(listed(row(7, outcome=None)))
    assert [r.outcome for r in reading.rows] == [""]
    [told] = found(reading, "day_without_outcome")
    assert "Ngày trả" in told.message


def test_an_order_with_an_unreadable_row_has_no_readable_one() -> None:
    """The file says two things of one order, one of them nobody can read."""
    reading = read(listed(row(7), row(7, amount="?"), row(8)))
    assert [r.fault.code if r.fault else None for r in reading.rows] == ["unclear_twin", "amount_unreadable", None]
    assert "dòng 5" in (reading.rows[0].fault.message if reading.rows[0].fault else "")


def test_every_sentence_says_where_and_what_to_do() -> None:
    for kind in KINDS.values():
        assert "{cell}" in kind.message or "{sheet}" in kind.message or kind.severity == "info"
        assert "ãy " in kind.message or kind.severity == "info"
