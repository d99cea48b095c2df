"""What a later file says differently from the register: proposals for an officer, never a silent overwriting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ansinh.kernel.month import Month
from ansinh.kernel.names import written
from ansinh.policy import load_pack
from ansinh.registry.matching import KnownPeople
from ansinh.registry.models import Grant, Person, Proposal, RegisterFile, Residence
from ansinh.registry.residences import homes_in
from ansinh.registry.types import birth_of
from ansinh.registry.workbook import RegisterRow

ABSENT = "absent"
FIELD_NAMES: dict[str, str] = {
    "full_name": "họ tên",
    "birth": "ngày sinh",
    "sex": "giới tính",
    "commune": "xã",
    "hamlet": "thôn, tổ",
    "category": "diện hưởng",
    "decision_no": "số quyết định",
    "decided_on": "ngày quyết định",
    "starts": "tháng bắt đầu hưởng",
    "coefficient": "hệ số trong quyết định",
    "children": "số con",
    ABSENT: "không còn trong tệp",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs, old and new as plain data for JSON."""

    field: str
    old: Any
    new: Any

    @property
    def message(self) -> str:
        if self.field == ABSENT:
            return FIELD_NAMES[ABSENT]
        shown = _category_shown if self.field == "category" else _shown
        return f"{FIELD_NAMES[self.field]}: {shown(self.old)} → {shown(self.new)}"


def differences(person: Person, home: Residence | None, grant: Grant, row: RegisterRow) -> Iterator[Difference]:
    """The fields in which a row differs from what the register holds; an empty cell differs in nothing."""
    pairs: list[tuple[str, Any, Any]] = [
        ("full_name", person.full_name, written(row.name)),
        ("birth", birth_of(person.born_on, person.birth_precision).vi, row.birth.vi if row.birth else None),
        ("sex", person.sex, row.sex),
        ("commune", home.commune_code if home else "", row.commune_code),
        ("hamlet", home.hamlet if home else "", row.hamlet),
        ("decision_no", grant.decision_no, row.decision_no),
        (
            "decided_on",
            grant.decided_on and grant.decided_on.isoformat(),
            row.decided_on and row.decided_on.isoformat(),
        ),
        ("starts", str(grant.starts), row.from_month and str(row.from_month)),
        ("coefficient", _plain(grant.coefficient), _plain(row.coefficient)),
        ("children", grant.children, row.children),
    ]
    for field, old, new in pairs:
        if new not in (None, "") and new != old and not _same_name(field, old, new):
            yield Difference(field, old, new)


def _same_name(field: str, old: Any, new: Any) -> bool:
    """A name in capitals is the same name."""
    return field in ("full_name", "hamlet") and str(old).casefold() == str(new).casefold()


def _plain(number: Any) -> str | None:
    return None if number is None else f"{number.normalize():f}"


def _shown(value: Any) -> str:
    if value in (None, ""):
        return "(trống)"
    text = str(value)
    return Month.parse(text).vi if len(text) == 7 and text[4:5] == "-" else text


def _category_shown(code: Any) -> str:
    """The category by name; one that would tell who lives with HIV is never named beside a person."""
    category = load_pack().category(str(code))
    return "đối tượng khác" if category.is_hiv else category.name_vi


def propose(
    file: RegisterFile, accepted: Sequence[RegisterRow], matched: Sequence[tuple[int, int]], known: KnownPeople
) -> None:
    """Write down what the file says differently of known grants, and which known people it no longer names.

    What is waiting already is not proposed again, nor a value an officer has decided on before.
    """
    grants = Grant.objects.select_related("person").in_bulk([grant_id for _, grant_id in matched])
    people = [grant.person_id for grant in grants.values()]
    homes = {home.person_id: home for home in homes_in(file.month).filter(person_id__in=people)}
    found: list[tuple[Grant, RegisterRow | None, Difference]] = []
    for index, grant_id in matched:
        row, grant = accepted[index], grants[grant_id]
        found += [(grant, row, one) for one in differences(grant.person, homes.get(grant.person_id), grant, row)]
        if row.category is not None and grant.category not in row.categories:
            found.append((grant, row, Difference("category", grant.category, row.category)))
    covered = {row.commune_code for row in accepted}
    absent = [g.grant_id for g in known.grants.values() if g.commune_code in covered and g.grant_id not in grants]
    for grant in Grant.objects.select_related("person").filter(pk__in=absent).order_by("pk"):
        found.append((grant, None, Difference(ABSENT, "có trong sổ", "không có trong tệp")))
    known_ones = _proposed_before([grant.person_id for grant, _, _ in found])
    fresh = [
        _proposal(file, *one) for one in found if (one[0].person_id, one[2].field, str(one[2].new)) not in known_ones
    ]
    Proposal.objects.bulk_create(fresh, batch_size=2_000)


def _proposed_before(person_ids: Sequence[int]) -> set[tuple[int, str, str]]:
    """(person, field, new value) of proposals waiting or decided; an absence decided once may be seen anew."""
    before = Proposal.objects.filter(person_id__in=person_ids).exclude(field=ABSENT, state__in=["ACCEPTED", "REFUSED"])
    return {(person, field, str(new)) for person, field, new in before.values_list("person_id", "field", "new")}


def _proposal(file: RegisterFile, grant: Grant, row: RegisterRow | None, difference: Difference) -> Proposal:
    return Proposal(
        file=file,
        sheet=row.sheet if row else "",
        row=row.row if row else None,
        person=grant.person,
        grant=grant,
        field=difference.field,
        old=difference.old,
        new=difference.new,
        message=f"{grant.person.full_name}: {difference.message}",
    )
