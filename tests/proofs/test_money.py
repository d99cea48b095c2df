"""A settled month broken by SQL, row by row and table by table: `verify` finds each; untouched it finds nothing."""

from __future__ import annotations

from tests.proofs.breaking import copy_of, found_after, found_by_proof
from tests.seeding import AUGUST
from tests.settlement.conftest import Office, order_of

_ANY = "TRUE"
_AN = "person_id = %(an)s"
_CLAIM_OF_NOTHING = """
    INSERT INTO payout_claim (run_id, person_id, commune_code, fund, amount_dong, recorded_at)
    SELECT run_id, person_id, commune_code, 'tcxh', amount_dong, issued_at FROM payout_order WHERE person_id = %(an)s
"""
_OF_AN = "order_id IN (SELECT id FROM payout_order WHERE person_id = %(an)s)"

CHANGED = {
    "payout_order": (
        ("amount_dong = amount_dong + 1000", _AN),
        ("state = 'PAID'", "state = 'UNPAID'"),
        ("state = 'UNPAID'", "state = 'PAID'"),
        ("state = 'RELEASED'", _AN),
        ("commune_code = '02050'", _AN),
        ("person_id = 999999", _AN),
        ("channel = 'bank'", _AN),
        ("digest = repeat('0', 64)", _AN),
        ("round = 1", _AN),
    ),
    "payout_orderpart": (("amount_dong = amount_dong + 1", _OF_AN), ("fund = 'social_pension'", _OF_AN)),
    "payout_batch": (
        ("declared_count = declared_count + 1", _ANY),
        ("declared_dong = declared_dong + 1", _ANY),
        ("digest = repeat('0', 64)", _ANY),
        ("state = 'ISSUED'", _ANY),
        ("released_by = approved_by", _ANY),
        ("place_code = '065'", _ANY),
    ),
    "payout_batchitem": (("amount_dong = amount_dong + 1", _OF_AN), ("commune_code = '02050'", _OF_AN)),
    "payout_result": (
        ("amount_dong = amount_dong + 1", "kind = 'paid'"),
        ("kind = 'unpaid'", "kind = 'paid'"),
        ("kind = 'paid'", "kind = 'unpaid'"),
        ("happened_on = happened_on - 1", "kind = 'paid'"),
        ("receiver_name = 'Người khác'", "kind = 'paid'"),
        ("booked_month = '2020-09-01'", "kind = 'paid'"),
        ("commune_code = '02050'", "kind = 'paid'"),
        ("digest = repeat('0', 64)", "kind = 'paid'"),
        ("receiver_kind = 'agent', authorised_until = NULL", "kind = 'paid'"),
        ("proof = 'fingerprint', relation = ''", "kind = 'paid'"),
    ),
    "payout_recording": (
        ("applied = applied - 1, set_aside = set_aside + 1", _ANY),
        ("paid_dong = paid_dong + 1", _ANY),
    ),
    "ledger_entry": (
        ("debit_dong = debit_dong + 1", "recipe = 'pay'"),
        ("month = '2020-09-01'", "recipe = 'pay'"),
        ("document = 'batch:99'", "recipe = 'pay'"),
        ("hash = repeat('0', 64)", "recipe = 'pay'"),
    ),
    "ledger_posting": (("dong = dong * 2", "entry_id IN (SELECT id FROM ledger_entry WHERE recipe = 'pay')"),),
    "ledger_account": (("place = '02050'", "kind = 'with_payer'"), ("kind = 'recoverable'", "kind = 'owed'")),
    "ledger_book": (("entries = entries - 1", _ANY), ("head = repeat('0', 64)", _ANY)),
    "funds_transfer": (
        ("amount_dong = amount_dong + 1", _ANY),
        ("state = 'REQUESTED'", _ANY),
        ("month = '2020-09-01'", _ANY),
        ("payer_id = 'khac'", _ANY),
    ),
    "funds_transferpart": (("amount_dong = amount_dong + 1", _ANY), ("commune_code = '02050'", _ANY)),
    "funds_budget": (("amount_dong = amount_dong + 1", "year = 2020"), ("year = 2022", "year = 2020")),
    "funds_reservation": (("amount_dong = amount_dong + 1", _ANY), ("fund = 'social_pension'", _ANY)),
    "funds_closedmonth": (("month = '2020-07-01'", _ANY),),
    "settlement_settlement": (("state = 'CONFIRMED'", _ANY), ("month = '2020-07-01'", _ANY)),
    "settlement_closing": (
        ("closed_by = confirmed_by", _ANY),
        ("people_paid = people_paid + 1", _ANY),
        ("digest = repeat('0', 64)", _ANY),
    ),
    "settlement_closingpart": (
        ("paid_dong = paid_dong + 1, in_hand_dong = in_hand_dong - 1", "fund = 'tcxh'"),
        ("fee_dong = fee_dong + 1", "fund = 'tcxh'"),
        ("carried_on_dong = carried_on_dong - 1000, in_hand_dong = in_hand_dong + 1000", "fund = 'tcxh'"),
    ),
}

