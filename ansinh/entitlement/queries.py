"""Spans as screens and explanations read them: of somebody the actor reaches, or (`…_of`) of whom the work above has
asked for already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ansinh.access.types import Actor
from ansinh.entitlement.deciding import Law, decide_anew
from ansinh.entitlement.models import LostSpan, Span
from ansinh.entitlement.owing import OwedSpan, OwedTo, decide_people, list_spans_known
from ansinh.entitlement.supposing import SupposedSpan, decide_under
from ansinh.entitlement.turns import count_stale, count_stale_by_commune, list_turns
from ansinh.platform import sql
from ansinh.registry.queries import must_reach_person

__all__ = [
    "Law",
    "OwedSpan",
    "OwedTo",
    "Span",
    "SupposedSpan",
    "count_stale",
    "count_stale_by_commune",
    "decide_people",
    "decide_under",
    "get_span",
    "list_decided_otherwise",
    "list_lost",
    "list_spans",
    "list_spans_known",
    "list_turns",
    "lost_of",
    "spans_of",
]


def list_spans(person_id: int, *, by: Actor) -> list[Span]:
    """The person's current spans, past and to come, by start; refuses (NoSuchPerson) out of area."""
    must_reach_person(person_id, by=by)
    return spans_of(person_id)


def list_lost(person_id: int, *, by: Actor) -> list[LostSpan]:
    """What was granted to the person and is not paid, with why, by start; refuses (NoSuchPerson) out of area."""
    must_reach_person(person_id, by=by)
    return lost_of(person_id)


def spans_of(person_id: int) -> list[Span]:
    """The same of somebody whose line, card or change was opened with the actor's own reach."""
    return list(Span.objects.filter(person_id=person_id, superseded_at__isnull=True).order_by("starts", "benefit"))


def lost_of(person_id: int) -> list[LostSpan]:
    """The same of somebody whose line or card was opened with the actor's own reach."""
    return list(LostSpan.objects.filter(person_id=person_id, superseded_at__isnull=True).order_by("starts", "benefit"))


def get_span(span_id: int) -> Span:
    """The span a line points to; superseded spans are kept, so this always finds it."""
    return Span.objects.get(pk=span_id)


def list_decided_otherwise(person_ids: Sequence[int], *, areas: Mapping[str, tuple[str, ...]], law: Law) -> list[int]:
    """Of people whose facts and law have not moved, those for whom deciding anew would write or close spans.

    There should be none. `areas`: by commune code, the codes of the commune and of all above it.
    """
    asked = {"person_ids": list(person_ids), "digests": law.digests}
    unmoved = [row["person_id"] for row in sql.rows("entitlement/list_unmoved_people", asked)]
    _, fresh, gone = decide_anew(unmoved, law, areas)
    owners = Span.objects.filter(pk__in=gone).values_list("person_id", flat=True)
    return sorted({row[0] for row in fresh} | set(owners))
