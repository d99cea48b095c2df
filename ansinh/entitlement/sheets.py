"""What decisions come to, ready to be written: as lines of COPY, remembered by all that the law reads of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from ansinh.entitlement.deciding import Law
from ansinh.kernel.month import Month
from ansinh.platform.copying import NONE, as_copied
from ansinh.policy import Timelines
from ansinh.policy.types import Circle, Entitled, Lost
from ansinh.registry.queries import PlainGrant

# A span without its person and decision: first month and the one after the last, then its columns before, between and
# after the months and the cared-for person; whether it names the decision where nobody is cared for.
_Span: TypeAlias = tuple[int, int | None, str, str, str, bool]
# A loss likewise: months, and its columns before and after them.
_Loss: TypeAlias = tuple[int, int | None, str, str]
_Shape: TypeAlias = tuple[str, int, int, int | None, int | None, Decimal | None]
# Timelines kept for one law; a nation has about twenty thousand.
_KEPT = 60_000
# The month of birth of whoever's age the law does not ask.
_ANY = Month.of(2000, 1).index


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A timeline ready to be cut to months and written under somebody's name."""

    spans: tuple[_Span, ...]
    lost: tuple[_Loss, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Spans and losses as lines of COPY, without what tells by which pack and when they were recorded."""

    spans: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    # People for whom sums were compared: another standard amount may move what they are owed.
    by_amounts: list[int] = field(default_factory=list)


class Sheets:
    """One law asked about many people; kept for the life of the process."""

    def __init__(self, law: Law) -> None:
        self._law = law
        self._timelines = Timelines(law.pack, law.levels_not_taken)
        self._known: dict[_Shape, _Sheet] = {}
        self._another = {one.code for one in law.pack.categories if one.cares_for_another}
        # Who is honoured, and by which item, is wholly the decision's: no birth is read.
        self._ageless = {one.code for one in law.pack.categories if one.kind == "merit"}

    def write_plain(self, grants: Iterable[PlainGrant], lines: Lines) -> None:
        """The lines of decisions of which each bears on no other, about people known by their births alone."""
        for grant in grants:
            sheet = self._sheet_of(grant)
            starts = grant.starts.year * 12 + grant.starts.month - 1
            ends = None if grant.ends is None else grant.ends.year * 12 + grant.ends.month - 1
            head = f"{grant.person_id}\t{grant.grant_id}\t"
            cared = grant.cared_for_id
            for since, until, before, between, after, names_decision in sheet.spans:
                first = since if since > starts else starts
                last = until if ends is None or (until is not None and until < ends) else ends
                if last is None or first < last:
                    about = cared or (-grant.grant_id if names_decision else 0)
                    lines.spans.append(f"{head}{before}{_DAY[first]}\t{_DAY[last]}{between}{about}{after}")
            for since, until, before, behind in sheet.lost:
                first = since if since > starts else starts
                last = until if ends is None or (until is not None and until < ends) else ends
                if last is None or first < last:
                    lines.lost.append(f"{head}{before}{_DAY[first]}\t{_DAY[last]}{behind}")

    def write_decided(self, person_id: int, circle: Circle, lines: Lines) -> None:
        """The lines of somebody of whom more is known, or whose decisions bear on each other."""
        owed = self._timelines.owed(circle, str(person_id))
        if owed.by_amounts:
            lines.by_amounts.append(person_id)
        for span in owed.spans:
            since, until, before, between, after, names_decision = _span(span)
            nobody = -int(span.grant or 0) if names_decision else 0
            about = nobody if span.for_person is None else int(span.for_person)
            head = f"{person_id}\t{span.grant}\t"
            lines.spans.append(f"{head}{before}{_DAY[since]}\t{_DAY[until]}{between}{about}{after}")
        for one in owed.lost:
            since, until, before, behind = _loss(one)
            lines.lost.append(f"{person_id}\t{one.grant}\t{before}{_DAY[since]}\t{_DAY[until]}{behind}")

    def _sheet_of(self, grant: PlainGrant) -> _Sheet:
        shape = self._shape_of(grant)
        found = self._known.get(shape)
        if found is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            category, first, born, cared_born, children, coefficient = shape
            timeline = self._timelines.of_unknown(category, first, born, cared_born, (children, coefficient))
            found = self._known[shape] = _Sheet(tuple(map(_span, timeline.spans)), tuple(map(_loss, timeline.lost)))
        return found

    def _shape_of(self, grant: PlainGrant) -> _Shape:
        """All that the law reads of the decision but its own months."""
        category, cared_born, coefficient = grant.category, None, None
        handing = self._timelines.handings[self._law.pack.category(category).code]
        born = self._month_of_birth(grant.born_on, grant.birth_precision)
        if grant.cared_born_on is not None and grant.cared_birth_precision is not None:
            born = cared_born = self._month_of_birth(grant.cared_born_on, grant.cared_birth_precision)
        elif category in self._another:
            coefficient = grant.coefficient
        first = handing.first(grant.starts.year * 12 + grant.starts.month - 1, born)
        if category in self._ageless or coefficient is not None:
            born = _ANY
        return category, first, born, cared_born, grant.children, coefficient

    def _month_of_birth(self, born: date, precision: str) -> int:
        if precision == "year":
            return self._timelines.month_of_birth(born, "year")
        return born.year * 12 + born.month - 1


@lru_cache(maxsize=2)
def sheets_of(law: Law) -> Sheets:
    """The law with what it has answered before in this process."""
    return Sheets(law)


class _Days(dict[int | None, str]):
    """The first day of a month as COPY holds it, by the month's index; of no month, no value."""

    def __missing__(self, month: int | None) -> str:
        text = NONE if month is None else Month(month).first_day.isoformat()
        self[month] = text
        return text


_DAY = _Days()


def _span(span: Entitled) -> _Span:
    names_decision = span.benefit.startswith("carer_") and span.benefit != "carer_disabled_parent"
    texts = "\t".join(map(as_copied, (span.law, span.article, span.reason)))
    return (
        span.starts.index,
        None if span.ends is None else span.ends.index,
        f"{span.benefit}\t{span.regime}\t{span.coefficient:.2f}\t",
        f"\t{texts}\t",
        f"\t{as_copied(','.join(span.assumed))}\t{span.deducted.value}",
        names_decision,
    )


def _loss(one: Lost) -> _Loss:
    ends = None if one.ends is None else one.ends.index
    return one.starts.index, ends, f"{one.benefit}\t", f"\t{one.because}\t{as_copied(one.text)}"
