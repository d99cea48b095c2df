"""Searching the trail within what the asker may see of it; the head of the chain, and one kept elsewhere beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from ansinh.access.types import EVERYWHERE, SYSTEM_ID, Actor, Role
from ansinh.audit.rules import told_of
from ansinh.audit.types import LOOKS, ChainHead, HeadCompared, TrailEntry, TrailFilter, TrailPage
from ansinh.funds import types as funds
from ansinh.kernel.legal_days import LEGAL_DAYS, beginning_of
from ansinh.kernel.refusal import Refusal
from ansinh.payout import types as payout
from ansinh.payroll import types as payroll
from ansinh.places.queries import find_last_place, list_codes_ever_within
from ansinh.platform import sql
from ansinh.platform.action import registered_actions
from ansinh.platform.models import AuditEntry
from ansinh.platform.row_security import whole_view
from ansinh.reconcile import types as reconcile
from ansinh.settlement import types as settlement

# What the states and channels of an act's app are called.
_CODES: dict[str, dict[str, str]] = {
    "payroll": {**payroll.TWO_PEOPLE_NAMES, **payroll.STATE_NAMES},
    "payout": {
        **payout.CHANNEL_NAMES,
        **payout.RECOVERY_STATE_NAMES,
        **payout.ORDER_STATE_NAMES,
        **payout.BATCH_STATE_NAMES,
    },
    "funds": {**funds.CHANNEL_NAMES, **funds.STATE_NAMES},
    "reconcile": reconcile.FILE_STATE_NAMES,
    "settlement": settlement.STATE_NAMES,
}
_SEE = "access.see_audit"
_A_PAGE = 50
_AT_ONCE = 2000
MOST_EXPORTED = 200_000


class NoSuchEntry(Refusal):
    """Không có mục nhật ký số {number} trong phạm vi bạn được xem. Hãy xem lại số mục."""


class TooManyEntries(Refusal):
    """Bộ lọc tìm được {found} mục, nhiều hơn {most} mục một tệp chứa được. Hãy chọn khoảng ngày ngắn hơn."""


class NothingWritten(Refusal):
    """Đến hết {day} nhật ký chưa có mục nào, nên chưa có đầu chuỗi. Hãy chọn ngày khác."""


def search_audit(*, by: Actor, wanted: TrailFilter, limit: int = _A_PAGE) -> TrailPage:
    """The entries a filter finds, newest first, among those the actor may see.

    Who inspects sees what concerns their area; who administers sees acts about users and sign-ins, never one that
    concerns a person; everybody sees their own.
    """
    found = list(_found(by, wanted)[: limit + 1])
    entries = _shown(found[:limit])
    return TrailPage(entries, found[limit - 1].number if len(found) > limit else None)


def get_entry(number: int, *, by: Actor) -> TrailEntry:
    """One entry by its number; refuses (NoSuchEntry) one that is not there or not for the actor's eyes."""
    entry = AuditEntry.objects.filter(_seen_by(by), number=number).first()
    if entry is None:
        raise NoSuchEntry(number=number)
    return _shown([entry])[0]


def list_for_export(*, by: Actor, wanted: TrailFilter) -> Iterator[TrailEntry]:
    """All a filter finds, newest first; refuses (TooManyEntries) more than one file should hold."""
    if (count := _found(by, wanted).count()) > MOST_EXPORTED:
        raise TooManyEntries(found=count, most=MOST_EXPORTED)
    return _all_of(by, wanted)


def _all_of(by: Actor, wanted: TrailFilter) -> Iterator[TrailEntry]:
    before = wanted.before
    while entries := list(_found(by, wanted, before=before)[:_AT_ONCE]):
        yield from _shown(entries)
        before = entries[-1].number


def act_names() -> dict[str, str]:
    """What every act and look is called in Vietnamese, by its name in the trail: acts of modules in use, all looks."""
    return {**{one.permission: one.name_vi for one in registered_actions()}, **LOOKS}


