"""What the law owes some people by all that is told of them at this moment, beside the spans that are stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from ansinh.entitlement.deciding import SPAN_COLUMNS, Law, span_key
from ansinh.entitlement.models import Span
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.policy import decide
from ansinh.policy.types import Lost, OneOff
from ansinh.registry.queries import list_circles


@dataclass(frozen=True, slots=True)
class OwedSpan:
    """A span as deciding now gives it, in the columns stored spans have."""

    person_id: int
    grant_id: int
    benefit: str
    regime: str
    coefficient: Decimal
    starts: Month
    ends: Month | None
    law: str
    article: str
    reason: str
    for_person_id: int
    assumed: str
    deducted_dong: Dong


@dataclass(frozen=True, slots=True)
class OwedTo:
    """All that a person is owed, what was granted and is not paid, and sums owed once."""

    spans: tuple[OwedSpan, ...]
    lost: tuple[Lost, ...]
    one_off: tuple[OneOff, ...]


def decide_people(person_ids: Sequence[int], *, areas: Mapping[str, tuple[str, ...]], law: Law) -> dict[int, OwedTo]:
    """What the law owes some people by all that is told of them now; nothing is written.

    `areas`: by commune code, the codes of the commune and of all above it.
    """
    found: dict[int, OwedTo] = {}
    for person_id, circle in list_circles(person_ids, areas=areas).items():
        decision = decide(circle, law.pack, levels_not_taken=law.levels_not_taken)
        own = [span_key(span) for span in decision.spans if span.person == str(person_id)]
        found[person_id] = OwedTo(
            tuple(OwedSpan(**dict(zip(SPAN_COLUMNS, key, strict=False))) for key in own),
            tuple(one for one in decision.lost if one.person == str(person_id)),
            tuple(one for one in decision.one_off if one.person == str(person_id)),
        )
    return found


def list_spans_known(person_id: int, *, known_by: datetime) -> list[Span]:
    """The person's spans as they stood at a moment, past and to come, by start."""
    stood = Q(superseded_at__isnull=True) | Q(superseded_at__gt=known_by)
    return list(
        Span.objects.filter(stood, person_id=person_id, recorded_at__lte=known_by).order_by("starts", "benefit")
    )
