"""Every change between two lists has a reason and a decision; one without stops the list until a reason is written."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ansinh.access.types import Actor, Appointment, OutOfArea, Role
from ansinh.kernel.birth import BirthDate
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions import approve_level_start, clear_finding, compute_run, propose_level_start, submit_run
from ansinh.payroll.actions.check_run import check_run
from ansinh.payroll.models import Run, RunFinding
from ansinh.payroll.queries import Change, compare_months, compare_with_month_before
from ansinh.registry.actions import (
    adjust_grant,
    correct_birth,
    move_resident,
    record_death,
    record_fact,
    record_grant,
    resume_grant,
    stop_grant,
    suspend_grant,
    undo_change,
)
from ansinh.registry.models import Grant, Person
from ansinh.registry.types import Paper
from tests.payroll.conftest import play, prepare
from tests.seeding import NGOC_PHAI, PHUONG_VIEN, Desk, add_person, open_desk

JULY, AUGUST, SEPTEMBER = (Month.of(2022, number) for number in (7, 8, 9))
NOW = datetime(2022, 8, 3, 2, 0, tzinfo=UTC)
PAPER = Paper("41/QĐ-UBND", date(2022, 8, 2))


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return open_desk()


def resident(name: str, born: date = date(1975, 5, 5), category: str = "disabled_severe", **more: object) -> Person:
    return add_person(name, born=born, category=category, opening=JULY, **more)  # type: ignore[arg-type]


def grant_of(person: Person) -> int:
    return Grant.objects.get(person=person).pk


def changes(desk: Desk, run: Run) -> dict[str, Change]:
    return {one.full_name: one for one in compare_with_month_before(run, by=desk.officer)}


def findings(run: Run, code: str) -> list[RunFinding]:
    return list(RunFinding.objects.filter(run=run, code=code))


def corrected_behind(person: Person) -> None:
    """A birth year written straight into the table: the band is another one, and nobody recorded why."""
    Person.objects.filter(pk=person.pk).update(born_on=date(1950, 1, 1), facts_version=person.facts_version + 1)


def test_the_same_month_explained_and_not(desk: Desk) -> None:
    """One birth is corrected as it should be, one behind the register's back; both change 1,5 to 2,0."""
    told, untold, stays = resident("Nông Có Biến Động"), resident("Lý Không Rõ"), resident("Ma Ở Lại")
    play(desk, JULY)
    correct_birth(person_id=told.pk, birth=BirthDate.parse_vi("1950"), paper=PAPER, by=desk.officer, at=NOW)
    corrected_behind(untold)
    run = prepare(desk, AUGUST)
    found = changes(desk, run)
    assert {name: one.cause for name, one in found.items()} == {
        told.full_name: "change", untold.full_name: "unexplained",
    }  # fmt: skip
    assert found[told.full_name].decision_no == "41/QĐ-UBND"
    assert found[told.full_name].reason.startswith("Đính chính ngày sinh")
    assert stays.full_name not in found
    blocking = findings(run, "change_unexplained")
    assert [(one.person_id, one.severity) for one in blocking] == [(untold.pk, "blocking")]
    assert "540.000 → 720.000 đồng (hệ số 1,5 → 2)" in blocking[0].message
    with pytest.raises(Refusal) as refused:
        submit_run(run_id=run.pk, by=desk.officer, at=NOW)
    assert refused.value.code == "findings_still_block"
    with pytest.raises(Refusal):
        clear_finding(run_id=run.pk, finding_id=blocking[0].pk, reason="  ", by=desk.officer, at=NOW)
    clear_finding(run_id=run.pk, finding_id=blocking[0].pk, reason="CV 7 của xã", by=desk.officer, at=NOW)
    assert submit_run(run_id=run.pk, by=desk.officer, at=NOW).state == "SUBMITTED"


def test_recorded_at_last_the_change_no_longer_blocks(desk: Desk) -> None:
    person, _ = resident("Lý Không Rõ"), resident("Ma Ở Lại")
    play(desk, JULY)
    corrected_behind(person)
    run = prepare(desk, AUGUST)
    assert len(findings(run, "change_unexplained")) == 1
    record_fact(person_id=person.pk, kind="supporter", value="none", effective_on=date(2022, 7, 1),
                paper=Paper(reason="biên bản xác minh ngày sinh"), by=desk.officer, at=NOW)  # fmt: skip
    compute_run(run_id=run.pk, by=desk.officer, at=NOW)
    check_run(run_id=run.pk, by=desk.officer, at=NOW)
    assert findings(run, "change_unexplained") == []


