"""Every address of the web, with what it asks of the visitor and something of a commune's to open it with.

Written by hand and beside the code, not read from it: what a page needs is said twice, and the sweep compares.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.registry.conftest import register
from tests.sweep.furnishing import POST, Things

Given = Callable[[Things], dict[str, Any]]

# Whoever signed in; anybody at all; whoever signed in, about themselves.
EVERYBODY, ANYBODY, OWN = "everybody", "anybody", "own"


def NOTHING(_things: Things) -> dict[str, Any]:  # noqa: N802 - told apart from arguments by being this one
    return {}


@dataclass(frozen=True, slots=True)
class Door:
    """One way through an address. `sight` opens it by GET, `act` by POST; "" where it takes no such request."""

    name: str
    sight: str = ""
    act: str = ""
    # Held besides, by GET and by POST: of a job, what its kind of work asks.
    sight_too: str = ""
    act_too: str = ""
    args: Given = NOTHING
    query: Given = NOTHING
    posted: Given = NOTHING
    # Files posted with it: field → name and content.
    files: Callable[[Things], dict[str, tuple[str, bytes]]] = field(default=lambda _things: {})
    # Too slow to be opened again by every role that may: the first does, and whoever may not tries.
    slow: bool = False


def ids(**named: str) -> Given:
    """Arguments taken from the ids of things: run_id="open" is the id of what is called "open"."""
    return lambda things: {key: things.ids[called] for key, called in named.items()}


def also(first: Given, **more: Any) -> Given:
    """The same arguments and fixed ones."""
    return lambda things: {**first(things), **more}


def here(things: Things) -> dict[str, Any]:
    """The place and the month of this month's orders."""
    return {"place_code": things.place, "month": things.month}


def its_year(things: Things) -> dict[str, Any]:
    """The place and the year of this month's orders."""
    return {"place_code": things.place, "year": things.month.year}


def words(**fixed: Any) -> Given:
    """Always the same."""
    return lambda _things: dict(fixed)


WHY = words(reason="vì đã xác minh")
SIGNED = {"decision_no": "9/QĐ", "decided_on": "2026-01-05"}
_PERSON = ids(person_id="elder")
_RUN = ids(run_id="issued_run")
_BATCH = ids(batch_id="batch")
_ORDER = ids(order_id="order")
_FILE = ids(file_id="applied_file")
_RECOVERY = ids(recovery_id="recovery")
_TRANSFER = ids(transfer_id="transfer")
_OCCASION = ids(occasion_id="occasion")
_LEVELS = ids(level_pack_id="levels")


def _search(what: str) -> Given:
    return lambda things: {"q": {"name": things.names[0], **things.words}[what]}


def _settled(things: Things) -> dict[str, Any]:
    return {"place_code": things.place, "month": things.month + -3, "payer": POST}


def _level_file(things: Things) -> dict[str, tuple[str, bytes]]:
    month = things.month + 4
    text = f"title: Mức\nlevels: [{{regime: tcxh, area: '{things.place}', from: '{month}', value: 710000, law: NQ}}]\n"
    return {"file": ("muc.yaml", text.encode())}


def _small_file(_things: Things) -> dict[str, tuple[str, bytes]]:
    return {"file": ("ket-qua.csv", "Mã lệnh chi,Số tiền,Kết quả\nAS0,1,Đã trả\n".encode())}


def _register_file(_things: Things) -> dict[str, tuple[str, bytes]]:
    row = ("Hà Văn Mới", "1950", "Nam", "", "", "Nà Pài", "Người khuyết tật nặng", "2,0", "", "1/QĐ", "01/06/2019",
           "06/2019", "")  # fmt: skip
    return {"file": ("so.xlsx", register(row))}


def _upload(things: Things) -> dict[str, Any]:
    return {"place": things.place, "month": str(things.month + 1)}


def _levels_posted(things: Things) -> dict[str, Any]:
    return {"place": things.place, "month": str(things.month + 4), "do": "load", **SIGNED}


def _gift(things: Things) -> dict[str, Any]:
    return {
        "kind": "gift", "title": "Quà thăm", "place": things.place, "month": str(things.month), "amount": "300.000",
        "by_criteria": "on", "age_from": "80", **SIGNED,
    }  # fmt: skip


def _decided(verdict: str) -> Given:
    return lambda things: {"ids": [things.ids["proposal"]], "verdict": verdict}


