"""The people of the histories, and what the law owes each of them for a month, told a second way: by hand.

Only what the histories use: three benefits of May to December 2025 (Nghị định 20/2021 as amended by 76/2024: standard
500.000 đồng; from 1/7/2025 Nghị định 176/2025 for the old), deaths, births put right, and moves.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from ansinh.kernel.month import Month

DISTRICT = "064"
NGOC_PHAI, BANG_LUNG, XUAN_LAC = "02053", "02020", "02023"
CHO_DON, NAM_CUONG = "02020", "02026"
MERGED = Month.of(2025, 7)
# Where the land of the three went on 1/7/2025.
HEIRS = {NGOC_PHAI: CHO_DON, BANG_LUNG: CHO_DON, XUAN_LAC: NAM_CUONG, NAM_CUONG: NAM_CUONG}
OLD_COMMUNES, NEW_COMMUNES = (NGOC_PHAI, BANG_LUNG, XUAN_LAC), (CHO_DON, NAM_CUONG)
FIRST = Month.of(2025, 5)
_STANDARD = 500_000
# Coefficient in tenths below 60 and from 60 on.
_TENTHS = {"disabled_severe": (15, 20), "disabled_exceptional": (20, 25), "elderly_80_no_pension": (10, 10)}


def home_of(commune: str, month: Month) -> str:
    """The commune that has the people of a commune in a month."""
    return commune if month < MERGED else HEIRS[commune]


def codes_of(home: str, month: Month) -> tuple[str, ...]:
    """The codes whose money is settled with a commune in a month."""
    return (home,) if month < MERGED else tuple({home, *(old for old, heir in HEIRS.items() if heir == home)})


def places_of(month: Month) -> tuple[str, ...]:
    """Who lists and settles: the district, from 1/7/2025 each commune."""
    return (DISTRICT,) if month < MERGED else NEW_COMMUNES


@dataclass(frozen=True)
class Truth:
    """What is true of somebody as far as anybody has been told."""

    category: str
    born: date
    # From which month they live where; "" is outside this register.
    homes: tuple[tuple[Month, str], ...]
    died: date | None = None

    def commune_in(self, month: Month) -> str:
        """Where they live in a month, by the code it has then."""
        commune = next(commune for starts, commune in reversed(self.homes) if starts <= month)
        return home_of(commune, month) if commune else ""

    def due(self, month: Month) -> dict[str, int]:
        """What is owed for a month, by fund: the month of death is paid whole (khoản 2 Điều 8 Nghị định 20/2021)."""
        if not self.commune_in(month) or (self.died is not None and month > Month.containing(self.died)):
            return {}
        young, old = _TENTHS[self.category]
        # The month of the birthday itself is never asked about: births lie in years far from 60.
        tenths = old if month.year - self.born.year >= 60 else young
        of_old = self.category == "elderly_80_no_pension" and month >= MERGED
        return {"social_pension" if of_old else "tcxh": _STANDARD * tenths // 10}


@dataclass
class Somebody:
    """A person, what is true of them, and the changes that can be taken back: by number, what was true before."""

    pk: int
    name: str
    truth: Truth
    undo: list[tuple[int, str, Truth]] = field(default_factory=list)

    def change(self, change_id: int, kind: str, **told: object) -> None:
        """Something was told of them."""
        self.undo.append((change_id, kind, self.truth))
        self.truth = replace(self.truth, **told)  # type: ignore[arg-type]  # fields of Truth by name