def test_each_way_a_line_moves_has_its_reason_and_decision(desk: Desk) -> None:
    """July to August: death, stop, suspension, band by age, student's 22 years, a new decision, a move away."""
    dead, stopped, suspended = (resident(name) for name in ("Ông Qua Đời", "Bà Thôi Hưởng", "Bà Tạm Dừng"))
    resident("Đủ Sáu Mươi", date(1962, 8, 20))
    resident("Đủ Hai Hai", date(2000, 7, 20), "youth_16_plus_study")
    moved = resident("Chuyển Đi Xa")
    new = resident("Mới Được Hưởng")
    Grant.objects.filter(person=new).delete()
    play(desk, JULY)
    record_death(
        person_id=dead.pk, died_on=date(2022, 7, 18), paper=Paper(evidence="Giấy báo tử"), by=desk.officer, at=NOW
    )
    stop_grant(person_id=stopped.pk, grant_id=grant_of(stopped), happened_on=date(2022, 7, 9), paper=PAPER,
               by=desk.officer, at=NOW)  # fmt: skip
    suspend_grant(person_id=suspended.pk, grant_id=grant_of(suspended), from_month=AUGUST, paper=PAPER,
                  by=desk.officer, at=NOW)  # fmt: skip
    move_resident(person_id=moved.pk, from_month=AUGUST, paper=PAPER, by=desk.officer, at=NOW)
    record_grant(person_id=new.pk, category="disabled_severe", paper=PAPER, by=desk.officer, at=NOW)
    run = prepare(desk, AUGUST)
    told = {name: (one.kind, one.cause, one.decision_no, one.reason.partition(":")[0]) for name, one in
            changes(desk, run).items()}  # fmt: skip
    assert told == {
        "Ông Qua Đời": ("left", "change", "12/QĐ-UBND", "Qua đời ngày 18/07/2022"),
        "Bà Thôi Hưởng": ("left", "change", "41/QĐ-UBND", "Thôi hưởng (sự việc ngày 09/07/2022)"),
        "Bà Tạm Dừng": ("left", "change", "41/QĐ-UBND", "Tạm dừng hưởng từ tháng 08/2022"),
        "Đủ Sáu Mươi": ("changed", "calendar", "12/QĐ-UBND", "Đủ 60 tuổi"),
        "Đủ Hai Hai": ("left", "calendar", "12/QĐ-UBND", "Đủ 22 tuổi"),
        "Chuyển Đi Xa": ("left", "change", "41/QĐ-UBND", "Chuyển nơi hưởng từ tháng 08/2022"),
        "Mới Được Hưởng": ("joined", "decision", "41/QĐ-UBND", "Bắt đầu hưởng từ tháng 08/2022"),
    }
    assert findings(run, "change_unexplained") == []
    assert submit_run(run_id=run.pk, by=desk.officer, at=NOW).state == "SUBMITTED"


def test_resumed_and_undone_come_back_with_their_reason(desk: Desk) -> None:
    resumed, undone, _ = (resident(name) for name in ("Bà Hưởng Lại", "Ông Báo Nhầm", "Ma Ở Lại"))
    play(desk, JULY)
    suspend_grant(person_id=resumed.pk, grant_id=grant_of(resumed), from_month=AUGUST, paper=PAPER, by=desk.officer,
                  at=NOW)  # fmt: skip
    death = record_death(person_id=undone.pk, died_on=date(2022, 7, 2), paper=PAPER, by=desk.officer, at=NOW)
    play(desk, AUGUST)
    later = datetime(2022, 9, 2, tzinfo=UTC)
    resume_grant(person_id=resumed.pk, grant_id=grant_of(resumed), resumed_on=date(2022, 9, 1), paper=PAPER,
                 by=desk.officer, at=later)  # fmt: skip
    undo_change(change_id=death.change_id, reason="trùng tên", by=desk.officer, at=later)
    run = prepare(desk, SEPTEMBER)
    told = {name: (one.kind, one.reason.partition(":")[0]) for name, one in changes(desk, run).items()}
    assert told == {
        "Bà Hưởng Lại": ("joined", "Hưởng lại ngày 01/09/2022"),
        "Ông Báo Nhầm": ("joined", "Hoàn tác biến động đã ghi"),
    }
    assert findings(run, "change_unexplained") == []


