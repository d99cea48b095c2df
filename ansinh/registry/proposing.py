"""What a later file says differently from the register: proposals for an officer, never a silent overwriting."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from ansinh.kernel.month import Month
from ansinh.kernel.names import written
from ansinh.places.queries import find_place
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
_SEXES = {"male": "nam", "female": "nữ"}
_CATEGORY_DIFFERS = "diện hưởng: tệp ghi khác với sổ (xem ở trang của người này)"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs, old and new as plain data for JSON."""

    field: str
    old: Any
    new: Any

    def message(self, place_name: Callable[[str], str]) -> str:
        """What a list that many see may say. Of anybody's category only that it differs: hiding some would betray."""
        return _CATEGORY_DIFFERS if self.field == "category" else self.told(place_name)

    def told(self, place_name: Callable[[str], str]) -> str:
        """The same with old and new category, for who decides on this one person; alike for everybody."""
        if self.field == ABSENT:
            return FIELD_NAMES[ABSENT]
        old, new = (_shown(self.field, value, place_name) for value in (self.old, self.new))
        return f"{FIELD_NAMES[self.field]}: {old} → {new}"


def naming_places(month: Month) -> Callable[[str], str]:
    """What a commune's code meant in the month; each is asked of the database once."""

    @cache
    def name(code: str) -> str:
        place = find_place(code, month.first_day)
        return code if place is None else str(place)

    return name


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


def _shown(field: str, value: Any, place_name: Callable[[str], str]) -> str:
    """A value as papers write it: a category or commune by its name, "08/2020", "05/03/2020", "2,5"."""
    if value in (None, ""):
        return "(trống)"
    writers: dict[str, Callable[[str], str]] = {
        "category": lambda code: load_pack().category(code).name_vi,
        "commune": place_name,
        "sex": lambda sex: _SEXES.get(sex, sex),
        "starts": lambda month: Month.parse(month).vi,
        "decided_on": lambda day: f"{date.fromisoformat(day):%d/%m/%Y}",
        "coefficient": lambda number: number.replace(".", ","),
    }
    return writers.get(field, str)(str(value))


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
    place_name = naming_places(file.month)
    fresh = [
        _proposal(file, *one, place_name)
        for one in found
        if (one[0].person_id, one[2].field, str(one[2].new)) not in known_ones
    ]
    Proposal.objects.bulk_create(fresh, batch_size=2_000)


def _proposed_before(person_ids: Sequence[int]) -> set[tuple[int, str, str]]:
    """(person, field, new value) of proposals waiting or decided; an absence decided once may be seen anew."""
    before = Proposal.objects.filter(person_id__in=person_ids).exclude(field=ABSENT, state__in=["ACCEPTED", "REFUSED"])
    return {(person, field, str(new)) for person, field, new in before.values_list("person_id", "field", "new")}


def _proposal(
    file: RegisterFile,
    grant: Grant,
    row: RegisterRow | None,
    difference: Difference,
    place_name: Callable[[str], str],
) -> Proposal:
    return Proposal(
        file=file,
        sheet=row.sheet if row else "",
        row=row.row if row else None,
        person=grant.person,
        grant=grant,
        field=difference.field,
        old=difference.old,
        new=difference.new,
        message=difference.message(place_name),
    )
