"""Above a threshold of its place and fund a list needs two approvals; the database keeps it, whoever asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from ansinh.access.types import Actor, Appointment, Role
from ansinh.funds.models import Reservation
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions import (
    approve_run,
    approve_threshold,
    countersign_run,
    propose_threshold,
    return_run,
    submit_run,
    withdraw_threshold,
)
from ansinh.payroll.models import Line, RosterEntry, Run, Threshold
from ansinh.payroll.queries import allowed_steps, list_thresholds, second_approval_of
from ansinh.payroll.types import RunMoved
from tests.payroll.conftest import prepare
from tests.seeding import AT, AUGUST, CHO_DON, NGOC_PHAI, PHUONG_VIEN, Desk

BAC_KAN = "06"
# What the four people of the desk are listed for.
LISTED = 1_620_000


def decided(
    desk: Desk,
    amount: int | None,
    *,
    place: str = NGOC_PHAI,
    fund: str = "tcxh",
    starts: Month = AUGUST,
    by: str = "approver",
) -> int:
    """A threshold two people agreed to."""
    proposed = propose_threshold(
        place_code=place, fund=fund, amount_dong=None if amount is None else Dong(amount), starts=starts,
        decision_no="12/QĐ-UBND", decided_on=date(2020, 7, 1), countersigner=by, by=desk.officer, at=AT,
    )  # fmt: skip
    return approve_threshold(threshold_id=proposed.threshold_id, by=desk.approver, at=AT).threshold_id


def another(desk: Desk, number: int = 77, role: Role = Role.APPROVER, area: str = CHO_DON) -> Actor:
    """Somebody else appointed to approve."""
    return replace(desk.approver, user_id=number, name="Hà Thị Hai", appointments=(Appointment(role, area),))


def submitted(desk: Desk) -> Run:
    run = prepare(desk)
    submit_run(run_id=run.pk, by=desk.officer, at=AT)
    return run


def approved(desk: Desk, run: Run) -> RunMoved:
    return approve_run(run_id=run.pk, by=desk.approver, at=AT)


def test_a_list_above_waits_and_nothing_is_set_aside(desk: Desk) -> None:
    threshold_id = decided(desk, LISTED - 1)
    run = submitted(desk)
    first = approved(desk, run)
    assert (first.state, first.threshold_id, first.missing_dong) == ("ENDORSED", threshold_id, Dong(0))
    assert not Reservation.objects.exists()
    second = countersign_run(run_id=run.pk, by=another(desk), at=AT)
    assert (second.state, second.threshold_id, second.list_digest) == ("APPROVED", threshold_id, first.list_digest)
    run.refresh_from_db()
    assert (run.approved_by, run.countersigned_by) == (desk.approver.user_id, 77)
    assert [row.amount_dong for row in Reservation.objects.all()] == [Dong(LISTED)]


def test_a_list_of_just_that_sum_needs_one(desk: Desk) -> None:
    decided(desk, LISTED)
    assert approved(desk, submitted(desk)).state == "APPROVED"


@pytest.mark.parametrize(
    ("place", "fund", "starts", "amount"),
    [
        (PHUONG_VIEN, "tcxh", AUGUST, 0),
        (NGOC_PHAI, "merit", AUGUST, 0),
        (NGOC_PHAI, "tcxh", AUGUST + 1, 0),
        (NGOC_PHAI, "tcxh", AUGUST, None),
    ],
)
def test_another_place_fund_or_month_asks_nothing(
    desk: Desk, place: str, fund: str, starts: Month, amount: int | None
) -> None:
    decided(desk, amount, place=place, fund=fund, starts=starts)
    assert approved(desk, submitted(desk)).state == "APPROVED"


def test_the_place_above_counts_and_a_later_row_takes_its_turn(desk: Desk) -> None:
    decided(desk, 5, place=BAC_KAN, starts=AUGUST + -1)
    # The commune may ask for more, never for less.
    decided(desk, None, place=NGOC_PHAI)
    run = submitted(desk)
    told = second_approval_of(Run.objects.get(pk=run.pk))
    assert told is not None
    assert [(one.place_code, one.listed_dong) for one in told.above] == [(BAC_KAN, Dong(LISTED))]
    decided(desk, LISTED, place=BAC_KAN)
    assert approved(desk, run).state == "APPROVED"


def test_what_asks_for_the_province_comes_first(desk: Desk) -> None:
    decided(desk, 0, place=CHO_DON)
    asked = decided(desk, 1, place=NGOC_PHAI, by="province")
    run = submitted(desk)
    assert approved(desk, run).threshold_id == asked
    with pytest.raises(Refusal, match="người phê duyệt cấp tỉnh") as refused:
        countersign_run(run_id=run.pk, by=another(desk), at=AT)
    assert refused.value.code == "countersigner_wanted"
    province = another(desk, role=Role.PROVINCE_APPROVER, area=BAC_KAN)
    assert countersign_run(run_id=run.pk, by=province, at=AT).state == "APPROVED"


def test_nobody_signs_twice_or_what_they_prepared(desk: Desk) -> None:
    decided(desk, 0)
    run = submitted(desk)
    approved(desk, run)
    with pytest.raises(Refusal, match="đã duyệt danh sách này lần một"):
        countersign_run(run_id=run.pk, by=desk.approver, at=AT)
    both = replace(desk.officer, appointments=another(desk).appointments)
    with pytest.raises(Refusal, match="đã lập, tính"):
        countersign_run(run_id=run.pk, by=both, at=AT)
    elsewhere = another(desk, area=PHUONG_VIEN)
    with pytest.raises(Refusal, match="Không có kỳ chi trả"):
        countersign_run(run_id=run.pk, by=elsewhere, at=AT)
    run.refresh_from_db()
    offers = {one.action: one.why_not for one in allowed_steps(run, by=desk.approver)}
    assert "lần hai do một người phê duyệt khác" in offers["countersign_run"]
    assert not {one.action: one.why_not for one in allowed_steps(run, by=another(desk))}["countersign_run"]


def test_sent_back_it_starts_anew(desk: Desk) -> None:
    decided(desk, 0)
    run = submitted(desk)
    approved(desk, run)
    return_run(run_id=run.pk, reason="Sai số tài khoản", by=another(desk), at=AT)
    run.refresh_from_db()
    assert (run.state, run.approved_by, run.threshold_id, run.submitted_by) == ("CHECKED", None, None, None)
    submit_run(run_id=run.pk, by=desk.officer, at=AT)
    assert approve_run(run_id=run.pk, by=another(desk), at=AT).state == "ENDORSED"
    assert countersign_run(run_id=run.pk, by=desk.approver, at=AT).state == "APPROVED"


def test_between_the_signatures_nothing_of_the_list_changes(desk: Desk) -> None:
    decided(desk, 0)
    run = submitted(desk)
    approved(desk, run)
    with pytest.raises(DatabaseError, match="đã được phê duyệt"), transaction.atomic():
        RosterEntry.objects.filter(run=run).update(full_name="Người Khác")
    with pytest.raises(DatabaseError, match="không được sửa"), transaction.atomic():
        Line.objects.filter(run=run).delete()


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"countersigned_by": None, "state": "APPROVED"}, "run_above_threshold_is_countersigned"),
        ({"countersigned_by": 2, "countersigned_at": AT, "state": "APPROVED"}, "run_six_eyes"),
        ({"countersigned_by": 1, "countersigned_at": AT, "state": "APPROVED"}, "run_six_eyes"),
        ({"approved_by": 99}, "chỉ duyệt lần hai hoặc trả lại"),
        ({"threshold_id": None}, "chỉ duyệt lần hai hoặc trả lại"),
        ({"threshold_id": None, "state": "APPROVED"}, "chỉ duyệt lần hai hoặc trả lại"),
        ({"list_digest": "0" * 64}, "chỉ duyệt lần hai hoặc trả lại"),
    ],
)
def test_around_the_program_the_database_refuses(desk: Desk, changes: dict[str, object], match: str) -> None:
    decided(desk, 0)
    run = submitted(desk)
    approved(desk, run)
    people = {1: desk.officer.user_id, 2: desk.approver.user_id}
    if "countersigned_by" in changes:
        changes = {**changes, "countersigned_by": people.get(changes["countersigned_by"])}  # type: ignore[call-overload]
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(**changes)
    with pytest.raises(DatabaseError, match="không được sửa hay xóa"), transaction.atomic():
        Run.objects.filter(pk=run.pk)._raw_delete("default")


def test_one_signature_by_sql_is_refused_above_and_a_threshold_below_too(desk: Desk) -> None:
    threshold_id = decided(desk, LISTED)
    run = submitted(desk)
    signed = {"approved_by": desk.approver.user_id, "approved_at": AT}
    with pytest.raises(DatabaseError, match="không vượt thì không"), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(state="ENDORSED", threshold_id=threshold_id, **signed)
    decided(desk, 0, place=CHO_DON)
    with pytest.raises(DatabaseError, match="phải có hai người phê duyệt"), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(state="APPROVED", **signed)


def test_a_threshold_is_agreed_to_by_two_and_stays(desk: Desk) -> None:
    proposed = propose_threshold(
        place_code=NGOC_PHAI, fund="tcxh", amount_dong=Dong(1), starts=AUGUST, decision_no="1/QĐ",
        decided_on=date(2020, 7, 1), by=desk.officer, at=AT,
    )  # fmt: skip
    number = proposed.threshold_id
    both = replace(desk.officer, appointments=(*desk.officer.appointments, *desk.approver.appointments))
    with pytest.raises(Refusal, match="không được tự duyệt"):
        approve_threshold(threshold_id=number, by=both, at=AT)
    with pytest.raises(DatabaseError, match="threshold_four_eyes"), transaction.atomic():
        Threshold.objects.filter(pk=number).update(state="APPROVED", approved_by=desk.officer.user_id, approved_at=AT)
    with pytest.raises(Refusal, match="đã có ngưỡng số"):
        propose_threshold(
            place_code=NGOC_PHAI, fund="tcxh", amount_dong=Dong(2), starts=AUGUST, decision_no="2/QĐ",
            decided_on=date(2020, 7, 1), by=desk.officer, at=AT,
        )  # fmt: skip
    approve_threshold(threshold_id=number, by=desk.approver, at=AT)
    for changes in ({"amount_dong": 9}, {"state": "WITHDRAWN", "withdrawn_by": 1, "withdrawn_reason": "x"}):
        with pytest.raises(DatabaseError, match="không sửa hay xóa được"), transaction.atomic():
            Threshold.objects.filter(pk=number).update(**changes)
    with pytest.raises(Refusal, match="chỉ làm được từ"):
        withdraw_threshold(threshold_id=number, reason="nhầm", by=desk.officer, at=AT)
    assert [one.pk for one in list_thresholds(by=another(desk))] == [number]
    assert list_thresholds(by=another(desk, area=PHUONG_VIEN)) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"fund": "lunch"}, "unknown_threshold_fund"),
        ({"countersigner": "anybody"}, "unknown_threshold_fund"),
        ({"amount_dong": Dong(-1)}, "threshold_below_zero"),
        ({"decision_no": " "}, "threshold_without_paper"),
        ({"decided_on": date(2030, 1, 1)}, "threshold_without_paper"),
        ({"place_code": "01"}, "out_of_area"),
    ],
)
def test_what_is_no_threshold_is_refused(desk: Desk, changes: dict[str, object], code: str) -> None:
    given: dict[str, object] = {
        "place_code": NGOC_PHAI, "fund": "tcxh", "amount_dong": Dong(1), "starts": AUGUST, "decision_no": "1/QĐ",
        "decided_on": date(2020, 7, 1),
    }  # fmt: skip
    officer = replace(desk.officer, appointments=(Appointment(Role.OFFICER, CHO_DON),))
    with pytest.raises(Refusal) as refused:
        propose_threshold(**{**given, **changes}, by=officer, at=AT)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_a_proposal_is_withdrawn_with_a_reason(desk: Desk) -> None:
    proposed = propose_threshold(
        place_code=NGOC_PHAI, fund="tcxh", amount_dong=Dong(1), starts=AUGUST, decision_no="1/QĐ",
        decided_on=date(2020, 7, 1), by=desk.officer, at=AT,
    )  # fmt: skip
    with pytest.raises(Refusal, match="lý do rút ngưỡng"):
        withdraw_threshold(threshold_id=proposed.threshold_id, reason=" ", by=desk.officer, at=AT)
    moved = withdraw_threshold(threshold_id=proposed.threshold_id, reason="nhầm", by=desk.officer, at=AT)
    assert moved.state == "WITHDRAWN"
    assert approved(desk, submitted(desk)).state == "APPROVED"
