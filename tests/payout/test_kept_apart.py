"""Who moves, pays or reports money had no hand in its lists and told nothing they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.funds.models import Transfer
from ansinh.kernel.refusal import Refusal
from ansinh.payout.actions import release_batch
from ansinh.payout.models import Batch
from ansinh.payout.queries.proofs import find_same_people
from ansinh.payroll.models import Run, RunHand
from ansinh.payroll.queries import hands_of
from ansinh.platform.proofs import Break
from ansinh.registry.actions import lift_hold, place_hold
from ansinh.registry.models import Change, Hold, Person
from tests.payout.conftest import RELEASED_AT, issue, send_money
from tests.seeding import AT, Desk


def released_by_sql(batch_id: int, user_id: int) -> None:
    """Around the program."""
    with transaction.atomic():
        Batch.objects.filter(pk=batch_id).update(state="RELEASED", released_at=RELEASED_AT, released_by=user_id)


def test_a_hand_of_an_earlier_round_releases_nothing(desk: Desk) -> None:
    (batch_id,) = issue(desk).batch_ids
    send_money(desk)
    run = Run.objects.get()
    # Somebody who computed the list once, and neither opened nor submitted it.
    helper = replace(desk.finance, user_id=91)
    RunHand.objects.create(run=run, user_id=91, did="compute_run", at=AT)
    assert 91 in hands_of([run.pk])
    with pytest.raises(Refusal) as refused:
        release_batch(batch_id=batch_id, by=helper, at=RELEASED_AT)
    assert refused.value.code == "same_person_in_chain"
    with pytest.raises(DatabaseError, match="batch_people_differ"):
        released_by_sql(batch_id, 91)


def test_who_told_a_change_releases_nothing_of_it(desk: Desk) -> None:
    (batch_id,) = issue(desk).batch_ids
    send_money(desk)
    Change.objects.create(
        person=Person.objects.earliest("pk"), kind="record_fact", effective_on=date(2020, 7, 1), recorded_at=AT,
        recorded_by=desk.finance.user_id,
    )  # fmt: skip
    with pytest.raises(Refusal, match="ghi biến động") as refused:
        release_batch(batch_id=batch_id, by=desk.finance, at=RELEASED_AT)
    assert refused.value.code == "teller_in_chain"
    with pytest.raises(DatabaseError, match="batch_not_by_its_teller"):
        released_by_sql(batch_id, desk.finance.user_id)


def test_who_listed_or_approved_neither_asks_for_nor_records_the_transfer(desk: Desk) -> None:
    issue(desk)
    send_money(desk)
    transfer = Transfer.objects.filter(kind="transfer").latest("pk")
    copied = [one.name for one in Transfer._meta.concrete_fields if one.name != "id"]
    for user_id in (desk.officer.user_id, desk.approver.user_id):
        again = {name: getattr(transfer, name) for name in copied}
        again |= {"requested_by": user_id, "state": "REQUESTED", "voucher_no": "", "sent_by": None, "sent_at": None}
        again["sent_on"] = None
        with pytest.raises(DatabaseError, match="transfer_people_differ"), transaction.atomic():
            Transfer.objects.create(**again)


def test_a_hold_is_lifted_by_another(desk: Desk) -> None:
    person = Person.objects.earliest("pk")
    both = replace(desk.officer, appointments=(*desk.officer.appointments, *desk.approver.appointments))
    placed = place_hold(person_id=person.pk, kind="doubt", since_on=date(2020, 7, 20), by=both, at=AT)
    with pytest.raises(Refusal, match="không được tự dỡ") as refused:
        lift_hold(hold_id=placed.hold_id, why="Đã xác minh", by=both, at=AT)
    assert refused.value.code == "holder_lifts"
    with pytest.raises(DatabaseError, match="hold_four_eyes"), transaction.atomic():
        Hold.objects.filter(pk=placed.hold_id).update(lifted_at=AT, lifted_by=both.user_id, lifted_why="x")
    assert lift_hold(hold_id=placed.hold_id, why="Đã xác minh", by=desk.approver, at=AT).hold_id == placed.hold_id


def test_the_proof_names_a_hand_of_any_round(desk: Desk) -> None:
    (batch_id,) = issue(desk).batch_ids
    send_money(desk)
    release_batch(batch_id=batch_id, by=desk.finance, at=RELEASED_AT)
    assert find_same_people() == []
    RunHand.objects.create(run=Run.objects.get(), user_id=desk.finance.user_id, did="check_run", at=AT)
    (found,) = find_same_people()
    assert isinstance(found, Break)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM payroll_runhand")
        assert cursor.fetchone() == (6,)