def test_a_first_month_a_skipped_month_and_late_levels_do_not_block(desk: Desk) -> None:
    """2021: listed in May, not in June; nd20 taken up only in September: everybody's amount changes, all explained."""
    may = Month.of(2021, 5)
    for name, category in (("Ma Nặng", "disabled_severe"), ("Bà Đơn Thân", "single_parent_poor")):
        add_person(name, born=date(1990, 1, 1), category=category, opening=may, children=2)
    proposed = propose_level_start(
        place_code=NGOC_PHAI, law="nd20", first_payroll=may + 4, reason="CV 3", by=desk.officer, at=NOW
    )
    approve_level_start(level_start_id=proposed.level_start_id, by=desk.approver, at=NOW)
    first = play(desk, may)
    assert {one.cause for one in changes(desk, first).values()} == {"first_list"}
    skipped = play(desk, may + 2)
    assert {one.cause for one in changes(desk, skipped).values()} == {"first_list"}
    play(desk, may + 3)
    taken = prepare(desk, may + 4)
    assert {one.kind for one in changes(desk, taken).values()} == {"changed"}
    assert all("mức chuẩn 270.000 → 360.000 đồng" in one.reason for one in changes(desk, taken).values())
    assert findings(taken, "change_unexplained") == []


def test_any_two_months_of_a_place_are_compared(desk: Desk) -> None:
    here, gone = resident("Đủ Sáu Mươi", date(1962, 8, 20)), resident("Ông Qua Đời")
    there = resident("Hà Phương Viên", commune=PHUONG_VIEN)
    for place in (NGOC_PHAI, PHUONG_VIEN):
        play(desk, JULY, place)
    record_death(person_id=gone.pk, died_on=date(2022, 8, 1), paper=PAPER, by=desk.officer, at=NOW)
    for month in (AUGUST, SEPTEMBER):
        for place in (NGOC_PHAI, PHUONG_VIEN):
            play(desk, month, place)
    for pair in ((JULY, SEPTEMBER), (SEPTEMBER, JULY)):
        told = compare_months("064", *pair, by=desk.officer)
        assert [(one.person_id, one.kind, one.cause) for one in told] == [
            (gone.pk, "left", "change"), (here.pk, "changed", "calendar"),
        ] or [(one.person_id, one.kind, one.cause) for one in told] == [
            (here.pk, "changed", "calendar"), (gone.pk, "left", "change"),
        ]  # fmt: skip
    assert compare_months(PHUONG_VIEN, JULY, SEPTEMBER, by=desk.officer) == []
    assert there.pk not in {one.person_id for one in compare_months("064", JULY, AUGUST, by=desk.officer)}
    local = Actor(9, "Cán bộ Phương Viên", (Appointment(Role.OFFICER, PHUONG_VIEN),))
    with pytest.raises(OutOfArea):
        compare_months("064", JULY, AUGUST, by=local)
    for pair, code in (((JULY, JULY), "same_month"), ((JULY, SEPTEMBER + 3), "month_not_listed"),
                       ((JULY + -3, AUGUST), "month_not_listed")):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            compare_months("064", *pair, by=desk.officer)
        assert refused.value.code == code


def test_what_the_law_changed_asks_for_its_paper_until_it_is_recorded(desk: Desk) -> None:
    """Turned 60 in August; nobody acted: the list follows the law, and says which paper is missing, month by month."""
    aged, veiled = resident("Đủ Sáu Mươi", date(1962, 8, 20)), resident("Kín", date(2006, 8, 3), "child_hiv_poor")
    resident("Ma Ở Lại")
    play(desk, JULY)
    play(desk, AUGUST)
    run = prepare(desk, SEPTEMBER)
    missing = {one.person_id: one for one in findings(run, "decision_missing")}
    assert set(missing) == {aged.pk, veiled.pk}
    assert missing[aged.pk].severity == "warning"
    assert missing[aged.pk].message == (
        "Đủ Sáu Mươi đủ 60 tuổi: hệ số 1,5 → 2 từ tháng 08/2022, danh sách đã tính theo luật (khoản 1 Điều 8 Nghị "
        "định 20/2021/NĐ-CP) nhưng sổ chưa ghi quyết định điều chỉnh. Hãy ban hành quyết định điều chỉnh và ghi vào sổ "
        '("Ghi quyết định điều chỉnh").'
    )
    assert "thôi chi từ tháng 09/2022 (khoản 2 Điều 8" in missing[veiled.pk].message
    assert "hiv" not in missing[veiled.pk].message.lower()
    adjust_grant(person_id=aged.pk, grant_id=grant_of(aged), from_month=AUGUST, paper=PAPER, by=desk.officer, at=NOW)
    stop_grant(person_id=veiled.pk, grant_id=grant_of(veiled), happened_on=date(2022, 8, 3), paper=PAPER,
               by=desk.officer, at=NOW)  # fmt: skip
    compute_run(run_id=run.pk, by=desk.officer, at=NOW)
    check_run(run_id=run.pk, by=desk.officer, at=NOW)
    assert findings(run, "decision_missing") == []