def _new_payee(things: Things) -> dict[str, Any]:
    return {"full_name": "Hà Văn Mới", "born": "1950", "sex": "male", "commune": things.place, "reason": "mất giấy tờ"}


MONEY_DOORS = (
    Door("web:money", "funds.see_money", args=_RUN),
    Door("web:issue_orders", act="payout.issue_orders", args=ids(run_id="approved_gift")),
    Door("web:transfers", "funds.see_money", args=here),
    Door("web:request_transfer", act="funds.request_transfer", args=also(here, payer=POST)),
    Door("web:transfer_paper", "funds.see_money", args=also(_TRANSFER, form="pdf"), slow=True),
    Door("web:transfer_paper", "funds.see_money", args=also(_TRANSFER, form="xlsx")),
    Door("web:record_transfer", act="funds.record_transfer", args=_TRANSFER,
         posted=words(voucher_no="UNC-9", sent_on="2026-11-01")),
    Door("web:cancel_transfer", act="funds.cancel_transfer", args=_TRANSFER, posted=WHY),
    Door("web:budget", "funds.see_money", "funds.assign_budget", args=its_year,
         posted=words(fund="tcxh", amount_dong="1.000.000", **SIGNED)),
    Door("web:batches", "payout.see_orders"),
    Door("web:batch", "payout.see_orders", args=_BATCH),
    Door("web:release_batch", act="payout.release_batch", args=ids(batch_id="gift_batch")),
    Door("web:cancel_batch", act="payout.cancel_batch", args=_BATCH, posted=WHY),
    Door("web:payer_list", act="reports.export_payer_list", args=also(ids(batch_id="released_batch"), form="xlsx")),
    Door("web:payer_list", act="reports.export_payer_list", args=also(ids(batch_id="released_batch"), form="csv")),
    Door("web:orders", "payout.see_orders"),
    Door("web:orders", "payout.see_orders", query=lambda things: {"name": things.names[0]}),
    Door("web:orders", "payout.see_orders", query=lambda things: {"run": things.ids["issued_run"]}),
    Door("web:order", "payout.see_orders", args=_ORDER),
    Door("web:find_order", "payout.see_orders", args=lambda things: {"code": things.words["order_code"]}),
    Door("web:cancel_order", act="payout.cancel_order", args=_ORDER, posted=WHY),
    Door("web:reissue_order", act="payout.reissue_order", args=ids(order_id="cancelled_order"), posted=WHY),
    Door("web:hold_order", act="payout.hold_order", args=_ORDER, posted=words(kind="doubt", since_on="2026-01-05")),
    Door("web:hold_person", act="registry.place_hold", args=_PERSON, posted=words(kind="doubt", since_on="2026-01-05")),
    Door("web:holds", "registry.see_people"),
    Door("web:lift_hold", act="registry.lift_hold", args=ids(hold_id="hold"), posted=WHY),
    Door("web:uncollected", "payout.see_uncollected"),
    Door("web:suspend_uncollected", act="payout.suspend_uncollected", args=ids(person_id="absent"),
         posted=lambda things: {"from_month": str(things.month + 2), **SIGNED}),
    Door("web:keep_uncollected", act="payout.keep_uncollected", args=ids(person_id="absent"), posted=WHY),
    Door("web:year_end", "payout.see_uncollected", args=its_year),
    Door("web:renew_year_end", act="payout.renew_year_end", args=its_year, posted=words(document_no="3/TB")),
    Door("web:recoveries", "payout.see_recoveries"),
    Door("web:recoveries", "payout.see_recoveries", query=lambda things: {"name": things.names[5]}),
    Door("web:recovery", "payout.see_recoveries", args=_RECOVERY),
    Door("web:decide_recovery", act="payout.decide_recovery", args=_RECOVERY, posted=words(way="cash", **SIGNED)),
    Door("web:record_repayment", act="payout.record_repayment", args=ids(recovery_id="decided_recovery"),
         posted=words(amount_dong="10.000", voucher_no="GNT-1", paid_on="2026-11-01")),
    Door("web:write_off_recovery", act="payout.write_off_recovery", args=ids(recovery_id="decided_recovery"),
         posted=words(reason="Khó khăn", **SIGNED)),
    Door("web:reopen_recovery", act="payout.reopen_recovery", args=ids(recovery_id="decided_recovery"), posted=WHY),
    Door("web:results", "reconcile.see_results", "reconcile.import_results", posted=words(payer=POST, month=""),
         files=_small_file),
    Door("web:results_layout", act="reconcile.save_layout", files=_small_file,
         posted=words(payer=POST, headings=["Mã lệnh chi", "Số tiền", "Kết quả"], column_order_code="Mã lệnh chi",
                      column_amount="Số tiền", column_outcome="Kết quả", words_paid="Đã trả")),
    Door("web:set_aside", "reconcile.see_results"),
    Door("web:results_row", "reconcile.see_results", args=ids(row_id="row")),
    Door("web:results_row", "reconcile.see_results", args=ids(row_id="row"), query=_search("name")),
    Door("web:resolve_row", act="reconcile.resolve_row", args=also(ids(row_id="row"), how="dismiss"), posted=WHY),
    Door("web:resolve_row", act="reconcile.resolve_row", args=also(ids(row_id="row"), how="match_order"),
         posted=lambda things: {"order_code": things.words["order_code"], "reason": "đúng người"}),
    Door("web:results_file", "reconcile.see_results", args=_FILE),
    Door("web:results_file", "reconcile.see_results", args=_FILE, query=words(show="findings")),
    Door("web:apply_results", act="reconcile.apply_results", args=ids(file_id="checked_file")),
    Door("web:discard_results", act="reconcile.discard_results", args=ids(file_id="checked_file"), posted=WHY),
    Door("web:marked_results", "reconcile.see_results", args=_FILE),
    Door("web:settlements", "settlement.see_settlements"),
    Door("web:settlement", "settlement.see_settlements", args=here),
    Door("web:settlement", "settlement.see_settlements",
         args=lambda things: {"place_code": things.place, "month": things.month + -3}),
    Door("web:carried", "settlement.see_settlements", args=_settled),
    Door("web:settlement_paper", "settlement.see_settlements", args=also(_settled, form="pdf"), slow=True),
    Door("web:settlement_paper", "settlement.see_settlements", args=also(_settled, form="xlsx")),
    Door("web:settlement_step", act="settlement.confirm_month",
         args=lambda things: {**_settled(things), "month": things.month + -2, "action": "confirm_month"}),
    Door("web:settlement_step", act="settlement.close_month",
         args=lambda things: {**_settled(things), "month": things.month + -2, "action": "close_month"}),
    Door("web:settlement_step", act="settlement.reopen_month", args=also(_settled, action="reopen_month"), posted=WHY),
)  # fmt: skip

