"""What other apps see of a place: frozen records, no database behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ansinh.kernel.month import Month

Kind = Literal["province", "district", "commune"]
Part = Literal["whole", "split"]

LEVELS: dict[Kind, int] = {"province": 1, "district": 2, "commune": 3}


@dataclass(frozen=True, slots=True)
class Place:
    """One unit as it was in one span of days: [starts_on, ends_on), open at the end while it lasts.

    The same code may come back with another name or extent: `(code, starts_on)` tells the rows apart.
    """

    id: int
    code: str
    kind: Kind
    # As written before the name on paper: "Xã", "Phường", "Thị trấn", "Đặc khu", "Huyện", "Tỉnh"…
    type: str
    name: str
    parent_code: str
    # Codes from the province down to this place itself: ("06", "064", "02053").
    path: tuple[str, ...]
    starts_on: date
    ends_on: date | None

    @property
    def full_name(self) -> str:
        """The name as on a seal: "Xã Ngọc Phái"."""
        return f"{self.type} {self.name}"

    @property
    def level(self) -> int:
        """1 province, 2 district, 3 commune."""
        return LEVELS[self.kind]

    def valid_on(self, on: date) -> bool:
        """Whether the unit existed as such on that day."""
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)

    def __str__(self) -> str:
        return f"{self.full_name} ({self.code})"


@dataclass(frozen=True, slots=True)
class Heir:
    """A place that took over another: all of it ("whole"), or a part of what was shared out ("split")."""

    place: Place
    part: Part


@dataclass(frozen=True, slots=True)
class Predecessor:
    """What became of a place: on `ended_on` the heir took over all of it, or, beside other heirs, a part."""

    code: str
    # With `ended_on` the span [starts_on, ended_on) in which the code meant this place.
    starts_on: date
    ended_on: date
    heir_code: str
    part: Part

    @property
    def heir_from(self) -> Month:
        """The first month whose first day finds the heir in force."""
        month = Month.containing(self.ended_on)
        return month if self.ended_on == month.first_day else month + 1


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A written name that fits several communes; a person must choose. Codes in order."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacesLoaded:
    """What a load changed, and what stands afterwards."""

    added: int
    changed: int
    removed: int
    units: int
    successors: int

    @property
    def unchanged(self) -> bool:
        """Whether the load found everything in place already."""
        return not (self.added or self.changed or self.removed)
