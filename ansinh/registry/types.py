"""Records the register hands out: people as screens show them, numbers masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import cast

from ansinh.kernel.birth import BirthDate, Precision
from ansinh.kernel.month import Month
from ansinh.places.types import Place

# Changes no list is ever moved by.
KINDS_NEVER_ABOUT_MONEY = ("correct_name", "correct_identity", "change_collector", "undo_change")


def birth_of(born_on: date, precision: str) -> BirthDate:
    """The birth date kept in the two columns `born_on` and `birth_precision`."""
    return BirthDate(born_on, cast(Precision, precision))


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in a list of people."""

    person_id: int
    full_name: str
    birth: BirthDate
    sex: str
    commune_code: str
    hamlet: str


@dataclass(frozen=True, slots=True)
class ResidenceCard:
    """Where somebody belonged, from month to month (`ends` exclusive, None: still)."""

    commune_code: str
    hamlet: str
    starts: Month
    ends: Month | None


@dataclass(frozen=True, slots=True)
class GrantCard:
    """One decision."""

    grant_id: int
    category: str
    starts: Month
    ends: Month | None
    opening_month: Month
    decision_no: str
    decided_on: date | None
    book_no: str
    coefficient: Decimal | None
    children: int | None
    cared_for_id: int | None
    cared_for_name: str


@dataclass(frozen=True, slots=True)
class OpenedAccount:
    """An account number in the clear, and the bank as the register writes it."""

    number: str
    bank: str


NUMBER_KINDS: dict[str, str] = {
    "cccd": "Số căn cước",
    "cmnd": "Số chứng minh nhân dân cũ",
    "unreadable": "Số giấy tờ chưa đọc được",
    "phone": "Số điện thoại",
    "account": "Số tài khoản",
}


@dataclass(frozen=True, slots=True)
class MaskedNumber:
    """A sealed number as screens show it: all but the last four digits hidden."""

    number_id: int
    kind: str
    shown: str
    bank: str


@dataclass(frozen=True, slots=True)
class RevealedNumber:
    """A whole number, shown once to somebody who said why; kept and listed nowhere."""

    kind: str
    number: str
    bank: str


@dataclass(frozen=True, slots=True)
class CollectorCard:
    """Who collects for a person."""

    full_name: str
    relation: str
    authorised_until: date | None


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Everything the register knows of one person."""

    person_id: int
    full_name: str
    birth: BirthDate
    sex: str
    residences: tuple[ResidenceCard, ...]
    grants: tuple[GrantCard, ...]
    numbers: tuple[MaskedNumber, ...]
    collectors: tuple[CollectorCard, ...]
    household: tuple[PersonRow, ...]
    household_id: int | None = None


@dataclass(frozen=True, slots=True)
class ToldProposal:
    """A change of one person that waits for a decision, with old and new value in words, and where it comes from."""

    said: str
    file_id: int
    file_name: str
    sheet: str
    row: int | None


@dataclass(frozen=True, slots=True)
class SetAsideRow:
    """A row of a file that was not taken, by the name it carries, and why: each reason with its way out."""

    sheet: str
    row: int
    full_name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterImported:
    """What became of a file. `already_known`: the same file again, nothing changed, the counts are those of before."""

    file_id: int
    rows: int
    accepted: int
    set_aside: int
    errors: int
    warnings: int
    infos: int
    proposals: int
    already_known: bool


@dataclass(frozen=True, slots=True)
class ImportUnderWay:
    """A province into whose register a file is being imported, since when, and how many more wait their turn."""

    province: Place
    since: datetime
    waiting: int


@dataclass(frozen=True, slots=True)
class UnplacedResident:
    """Somebody whose commune was divided; `heirs` share it on the day asked about, from the month `since` on."""

    person_id: int
    full_name: str
    home: Place
    heirs: tuple[Place, ...]
    since: Month


@dataclass(frozen=True, slots=True)
class ResidentsFollowed:
    """How many homes moved on, and how many people of divided communes are still to be placed by hand."""

    moved: int
    undecided: int


@dataclass(frozen=True, slots=True)
class PersonAdded:
    """Somebody now in the register without papers; `twins`: how many there look like the same person."""

    person_id: int
    commune_code: str
    twins: int


@dataclass(frozen=True, slots=True)
class ResidentPlaced:
    """Where somebody now belongs; `changed` is false when the register said so already."""

    person_id: int
    commune_code: str
    from_month: Month
    changed: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """What a change rests on: the decision's number and day, other evidence, and why, in the officer's words."""

    decision_no: str = ""
    decided_on: date | None = None
    evidence: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRecorded:
    """A change now written down."""

    change_id: int
    person_id: int
    kind: str
    effective_on: date


@dataclass(frozen=True, slots=True)
class ChildRaised:
    """A child somebody raises: birth (None: not known), whether studying (None: not known), until which month."""

    born: date | None = None
    studying: bool | None = None
    until: Month | None = None


@dataclass(frozen=True, slots=True)
class FacilityAdded:
    """A facility written down."""

    facility_id: int
    name: str


@dataclass(frozen=True, slots=True)
class FacilityCard:
    """A facility and how many people are recorded as living there."""

    facility_id: int
    name: str
    place_code: str
    representative: str
    residents: int


@dataclass(frozen=True, slots=True)
class HoldPlaced:
    """Money kept back: all of a person's, or of one order of the payout."""

    hold_id: int
    person_id: int
    order_id: int | None


@dataclass(frozen=True, slots=True)
class HoldLifted:
    """A hold that stands no more."""

    hold_id: int
    person_id: int
    order_id: int | None


@dataclass(frozen=True, slots=True)
class LoadedBlock:
    """Rows of some people on their way into the register: COPY text by table (`ports.PeopleBlock.texts`)."""

    people: int
    texts: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class PeopleLoaded:
    """How many people came, and how many rows in all."""

    people: int
    rows: int