LIST_DOORS = (
    Door("web:board", EVERYBODY),
    Door("web:places", EVERYBODY, query=words(q="cho don")),
    Door("web:simulation", "payroll.see_levels", "payroll.see_levels", slow=True,
         posted=lambda things: {"place": things.place, "month": str(things.month + 2), "months": "1", "regime": "tcxh",
                                "amount": "700.000", "starts": str(things.month + 2)}),
    Door("web:level_packs", "payroll.see_levels", "payroll.propose_level_pack", posted=_levels_posted,
         files=_level_file),
    Door("web:level_pack", "payroll.see_levels", args=_LEVELS),
    Door("web:level_pack", "payroll.see_levels", args=_LEVELS, query=words(look="1"), slow=True),
    Door("web:approve_level_pack", act="payroll.approve_level_pack", args=_LEVELS),
    Door("web:withdraw_level_pack", act="payroll.withdraw_level_pack", args=_LEVELS, posted=WHY),
    Door("web:upcoming", "payroll.see_lists", query=lambda things: {"place": things.place}),
    Door("web:export_upcoming", "payroll.see_lists", query=lambda things: {"place": things.place}),
    Door("web:refresh_upcoming", act="payroll.refresh_spans", posted=lambda things: {"place": things.place}),
    Door("web:occasions", "payroll.see_lists"),
    Door("web:new_occasion", "payroll.see_lists", "payroll.create_occasion", posted=_gift),
    Door("web:new_occasion", act="payroll.see_lists", posted=lambda things: {**_gift(things), "preview": "1"}),
    Door("web:occasion", "payroll.see_lists", args=_OCCASION),
    Door("web:add_payee", act="payroll.add_payee", args=_OCCASION, posted=ids(person_id="carer")),
    Door("web:add_new_payee", act="payroll.add_payee", args=_OCCASION, posted=_new_payee),
    Door("web:remove_payee", act="payroll.remove_payee", args=ids(occasion_id="occasion", person_id="absent")),
    Door("web:open_occasion", act="payroll.open_occasion", args=_OCCASION),
    Door("web:open_run", "payroll.see_runs", "payroll.open_run",
         posted=lambda things: {"place": things.place, "month": str(things.month + 2)}),
    Door("web:run", "payroll.see_runs", args=_RUN),
    Door("web:run", "payroll.see_runs", args=_RUN, query=lambda things: {"name": things.names[0]}),
    Door("web:export", "payroll.see_lists", args=_RUN),
    Door("web:changes", "payroll.see_lists", args=_RUN),
    Door("web:findings", "payroll.see_lists", args=ids(run_id="checked")),
    Door("web:clear_finding", act="payroll.clear_finding", args=ids(run_id="checked", finding_id="finding"),
         posted=WHY),
    Door("web:summary", "payroll.see_runs", args=_RUN),
    Door("web:papers", "payroll.see_lists", args=_RUN),
    Door("web:paper", "payroll.see_lists", args=also(_RUN, name="payment_list", form="xlsx")),
    *(Door("web:paper", "payroll.see_lists", args=also(_RUN, name=name, form=form), slow=True)
      for name in ("payment_list", "change_list", "summary_by_group", "summary_by_commune", "group_table")
      for form in ("pdf", "xlsx")),
    Door("web:history", "payroll.see_runs", args=_RUN),
    *(Door("web:step", act=f"payroll.{action}", args=also(ids(run_id=state), action=action), posted=WHY)
      for action, state in (("compute_run", "open"), ("check_run", "computed"), ("submit_run", "ready"),
                            ("approve_run", "submitted"), ("countersign_run", "signed_once"),
                            ("return_run", "submitted"), ("cancel_run", "open"))),
    Door("web:pay_together", act="payroll.pay_together", args=ids(run_id="beside"),
         posted=lambda things: {"with": things.ids["run"], "reason": "cùng kỳ"}),
    Door("web:pay_apart", act="payroll.pay_apart", args=ids(run_id="joined"), posted=WHY),
)  # fmt: skip

