"""Every address as every role, in scope and out of it, against the one table of roles: no surprise."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from ansinh.access.roles import FRESH_SIGN_IN, ROLES, SECOND_FACTOR, Role
from tests.sweep.asking import Answer, ask
from tests.sweep.conftest import World, visiting
from tests.sweep.doors import ANYBODY, DOORS, EVERYBODY, NOTHING, OWN, Door
from tests.sweep.furnishing import Things

pytestmark = pytest.mark.django_db

REFUSED = "không được giao việc"
BOTH = ["password", "mfa"]
# What nobody gets done in this world, each with the words it is put off with.
PUT_OFF = {
    "payout.suspend_uncollected": "không có đủ 3 tháng liền không nhận tiền",
    "payout.renew_year_end": "chưa đến tháng 12",
    "reconcile.resolve_row": "Lệnh chi chưa được xuất chi",
    "settlement.confirm_month": "Chưa xác nhận được kết quả chi trả",
    "settlement.close_month": "Chưa quyết toán được",
}
# Names for addresses another name leads to.
SAME_ADDRESS = {"account_login", "account_inactive", "account_logout", "mfa_index", "mfa_list_webauthn"}


def _every_name(resolver: URLResolver, within: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _every_name(one, f"{within}{one.namespace}:" if one.namespace else within)
        elif isinstance(one, URLPattern):
            yield f"{within}{one.name}"


def test_every_address_has_a_sample() -> None:
    names = set(_every_name(get_resolver()))
    known = {door.name for door in DOORS}
    assert names - known - SAME_ADDRESS == set(), "hãy thêm vào tests/sweep/doors.py"
    assert known - names == set()


def test_in_scope_each_role_opens_what_the_table_says(world: World) -> None:
    """Whoever holds what a door needs gets through it; whoever does not is refused, or shown the form and no more."""
    surprises: list[str] = []
    opened: set[tuple[int, str]] = set()
    said: dict[tuple[int, str], str] = {}
    for role in Role:
        for number, door, method, answer in _asked(role, "here", world.ours, already=opened):
            if surprise := _surprise(role, door, method, answer):
                surprises.append(f"{role} {method} {door.name} #{number}: {surprise}")
            elif _may(role, door, method):
                if answer.status in (200, 302) and not answer.is_no:
                    opened.add((number, method))
                else:
                    said[number, method] = f"{answer.status} {_in_words(answer)}"
    put_off = {(number, "POST") for number, door in enumerate(DOORS)
               if door.act in PUT_OFF and PUT_OFF[door.act] in said.get((number, "POST"), "")}  # fmt: skip
    unopened = [
        f"nobody could {method} {door.name} #{number}: {said.get((number, method), 'nobody may')}"
        for number, door in enumerate(DOORS)
        for method in _methods(door)
        if (number, method) not in opened | put_off and _needed(door, method) not in (OWN, ANYBODY)
    ]
    assert [*surprises, *unopened] == [], _table(surprises, unopened)


@pytest.mark.parametrize("where", ["deputy", "ended", "coming"])
def test_an_appointment_holds_for_its_days(world: World, where: str) -> None:
    """A deputy is as good as whom they stand in for; before its first day and after its last, nothing opens."""
    surprises = []
    for role in (Role.APPROVER, Role.FINANCE):
        for number, door, method, answer in _asked(role, where, world.ours, slow=False):
            if where == "deputy":
                surprise = _surprise(role, door, method, answer)
            else:
                open_to_all = _needed(door, method) in (EVERYBODY, ANYBODY, OWN)
                surprise = "" if open_to_all or answer.is_no else f"opened ({answer.status})"
            if surprise:
                surprises.append(f"{role} ({where}) {method} {door.name} #{number}: {surprise}")
    assert not surprises, _table(surprises)


@pytest.mark.parametrize(("acts", "proofs", "ago"), [(SECOND_FACTOR, ["password"], 0), (FRESH_SIGN_IN, BOTH, 3600)])
def test_a_sign_in_not_sure_enough_does_nothing(
    world: World, acts: frozenset[str], proofs: list[str], ago: int
) -> None:
    """Whoever may, but did not prove well or lately enough who they are, is led to prove it and has done nothing."""
    asked, surprises = 0, []
    for role in Role:
        client = visiting(role, "here", proofs=proofs, ago=ago)
        for number, door in enumerate(DOORS):
            if door.act not in acts or not ROLES[role].holds(door.act):
                continue
            answer = ask(client, "POST", door, world.ours)
            asked += 1
            led = answer.status == 403 or answer.said.startswith("Location: /security/again/")
            if answer.wrote or not led:
                surprises.append(f"{role} POST {door.name} #{number}: {answer.status} {_in_words(answer)}")
    assert not surprises, _table(surprises)
    assert asked >= len(acts & {door.act for door in DOORS}) > 5


@pytest.mark.parametrize("where", ["next-door", "elsewhere", "other-payer"])
def test_out_of_scope_nothing_of_ours_opens_or_is_told(world: World, where: str) -> None:
    """Whatever names something of ours is not there for them; whatever opens tells nothing of ours."""
    surprises = []
    roles = {"next-door": tuple(Role), "elsewhere": (Role.OFFICER, Role.INSPECTOR),
             "other-payer": (Role.PAYER, Role.TELLER)}[where]  # fmt: skip
    for role in roles:
        for number, door, method, answer in _asked(role, where, world.ours):
            asked = f"{role} ({where}) {method} {door.name} #{number}"
            if told := _told(answer, world.ours, door):
                surprises.append(f"{asked}: tells {told}")
            elif answer.status >= 500 or (_names_something(door, where) and not answer.is_no):
                surprises.append(f"{asked}: opened ({answer.status})")
    assert not surprises, _table(surprises)


def _asked(
    role: Role, where: str, things: Things, *, already: Container[tuple[int, str]] = (), slow: bool = True
) -> Iterator[tuple[int, Door, str, Answer]]:
    client = visiting(role, where)
    for number, door in enumerate(DOORS):
        for method in _methods(door):
            again = door.slow and _may(role, door, method) and (not slow or (number, method) in already)
            if not again:
                yield number, door, method, ask(client, method, door, things)


def _methods(door: Door) -> Iterator[str]:
    if door.sight:
        yield "GET"
    if door.act:
        yield "POST"


def _needed(door: Door, method: str) -> str:
    return door.sight if method == "GET" else door.act


def _may(role: Role, door: Door, method: str) -> bool:
    needed, too = _needed(door, method), door.sight_too if method == "GET" else door.act_too
    return needed in (EVERYBODY, ANYBODY, OWN) or (ROLES[role].holds(needed) and (not too or ROLES[role].holds(too)))


def _surprise(role: Role, door: Door, method: str, answer: Answer) -> str:
    """What is wrong with an answer to somebody in scope; nothing when it is as the table says."""
    needed = _needed(door, method)
    if answer.status >= 500:
        return f"fault {answer.status}"
    if _may(role, door, method):
        wrongly = needed != OWN and (answer.status in (403, 404) or (answer.is_no and REFUSED in answer.said))
        return f"refused ({answer.status}) though it holds {needed}: {_in_words(answer)}" if wrongly else ""
    # A page with a form in it may be looked at, and its form sent in vain, by whoever may look.
    in_vain = method == "POST" and door.sight and _may(role, door, "GET") and answer.status in (200, 409, 422)
    if answer.wrote or not (answer.is_no or in_vain):
        return f"opened ({answer.status}) without {needed}{', and wrote' if answer.wrote else ''}"
    return ""


def _names_something(door: Door, where: str) -> bool:
    """Whether the address names something out of their sight; a place itself is in sight of another payer's people."""
    if where == "other-payer" and "settlement" in door.name:
        return False
    return door.args is not NOTHING and not {OWN, EVERYBODY} & {door.sight, door.act}


def _told(answer: Answer, things: Things, door: Door) -> list[str]:
    """What the answer tells of a commune besides what was asked with."""
    asked = " ".join(map(str, [*door.query(things).values(), *door.posted(things).values()]))
    return [secret for secret in things.secrets if secret in answer.said and secret not in asked]


def _in_words(answer: Answer) -> str:
    """What an answer said, without the page around it."""
    _menu, _found, content = answer.said.rpartition("<main")
    return " ".join(re.sub(r"<[^>]*>", " ", content).split())[-400:]


def _table(*surprises: list[str]) -> str:
    lines = [line for part in surprises for line in part]
    return f"{len(lines)} surprises\n" + "\n".join(lines)
