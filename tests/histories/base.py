"""What every part of a history holds: the world, the paper, the people, the lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from ansinh.kernel.month import Month
from tests.histories.paper import Paper
from tests.histories.people import BANG_LUNG, FIRST, XUAN_LAC, Somebody, Truth
from tests.histories.world import BANK, World
from tests.seeding import Desk

T = TypeVar("T")


@dataclass
class Listed:
    """The list of a place and month: its run (0 where nobody is to be paid), and what was true when it was opened."""

    place: str
    month: Month
    run_id: int
    state: str
    is_issued: bool = False
    truths: dict[int, Truth] = field(default_factory=dict)


@dataclass
class Books:
    """All a history knows; copied for each from the one all begin with."""

    paper: Paper
    people: list[Somebody]
    lists: dict[tuple[str, Month], Listed] = field(default_factory=dict)
    # Requested transfers, reports sent and results files with rows set aside, as the acts need them again.
    transfers: dict[int, tuple[str, Month, tuple[tuple[str, str, int], ...]]] = field(default_factory=dict)
    month: Month = FIRST


class Base:
    """Shared by the verbs of a history."""

    world: World
    books: Books
    last_month: Month = FIRST + 7

    @property
    def desk(self) -> Desk:
        return self.world.desk

    @property
    def now(self) -> datetime:
        return self.world.now

    @property
    def paper(self) -> Paper:
        return self.books.paper

    @property
    def people(self) -> list[Somebody]:
        return self.books.people

    @property
    def lists(self) -> dict[tuple[str, Month], Listed]:
        return self.books.lists

    @property
    def month(self) -> Month:
        """The month now being listed."""
        return self.books.month

    @month.setter
    def month(self, month: Month) -> None:
        self.books.month = month

    def has_contract(self, payer: str, commune: str) -> bool:
        """Whether a payer is contracted for a commune: the post everywhere, the bank in two old ones by their codes."""
        return payer != BANK or commune in (BANG_LUNG, XUAN_LAC)

    @staticmethod
    def pick(things: Sequence[T], n: int) -> T:
        """One of some things, the first for 0."""
        return things[n % len(things)]
