"""Frozen records a paper is made from. Nothing of the law is computed here: amounts come from the run's lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month, MonthSpan

NOTHING = Dong(0)


class PlaceLevel(StrEnum):
    """How wide a place is; HIV figures may be shown from the district up."""

    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"


class ListState(StrEnum):
    """Whether the list was approved. Anything but APPROVED prints with the mark DỰ THẢO."""

    DRAFT = "draft"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Group:
    """A printed group of beneficiaries. `order` is its place on the paper; an `is_hiv` one never beside a name."""

    code: str
    title: str
    order: int
    is_hiv: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A place as named on the day of the paper: "Xã Ngọc Phái", "02053"; `within` is "huyện Chợ Đồn, tỉnh Bắc Kạn"."""

    code: str
    name: str
    level: PlaceLevel
    within: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """The body that decides: "Ủy ban nhân dân huyện Chợ Đồn". `seat` stands before the day, `superior` above it."""

    body: str
    seat: str
    superior: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """One block of signature: role ("Người lập biểu"), on whose behalf ("TM. Ủy ban nhân dân"), name once signed."""

    role: str
    on_behalf: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What identifies the paper: its number, state, the digest of the frozen list, when it was printed and signed.

    `printed_at` must be aware and is printed in its own zone (doors pass Asia/Ho_Chi_Minh). `digest` is 64 hex digits,
    or empty while the list is not fixed yet.
    """

    state: ListState
    digest: str
    printed_at: datetime
    number: str = ""
    signed_on: date | None = None
    # Who approved the list and when, where one person was not enough.
    approvals: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.printed_at.tzinfo is None:
            raise ValueError("printed_at must carry its time zone")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every paper carries about itself: who decides, for which place and month, who signs."""

    office: Office
    place: Place
    month: Month
    stamp: Stamp
    signatories: tuple[Signatory, ...]


@dataclass(frozen=True, slots=True)
class Back:
    """Money of earlier months on this list: truy lĩnh or thu hồi. `dong` is positive in both; months may have gaps."""

    span: MonthSpan
    months: int
    dong: Dong

    def __post_init__(self) -> None:
        if self.span.ends is None or self.months < 1 or self.dong <= NOTHING:
            raise ValueError(f"back money needs a closed span, a month or more and a positive amount: {self}")


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """Money listed before and not collected: how many months, how much."""

    months: int
    dong: Dong


@dataclass(frozen=True, slots=True)
class Collector:
    """Who may collect in the beneficiary's place, and the relation ("con gái")."""

    name: str
    relation: str


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One line of the payment list. `coefficient` is None where the benefit is an amount, not a coefficient."""

    name: str
    born_year: int
    hamlet: str
    group: Group
    coefficient: Decimal | None
    decision_no: str
    book_no: str
    regular_dong: Dong
    arrears: Back | None = None
    recovery: Back | None = None
    carried_over: CarriedOver | None = None
    collector: Collector | None = None
    # Of the recovery, what is not taken now but to be recovered by decision; and what a decision takes off now.
    claimed_dong: Dong = NOTHING
    withheld_dong: Dong = NOTHING

    @property
    def is_listed(self) -> bool:
        """Whether this month's list says anything of them; else they only have money of earlier lists to collect."""
        return bool(self.regular_dong) or self.arrears is not None or self.recovery is not None

    @property
    def arrears_dong(self) -> Dong:
        return self.arrears.dong if self.arrears else NOTHING

    @property
    def recovery_dong(self) -> Dong:
        """What is taken back, as a positive amount."""
        return self.recovery.dong if self.recovery else NOTHING

    @property
    def taken_dong(self) -> Dong:
        """What this payment is less by for money to be got back, as a positive amount."""
        return self.recovery_dong - self.claimed_dong + self.withheld_dong

    @property
    def carried_dong(self) -> Dong:
        return self.carried_over.dong if self.carried_over else NOTHING

    @property
    def total_dong(self) -> Dong:
        """To be paid out: this month + arrears − what is taken off + not collected before."""
        return self.regular_dong + self.arrears_dong - self.taken_dong + self.carried_dong


# By the programme of the list.
# What the month's papers of a programme are about.
SUBJECTS: dict[str, str] = {
    "assistance": "trợ giúp xã hội",
    "merit": "trợ cấp ưu đãi người có công",
}
PAYMENT_LIST_TITLES: dict[str, str] = {
    "assistance": "Danh sách chi trả trợ giúp xã hội hằng tháng",
    "merit": "Danh sách chi trả trợ cấp ưu đãi người có công hằng tháng",
}


