"""Every action, with what to do in a commune: one call each that names something there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from ansinh.access.queries import get_actor
from ansinh.access.roles import Role
from ansinh.kernel.birth import BirthDate
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payout.types import ReportedResult
from ansinh.payroll.laws import law_at
from ansinh.platform.action import registered_actions
from ansinh.registry.types import Paper
from tests.sweep.furnishing import POST, Things

PAPER = Paper("5/QĐ", date(2026, 1, 5), "trích lục", "đã xác minh")
ON = date(2026, 1, 5)
WHY = "đã xác minh"
# Numbers given to new things grow for the whole country together.
_CHANGING = re.compile(r"_ids?=\(?\d+|datetime\(.*?\)|key='[^']*'")


@dataclass(frozen=True, slots=True)
class Act:
    """An action by its permission and the arguments that name something of a commune."""

    permission: str
    given: Callable[[Things], dict[str, Any]]
    # Whether the arguments name something of a place: else it is refused or done wherever one is appointed.
    of_a_place: bool = True
    # Only tried by whoever may not: done, it would leave a key in the home or take a minute.
    only_refused: bool = False


def _of(given: dict[str, str] | None = None, **fixed: Any) -> Callable[[Things], dict[str, Any]]:
    return lambda things: {**{key: things.ids[called] for key, called in (given or {}).items()}, **fixed}


def _here(*keys: str, **fixed: Any) -> Callable[[Things], dict[str, Any]]:
    def given(things: Things) -> dict[str, Any]:
        known: dict[str, Any] = {
            "place_code": things.place, "commune_code": things.place, "month": things.month, "payer": POST,
            "commune_codes": (things.place,), "first_payroll": things.month + 4, "from_month": things.month + 2,
            "year": things.month.year, "document": f"run:{things.ids['issued_run']}",
        }  # fmt: skip
        return {**{key: known[key] for key in keys}, **fixed}

    return given


def _levels(things: Things) -> dict[str, Any]:
    month = things.month + 4
    text = f"title: Mức\nlevels: [{{regime: tcxh, area: '{things.place}', from: '{month}', value: 710000, law: NQ}}]\n"
    return {"content": text.encode(), "file_name": "muc.yaml", "place_code": things.place, "first_payroll": month,
            "decision_no": "9/QĐ", "decided_on": ON}  # fmt: skip


def _result(things: Things) -> ReportedResult:
    return ReportedResult(1, things.words["released_code"], "paid", Dong(1), happened_on=things.month.first_day)


_PERSON, _DISABLED = {"person_id": "elder"}, {"person_id": "disabled", "grant_id": "grant"}
_TRANSFER, _RUN_WHY = {"transfer_id": "transfer"}, {"reason": WHY}
_SIGNED = {"decision_no": "9/QĐ", "decided_on": ON}
_PARTS: dict[str, Any] = {"parts": (), "voucher_no": "UNC-9", "sent_on": ON}

ACTS: tuple[Act, ...] = (
    Act("access.add_user", _of(username="nguoi.moi", full_name="Người Mới", role=Role.INSPECTOR, area="02020",
                               password="mat-khau-dai-2026"), of_a_place=False),
    Act("access.add_key", _of(), of_a_place=False, only_refused=True),
    Act("access.retire_key", _of(key_number=1, columns=()), of_a_place=False, only_refused=True),
    Act("access.rotate_keys", _of(columns=()), of_a_place=False, only_refused=True),
    Act("access.appoint", _here(username="inspector-here", role=Role.PAYER, payer_code=POST, area="02020"),
        of_a_place=False),
    Act("access.appoint_deputy", lambda things: {
        "username": "inspector-here", "appointment_id": things.ids["appointment"], "starts_on": date(2099, 1, 1),
        "ends_on": date(2099, 2, 1), "reason": WHY}, of_a_place=False),
    Act("access.borrow_approver", _here(username="approver-next-door", area="02020", paper_number="3/CV", reason=WHY),
        of_a_place=False),
    Act("access.end_appointment", _of({"appointment_id": "appointment"}, reason=WHY), of_a_place=False),
    Act("access.retire_user", _of(username="inspector-here", reason=WHY), of_a_place=False),
    Act("access.clear_sessions", _of(), of_a_place=False),
    Act("access.end_sessions", _of(username="inspector-here", reason=WHY), of_a_place=False),
    Act("access.issue_sign_in_paper", _of(username="inspector-here"), of_a_place=False),
    Act("access.remove_second_factor", _of(username="inspector-here", reason=WHY), of_a_place=False),
    Act("access.retire_demonstration_people", _of(), of_a_place=False),
    Act("access.create_demonstration_people", _of(), of_a_place=False),
    Act("entitlement.recompute_spans", lambda things: {
        "commune_codes": (things.place,), "month": things.month,
        "law": law_at((things.place,), things.month)}),
    Act("funds.add_contract", _here("payer", "place_code", number="02/HĐ", signed_on=ON, starts=Month.of(2026, 1),
                                    fee_rate=Decimal("0.001"), channels=("cash",))),
    Act("funds.add_payer", _of(code="ngan-hang", name="Ngân hàng", kind="bank"), of_a_place=False),
    Act("funds.assign_budget", _here("place_code", "year", fund="tcxh", amount_dong=Dong(1_000_000), **_SIGNED)),
    Act("funds.cancel_transfer", _of(_TRANSFER, reason=WHY)),
    Act("funds.charge_fee", _here("payer", "commune_code", "month")),
    Act("funds.close_period", _here("payer", "commune_code", "month")),
    Act("funds.close_year", _here("place_code", "year", fund="tcxh")),
    Act("funds.create_demonstration_payer", _of(), of_a_place=False),
    Act("funds.end_contract", _of({"contract_id": "contract"}, ends=Month.of(2099, 1), reason=WHY)),
    Act("funds.pay_fee", _here("payer", "place_code", "month", voucher_no="UNC-8", sent_on=ON)),
    Act("funds.record_advance", _here("payer", "place_code", "month", **_PARTS)),
    Act("funds.record_return", _here("payer", "place_code", "month", reason=WHY, **_PARTS)),
    Act("funds.record_transfer", _of(_TRANSFER, voucher_no="UNC-9", sent_on=ON)),
    Act("funds.release_reservation", _here("document", fund="tcxh", amount_dong=Dong(1), reason=WHY)),
    Act("funds.reopen_period", _here("payer", "commune_code", "month", reason=WHY)),
    Act("funds.request_transfer", _here("payer", "place_code", "month")),
    Act("funds.reserve_budget", _here("document", "place_code", "month", rows=())),
    Act("funds.return_advance", _here("payer", "place_code", "month", **_PARTS)),
    Act("jobs.start_job", lambda things: {
        "kind": "register_import", "arguments": {"place_code": things.place, "month": str(things.month + 1)},
        "content": b"x", "file_name": "so.xlsx"}),
    # A job is not there for whoever may look at nothing of its kind, also at home.
    Act("jobs.cancel_job", _of({"job_id": "job"}), of_a_place=False),
    Act("jobs.resume_job", _of({"job_id": "stopped_job"}), of_a_place=False),
    Act("payout.cancel_batch", _of({"batch_id": "batch"}, reason=WHY)),
    Act("payout.cancel_order", _of({"order_id": "order"}, reason=WHY)),
    Act("payout.decide_recovery", _of({"recovery_id": "recovery"}, way="cash", **_SIGNED)),
    Act("payout.hand_over_batch", _of({"batch_id": "released_batch"}, file_digest="0" * 64)),
    Act("payout.hold_order", _of({"order_id": "order"}, kind="doubt", since_on=ON)),
    Act("payout.issue_orders", _of({"run_id": "approved_gift"})),
    Act("payout.keep_uncollected", _of({"person_id": "absent"}, reason=WHY)),
    Act("payout.record_repayment", _of({"recovery_id": "decided_recovery"}, amount_dong=Dong(10_000),
                                       voucher_no="GNT-1", paid_on=ON)),
    Act("payout.record_result", lambda things: {"payer": POST, "nonce": "n-1", "row": _result(things)}),
    Act("payout.record_results", lambda things: {"payer": POST, "source_key": "k-1", "rows": [_result(things)]}),
    Act("payout.reissue_order", _of({"order_id": "order"}, reason=WHY)),
    Act("payout.release_batch", _of({"batch_id": "batch"})),
    Act("payout.renew_year_end", _here("place_code", "year", document_no="3/TB")),
    Act("payout.reopen_recovery", _of({"recovery_id": "decided_recovery"}, reason=WHY)),
    Act("payout.suspend_uncollected", lambda things: {
        "person_id": things.ids["absent"], "from_month": things.month + 2, **_SIGNED}),
    Act("payout.write_off_recovery", _of({"recovery_id": "decided_recovery"}, reason=WHY, **_SIGNED)),
    Act("payroll.add_payee", _of({"occasion_id": "occasion", "person_id": "carer"})),
    Act("payroll.approve_level_pack", _of({"level_pack_id": "levels"})),
    Act("payroll.approve_level_start", _of({"level_start_id": "level_start"})),
    Act("payroll.approve_threshold", _of({"threshold_id": "threshold"})),
    Act("payroll.countersign_run", _of({"run_id": "submitted"})),
    Act("payroll.propose_threshold", lambda things: {
        "place_code": things.place, "fund": "tcxh", "amount_dong": Dong(1_000_000), "starts": things.month + 5,
        **_SIGNED}),
    Act("payroll.withdraw_threshold", _of({"threshold_id": "threshold"}, reason=WHY)),
    Act("payroll.approve_run", _of({"run_id": "submitted"})),
    Act("payroll.approve_runs", lambda things: {"run_ids": (things.ids["submitted"],)}),
    Act("payroll.cancel_run", _of({"run_id": "open"}, reason=WHY)),
    Act("payroll.check_run", _of({"run_id": "computed"})),
    Act("payroll.clear_finding", _of({"run_id": "checked", "finding_id": "finding"}, reason=WHY)),
    Act("payroll.compute_run", _of({"run_id": "open"})),
    Act("payroll.compute_runs", lambda things: {"run_ids": (things.ids["open"],)}),
    Act("payroll.create_occasion", _here("place_code", "month", kind="gift", title="Quà thăm", amount_dong=Dong(1000),
                                         **_SIGNED)),
    Act("payroll.open_occasion", _of({"occasion_id": "occasion"})),
    Act("payroll.open_run", lambda things: {"place_code": things.place, "month": things.month + 2}),
    Act("payroll.pay_apart", _of({"run_id": "checked"}, reason=WHY)),
    Act("payroll.pay_together", _of({"run_id": "checked", "with_run_id": "run"}, reason=WHY)),
    Act("payroll.propose_level_pack", _levels),
    Act("payroll.propose_level_start", _here("place_code", "first_payroll", law="nd335", reason=WHY)),
    Act("payroll.refresh_spans", _here("place_code", "month")),
    Act("payroll.remove_payee", _of({"occasion_id": "occasion", "person_id": "carer"})),
    Act("payroll.return_run", _of({"run_id": "submitted"}, reason=WHY)),
    Act("payroll.submit_run", _of({"run_id": "checked"})),
    Act("payroll.withdraw_level_pack", _of({"level_pack_id": "levels"}, reason=WHY)),
    Act("payroll.withdraw_level_start", _of({"level_start_id": "level_start"})),
    Act("places.load_places", _of(), of_a_place=False, only_refused=True),
    Act("reconcile.empty_discarded", _of(), of_a_place=False),
    Act("reconcile.empty_results", _of(), of_a_place=False),
    Act("registry.empty_originals", _of(), of_a_place=False),
    Act("reconcile.apply_results", _of({"file_id": "checked_file"})),
    Act("reconcile.discard_results", _of({"file_id": "checked_file"}, reason=WHY)),
    Act("reconcile.import_results", lambda things: {
        "payer": POST, "file_name": "ket-qua.csv",
        "content": f"Mã lệnh chi,Số tiền,Kết quả\n{things.words['released_code']},1,Đã trả\n".encode()}),
    Act("reconcile.resolve_row", _of({"row_id": "row"}, how="dismiss", reason=WHY)),
    Act("reconcile.resolve_row", lambda things: {
        "row_id": things.ids["row"], "how": "match_order", "reason": WHY, "order_code": things.words["order_code"]}),
    Act("reconcile.save_layout", _here("payer", name="Bưu điện", columns={"order_code": "Mã"}, words={}),
        of_a_place=False),
    Act("registry.accept_proposals", lambda things: {"ids": (things.ids["proposal"],)}),
    Act("registry.add_facility", _here("place_code", name="Trung tâm", representative="Bà Ba")),
    Act("registry.add_person", _here("commune_code", "from_month", full_name="Hà Văn Mới", sex="male", hamlet="",
                                     birth=BirthDate.parse_vi("1950"), reason=WHY)),
    Act("registry.add_wording", _of(wording="nkt nặng lắm", category="disabled_severe"), of_a_place=False),
    Act("registry.adjust_grant", lambda things: {**_of(_DISABLED, paper=PAPER)(things), "from_month": things.month}),
    Act("registry.change_collector", _of(_PERSON, full_name="Hà Văn Con", relation="con", authorised_from=ON,
                                         authorised_until=date(2026, 12, 31), paper=PAPER)),
    Act("registry.correct_birth", _of(_PERSON, birth=BirthDate.parse_vi("1933"), paper=PAPER)),
    Act("registry.correct_identity", _of(_PERSON, number="006032123456", paper=PAPER)),
    Act("registry.correct_name", _of(_PERSON, full_name="Hà Thị Khác", paper=PAPER)),
    Act("registry.follow_successors", _here("commune_codes", "month")),
    Act("registry.import_register", lambda things: {
        "content": b"x", "file_name": "so.xlsx", "place_code": things.place, "month": things.month + 1}),
    Act("registry.load_people", _of(blocks=(), people=0), of_a_place=False, only_refused=True),
    Act("registry.lift_hold", _of({"hold_id": "hold"}, why=WHY)),
    Act("registry.merge_people", lambda things: {
        "person_id": things.ids["disabled"], "double_id": things.ids["double"], "from_month": things.month,
        "paper": PAPER}),
    Act("registry.move_resident", lambda things: {
        "person_id": things.ids["elder"], "from_month": things.month + 2, "paper": PAPER}),
    Act("registry.place_hold", _of(_PERSON, kind="doubt", since_on=ON)),
    Act("registry.place_resident", lambda things: {
        "person_id": things.ids["elder"], "commune_code": things.place, "from_month": things.month + 2}),
    Act("registry.record_children", _of(_PERSON, children=(), known_on=ON, paper=PAPER)),
    Act("registry.record_death", _of(_PERSON, died_on=ON, paper=PAPER)),
    Act("registry.record_fact", _of(_PERSON, kind="poverty", value="poor", effective_on=ON, paper=PAPER)),
    Act("registry.record_grant", _of(_PERSON, category="disabled_severe", paper=PAPER)),
    Act("registry.record_missing", _of(_PERSON, missing_on=ON, paper=PAPER)),
    Act("registry.refuse_proposals", lambda things: {"ids": (things.ids["proposal"],)}),
    Act("registry.resume_grant", _of(_DISABLED, resumed_on=ON, paper=PAPER)),
    Act("registry.stop_grant", _of(_DISABLED, happened_on=ON, paper=PAPER)),
    Act("registry.suspend_grant", lambda things: {**_of(_DISABLED, paper=PAPER)(things), "from_month": things.month}),
    Act("registry.reveal_number", _of({"person_id": "elder", "number_id": "number"}, reason=WHY)),
    Act("registry.undo_change", _of({"change_id": "change"}, reason=WHY)),
    Act("reports.export_payer_list", _of({"batch_id": "released_batch"}, form="csv")),
    Act("settlement.close_month", lambda things: {
        "payer": POST, "place_code": things.place, "month": things.month + -2}),
    Act("settlement.confirm_month", lambda things: {
        "payer": POST, "place_code": things.place, "month": things.month + -2}),
    Act("settlement.reopen_month", lambda things: {
        "payer": POST, "place_code": things.place, "month": things.month + -3, "reason": WHY}),
)  # fmt: skip


def tried(act: Act, things: Things, role: Role, where: str) -> str:
    """What an act says to somebody, done and undone: "done …", or the refusal's code and words."""
    run = next(one.function for one in registered_actions() if one.permission == act.permission)
    with transaction.atomic():
        try:
            done = run(**act.given(things), by=get_actor(f"{role}-{where}"), at=timezone.now())
            return f"done {_CHANGING.sub('·', repr(done))}"
        except Refusal as refusal:
            return f"{refusal.code}: {refusal.message}"
        except DatabaseError as fault:
            return f"fault {type(fault).__name__}: {str(fault)[:120]}"
        finally:
            transaction.set_rollback(True)
