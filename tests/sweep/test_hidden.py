"""No page, file or answer tells a status beside a name, or a whole number, but those written down with their reason."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ansinh.access.roles import ROLES, Role
from ansinh.platform.sealing import index_columns, seal
from ansinh.registry.models import SealedNumber
from tests.seeding import AT
from tests.sweep.asking import ask
from tests.sweep.commands import COMMANDS
from tests.sweep.conftest import World, visiting
from tests.sweep.doors import DOORS
from tests.sweep.hidden import NUMBERS_ALLOWED, STATUS_ALLOWED, hidden_faults, numbers_told, status_told
from tests.sweep.test_commands import in_process, typed

__all__ = ["in_process"]
pytestmark = pytest.mark.django_db

# Who decides sees most; who moves the money and who pays it out have pages of their own.
LOOKING = ((Role.OFFICER, ("GET", "POST")), (Role.FINANCE, ("GET",)), (Role.PAYER, ("GET", "POST")))
NAMES = ("elder", "disabled", "carer", "veiled", "absent", "dead", "buried", "held")


@pytest.fixture
def numbers(world: World) -> Iterator[tuple[str, ...]]:
    """Everybody has an account and a phone; all whole numbers there are."""
    made = []
    for place, key in enumerate(NAMES):
        for kind, number in (("account", f"80012345{place:04}"), ("phone", f"09887766{place:02}")):
            made.append(number)
            SealedNumber.objects.create(
                person_id=world.ours.ids[key], kind=kind, sealed=seal(number, kind=kind), recorded_at=AT,
                bank="Agribank" if kind == "account" else "", **index_columns(number, kind=kind),
            )  # fmt: skip
    yield (*made, world.ours.words["identity"])
    SealedNumber.objects.filter(
        person_id__in=[world.ours.ids[key] for key in NAMES], kind__in=["account", "phone"]
    ).delete()


def test_every_answer_keeps_silent(world: World, numbers: tuple[str, ...]) -> None:
    faults, named, slow_done = [], 0, set()
    for role, methods in LOOKING:
        client = visiting(role, "here")
        for number, door in enumerate(DOORS):
            if number in slow_done:
                continue
            for method in methods:
                if not (door.sight if method == "GET" else door.act):
                    continue
                answer = ask(client, method, door, world.ours)
                asked = " ".join(map(str, [*door.query(world.ours).values(), *door.posted(world.ours).values()]))
                named += any(name in answer.said for name in world.ours.names)
                wholes = [one for one in numbers if one not in asked]
                faults += [
                    f"{role} {method}: {fault}"
                    for fault in hidden_faults(door.name, answer.said, names=world.ours.names, numbers=wholes)
                ]
                if answer.status >= 500:
                    faults.append(f"{role} {method} {door.name}: fault {answer.status}")
                if door.slow and answer.status == 200:
                    slow_done.add(number)
    assert faults == []
    # The question was put to answers that name people.
    assert named > 75, named


def test_every_command_keeps_silent(world: World, numbers: tuple[str, ...], in_process: None) -> None:
    faults, named = [], 0
    for command in COMMANDS:
        role = next(role for role in Role if ROLES[role].holds(command.needs))
        line = command.line(world.ours)
        _code, _facts, said = typed(line, f"{role}-here")
        named += any(name in said for name in world.ours.names)
        wholes = [one for one in numbers if one not in line]
        faults += hidden_faults(f"ansinh {command.name}", said, names=world.ours.names, numbers=wholes)
    assert faults == []
    assert named > 10


def test_what_may_tell_is_an_address_there_is() -> None:
    known = {door.name for door in DOORS} | {f"ansinh {command.name}" for command in COMMANDS}
    assert ({*STATUS_ALLOWED, *NUMBERS_ALLOWED}) - known == set()


def test_planted_words_and_numbers_are_seen() -> None:
    names = ("Lường Sình Kín",)
    for said in ("nhiễm HIV", "H.I.V", "adult_hiv_poor", "điều trị ARV", "nhiễm H"):
        assert status_told(f"Lường Sình Kín: {said}", names), said
        assert not status_told(f"Nhóm người {said}", names)
    assert not status_told("Lường Sình Kín: người khuyết tật nặng", names)
    assert numbers_told("tài khoản 8001 2345 0001", ["800123450001"])
    assert not numbers_told("tài khoản ••••••••0001", ["800123450001"])
    assert hidden_faults("web:run", "Lường Sình Kín, HIV, 800123450001", names=names, numbers=["800123450001"]) != []
    assert hidden_faults("web:person", "Lường Sình Kín, HIV", names=names, numbers=[]) == []