PEOPLE_DOORS = (
    *(Door("web:people", "registry.see_people", query=_search(what)) for what in ("name", "identity", "order_code")),
    Door("web:recent_changes", "registry.see_people"),
    Door("web:export_changes", "registry.see_people"),
    Door("web:person", "registry.see_people", args=_PERSON),
    Door("web:person", "registry.see_people", args=ids(person_id="veiled")),
    Door("web:record_change", "registry.see_people", "registry.record_death", args=_PERSON,
         query=words(kind="death"), posted=words(step="record", happened_on="2026-11-01", decision_no="5/QĐ",
                                                 decided_on="2026-11-03", evidence="trích lục")),
    Door("web:record_change", "registry.see_people", "registry.merge_people", args=ids(person_id="disabled"),
         query=words(kind="merge"),
         posted=lambda things: {"step": "preview", "double": things.names[1], "from_month": str(things.month),
                                "double_picked": str(things.ids["double"]), **SIGNED}),
    Door("web:record_change", "registry.see_people", "registry.record_grant", args=_PERSON,
         query=words(kind="grant", category="carer_household_exceptional"),
         posted=lambda things: {"step": "preview", "cared_for": things.names[1],
                                "cared_for_picked": str(things.ids["disabled"]), **SIGNED}),
    Door("web:who_looked", "registry.see_people", args=_PERSON),
    Door("web:who_looked_paper", "registry.see_people", args=_PERSON, slow=True),
    Door("web:reveal_number", act="registry.reveal_number", args=ids(person_id="elder", number_id="number"),
         posted=WHY),
    Door("web:story", "registry.see_people", args=_PERSON),
    Door("web:story", "registry.see_people", args=_PERSON, query=words(on="2026-11-01")),
    Door("web:undo_change", "registry.undo_change", "registry.undo_change",
         args=ids(person_id="dead", change_id="change"), posted=WHY),
    Door("web:why", "registry.see_people", args=ids(person_id="elder", line_id="line")),
    Door("web:slip", "registry.see_people", slow=True,
         args=lambda things: {"person_id": things.ids["elder"], "month": things.month}),
    Door("web:explained", "registry.see_people",
         args=lambda things: {"person_id": things.ids["elder"], "month": things.month}),
    Door("web:registers", "registry.see_registers", "registry.import_register", posted=_upload, files=_register_file),
    Door("web:proposals", "registry.see_registers"),
    *(Door("web:decide_proposals", act=f"registry.{verdict}_proposals",
           posted=_decided(verdict))
      for verdict in ("accept", "refuse")),
    Door("web:register", "registry.see_registers", args=ids(file_id="register")),
    Door("web:marked", "registry.see_registers", args=ids(file_id="register")),
    Door("web:jobs", "jobs.see_jobs"),
    Door("web:whole_place", "payroll.see_runs", act="payroll.compute_run", act_too="jobs.start_job",
         posted=lambda things: {"place": things.place, "month": str(things.month), "step": "month_compute"}),
    Door("web:job", "jobs.see_jobs", sight_too="registry.see_registers", args=ids(job_id="job")),
    Door("web:cancel_job", act="jobs.cancel_job", act_too="registry.import_register", args=ids(job_id="job")),
    Door("web:resume_job", act="jobs.resume_job", act_too="registry.import_register", args=ids(job_id="stopped_job")),
)  # fmt: skip

