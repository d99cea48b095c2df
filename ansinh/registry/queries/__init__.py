"""Reading the register. Queries of people take the actor and keep to their areas."""

from __future__ import annotations

from ansinh.registry.holding import keep_holds_still
from ansinh.registry.queries.accounts import open_accounts
from ansinh.registry.queries.changes import (
    ChangeCard,
    KnownThen,
    NoSuchChange,
    changes_told,
    get_person_as_known,
    get_person_of_change,
    list_changes,
)
from ansinh.registry.queries.circles import list_circles
from ansinh.registry.queries.facilities import list_facilities
from ansinh.registry.queries.files import (
    count_proposals,
    files_naming,
    get_register_file,
    list_file_findings,
    list_person_proposals,
    list_proposals,
    list_register_files,
    list_set_aside_rows,
    listed_value,
    marked_workbook,
)
from ansinh.registry.queries.holds import held_alone
from ansinh.registry.queries.moving import MOVE_NAMES, KindOfMove, kind_of_move
from ansinh.registry.queries.people import (
    find_people,
    get_person,
    list_doubles,
    list_inhabited_codes,
    must_reach_person,
    names_of,
)
from ansinh.registry.queries.plain_grants import PlainGrant, PlainGrants, list_plain_grants
from ansinh.registry.queries.recent_changes import (
    LISTED_NAMES,
    ChangeFilter,
    ChangePage,
    RecentChange,
    list_recent_changes,
    listed_kind,
)
from ansinh.registry.queries.sealed import PROOFS, SEALED
from ansinh.registry.queries.standings import GrantStanding, list_concerned, list_grant_standings, standings_of
from ansinh.registry.queries.under_way import list_imports_under_way
from ansinh.registry.queries.unplaced import list_unplaced_residents
from ansinh.registry.rules import CHANGE_NAMES, FACT_KINDS, FactKind
from ansinh.registry.states import HOLD_KINDS

__all__ = [
    "CHANGE_NAMES",
    "FACT_KINDS",
    "HOLD_KINDS",
    "LISTED_NAMES",
    "MOVE_NAMES",
    "PROOFS",
    "SEALED",
    "ChangeCard",
    "ChangeFilter",
    "ChangePage",
    "FactKind",
    "GrantStanding",
    "KindOfMove",
    "KnownThen",
    "NoSuchChange",
    "PlainGrant",
    "PlainGrants",
    "RecentChange",
    "changes_told",
    "count_proposals",
    "files_naming",
    "find_people",
    "get_person",
    "get_person_as_known",
    "get_person_of_change",
    "get_register_file",
    "held_alone",
    "keep_holds_still",
    "kind_of_move",
    "list_changes",
    "list_circles",
    "list_concerned",
    "list_doubles",
    "list_facilities",
    "list_file_findings",
    "list_grant_standings",
    "list_imports_under_way",
    "list_inhabited_codes",
    "list_person_proposals",
    "list_plain_grants",
    "list_proposals",
    "list_recent_changes",
    "list_register_files",
    "list_set_aside_rows",
    "list_unplaced_residents",
    "listed_kind",
    "listed_value",
    "marked_workbook",
    "must_reach_person",
    "names_of",
    "open_accounts",
    "standings_of",
]
