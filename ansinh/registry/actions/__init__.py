"""The verbs of the register, one a file."""

from __future__ import annotations

from ansinh.registry.actions.accept_proposals import accept_proposals
from ansinh.registry.actions.add_facility import add_facility
from ansinh.registry.actions.add_person import add_person
from ansinh.registry.actions.add_wording import add_wording
from ansinh.registry.actions.adjust_grant import AdjustBeforeStart, adjust_grant
from ansinh.registry.actions.change_collector import change_collector
from ansinh.registry.actions.correct_birth import correct_birth
from ansinh.registry.actions.correct_identity import correct_identity
from ansinh.registry.actions.correct_name import correct_name
from ansinh.registry.actions.empty_originals import empty_originals, preview_originals
from ansinh.registry.actions.follow_successors import follow_successors
from ansinh.registry.actions.import_register import import_register
from ansinh.registry.actions.lift_hold import lift_hold
from ansinh.registry.actions.load_people import RegisterNotEmpty, load_people
from ansinh.registry.actions.merge_people import merge_people
from ansinh.registry.actions.move_resident import move_resident
from ansinh.registry.actions.place_hold import place_hold
from ansinh.registry.actions.place_resident import place_resident
from ansinh.registry.actions.record_children import record_children
from ansinh.registry.actions.record_death import record_death
from ansinh.registry.actions.record_fact import record_fact
from ansinh.registry.actions.record_grant import record_grant
from ansinh.registry.actions.record_missing import record_missing
from ansinh.registry.actions.refuse_proposals import refuse_proposals
from ansinh.registry.actions.resume_grant import resume_grant
from ansinh.registry.actions.reveal_number import reveal_number
from ansinh.registry.actions.stop_grant import stop_grant
from ansinh.registry.actions.suspend_grant import suspend_grant
from ansinh.registry.actions.undo_change import undo_change
from ansinh.registry.holding import move_holds_alone, pass_hold
from ansinh.registry.loading import settle_tables

__all__ = [
    "AdjustBeforeStart",
    "RegisterNotEmpty",
    "accept_proposals",
    "add_facility",
    "add_person",
    "add_wording",
    "adjust_grant",
    "change_collector",
    "correct_birth",
    "correct_identity",
    "correct_name",
    "empty_originals",
    "follow_successors",
    "import_register",
    "lift_hold",
    "load_people",
    "merge_people",
    "move_holds_alone",
    "move_resident",
    "pass_hold",
    "place_hold",
    "place_resident",
    "preview_originals",
    "record_children",
    "record_death",
    "record_fact",
    "record_grant",
    "record_missing",
    "refuse_proposals",
    "resume_grant",
    "reveal_number",
    "settle_tables",
    "stop_grant",
    "suspend_grant",
    "undo_change",
]
