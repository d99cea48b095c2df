"""A month from open to approved, and every way it may not go."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.kernel.machine import StepNotAllowed
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions import (
    approve_run,
    cancel_run,
    check_run,
    clear_finding,
    compute_run,
    open_run,
    return_run,
    submit_run,
)
from ansinh.payroll.models import Line, RosterEntry, Run, RunFinding
from ansinh.payroll.queries import LineFilter, allowed_steps, explain_line, list_lines, summarise_runs
from ansinh.places.queries import UnknownPlace
from ansinh.platform.action import NotPermitted
from ansinh.platform.models import AuditEntry
from ansinh.registry.models import Person, Residence
from tests.payroll.conftest import play, prepare
from tests.seeding import AT, AUGUST, CHO_DON, NGOC_PHAI, PHUONG_VIEN, Desk, add_person

_SAME_LINE_AGAIN = """
INSERT INTO payroll_line
SELECT nextval('payroll_line_id_seq'), l.payroll_month, l.run_id, l.person_id, l.grant_id, l.span_id, l.benefit,
    l.for_person_id, l.regime, l.kind, l.entitlement_month, l.coefficient, l.base_dong, l.deducted_dong,
    l.amount_dong, l.law, l.article, l.group_name, l.commune_code, l.pack_digest
FROM payroll_line AS l LIMIT 1
"""
_ANOTHER_LINE = _SAME_LINE_AGAIN.replace("l.for_person_id,", "77,")
# Through the parent and behind its back, straight into the month's partition.
_COPIES_OF_A_LINE = (_ANOTHER_LINE, _ANOTHER_LINE.replace("INTO payroll_line", "INTO payroll_line_202008"))


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_law_makes_the_amounts(desk: Desk) -> None:
    run = prepare(desk)
    summary = summarise_runs([run])
    assert summary["lines"] == 4
    assert summary["total_dong"] == 270_000 + 540_000 + 270_000 + 540_000
    assert summary["by_kind"] == {"regular": 1_620_000, "arrears": 0, "recovery": 0}
    assert summary["by_commune"] == {NGOC_PHAI: {"count": 4, "amount": 1_620_000}}
    assert summary["by_group"]["Người cao tuổi"] == {"count": 1, "amount": 270_000}


def test_every_line_explains_itself(desk: Desk) -> None:
    run = prepare(desk)
    lines = list_lines(run, by=desk.officer, wanted=LineFilter()).lines
    for line in lines:
        told = explain_line(line)
        assert str(line.amount_dong) in told
        assert line.full_name in told
        assert "Nghị định" in told


def test_computing_again_writes_nothing(desk: Desk) -> None:
    run = prepare(desk)
    before = list(Line.objects.filter(run=run).order_by("id").values())
    again = compute_run(run_id=run.pk, by=desk.officer, at=AT)
    assert (again.removed, again.added) == (0, 0)
    assert list(Line.objects.filter(run=run).order_by("id").values()) == before


def test_a_filter_that_matches_nobody_lists_nobody(desk: Desk) -> None:
    run = prepare(desk)
    for nobody in (LineFilter(name="không ai tên thế"), LineFilter(commune="99999"), LineFilter(groups=("Nhóm lạ",)),
                   LineFilter(kind="arrears"), LineFilter(name="%"), LineFilter(person_id=-1)):  # fmt: skip
        page = list_lines(run, by=desk.officer, wanted=nobody)
        assert (page.lines, page.found, page.found_dong.value) == ((), 0, 0)


def test_names_are_found_without_accents(desk: Desk) -> None:
    run = prepare(desk)
    found = list_lines(run, by=desk.officer, wanted=LineFilter(name="ma xuan")).lines
    assert [line.full_name for line in found] == ["Ma Xuân Thảo"]


def test_approval_freezes_every_line(desk: Desk) -> None:
    run = play(desk)
    assert run.state == "APPROVED"
    assert len(run.list_digest) == 64
    with pytest.raises(DatabaseError, match="đã duyệt"), transaction.atomic():
        Line.objects.filter(run=run).update(group_name="khác")
    with pytest.raises(DatabaseError, match="đã duyệt"), transaction.atomic():
        Line.objects.filter(run=run).delete()
    with pytest.raises(DatabaseError, match="đã được phê duyệt"), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(state="OPEN")
    for copied in _COPIES_OF_A_LINE:
        with pytest.raises(DatabaseError, match="không được thêm dòng"), transaction.atomic():
            _execute(copied)


def test_the_preparer_may_not_approve(desk: Desk) -> None:
    run = prepare(desk)
    submit_run(run_id=run.pk, by=desk.officer, at=AT)
    with pytest.raises(NotPermitted):
        approve_run(run_id=run.pk, by=desk.officer, at=AT)
    both = desk.officer.__class__(
        desk.officer.user_id, "Một mình", (*desk.officer.appointments, *desk.approver.appointments)
    )
    with pytest.raises(Refusal, match="người khác duyệt") as refused:
        approve_run(run_id=run.pk, by=both, at=AT)
    assert refused.value.code == "same_person_twice"
    with pytest.raises(DatabaseError, match="run_four_eyes"), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(state="APPROVED", approved_by=desk.officer.user_id)
    assert approve_run(run_id=run.pk, by=desk.approver, at=AT).state == "APPROVED"


def test_a_month_opens_once(desk: Desk) -> None:
    first = open_run(place_code=NGOC_PHAI, month=AUGUST, by=desk.officer, at=AT)
    with pytest.raises(Refusal) as again:
        open_run(place_code=NGOC_PHAI, month=AUGUST, by=desk.officer, at=AT)
    assert again.value.code == "month_already_open"
    with pytest.raises(Refusal) as above:
        open_run(place_code=CHO_DON, month=AUGUST, by=desk.officer, at=AT)
    assert above.value.code == "somebody_already_in_month"
    assert (
        f'kỳ chi trả số {first.run_id} của Xã Ngọc Phái (02053), tháng 08/2020 (đang ở bước "Đã chốt danh sách")'
        in (above.value.message)
    )
    assert "người thuộc Huyện Chợ Đồn (064)" in above.value.message
    assert above.value.facts["place"] == CHO_DON
    assert list(Run.objects.values_list("pk", flat=True)) == [first.run_id]


@pytest.mark.parametrize(
    ("state", "way_out"),
    [("OPEN", "hủy kỳ đó rồi mở lại"), ("SUBMITTED", "nhờ người phê duyệt trả lại"), ("APPROVED", "truy lĩnh")],
)
def test_the_way_out_is_that_of_the_others_step(desk: Desk, state: str, way_out: str) -> None:
    run = prepare(desk) if state != "OPEN" else None
    if run is None:
        open_run(place_code=NGOC_PHAI, month=AUGUST, by=desk.officer, at=AT)
    else:
        submit_run(run_id=run.pk, by=desk.officer, at=AT)
    if run is not None and state == "APPROVED":
        approve_run(run_id=run.pk, by=desk.approver, at=AT)
    for place in (NGOC_PHAI, CHO_DON):
        with pytest.raises(Refusal, match=way_out):
            open_run(place_code=place, month=AUGUST, by=desk.officer, at=AT)


def test_somebody_listed_where_they_lived_before_is_told_of_too(desk: Desk) -> None:
    """The register moves somebody after their list was frozen: the month of the new commune knows the old one's run."""
    run = prepare(desk)
    moved = RosterEntry.objects.filter(run=run).first()
    assert moved is not None
    Residence.objects.filter(person_id=moved.person_id).update(commune_code=PHUONG_VIEN)
    with pytest.raises(Refusal) as refused:
        open_run(place_code=PHUONG_VIEN, month=AUGUST, by=desk.officer, at=AT)
    assert refused.value.code == "somebody_already_in_month"
    assert f"1 người thuộc Xã Phương Viên (02050) đã nằm trong kỳ chi trả số {run.pk}" in refused.value.message


