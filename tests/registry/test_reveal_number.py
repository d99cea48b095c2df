"""A whole number is shown to somebody who may and says why; who looked is told, the number never."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ansinh.access.roles import Role
from ansinh.access.types import Actor, Assurance
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import NotPermitted
from ansinh.platform.models import AuditEntry
from ansinh.registry.actions import reveal_number
from ansinh.registry.models import Person
from ansinh.registry.queries import get_person
from ansinh.registry.types import RevealedNumber
from tests.registry.conftest import AN, THAO, register, take
from tests.seeding import AT, NGOC_PHAI, PHUONG_VIEN, Desk, appointed

REASON = "Ngân hàng báo sai số, đối chiếu với thẻ"


def _number_of(person: Person, kind: str = "cccd") -> int:
    return person.numbers.get(kind=kind).pk


def _reveal(person: Person, by: Actor, *, number_id: int = 0, reason: str = REASON) -> RevealedNumber:
    return reveal_number(person_id=person.pk, number_id=number_id or _number_of(person), reason=reason, by=by, at=AT)


@pytest.fixture
def an(desk: Desk) -> Person:
    take(desk, register(AN, THAO))
    return Person.objects.get(full_name=AN[0])


def test_a_whole_number_is_shown_and_told_with_whom_and_why(desk: Desk, an: Person) -> None:
    masked = {one.kind: one.shown for one in get_person(an.pk, by=desk.officer).numbers}
    assert masked["cccd"] == "•" * 8 + AN[3][-4:]
    assert _reveal(an, desk.officer).number == AN[3]
    entry = AuditEntry.objects.get(action="registry.reveal_number")
    assert (entry.actor_id, entry.person_id, entry.reason) == (desk.officer.user_id, an.pk, REASON)
    assert entry.facts["kind"] == "cccd"
    assert AN[3] not in json.dumps(entry.facts) + entry.reason
    phone = _reveal(an, desk.officer, number_id=_number_of(an, "phone"))
    assert phone.number == AN[4]


@pytest.mark.parametrize("reason", ["", "  ", "xem"])
def test_no_reason_no_number(desk: Desk, an: Person, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        _reveal(an, desk.officer, reason=reason)
    assert refused.value.code == "no_reason_to_reveal"
    assert not AuditEntry.objects.filter(action="registry.reveal_number").exists()


def test_only_one_s_own_people_and_their_own_numbers(desk: Desk, an: Person) -> None:
    thao = Person.objects.get(full_name=THAO[0])
    with pytest.raises(Refusal) as refused:
        _reveal(an, desk.officer, number_id=_number_of(thao))
    assert refused.value.code == "no_such_number"
    assert _reveal(an, appointed(Role.OFFICER, NGOC_PHAI, username="gan")).number == AN[3]
    with pytest.raises(Refusal) as refused:
        _reveal(an, appointed(Role.OFFICER, PHUONG_VIEN, username="xa"))
    assert refused.value.code == "no_such_person"


@pytest.mark.parametrize("role", [Role.FINANCE, Role.PAYER, Role.TELLER, Role.INSPECTOR, Role.ADMINISTRATOR])
def test_who_needs_no_number_for_their_work_sees_none(desk: Desk, an: Person, role: Role) -> None:
    payer = "buudien" if role in (Role.PAYER, Role.TELLER) else ""
    with pytest.raises(NotPermitted):
        _reveal(an, appointed(role, NGOC_PHAI, username=f"nguoi-{role.value}", payer_code=payer))


def test_it_asks_for_the_second_factor(desk: Desk, an: Person) -> None:
    unsure = replace(desk.officer, assurance=Assurance(second_factor=False, fresh=True))
    with pytest.raises(Refusal) as refused:
        _reveal(an, unsure)
    assert refused.value.code == "second_factor_needed"
