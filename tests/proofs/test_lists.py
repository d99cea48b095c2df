"""Approved lists broken by SQL: `verify` names the line, the roster entry, the list, the run; untouched, nothing."""

from __future__ import annotations

import pytest

from ansinh.payroll.models import Run
from tests.payroll.conftest import play
from tests.proofs.breaking import break_rows, found, found_by_proof
from tests.seeding import AUGUST, Desk

# One more line like Lý Ngọc An's; for somebody else where `for_person` says so.
_COPIED = """
    INSERT INTO payroll_line (payroll_month, run_id, person_id, grant_id, span_id, benefit, for_person_id, regime, kind,
        entitlement_month, coefficient, base_dong, deducted_dong, amount_dong, law, article, group_name, commune_code,
        pack_digest)
    SELECT payroll_month, run_id, person_id, grant_id, span_id, benefit, %(for_person)s, regime, kind,
        entitlement_month, coefficient, base_dong, deducted_dong, amount_dong, law, article, group_name, commune_code,
        pack_digest
    FROM payroll_line WHERE person_id = %(an)s
"""
_ONE_MORE_IN_ROSTER = """
    INSERT INTO payroll_rosterentry (run_id, month, person_id, commune_code, full_name, name_key, sort_key, born_on,
        birth_precision, sex, hamlet, programme)
    SELECT run_id, month, 999999, commune_code, full_name, name_key, sort_key, born_on, birth_precision, sex, hamlet,
        programme
    FROM payroll_rosterentry WHERE person_id = %(an)s
"""
_ONE_MORE_LIST = """
    INSERT INTO payroll_communelist (run_id, commune_code, people, lines, total_dong, digest)
    SELECT run_id, '02050', people, lines, total_dong, digest FROM payroll_communelist
"""
_ONE_MORE_RUN = """
    INSERT INTO payroll_run (place_code, month, state, opened_at, opened_by, returned_reason, pack_digest,
        levels_not_taken, list_digest, programme, paid_with_reason)
    SELECT '02050', month, 'OPEN', opened_at, opened_by, '', pack_digest, '', '', programme, '' FROM payroll_run
"""
_DOUBLED = "UPDATE payroll_line SET base_dong = base_dong * 2, amount_dong = amount_dong * 2 WHERE person_id = %(an)s"
_RAISED_SPAN = "UPDATE entitlement_span SET coefficient = coefficient * 2 WHERE person_id = %(an)s"


@pytest.fixture
def run(desk: Desk) -> Run:
    return play(desk)


def test_untouched_lists_show_no_difference(desk: Desk, run: Run) -> None:
    assert found_by_proof() == {}
    play(desk, AUGUST + 1)
    assert found_by_proof() == {}


@pytest.mark.parametrize(
    ("statement", "proof", "said"),
    [
        (_DOUBLED,
         "lines_equal_due", "Lý Ngọc An (người số"),
        (_DOUBLED,
         "lists_as_signed", "xã 02053"),
        ("UPDATE payroll_line SET coefficient = 2, amount_dong = 2 * base_dong WHERE person_id = %(an)s",
         "lines_add_up", "khác khoảng thời gian được hưởng"),
        ("UPDATE payroll_line SET commune_code = '02050' WHERE person_id = %(an)s", "lines_add_up", "không có"),
        ("UPDATE payroll_line SET regime = 'social_pension' WHERE person_id = %(an)s", "lines_add_up", "Lý Ngọc An"),
        ("UPDATE payroll_line SET group_name = 'Nhóm khác' WHERE person_id = %(an)s", "lines_add_up", "nhóm in"),
        ("UPDATE payroll_line SET pack_digest = '' WHERE person_id = %(an)s", "lines_add_up", "không khớp kỳ chi trả"),
        ("DELETE FROM payroll_line WHERE person_id = %(an)s", "lines_equal_due", "đã lên danh sách 0 đồng"),
        ("DELETE FROM payroll_line WHERE person_id = %(an)s", "lists_as_signed", "4 người, 4 dòng"),
        (_COPIED, "lines_equal_due", "phải trả 0 đồng, đã lên danh sách 270.000 đồng"),
        (_COPIED, "lines_add_up", "Lý Ngọc An"),
    ],
)  # fmt: skip
def test_a_broken_line_is_named(run: Run, statement: str, proof: str, said: str) -> None:
    break_rows(statement, tables=["payroll_line", "payroll_line_202008"])
    assert any(said in what for what in found()[proof])


def test_a_line_that_does_not_multiply_is_named(run: Run) -> None:
    break_rows(
        "UPDATE payroll_line SET amount_dong = amount_dong + 1 WHERE person_id = %(an)s",
        tables=["payroll_line", "payroll_line_202008"],
        without=["payroll_line.payroll_line_regular_is_whole"],
    )
    said = found()
    assert any("270.001 đồng: số tiền không bằng hệ số" in what for what in said["lines_add_up"])
    assert any("phải trả 270.000 đồng, đã lên danh sách 270.001 đồng" in what for what in said["lines_equal_due"])


def test_a_month_listed_twice_is_named(run: Run) -> None:
    break_rows(
        _COPIED,
        tables=["payroll_line", "payroll_line_202008"],
        without=["payroll_line_regular_once", "payroll_line_once"],
        for_person=0,
    )
    assert "2 dòng cho cùng một diện" in found()["one_line_a_month"][0]