_NAMED = words(username="inspector-here")
STAFF_DOORS = (
    # Whoever is signed in sees their own acts there, and prints the head: it names nobody.
    Door("web:audit", EVERYBODY),
    Door("web:audit_entry", "access.see_audit", args=ids(number="staff_entry")),
    Door("web:export_audit", EVERYBODY, args=words(form="xlsx"), slow=True),
    Door("web:audit_head", EVERYBODY, slow=True),
    Door("web:staff", "access.see_staff"),
    Door("web:new_staff", "access.see_staff", "access.add_user",
         posted=words(username="nguoi.moi", full_name="Người Mới", role="inspector", place="02020")),
    Door("web:staff_member", "access.see_staff", args=_NAMED),
    Door("web:appoint", act="access.appoint", args=_NAMED,
         posted=words(role="officer", place="02020", reason="phân công")),
    Door("web:borrow_approver", act="access.borrow_approver", args=words(username="province_approver-here"),
         posted=words(place="02020", paper_number="3/CV", reason="xã ít người")),
    Door("web:retire_user", act="access.retire_user", args=_NAMED, posted=WHY),
    Door("web:appoint_deputy", act="access.appoint_deputy", args=ids(appointment_id="appointment"),
         posted=words(username="officer-here", starts_on="01/01/2099", ends_on="01/02/2099", reason="đi học")),
    Door("web:end_appointment", act="access.end_appointment", args=ids(appointment_id="appointment"), posted=WHY),
    Door("web:who_may_what", "access.see_matrix"),
    Door("web:staff_security", "access.see_staff"),
    Door("web:issue_sign_in_paper", act="access.issue_sign_in_paper", args=_NAMED),
    Door("web:remove_second_factor", act="access.remove_second_factor", args=_NAMED, posted=WHY),
    Door("web:end_sessions_of", act="access.end_sessions", args=_NAMED, posted=WHY),
    Door("web:thresholds", "payroll.see_levels", "payroll.propose_threshold",
         posted=lambda things: {"place": things.place, "month": str(things.month + 5), "fund": "tcxh", **SIGNED,
                                "amount": "1.000.000", "countersigner": "approver"}),
    Door("web:approve_threshold", act="payroll.approve_threshold", args=ids(threshold_id="threshold")),
    Door("web:withdraw_threshold", act="payroll.withdraw_threshold", args=ids(threshold_id="threshold"), posted=WHY),
)  # fmt: skip

# Signing in, and one's own security: of other people's there is nothing behind these, whatever number is asked for.
ENTRY_DOORS = (
    Door("web:sign_in", ANYBODY, ANYBODY, posted=words(username="ai", password="gì")),
    Door("web:sign_out", act=EVERYBODY),
    Door("web:language", act=ANYBODY, posted=words(language="en")),
    Door("web:sign_in_by_paper", ANYBODY, ANYBODY),
    Door("web:security", EVERYBODY),
    Door("web:waiting_act", OWN),
    Door("web:end_other_sessions", act=EVERYBODY),
    Door("web:end_session", act=OWN, args=words(session_id=10**6)),
    Door("mfa_remove_webauthn", OWN, OWN, args=words(pk=10**6)),
    *(Door(name, OWN, OWN) for name in (
        "mfa_authenticate", "mfa_login_webauthn", "account_change_password", "account_reauthenticate",
        "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_activate_totp", "mfa_deactivate_totp",
        "mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    )),
)  # fmt: skip

DOORS: tuple[Door, ...] = (*ENTRY_DOORS, *LIST_DOORS, *MONEY_DOORS, *PEOPLE_DOORS, *STAFF_DOORS)
