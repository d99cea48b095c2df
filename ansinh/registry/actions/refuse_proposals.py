"""Refuse proposals of change: the register stays as it is."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.platform.action import action
from ansinh.registry.actions.accept_proposals import ProposalsDecided
from ansinh.registry.models import Proposal
from ansinh.registry.proposals import lock_open_proposals
from ansinh.registry.states import PROPOSAL


@action(permission="registry.refuse_proposals", name="Từ chối đề nghị thay đổi")
def refuse_proposals(*, ids: tuple[int, ...], by: Actor, at: datetime) -> ProposalsDecided:
    """Close each proposal without a change. Refuses (NoSuchProposal) one not open or outside the areas."""
    target = PROPOSAL.step("refuse_proposals", "OPEN").target
    found = lock_open_proposals(ids, by=by)
    Proposal.objects.filter(pk__in=[p.pk for p in found]).update(
        state=target, decided_at=at, decided_by=by.name, decided_by_id=by.user_id
    )
    return ProposalsDecided(len(ids), target)
