"""Queries of people and money ask who looks: `by`, unless a reason is written here why they need not."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import CODE

APPS = (
    "registry",
    "entitlement",
    "payroll",
    "funds",
    "payout",
    "reconcile",
    "settlement",
    "reports",
    "ledger",
    "audit",
    "jobs",
)


def named(text: str) -> frozenset[str]:
    """The names a text holds."""
    return frozenset(text.split())


# Why a query takes no `by`, and which do not.
REASONS: dict[str, frozenset[str]] = {
    "told of something that was opened by `by`: a run, a line, a file, a card, a transfer": named(
        """
        entitlement.spans_of entitlement.lost_of entitlement.get_span funds.list_parts payout.not_received
        payroll.count_roster payroll.covers payroll.explain_line payroll.forecast_of payroll.law_titles
        payroll.levels_of_pack
        payroll.list_commune_lists payroll.list_findings payroll.list_unexplained payroll.lost_in
        payroll.missing_decision payroll.named payroll.pack_of_person payroll.pack_of_run
        payroll.runs_by_level_pack payroll.said_of payroll.second_approval_of payroll.second_approvals_of
        payroll.summarise_runs payroll.title_of_start payroll.told_change payroll.totals_of
        payroll.why_late
        reconcile.list_file_findings reconcile.list_file_rows reconcile.list_rows_set_aside
        registry.changes_told registry.decided registry.list_doubles registry.list_file_findings
        registry.list_set_aside_rows registry.names_of registry.standings_of
        reports.carried_figures reports.carried_over reports.people_off_the_list reports.office_of
        reports.office_sheet reports.paper_place reports.render_sign_in_paper reports.render_head reports.spoken
        reports.with_carried reports.with_withheld reports.withheld_figures settlement.frozen_as funds.terms_of
        """
    ),
    "sums for the acts and queries above, which asked; nothing of one person": named(
        """
        funds.budget_of funds.is_closed funds.list_closed_months funds.list_held_until funds.list_needs
        funds.money_of funds.reserved_for funds.status_of funds.statuses_of funds.sum_fees funds.sum_paid
        funds.sum_transfers ledger.count_entries ledger.list_balances ledger.newest_entry ledger.sum_recipes
        settlement.codes_to_shut settlement.homes_of settlement.homes_within settlement.later_closed
        settlement.left_before settlement.list_carried settlement.months_of settlement.open_months
        settlement.rows_in_the_way settlement.settlements_of
        """
    ),
    "the work of an act on people it has reached, or of the law on all": named(
        """
        entitlement.list_decided_otherwise payout.batches_naming payout.find_not_received payout.list_rows_set_aside
        payroll.runs_naming
        registry.changes_of registry.files_naming registry.grants_of registry.held_alone registry.list_circles
        registry.list_plain_grants
        registry.list_concerned registry.list_unplaced_residents registry.open_accounts
        """
    ),
    "proofs over everything, for verify": named(
        """
        ledger.find_broken_links ledger.find_unbalanced ledger.verify_chain payout.find_wrong_renewals
        reconcile.find_unopened_files registry.find_unopened_values jobs.find_unopened_inputs
        """
    ),
    "no person and no money: contracts, layouts, law, facilities, words, heads of the trail, places": named(
        """
        funds.find_last_contract funds.get_contract funds.get_payer funds.list_covering_contracts
        registry.list_inhabited_codes
        funds.list_payers audit.act_names audit.compare_head audit.get_head payroll.amounts_gone_by
        payroll.as_written payroll.pack_listed_by payroll.regimes_by_programme payroll.said_month
        payroll.same_packs reconcile.find_layout registry.kind_of_move registry.list_facilities
        registry.listed_kind registry.listed_value jobs.worker_lives
        """
    ),
}


def queries_without_by(text: str) -> Iterator[str]:
    """Names of the public functions of a module that take no `by`."""
    for found in ast.parse(text).body:
        if isinstance(found, ast.FunctionDef) and not found.name.startswith("_"):
            names = {one.arg for one in (*found.args.posonlyargs, *found.args.args, *found.args.kwonlyargs)}
            if "by" not in names:
                yield found.name


def _queries() -> Iterator[tuple[str, Path]]:
    for app in APPS:
        single, folder = CODE / app / "queries.py", CODE / app / "queries"
        for path in (single, *sorted(folder.glob("*.py"))):
            if path.exists() and "proofs" not in path.stem:
                yield app, path


def test_queries_of_people_and_money_ask_who_looks() -> None:
    found = {f"{app}.{name}" for app, path in _queries() for name in queries_without_by(path.read_text("utf-8"))}
    explained = frozenset[str]().union(*REASONS.values())
    assert found - explained == set(), "take by: Actor, or say above why not"
    assert explained - found == set(), "no such query any more: take it off the list"


def test_a_query_that_asks_nobody_is_seen() -> None:
    told = "def list_people(commune): ...\ndef get_person(person_id, *, by): ...\ndef _rows(): ..."
    assert list(queries_without_by(told)) == ["list_people"]