def get_head(day: date | None = None) -> ChainHead:
    """The head of now, or of the last entry written before the end of a legal day; refuses (NothingWritten)."""
    entries = AuditEntry.objects.all()
    if day is not None:
        entries = entries.filter(at__lt=beginning_of(day + timedelta(days=1)))
    # Whoever keeps the head keeps that of all entries, not of those they may read.
    with whole_view():
        last = entries.order_by("-number").first()
    if last is None:
        raise NothingWritten(day="hôm nay" if day is None else f"ngày {day:%d/%m/%Y}")
    return ChainHead(day, last.number, last.hash, last.at)


def compare_head(head: ChainHead) -> HeadCompared:
    """A head kept elsewhere beside the entry of its number here, and the chain up to it."""
    (said,) = sql.rows("platform/get_audit_head")
    there = AuditEntry.objects.filter(number=head.number).values_list("hash", flat=True).first() or ""
    broken = [row for row in sql.rows("platform/find_broken_audit") if row["number"] <= head.number]
    state = "same" if there == head.hash and not broken else "different" if there else "missing"
    return HeadCompared(state, head, said["found"], there, len(broken))


def _found(by: Actor, wanted: TrailFilter, *, before: int | None = None) -> QuerySet[AuditEntry]:
    asked = Q()
    if wanted.who:
        asked &= Q(actor_id=int(wanted.who)) if wanted.who.isdecimal() else Q(actor_name__icontains=wanted.who)
    if wanted.since is not None:
        asked &= Q(at__gte=beginning_of(wanted.since))
    if wanted.until is not None:
        asked &= Q(at__lt=beginning_of(wanted.until + timedelta(days=1)))
    for name in ("action", "channel"):
        if value := getattr(wanted, name):
            asked &= Q(**{name: value})
    if wanted.person_id is not None:
        asked &= Q(person_id=wanted.person_id)
    if wanted.place_code:
        asked &= Q(place_code__in=_codes(wanted.place_code))
    if (below := before or wanted.before) is not None:
        asked &= Q(number__lt=below)
    return AuditEntry.objects.filter(_seen_by(by) & asked).order_by("-number")


def _seen_by(by: Actor) -> Q:
    """The entries an actor may see."""
    if by.user_id == SYSTEM_ID:
        return Q()
    seen = Q(actor_id=by.user_id)
    for held in by.within(_SEE).counted:
        if held.role is Role.ADMINISTRATOR:
            of_staff = Q(action__startswith="access.", person_id__isnull=True)
            where = Q() if held.area == EVERYWHERE else Q(place_code="") | Q(place_code__in=_codes(held.area))
            seen |= of_staff & where
        elif held.area == EVERYWHERE:
            return Q()
        else:
            seen |= Q(place_code__in=_codes(held.area))
    return seen


def _codes(area: str) -> list[str]:
    return sorted({area, *list_codes_ever_within(area)})


def _shown(entries: list[AuditEntry]) -> tuple[TrailEntry, ...]:
    names = act_names()
    places = {(one.place_code, one.at.astimezone(LEGAL_DAYS).date()) for one in entries if one.place_code}
    said = {key: _place_name(*key) for key in places}
    return tuple(
        TrailEntry(
            number=one.number, at=one.at, actor_id=one.actor_id, actor_name=one.actor_name, action=one.action,
            what=names.get(one.action, one.action), person_id=one.person_id, place_code=one.place_code,
            place=said.get((one.place_code, one.at.astimezone(LEGAL_DAYS).date()), ""), reason=one.reason,
            channel=one.channel, address=one.address, session=one.session, agent=one.agent, facts=one.facts,
            told=told_of(one.facts, _CODES.get(one.action.partition(".")[0])), previous=one.previous, hash=one.hash,
        )
        for one in entries
    )  # fmt: skip


def _place_name(code: str, on: date) -> str:
    place = find_last_place(code, on)
    return code if place is None else place.full_name
