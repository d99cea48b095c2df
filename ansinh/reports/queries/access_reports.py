"""The audit trail read for one person: who looked at them, who saw their numbers, changed them, took lists of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from ansinh.access.queries import list_roles_held
from ansinh.access.types import Actor
from ansinh.audit.types import EXPORTS, PERSON_LOOKS, SIGN_INS
from ansinh.kernel.digest import digest_of
from ansinh.kernel.legal_days import LEGAL_DAYS
from ansinh.kernel.month import Month
from ansinh.payout.queries import batches_naming
from ansinh.payroll.queries import runs_naming
from ansinh.places.queries import path_of
from ansinh.platform.action import registered_actions
from ansinh.platform.models import AuditEntry
from ansinh.platform.row_security import whole_view
from ansinh.registry.queries import files_naming, get_person, list_doubles
from ansinh.registry.types import NUMBER_KINDS, PersonCard
from ansinh.reports.access_report import AccessReport, Seen, Sort, access_paper, veiled_reasons
from ansinh.reports.pdf import render_pdf
from ansinh.reports.queries.papers import MEDIA_TYPES, Rendered
from ansinh.reports.queries.sheets import office_sheet
from ansinh.reports.queries.slips import office_of
from ansinh.reports.types import Signatory

_REVEALED = "registry.reveal_number"
_PAYER_LIST = "reports.export_payer_list"
_SYSTEM = "Phần mềm tự làm"
# Looks as somebody reads them who is looked at.
_SAID = {
    "registry.look_person": "Mở hồ sơ",
    "registry.look_story": "Xem các thay đổi đã ghi của hồ sơ",
    "payroll.look_month": "Xem vì sao được số tiền của một tháng",
    "reports.export_slip": "In phiếu giải thích số tiền",
    "reports.look_access": "Xem bản kê này trên màn hình",
    "reports.export_access": "In bản kê này",
    _PAYER_LIST: "Giao danh sách chi trả cho tổ chức chi trả",
}


def read_access_report(person_id: int, *, by: Actor, at: datetime) -> AccessReport:
    """All the trail tells of a person in the actor's areas; refuses (NoSuchPerson) anybody else.

    Of lists: those the person's name stood in for certain (by list, batch or file), and those taken of a place they
    lived in, which may have named them.
    """
    card = get_person(person_id, by=by)
    # Whoever looked counts wherever they sit: also next door, where the person lived or was paid before.
    with whole_view():
        ids = (person_id, *list_doubles(person_id))
        entries = list(AuditEntry.objects.filter(person_id__in=ids).order_by("number"))
        lists = list(_lists_naming(card, ids))
        first = AuditEntry.objects.order_by("number").values_list("at", flat=True).first()
        roles = list_roles_held({entry.actor_id for entry in [*entries, *(entry for entry, _ in lists)]})
        unit, day = office_of(card, at.astimezone(LEGAL_DAYS).date())
        sheet = office_sheet(unit, month=Month.containing(day), is_signed=True, digest="", at=at)
    names = {one.permission: one.name_vi for one in registered_actions()}
    told = [(entry, False) for entry in entries if entry.action not in SIGN_INS]
    seen = veiled_reasons([_seen(entry, maybe, roles, names) for entry, maybe in (*told, *lists)])
    return AccessReport(
        sheet=replace(
            sheet,
            stamp=replace(
                sheet.stamp, digest=digest_of({"person": person_id, "seen": [_digested(one) for one in seen]})
            ),
            signatories=(Signatory("Người nhận bản kê"), Signatory("Người lập bản kê")),
        ),
        name=card.full_name,
        called=f"{card.full_name}, sinh {card.birth.vi}",
        since=(first or at).astimezone(LEGAL_DAYS).date(),
        until=at.astimezone(LEGAL_DAYS).date(),
        seen=seen,
    )


def render_access_report(person_id: int, *, by: Actor, at: datetime) -> Rendered:
    """The report as PDF; the file's name tells no name. Refuses NoSuchPerson, NobodyToSign."""
    record = read_access_report(person_id, by=by, at=at)
    name = f"ai-da-xem-ho-so-{person_id}-{record.until}.pdf"
    return Rendered(name, MEDIA_TYPES["pdf"], render_pdf(access_paper(record)))


def _lists_naming(card: PersonCard, ids: Iterable[int]) -> Iterator[tuple[AuditEntry, bool]]:
    """Exports the person stood in, or (True) may have stood in."""
    runs, batches, files = runs_naming(ids), batches_naming(ids), files_naming(ids)
    for entry in AuditEntry.objects.filter(action__in=[*EXPORTS, _PAYER_LIST], person_id=None).order_by("number"):
        facts = entry.facts
        if "run_id" in facts or "batch_id" in facts or entry.action == "registry.export_marked":
            run, batch, file = facts.get("run_id"), facts.get("batch_id"), facts.get("file_id")
            if run in runs or batch in batches or (entry.action == "registry.export_marked" and file in files):
                yield entry, False
        elif entry.place_code and entry.action in _OF_A_PLACE and _lived_in(card, entry.place_code):
            yield entry, True


# Exports of people by place: the rest name a place's money, or what a payer said.
_OF_A_PLACE = frozenset(
    {
        "payroll.export_list",
        "payroll.export_upcoming",
        "payroll.export_payees",
        "registry.export_changes",
        "registry.export_holds",
        "registry.export_proposals",
        "payout.export_uncollected",
        "payout.export_recoveries",
    }
)


def _lived_in(card: PersonCard, place_code: str) -> bool:
    return any(place_code in path_of(home.commune_code, home.starts.first_day) for home in card.residences)


def _seen(
    entry: AuditEntry,
    maybe: bool,
    roles: Mapping[int, list[tuple[str, date, date | None]]],
    names: Mapping[str, str],
) -> Seen:
    at = entry.at.astimezone(LEGAL_DAYS)
    held = [role for role, starts, ends in roles.get(entry.actor_id, []) if starts <= at.date() <= (ends or at.date())]
    return Seen(
        sort=_sort_of(entry),
        at=at,
        who=entry.actor_name if entry.actor_id else _SYSTEM,
        role="; ".join(dict.fromkeys(held)),
        what=_what(entry, names),
        why=entry.reason,
        maybe=maybe,
    )


def _sort_of(entry: AuditEntry) -> Sort:
    if entry.action == _REVEALED:
        return Sort.NUMBER
    if entry.action in PERSON_LOOKS:
        return Sort.LOOK
    return Sort.LIST if entry.action in EXPORTS or entry.action == _PAYER_LIST else Sort.CHANGE


def _what(entry: AuditEntry, names: Mapping[str, str]) -> str:
    if entry.action == _REVEALED:
        return f"Xem đầy đủ: {NUMBER_KINDS.get(entry.facts.get('kind', ''), 'một số').lower()}"
    said = _SAID.get(entry.action) or PERSON_LOOKS.get(entry.action) or EXPORTS.get(entry.action)
    month = entry.facts.get("month")
    said = said or names.get(entry.action, "Ghi vào hồ sơ")
    return f"{said} (tháng {Month.parse(month).vi})" if isinstance(month, str) and month else said


def _digested(one: Seen) -> tuple[str, ...]:
    return (one.sort.value, one.at.isoformat(), one.who, one.role, one.what, one.why)