DELETED = {
    "payout_order": _AN,
    "payout_orderpart": _OF_AN,
    "payout_batch": _ANY,
    "payout_batchitem": _OF_AN,
    "payout_result": "kind = 'paid'",
    "payout_recording": _ANY,
    "ledger_entry": "recipe = 'pay'",
    "ledger_posting": "entry_id IN (SELECT id FROM ledger_entry WHERE recipe = 'pay')",
    "ledger_account": "kind = 'owed'",
    "ledger_book": _ANY,
    "funds_transfer": _ANY,
    "funds_transferpart": _ANY,
    "funds_budget": "year = 2020",
    "funds_reservation": _ANY,
    "funds_closedmonth": _ANY,
    "settlement_settlement": _ANY,
    "settlement_closing": _ANY,
    "settlement_closingpart": "fund = 'tcxh'",
}

INSERTED: dict[str, tuple[dict[str, str], str]] = {
    "payout_order": ({"person_id": "999999", "state": "'ISSUED'", "batch_id": "NULL"}, _AN),
    "payout_orderpart": ({"fund": "'social_pension'"}, _OF_AN),
    "payout_batch": ({"key": "gen_random_uuid()"}, _ANY),
    "payout_batchitem": ({}, _OF_AN),
    "payout_result": ({"nonce": "'one more'"}, "kind = 'paid'"),
    "payout_recording": ({"source_key": "'one more'"}, _ANY),
    "ledger_entry": ({"number": "number + 1000", "key": "'one more'"}, "recipe = 'pay'"),
    "ledger_posting": ({}, "entry_id IN (SELECT id FROM ledger_entry WHERE recipe = 'pay')"),
    "funds_transfer": ({"voucher_no": "'one more'"}, _ANY),
    "funds_transferpart": ({"fund": "'social_pension'"}, _ANY),
    "funds_budget": ({"decision_no": "'one more'"}, "year = 2020"),
    "funds_reservation": ({"document": "'run:999'"}, _ANY),
    "funds_closedmonth": ({"month": "'2020-09-01'"}, _ANY),
    "settlement_settlement": ({"month": "'2020-09-01'"}, _ANY),
    "settlement_closing": ({}, _ANY),
    "settlement_closingpart": ({}, "fund = 'tcxh'"),
}


# By what an officer finds the row, or the one it belongs to.
NAMED = {
    "payout_order": ("ệnh chi AS", "người số"),
    "payout_orderpart": ("ệnh chi AS",),
    "payout_claim": ("người số",),
    "payout_batch": ("Đợt chi ", "ệnh chi AS"),
    "payout_batchitem": ("ệnh chi AS", "Đợt chi "),
    "payout_result": ("ệnh chi AS",),
    "payout_recording": ("Lần báo kết quả",),
    "ledger_entry": ("Bút toán 064/",),
    "ledger_posting": ("Bút toán 064/",),
    "ledger_account": ("Bút toán 064/",),
    "ledger_book": ("Sổ 064",),
    "funds_transfer": ("Chuyển kinh phí cho tổ chức chi trả số ", "buu-dien, xã 02053, tháng 08/2020"),
    "funds_transferpart": ("Chuyển kinh phí cho tổ chức chi trả số ", "buu-dien, xã 02053, tháng 08/2020"),
    "funds_budget": ("Dự toán 20",),
    "funds_reservation": ("Dự toán 2020 của 064",),
    "funds_closedmonth": ("xã 02053, tháng 0",),
    "settlement_settlement": ("buu-dien, xã mã 02053, tháng 0", "buu-dien, tháng 08/2020"),
    "settlement_closing": ("Quyết toán tháng 08/2020 của xã mã 02053", "buu-dien, tháng 08/2020"),
    "settlement_closingpart": ("Quyết toán tháng 08/2020 của xã mã 02053",),
}


def named_after(table: str, statement: str) -> bool:
    """Whether something found says which row it is."""
    said = [what for rows in found_after(table, statement).values() for what in rows]
    return any(name in what for what in said for name in NAMED[table])


def test_untouched_months_show_no_difference(settled: Office) -> None:
    assert found_by_proof() == {}
    settled.pay_out(AUGUST + 1)
    assert found_by_proof() == {}
    settled.report(AUGUST + 1)
    settled.settle(AUGUST + 1)
    assert found_by_proof() == {}


def test_every_changed_row_is_named(settled: Office) -> None:
    unseen = [
        f"{table}: {change}"
        for table, changes in CHANGED.items()
        for change, where in changes
        if not named_after(table, f"UPDATE {table} SET {change} WHERE {where}")  # noqa: S608 - our own words
    ]
    assert unseen == []


def test_every_missing_row_is_named(settled: Office) -> None:
    cases = DELETED.items()
    unseen = [table for table, where in cases if not named_after(table, f"DELETE FROM {table} WHERE {where}")]  # noqa: S608
    assert unseen == []


def test_every_row_too_many_is_named(settled: Office) -> None:
    statements = {table: copy_of(table, *row) for table, row in INSERTED.items()}
    statements["payout_claim"] = _CLAIM_OF_NOTHING
    assert [table for table, statement in statements.items() if not named_after(table, statement)] == []


def test_an_order_is_named_by_its_code(settled: Office) -> None:
    order = order_of("An")
    statement = "UPDATE payout_order SET amount_dong = amount_dong + 1 WHERE person_id = %(an)s"
    assert any(order.code in what for rows in found_after("payout_order", statement).values() for what in rows)
