"""Reading the register. Queries of people take the actor and keep to their areas."""

from __future__ import annotations

from ansinh.registry.queries.accounts import open_accounts
from ansinh.registry.queries.changes import ChangeCard, KnownThen, get_person_as_known, list_changes
from ansinh.registry.queries.circles import list_circles
from ansinh.registry.queries.files import (
    get_register_file,
    list_file_findings,
    list_person_proposals,
    list_proposals,
    list_register_files,
    list_set_aside_rows,
    listed_value,
    marked_workbook,
)
from ansinh.registry.queries.people import find_people, get_person
from ansinh.registry.queries.under_way import list_imports_under_way
from ansinh.registry.queries.unplaced import list_unplaced_residents

__all__ = [
    "ChangeCard",
    "KnownThen",
    "find_people",
    "get_person",
    "get_person_as_known",
    "get_register_file",
    "list_changes",
    "list_circles",
    "list_file_findings",
    "list_imports_under_way",
    "list_person_proposals",
    "list_proposals",
    "list_register_files",
    "list_set_aside_rows",
    "list_unplaced_residents",
    "listed_value",
    "marked_workbook",
    "open_accounts",
]
