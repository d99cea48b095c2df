"""Accept proposals of change: the register takes the file's values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ansinh.access.types import Actor
from ansinh.platform.action import action
from ansinh.registry.changing import hold_concerned
from ansinh.registry.models import Proposal
from ansinh.registry.proposals import apply_proposal, lock_open_proposals
from ansinh.registry.states import PROPOSAL


@dataclass(frozen=True, slots=True)
class ProposalsDecided:
    """How many proposals are now decided, and to which state."""

    count: int
    state: str


@action(permission="registry.accept_proposals", name="Nhận đề nghị thay đổi")
def accept_proposals(*, ids: tuple[int, ...], by: Actor, at: datetime) -> ProposalsDecided:
    """Apply each proposal in order; all or none. Refuses (NoSuchProposal) one not open or outside the areas."""
    target = PROPOSAL.step("accept_proposals", "OPEN").target
    proposals = lock_open_proposals(ids, by=by)
    hold_concerned(*(proposal.person_id for proposal in proposals))
    for proposal in proposals:
        apply_proposal(proposal)
        Proposal.objects.filter(pk=proposal.pk).update(
            state=target, decided_at=at, decided_by=by.name, decided_by_id=by.user_id
        )
    return ProposalsDecided(len(ids), target)
