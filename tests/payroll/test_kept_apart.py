"""Nobody prepares and signs the same money, in whatever round, under whatever appointment; nor what they told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.access.models import Appointment as Appointed
from ansinh.access.models import User
from ansinh.access.types import Actor, Appointment, Role
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions import (
    approve_run,
    check_run,
    clear_finding,
    compute_run,
    countersign_run,
    return_run,
    submit_run,
)
from ansinh.payroll.models import Run, RunFinding, RunHand
from ansinh.payroll.queries import allowed_steps
from ansinh.registry.models import Change, Person
from tests.payroll.conftest import play, prepare
from tests.payroll.test_second_approval import another, approved, decided, submitted
from tests.seeding import AT, AUGUST, CHO_DON, Desk

LATER = AT + timedelta(days=40)


def both(actor: Actor, *roles: Role) -> Actor:
    """The same person, appointed to everything."""
    more = tuple(Appointment(role, CHO_DON) for role in (Role.OFFICER, Role.APPROVER, *roles))
    return replace(actor, appointments=more)


def signs_by_sql(run: Run, user_id: int, at: datetime = AT) -> None:
    """Around the program."""
    with transaction.atomic():
        Run.objects.filter(pk=run.pk).update(state="APPROVED", approved_by=user_id, approved_at=at)


@pytest.mark.parametrize("act", ["compute", "check", "clear", "submit"])
def test_whoever_prepared_a_part_never_signs(desk: Desk, act: str) -> None:
    helper = both(another(desk))
    run = prepare(desk)
    if act == "compute":
        compute_run(run_id=run.pk, by=helper, at=AT)
        check_run(run_id=run.pk, by=desk.officer, at=AT)
    elif act == "check":
        check_run(run_id=run.pk, by=helper, at=AT)
    elif act == "clear":
        finding = RunFinding.objects.create(run=run, code="x", severity="blocking", message="Trùng người")
        clear_finding(run_id=run.pk, finding_id=finding.pk, reason="Đã xem", by=helper, at=AT)
    else:
        # Sent back and submitted anew by somebody else: the first round counts all the same.
        submit_run(run_id=run.pk, by=helper, at=AT)
        return_run(run_id=run.pk, reason="Thiếu người", by=desk.approver, at=AT)
    submit_run(run_id=run.pk, by=desk.officer, at=AT)
    with pytest.raises(Refusal, match="người khác duyệt") as refused:
        approve_run(run_id=run.pk, by=helper, at=AT)
    assert refused.value.code == "same_person_twice"
    run.refresh_from_db()
    assert "người khác" in {one.action: one.why_not for one in allowed_steps(run, by=helper)}["approve_run"]
    with pytest.raises(DatabaseError, match="run_hands_apart"):
        signs_by_sql(run, helper.user_id)
    assert approve_run(run_id=run.pk, by=desk.approver, at=AT).state == "APPROVED"


def test_whoever_signed_prepares_no_more(desk: Desk) -> None:
    decided(desk, 0)
    run = submitted(desk)
    approved(desk, run)
    return_run(run_id=run.pk, reason="Sai tên", by=another(desk), at=AT)
    signer = both(desk.approver)
    for act in (compute_run, check_run):
        with pytest.raises(Refusal, match="đã phê duyệt danh sách này") as refused:
            act(run_id=run.pk, by=signer, at=AT)
        assert refused.value.code == "signer_prepares"
    with pytest.raises(DatabaseError, match="run_hands_apart"), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(submitted_by=signer.user_id, submitted_at=AT)


def told(user_id: int, at: datetime = AT) -> None:
    person = Person.objects.get(full_name="Ma Thị Tuấn")
    Change.objects.create(
        person=person, kind="record_fact", effective_on=date(2020, 7, 1), recorded_at=at, recorded_by=user_id
    )


def test_who_told_a_change_does_not_sign_the_list_made_from_it(desk: Desk) -> None:
    told(desk.approver.user_id)
    run = submitted(desk)
    with pytest.raises(Refusal, match="ghi biến động") as refused:
        approve_run(run_id=run.pk, by=desk.approver, at=AT)
    assert refused.value.code == "teller_signs"
    with pytest.raises(DatabaseError, match="run_not_by_its_teller"):
        signs_by_sql(run, desk.approver.user_id)
    assert approve_run(run_id=run.pk, by=another(desk), at=LATER).state == "APPROVED"
    # Another has approved what was told: the next list is not the teller's any more.
    september = prepare(desk, AUGUST + 1)
    submit_run(run_id=september.pk, by=desk.officer, at=LATER)
    assert approve_run(run_id=september.pk, by=desk.approver, at=LATER).state == "APPROVED"


def test_what_is_told_after_the_submission_is_not_of_the_list(desk: Desk) -> None:
    run = submitted(desk)
    told(desk.approver.user_id, LATER)
    assert approve_run(run_id=run.pk, by=desk.approver, at=LATER).state == "APPROVED"


def test_hands_are_never_taken_away(desk: Desk) -> None:
    run = play(desk)
    hands = set(RunHand.objects.filter(run=run).values_list("did", "user_id"))
    officer, approver = desk.officer.user_id, desk.approver.user_id
    assert hands == {
        ("open_run", officer), ("compute_run", officer), ("check_run", officer), ("submit_run", officer),
        ("approve_run", approver),
    }  # fmt: skip
    for change in (
        "UPDATE payroll_runhand SET user_id = 99",
        "DELETE FROM payroll_runhand",
        "TRUNCATE payroll_runhand",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


@pytest.mark.parametrize("first_is_deputy", [False, True])
def test_a_deputy_and_who_they_stand_in_for_are_one_word(desk: Desk, first_is_deputy: bool) -> None:
    decided(desk, 0)
    head = Appointed.objects.filter(user_id=desk.approver.user_id, role="approver").get()
    user = User.objects.create(username="phothay", full_name="Hà Thị Thay", created_at=AT)
    Appointed.objects.create(
        user=user, role="approver", area=CHO_DON, kind="deputy", deputises_for=head, starts_on=date(2020, 1, 1),
        ends_on=date(2030, 1, 1), reason="Đi công tác", appointed_at=AT,
    )  # fmt: skip
    deputy = another(desk, number=user.pk)
    first, second = (deputy, desk.approver) if first_is_deputy else (desk.approver, deputy)
    run = submitted(desk)
    approve_run(run_id=run.pk, by=first, at=AT)
    with pytest.raises(Refusal, match="ý của một người") as refused:
        countersign_run(run_id=run.pk, by=second, at=AT)
    assert refused.value.code == "deputy_countersigns"
    with pytest.raises(DatabaseError, match="run_not_by_one_word"), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(state="APPROVED", countersigned_by=second.user_id, countersigned_at=AT)
    assert countersign_run(run_id=run.pk, by=another(desk), at=AT).state == "APPROVED"


def test_a_deputy_who_prepared_does_not_sign(desk: Desk) -> None:
    """A deputy's appointment is the person's own like any other: what they prepared they do not approve."""
    deputy = both(desk.officer)
    run = submitted(desk)
    with pytest.raises(Refusal) as refused:
        approve_run(run_id=run.pk, by=deputy, at=AT)
    assert refused.value.code == "same_person_twice"
