"""The guards of the database: every one the migrations made is expected, and one switched off is named."""

from __future__ import annotations

import pytest
from django.db import connection

from ansinh.platform import sql
from ansinh.platform.protections import Expected, expected_protections, find_weakened

pytestmark = pytest.mark.django_db

_EMPTIED = """
    CREATE OR REPLACE FUNCTION platform_refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'
"""

_VIEW_EMPTIED = """
    CREATE OR REPLACE VIEW registry_person_in_sight AS SELECT person_id FROM registry_residence AS residence
"""


def test_nothing_stands_in_the_database_that_is_not_expected() -> None:
    """What the reading of migrations overlooks would never be missed."""
    expected = expected_protections()
    found = sql.rows("platform/list_protections", {"tables": sorted(expected.tables)})
    whole = [row for row in found if not row["parent"]]
    triggers = {(r["table_name"], r["name"]) for r in whole if r["kind"] == "trigger"}
    assert triggers - expected.triggers.keys() == set()
    unexpected = [
        (row["table_name"], row["name"])
        for row in whole
        if row["kind"] == "constraint"
        and row["detail"] in "cfpux"
        and (row["table_name"], row["name"]) not in expected.names
        and (row["table_name"], row["detail"], row["columns"]) not in expected.keys
    ]
    # Checks of single columns of models ("month is a first day") have names Django chooses.
    assert [one for one in unexpected if not one[1].endswith("_check")] == []


def test_a_fresh_database_has_every_guard() -> None:
    assert find_weakened() == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("ALTER TABLE platform_auditentry DISABLE TRIGGER audit_append_only", "audit_append_only: trigger đang bị tắt"),
        ("DROP TRIGGER audit_no_truncate ON platform_auditentry", "audit_no_truncate: không còn trigger"),
        ("ALTER TABLE payroll_run DROP CONSTRAINT run_four_eyes", "run_four_eyes: không còn ràng buộc"),
        ("DROP INDEX payroll_line_regular_once", "payroll_line_regular_once: không còn ràng buộc"),
        ("ALTER TABLE payroll_line DROP CONSTRAINT payroll_line_sign", "payroll_line_sign: không còn ràng buộc"),
        ("ALTER TABLE payroll_line_199001 DISABLE TRIGGER USER", "_199001, approved_line_never_changes: trigger đang"),
        ("DROP TRIGGER lines_no_truncate ON payroll_line_199001", "_199001, lines_no_truncate: không còn trigger"),
        (_EMPTIED, "platform_refuse_change: thân hàm đã bị sửa"),
        ("ALTER TABLE registry_person DISABLE ROW LEVEL SECURITY", "registry_person, row_security: đã bị tắt"),
        ("DROP POLICY payroll_line_seen ON payroll_line", "payroll_line_seen: không còn chính sách"),
        ("ALTER POLICY payout_order_seen ON payout_order USING (TRUE)", "payout_order_seen: chính sách theo dòng đã"),
        ("ALTER POLICY payout_order_worked ON payout_order TO PUBLIC", "payout_order_worked: chính sách theo dòng đã"),
        ("CREATE POLICY open ON registry_grant TO ansinh_web USING (TRUE)", "open: chính sách theo dòng lạ"),
        (_VIEW_EMPTIED, "registry_person_in_sight, view: không còn hoặc đã bị sửa"),
    ],
)
def test_a_guard_switched_off_is_named(change: str, named: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT payroll_add_partition('1990-01-01')")
        cursor.execute(change)
    assert [broken.what for broken in find_weakened() if named in broken.what]


def test_what_a_later_migration_drops_is_no_longer_expected() -> None:
    expected = Expected()
    expected.read(
        "CREATE TABLE a_b (id bigint PRIMARY KEY, kind text CHECK (kind IN ('x', 'y')), c bigint REFERENCES d_e (id))"
    )
    expected.read("CREATE TRIGGER held BEFORE DELETE ON a_b FOR EACH ROW EXECUTE FUNCTION f(); -- ; DROP TABLE a_b")
    assert expected.names == {("a_b", "a_b_pkey"), ("a_b", "a_b_kind_check"), ("a_b", "a_b_c_fkey")}
    assert expected.triggers == {("a_b", "held"): "f"}
    expected.read("DROP TRIGGER held ON a_b; ALTER TABLE a_b DROP CONSTRAINT a_b_kind_check;")
    assert (expected.triggers, len(expected.names)) == ({}, 2)
