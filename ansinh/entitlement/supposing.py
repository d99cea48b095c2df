"""What some people would be owed under laws not in force here: the same people asked under each, nothing written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ansinh.entitlement.deciding import Law, span_key
from ansinh.policy import decide
from ansinh.registry.queries import list_circles


@dataclass(frozen=True, slots=True)
class SupposedSpan:
    """A benefit at one coefficient for months [starts, ends), told by their index (ends None: as far as is known)."""

    grant_id: int
    benefit: str
    regime: str
    coefficient: Decimal
    starts: int
    ends: int | None
    for_person_id: int
    deducted_dong: int


def decide_under(
    laws: Sequence[Law], person_ids: Sequence[int], *, areas: Mapping[str, tuple[str, ...]]
) -> dict[int, tuple[tuple[SupposedSpan, ...], ...]]:
    """For each person their spans under each of the laws, in the laws' order.

    `areas`: by commune code, the codes of the commune and of all above it.
    """
    found: dict[int, tuple[tuple[SupposedSpan, ...], ...]] = {}
    for person_id, circle in list_circles(person_ids, areas=areas).items():
        own = str(person_id)
        found[person_id] = tuple(
            tuple(
                _supposed(span_key(span))
                for span in decide(circle, law.pack, levels_not_taken=law.levels_not_taken).spans
                if span.person == own
            )
            for law in laws
        )
    return found


def _supposed(key: tuple[Any, ...]) -> SupposedSpan:
    """A span by its key, which is in the order of SPAN_COLUMNS."""
    _, grant_id, benefit, regime, coefficient, starts, ends, _, _, _, for_person_id, _, deducted = key
    last = None if ends is None else ends.index
    return SupposedSpan(grant_id, benefit, regime, coefficient, starts.index, last, for_person_id, deducted.value)
