"""Records the month's actions and queries hand out."""

from __future__ import annotations

from dataclasses import dataclass

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payroll.one_off_types import (
    POVERTY,
    Criteria,
    CriteriaImpossible,
    GiftPreview,
    OccasionCard,
    OccasionCreated,
    PayeeCard,
    PayeeMoved,
)
from ansinh.payroll.states import (
    ASSISTANCE,
    COUNTERSIGNER_NAMES,
    EMERGENCY,
    FUNERAL,
    GIFT,
    KIND_NAMES,
    MERIT,
    MERIT_ONCE,
    MERIT_YEARLY,
    MONTHLY,
    OCCASION_KIND_NAMES,
    ONE_OFF,
    PREPARED_STATES,
    PROGRAMME_NAMES,
    PROGRAMMES,
    SIGNING_ACTS,
    STATE_NAMES,
    TWO_PEOPLE_NAMES,
    UNSIGNED_STATES,
)

__all__ = [
    "ASSISTANCE",
    "BLOCKING",
    "CHANGE_KIND_NAMES",
    "COUNTERSIGNER_NAMES",
    "EMERGENCY",
    "FUNERAL",
    "GIFT",
    "INFO",
    "KIND_NAMES",
    "MERIT",
    "MERIT_ONCE",
    "MERIT_YEARLY",
    "MONTHLY",
    "OCCASION_KIND_NAMES",
    "ONE_OFF",
    "POVERTY",
    "PREPARED_STATES",
    "PROGRAMMES",
    "PROGRAMME_NAMES",
    "PROPOSED_NAMES",
    "SIGNING_ACTS",
    "STATE_NAMES",
    "TWO_PEOPLE_NAMES",
    "UNSIGNED_STATES",
    "WARNING",
    "CheckedList",
    "Criteria",
    "CriteriaImpossible",
    "Found",
    "GiftPreview",
    "LevelPackMoved",
    "LevelStartMoved",
    "OccasionCard",
    "OccasionCreated",
    "PaidTogether",
    "PayeeCard",
    "PayeeMoved",
    "RunChecked",
    "RunComputed",
    "RunMoved",
    "RunOpened",
    "StepOffer",
    "ThresholdMoved",
]


# How somebody's line differs between two months.
CHANGE_KIND_NAMES: dict[str, str] = {"joined": "Tăng", "left": "Giảm", "changed": "Đổi mức"}
# The decisions a work list proposes, as offices call them.
PROPOSED_NAMES: dict[str, str] = {
    "start": "quyết định hưởng",
    "adjust": "quyết định điều chỉnh",
    "switch": "quyết định chuyển diện hưởng",
    "stop": "quyết định thôi hưởng",
    "renew": "giấy ủy quyền mới",
}


BLOCKING, WARNING, INFO = "blocking", "warning", "info"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing a check saw; the message is Vietnamese and says the way out."""

    code: str
    severity: str
    message: str
    person_id: int | None = None
    commune_code: str = ""


@dataclass(frozen=True, slots=True)
class CheckedList:
    """The list being checked, as a check of another app needs to know it."""

    run_id: int
    place_code: str
    month: Month
    programme: str


@dataclass(frozen=True, slots=True)
class RunOpened:
    """A run now open, with how many people its roster holds."""

    run_id: int
    place_code: str
    month: Month
    people: int
    programme: str = ASSISTANCE


@dataclass(frozen=True, slots=True)
class LevelStartMoved:
    """A place's first payroll by a law's levels, in its new state."""

    level_start_id: int
    place_code: str
    law: str
    first_payroll: Month
    state: str


@dataclass(frozen=True, slots=True)
class LevelPackMoved:
    """Levels loaded as data, in their new state; `digest` of what the file says."""

    level_pack_id: int
    place_code: str
    title: str
    digest: str
    first_payroll: Month
    state: str


@dataclass(frozen=True, slots=True)
class RunComputed:
    """What a computation changed: lines taken out, lines added, and what the run now says."""

    run_id: int
    removed: int
    added: int
    lines: int
    total_dong: Dong


@dataclass(frozen=True, slots=True)
class RunsComputed:
    """What computing many runs at once came to; `runs`: each by itself."""

    runs: tuple[RunComputed, ...]

    @property
    def lines(self) -> int:
        """Of all of them."""
        return sum(one.lines for one in self.runs)


@dataclass(frozen=True, slots=True)
class RunChecked:
    """How many findings of each severity the run carries, cleared ones included."""

    run_id: int
    blocking: int
    warnings: int
    infos: int
    open_blocking: int


@dataclass(frozen=True, slots=True)
class RunMoved:
    """A run in its new state."""

    run_id: int
    state: str
    list_digest: str
    # How far the budgets of its funds fall short once it is approved; zero while they hold.
    missing_dong: Dong = Dong(0)
    # The run whose payment its money is paid out in, if it is not paid by itself.
    paid_with_id: int | None = None
    # The threshold its sum is above, if one: it needs, or has, a second approval.
    threshold_id: int | None = None


@dataclass(frozen=True, slots=True)
class RunsMoved:
    """Many runs in their new state; `runs`: each by itself."""

    runs: tuple[RunMoved, ...]


@dataclass(frozen=True, slots=True)
class ThresholdMoved:
    """A sum above which lists of a place and fund need a second approval, in its new state; no sum: none needed."""

    threshold_id: int
    place_code: str
    fund: str
    amount_dong: Dong | None
    starts: Month
    state: str


@dataclass(frozen=True, slots=True)
class PaidTogether:
    """A run and the one whose payment its money is paid out in; none when it is paid by itself again."""

    run_id: int
    paid_with_id: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class StepOffer:
    """A step of the run as an actor meets it: its verb, whether it may be done now, and if not why (Vietnamese)."""

    action: str
    allowed: bool
    why_not: str