def test_one_who_was_listed_before_moving_does_not_hold_up_the_new_commune(desk: Desk) -> None:
    """Ngọc Phái listed August, then somebody is recorded as living in Phương Viên since August: Phương Viên lists its
    own people, and that one from September on."""
    there = play(desk)
    moved = RosterEntry.objects.get(run=there, full_name="Lý Ngọc An")
    neighbour = add_person("Hứa Văn Khánh", born=date(1930, 5, 5), category="elderly_80_no_pension",
                           commune=PHUONG_VIEN)  # fmt: skip
    Residence.objects.filter(person_id=moved.person_id).update(commune_code=PHUONG_VIEN)
    here = play(desk, AUGUST, PHUONG_VIEN)
    assert list(RosterEntry.objects.filter(run=here).values_list("person_id", flat=True)) == [neighbour.pk]
    september = play(desk, AUGUST + 1, PHUONG_VIEN)
    lines = Line.objects.filter(run=september).order_by("person_id").values_list("person_id", "entitlement_month")
    assert list(lines) == [(moved.person_id, AUGUST + 1), (neighbour.pk, AUGUST + 1)]


def test_refused_openings_leave_no_trace(desk: Desk) -> None:
    before = AuditEntry.objects.count()
    with pytest.raises(UnknownPlace):
        open_run(place_code="99999", month=AUGUST, by=desk.officer, at=AT)
    with pytest.raises(Refusal) as empty:
        open_run(place_code=PHUONG_VIEN, month=AUGUST, by=desk.officer, at=AT)
    assert empty.value.code == "nobody_to_pay"
    with pytest.raises(Refusal) as lawless:
        open_run(place_code=NGOC_PHAI, month=AUGUST + -12 * 30, by=desk.officer, at=AT)
    assert lawless.value.code in {"no_law_for_month", "unknown_place"}
    with pytest.raises(NotPermitted):
        open_run(place_code=NGOC_PHAI, month=AUGUST, by=desk.approver, at=AT)
    assert Run.objects.count() == 0
    assert AuditEntry.objects.count() == before


