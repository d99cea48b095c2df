"""Coming lists of one office worked out twice, as things stand and otherwise: due minus listed, nothing written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from ansinh.entitlement.queries import Law, decide_under
from ansinh.kernel.month import Month
from ansinh.payroll.horizon import horizon_ahead
from ansinh.payroll.states import ARREARS, ASSISTANCE, PROGRAMMES, RECOVERY, REGULAR
from ansinh.payroll.supposing import Bases, Dues, Roster, dues_of, listed_before, openings_of, roster_of
from ansinh.platform.cancelling import Progress

# People decided at once: bounds memory whatever the place.
_CHUNK = 1_000

# As things stand, and as they would be otherwise.
NOW, THEN = 0, 1
SIDES = (NOW, THEN)


@dataclass(frozen=True, slots=True)
class Step:
    """A coming list and the laws it would go by. Not `told`: it only settles what the next one finds listed."""

    month: Month
    now: Law
    then: Law
    told: bool = True


@dataclass(frozen=True, slots=True)
class Office:
    """Communes listed together, and their coming lists in order."""

    communes: tuple[str, ...]
    steps: tuple[Step, ...]


class SupposedLine(NamedTuple):
    """A line of a list that is not made: signed đồng for a benefit and entitlement month (by its index)."""

    kind: str
    benefit: str
    for_person_id: int
    month: int
    dong: int


@dataclass
class Sums:
    """Đồng by side and kind, and of arrears and recovery by side and entitlement month; the people it touches."""

    kinds: dict[tuple[int, str], int] = field(default_factory=lambda: defaultdict(int))
    late: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))
    listed: int = 0
    moved: set[int] = field(default_factory=set)


@dataclass
class Tally:
    """What was found so far: by month listed, and by month listed and benefit."""

    months: dict[Month, Sums] = field(default_factory=lambda: defaultdict(Sums))
    benefits: dict[tuple[Month, str], Sums] = field(default_factory=lambda: defaultdict(Sums))

    def add(self, person_id: int, month: Month, lines: tuple[list[SupposedLine], list[SupposedLine]]) -> None:
        """Count one person's lines of a list, on either side."""
        sums = self.months[month]
        sums.listed += bool(lines[THEN])
        unlike = set(lines[NOW]) ^ set(lines[THEN])
        if unlike:
            sums.moved.add(person_id)
        for line in unlike:
            self.benefits[month, line.benefit].moved.add(person_id)
        for side in SIDES:
            for line in lines[side]:
                for cell in (sums, self.benefits[month, line.benefit]):
                    cell.kinds[side, line.kind] += line.dong
                    if line.kind != REGULAR:
                        cell.late[side, line.month] += line.dong


def forecast(offices: Sequence[Office], tally: Tally, *, progress: Progress | None = None) -> None:
    """Work out every told list of the offices, which list in the same months, into the tally."""
    laws = {law.digest: law for office in offices for step in office.steps for law in (step.now, step.then)}
    bases = Bases(tuple(laws.values()), offices[0].steps[-1].month)
    rosters = [roster_of(office.communes, bases.list_month) for office in offices]
    done, total = 0, sum(len(found.homes) for found in rosters)
    for office, roster in zip(offices, rosters, strict=True):
        task = _Task(office, roster, bases, list(laws))
        ids = list(roster.homes)
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            task.count(chunk, tally)
            done += len(chunk)
            if progress is not None:
                progress(done, total)


class _Task:
    """One office's lists."""

    def __init__(self, office: Office, roster: Roster, bases: Bases, digests: Sequence[str]) -> None:
        self.steps, self.roster, self.bases = office.steps, roster, bases
        self.first, self.last = horizon_ahead(office.steps[0].month), office.steps[-1].month
        bases.prepare({code for own in roster.homes.values() for _, code in own}, self.first, self.last)
        # Decided for the place that has a person's people now, were theirs divided or joined since.
        self.areas = {told: bases.path_now(code) for told, code in roster.counts_as.items()}
        # By side, the number of the law each list goes by.
        self.sides = tuple(
            [digests.index((step.then if side else step.now).digest) for step in office.steps] for side in SIDES
        )
        self.laws = sorted({*self.sides[NOW], *self.sides[THEN]})

    def count(self, ids: Sequence[int], tally: Tally) -> None:
        """Add some people's lines to the tally."""
        openings, listed = openings_of(ids), listed_before(ids, self.steps[0].month)
        asked = [self.bases.laws[number] for number in self.laws]
        for person_id, spans in decide_under(asked, ids, areas=self.areas).items():
            dues = {
                number: dues_of(
                    [span for span in own if span.regime in PROGRAMMES[ASSISTANCE]],
                    openings,
                    self.roster.homes[person_id],
                    partial(self.bases.base, number),
                    first=self.first,
                    last=self.last,
                )
                for number, own in zip(self.laws, spans, strict=True)
            }
            now, then = (_lists(self.steps, numbers, dues, listed.get(person_id, {})) for numbers in self.sides)
            for step, *lines in zip(self.steps, now, then, strict=True):
                if step.told:
                    tally.add(person_id, step.month, (lines[NOW], lines[THEN]))


def _lists(
    steps: Sequence[Step], numbers: Sequence[int], dues: Mapping[int, Dues], given: Dues
) -> Iterator[list[SupposedLine]]:
    """One person's lines of each list in turn, on one side."""
    settled: int | None = None
    for step, number in zip(steps, numbers, strict=True):
        # Under the law of the list before, every month before this one's stands as listed.
        first = step.month if number == settled else horizon_ahead(step.month)
        yield list(_lines(dues[number], given, first.index, step.month.index))
        given, settled = dues[number], number


def _lines(due: Dues, given: Dues, first: int, month: int) -> Iterator[SupposedLine]:
    """Due minus listed for the months from `first` to the list's own."""
    for at in range(first, month + 1):
        owed = due.get(at, {})
        before = given.get(at, {}) if at < month else {}
        for key in {**owed, **before}:
            dong = owed.get(key, 0) - before.get(key, 0)
            if dong:
                kind = RECOVERY if dong < 0 else REGULAR if at == month else ARREARS
                yield SupposedLine(kind, *key, at, dong)
