"""What the law owes everybody for each month by all that was told, asked of it directly, month by month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from ansinh.kernel.month import Month
from ansinh.places.queries import path_of
from ansinh.policy import decide, load_pack
from ansinh.policy.types import Circle, Decision
from tests.facts_histories.people import Granted, Somebody, as_decided

# Person, benefit, whom it is paid for caring for (0: nobody), month.
Cell = tuple[int, str, int, Month]


@lru_cache(maxsize=1000)
def areas_of(commune: str, month: Month) -> tuple[str, ...]:
    """The codes of a commune and of all above it in a month."""
    return path_of(commune, month.first_day)


class Law:
    """The law asked about everybody at once; what it said of the same decisions standing is remembered."""

    def __init__(self, people: Sequence[Somebody]) -> None:
        self._people = people
        self._facts = {str(person.pk): person.facts() for person in people}
        self._said: dict[tuple[tuple[str, ...], tuple[int, ...]], Decision] = {}

    def due(self, months: Iterable[Month]) -> dict[Cell, int]:
        """Đồng for each cell that is owed something."""
        owed: dict[Cell, int] = {}
        for month in months:
            standing = [
                (person, grant) for person in self._people for grant in person.grants if person.pays(grant, month)
            ]
            for person in self._people:
                self._owe(owed, person, month, standing)
        return owed

    def _owe(
        self, owed: dict[Cell, int], person: Somebody, month: Month, standing: list[tuple[Somebody, Granted]]
    ) -> None:
        areas = areas_of(person.commune_in(month), month)
        for span in self._ask(areas, standing).spans:
            if span.person == str(person.pk) and span.covers(month):
                base = load_pack().standard_amount(span.regime, month, areas).dong.value
                cell = (person.pk, span.benefit, int(span.for_person or 0), month)
                owed[cell] = owed.get(cell, 0) + int(span.coefficient * base) - span.deducted.value

    def _ask(self, areas: tuple[str, ...], standing: list[tuple[Somebody, Granted]]) -> Decision:
        key = (areas, tuple(grant.pk for _, grant in standing))
        if key not in self._said:
            in_order = sorted(standing, key=lambda found: found[1].pk)
            grants = tuple(as_decided(person, grant) for person, grant in in_order)
            self._said[key] = decide(Circle(self._facts, grants, areas), load_pack())
        return self._said[key]