def test_steps_keep_their_order(desk: Desk) -> None:
    opened = open_run(place_code=NGOC_PHAI, month=AUGUST, by=desk.officer, at=AT)
    for early in (submit_run, check_run):
        with pytest.raises(StepNotAllowed):
            early(run_id=opened.run_id, by=desk.officer, at=AT)
    run = prepare_rest(desk, opened.run_id)
    submit_run(run_id=run.pk, by=desk.officer, at=AT)
    with pytest.raises(StepNotAllowed):
        compute_run(run_id=run.pk, by=desk.officer, at=AT)
    with pytest.raises(StepNotAllowed):
        submit_run(run_id=run.pk, by=desk.officer, at=AT)
    offers = {offer.action: offer for offer in allowed_steps(run_again(run), by=desk.approver)}
    assert offers["approve_run"].allowed
    assert not offers["compute_run"].allowed
    assert offers["compute_run"].why_not


def prepare_rest(desk: Desk, run_id: int) -> Run:
    compute_run(run_id=run_id, by=desk.officer, at=AT)
    check_run(run_id=run_id, by=desk.officer, at=AT)
    return Run.objects.get(pk=run_id)


def run_again(run: Run) -> Run:
    return Run.objects.get(pk=run.pk)


def test_a_returned_run_can_be_mended_and_submitted_again(desk: Desk) -> None:
    run = prepare(desk)
    submit_run(run_id=run.pk, by=desk.officer, at=AT)
    with pytest.raises(Refusal, match="lý do"):
        return_run(run_id=run.pk, reason=" ", by=desk.approver, at=AT)
    returned = return_run(run_id=run.pk, reason="Thiếu một người", by=desk.approver, at=AT)
    assert returned.state == "CHECKED"
    compute_run(run_id=run.pk, by=desk.officer, at=AT)
    check_run(run_id=run.pk, by=desk.officer, at=AT)
    submit_run(run_id=run.pk, by=desk.officer, at=AT)
    assert approve_run(run_id=run.pk, by=desk.approver, at=AT).state == "APPROVED"


def test_a_cancelled_run_makes_room_for_a_new_one(desk: Desk) -> None:
    run = prepare(desk)
    cancel_run(run_id=run.pk, reason="Sổ còn thiếu", by=desk.officer, at=AT)
    assert Line.objects.count() == 0
    assert play(desk).state == "APPROVED"


def test_a_list_changed_behind_the_approver_is_refused(desk: Desk) -> None:
    run = prepare(desk)
    submit_run(run_id=run.pk, by=desk.officer, at=AT)
    Run.objects.filter(pk=run.pk).update(list_digest="0" * 64)
    with pytest.raises(Refusal) as changed:
        approve_run(run_id=run.pk, by=desk.approver, at=AT)
    assert changed.value.code == "list_changed_after_submission"


def test_twins_block_until_a_reason_is_written(desk: Desk) -> None:
    add_person("MA XUAN THAO", born=date(1981, 2, 27), category="disabled_severe")
    run = prepare(desk)
    blocking = RunFinding.objects.filter(run=run, severity="blocking")
    assert {finding.code for finding in blocking} == {"same_person_twice"}
    assert blocking.count() == 2
    with pytest.raises(Refusal) as blocked:
        submit_run(run_id=run.pk, by=desk.officer, at=AT)
    assert blocked.value.facts["count"] == 2
    for finding in blocking:
        clear_finding(run_id=run.pk, finding_id=finding.pk, reason="Hai người khác nhau", by=desk.officer, at=AT)
    check_run(run_id=run.pk, by=desk.officer, at=AT)
    assert submit_run(run_id=run.pk, by=desk.officer, at=AT).state == "SUBMITTED"


def test_a_grant_the_law_no_longer_supports_is_found_not_paid(desk: Desk) -> None:
    young = add_person("Trần Thanh Mai", born=date(1975, 6, 15), category="elderly_80_no_pension")
    child = add_person("Trần Thanh Nga", born=date(1975, 6, 15), category="child_hiv_poor")
    run = prepare(desk)
    assert not Line.objects.filter(person_id=young.pk).exists()
    hidden = RunFinding.objects.get(run=run, person_id=child.pk)
    found = RunFinding.objects.get(run=run, person_id=young.pk)
    assert found.code == hidden.code == "granted_not_due"
    assert "Hãy" in found.message
    # Of nobody the category, so that nothing tells of whom it may not be said.
    told = [one.message.partition(" có tiền: ")[0] for one in (found, hidden)]
    assert told[0].removeprefix("Trần Thanh Mai") == told[1].removeprefix("Trần Thanh Nga")


def test_two_clocks_of_one_month_do_not_meet(desk: Desk) -> None:
    """The database itself refuses a second regular line of a person, benefit and month."""
    prepare(desk)
    with pytest.raises(DatabaseError, match="_idx"), transaction.atomic():
        _execute(_SAME_LINE_AGAIN)


def test_people_of_the_roster_stay_as_they_were(desk: Desk) -> None:
    run = play(desk)
    Person.objects.filter(full_name="Ma Xuân Thảo").update(full_name="Ma Xuân Đổi")
    names = {line.full_name for line in list_lines(run, by=desk.officer, wanted=LineFilter()).lines}
    assert "Ma Xuân Thảo" in names
    assert "Ma Xuân Đổi" not in names