@dataclass(frozen=True, slots=True)
class HeldRow:
    """Somebody's money kept back: how much, why in neutral words; `is_earlier`: of a list before this one."""

    name: str
    dong: Dong
    why: str
    is_earlier: bool = False


@dataclass(frozen=True, slots=True)
class PaymentList:
    """The payment list of one commune. `hosts`: codes of the groups that share the neutral heading (see rules.py).

    `held`: whose money is kept back though it stands on the list, or stood on an earlier one.
    """

    sheet: Sheet
    rows: tuple[PaymentRow, ...]
    hosts: frozenset[str]
    title: str
    held: tuple[HeldRow, ...] = ()


class ChangeKind(StrEnum):
    """Why a person stands on the increase/decrease list."""

    JOINED = "joined"
    LEFT = "left"
    ADJUSTED = "adjusted"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change against the month before. Joiners have no `before_dong`, leavers no `now_dong` (both then 0).

    `category` is the legal category as printed; `is_hiv` masks it. `from_month` is the first month of the new state on
    the lists, `granted_from` of a joiner the month the decision names.
    `reason` is the event, in words that fit any category ("Chết", "Chuyển đi nơi khác", "Quyết định hưởng mới"); what
    the law says of the category goes into `detail`, which is not printed where it could betray.
    """

    kind: ChangeKind
    name: str
    born_year: int
    address: str
    group: Group
    category: str
    coefficient: Decimal | None
    before_dong: Dong
    now_dong: Dong
    decision_no: str
    decided_on: date | None
    from_month: Month
    reason: str
    detail: str = ""
    coefficient_before: Decimal | None = None
    granted_from: Month | None = None
    is_hiv: bool = False

    @property
    def is_masked(self) -> bool:
        """True when nothing of the category may stand beside the name."""
        return self.is_hiv or self.group.is_hiv


@dataclass(frozen=True, slots=True)
class ChangeList:
    """The increase/decrease list of a place. `census` counts the whole roster: a short list must hide as well."""

    sheet: Sheet
    rows: tuple[ChangeRow, ...]
    hosts: frozenset[str]
    census: tuple[GroupCount, ...]
    about: str = SUBJECTS["assistance"]


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many lines of a group carry one coefficient: what the choice of hosts needs to know of a roster."""

    group: Group
    coefficient: Decimal | None
    people: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts and money of a cell; adds up. `people` counts regular lines, `coefficients` is their sum."""

    people: int = 0
    coefficients: Decimal = Decimal(0)
    regular_dong: Dong = NOTHING
    arrears_dong: Dong = NOTHING
    recovery_dong: Dong = NOTHING
    carried_dong: Dong = NOTHING

    @property
    def total_dong(self) -> Dong:
        """This month + arrears − recovery + not collected before."""
        return self.regular_dong + self.arrears_dong - self.recovery_dong + self.carried_dong

    @classmethod
    def sum_of(cls, parts: Iterable[Figures]) -> Figures:
        """The sum of any number of cells."""
        cells = tuple(parts)
        return cls(
            people=sum(cell.people for cell in cells),
            coefficients=sum((cell.coefficients for cell in cells), Decimal(0)),
            regular_dong=total(cell.regular_dong for cell in cells),
            arrears_dong=total(cell.arrears_dong for cell in cells),
            recovery_dong=total(cell.recovery_dong for cell in cells),
            carried_dong=total(cell.carried_dong for cell in cells),
        )


@dataclass(frozen=True, slots=True)
class SummaryCell:
    """The figures of one group in one commune."""

    commune: Place
    group: Group
    figures: Figures


@dataclass(frozen=True, slots=True)
class Summary:
    """A month of a place, by group and commune. Feeds the two summaries and the table of groups."""

    sheet: Sheet
    cells: tuple[SummaryCell, ...]
    hosts: frozenset[str]
    about: str = SUBJECTS["assistance"]

    @property
    def shows_hiv(self) -> bool:
        """HIV figures appear from the district up, never for a single commune under whatever name."""
        wide = self.sheet.place.level is not PlaceLevel.COMMUNE
        return wide and len({cell.commune.code for cell in self.cells}) > 1