def test_two_communes_of_one_month_are_named(run: Run) -> None:
    break_rows(
        _COPIED,
        "UPDATE payroll_line SET commune_code = '02050' WHERE person_id = %(an)s AND for_person_id = 7",
        tables=["payroll_line", "payroll_line_202008"],
    )
    assert "có dòng ở xã 02050" in found()["one_commune_a_month"][0]


@pytest.mark.parametrize(
    ("statement", "proof", "said"),
    [
        ("UPDATE payroll_rosterentry SET full_name = 'Ngọc Ẩn' WHERE person_id = %(an)s", "lists_as_signed", "02053"),
        ("DELETE FROM payroll_rosterentry WHERE person_id = %(an)s", "lines_add_up", "người không có trong danh sách"),
        ("DELETE FROM payroll_rosterentry WHERE person_id = %(an)s", "runs_as_told", "có 3 người, lúc chốt có 4 người"),
        (_ONE_MORE_IN_ROSTER,
         "runs_as_told", "có 5 người, lúc chốt có 4 người"),
    ],
)  # fmt: skip
def test_a_broken_roster_is_named(run: Run, statement: str, proof: str, said: str) -> None:
    break_rows(statement, tables=["payroll_rosterentry"])
    assert any(said in what for what in found()[proof])


@pytest.mark.parametrize(
    ("statement", "proofs"),
    [
        ("UPDATE payroll_communelist SET total_dong = total_dong + 1", {"lists_as_signed"}),
        ("UPDATE payroll_communelist SET digest = repeat('0', 64)", {"lists_as_signed", "runs_as_signed"}),
        ("DELETE FROM payroll_communelist", {"lists_as_signed", "runs_as_signed"}),
        (_ONE_MORE_LIST,
         {"lists_as_signed", "runs_as_signed"}),
    ],
)  # fmt: skip
def test_a_broken_list_is_named(run: Run, statement: str, proofs: set[str]) -> None:
    break_rows(statement, tables=["payroll_communelist"])
    said = found()
    assert proofs <= said.keys()
    assert all(f"Kỳ chi trả {run.pk} " in what for proof in proofs for what in said[proof])


@pytest.mark.parametrize(
    ("statement", "proof", "said"),
    [
        ("UPDATE payroll_run SET list_digest = repeat('0', 64)", "runs_as_signed", "0000 0000 0000 0000"),
        ("UPDATE payroll_run SET list_digest = repeat('0', 64)", "runs_as_told", "mã kiểm tra không phải"),
        ("UPDATE payroll_run SET state = 'CHECKED'", "runs_as_told", "nhật ký ghi khác"),
        ("UPDATE payroll_run SET month = '2020-07-01'", "runs_as_told", "địa bàn, tháng, chương trình hoặc người mở"),
        ("UPDATE payroll_run SET approved_by = submitted_by", "runs_of_two_hands", "cũng là người mở, tính"),
        ("UPDATE payroll_run SET approved_by = 987654", "runs_as_told", "người, lúc phê duyệt"),
        ("UPDATE payroll_run SET levels_not_taken = 'nd136'", "lines_equal_due", "Lý Ngọc An"),
        (_ONE_MORE_RUN, "runs_as_told", "nhật ký không ghi việc mở kỳ này"),
    ],
)  # fmt: skip
def test_a_broken_run_is_named(run: Run, statement: str, proof: str, said: str) -> None:
    break_rows(statement, tables=["payroll_run"], without=["payroll_run.run_four_eyes"])
    assert any(said in what for what in found()[proof])


def test_a_run_taken_away_whole_is_named(run: Run) -> None:
    break_rows(
        "DELETE FROM payroll_line",
        "DELETE FROM payroll_communelist",
        "DELETE FROM payroll_rosterentry",
        "DELETE FROM payroll_runamount",
        "DELETE FROM payroll_run",
        tables=[
            "payroll_line", "payroll_line_202008", "payroll_communelist", "payroll_rosterentry", "payroll_runamount",
            "payroll_run",
        ],
    )  # fmt: skip
    assert found() == {
        "runs_as_told": [f"Kỳ chi trả {run.pk}: khác nhật ký: nhật ký ghi kỳ này đã được phê duyệt, nay không còn"]
    }


@pytest.mark.parametrize(
    ("statement", "proof"),
    [
        (_RAISED_SPAN, "lines_equal_due"),
        (_RAISED_SPAN, "lines_add_up"),
        (_RAISED_SPAN, "deciding_again_changes_nothing"),
        ("DELETE FROM entitlement_span WHERE person_id = %(an)s", "lines_equal_due"),
        ("DELETE FROM entitlement_span WHERE person_id = %(an)s", "lines_add_up"),
    ],
)
def test_a_broken_span_is_named(run: Run, statement: str, proof: str) -> None:
    break_rows(statement, tables=[], without=["payroll_line.payroll_line_span_id_fkey"])
    assert any("Lý Ngọc An" in what for what in found()[proof])


def test_a_trail_cut_short_is_named(run: Run) -> None:
    break_rows("DELETE FROM platform_auditentry WHERE action = 'payroll.approve_run'", tables=["platform_auditentry"])
    assert f"Kỳ chi trả {run.pk}: khác nhật ký" in found()["runs_as_told"][0]
