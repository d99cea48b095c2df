"""Every command that somebody does, with what it asks of them and something of a commune's to do it to."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tests.sweep.furnishing import POST, Things

_LEVELS = Path(__file__).resolve().parents[2] / "examples" / "levels" / "muc-tinh.yaml"
# Whoever sits at the server does these, as nobody: they keep the machine, or read what is public.
OPERATORS = frozenset({
    "doctor", "start", "stop", "serve", "worker", "demo", "synth", "user add", "keys add", "keys list", "keys retire",
    "keys rotate",
    "verify", "funds show payers", "facility list", "policy cases", "places search", "audit check", "docs check",
    "docs write", "manage", "retention apply", "retention list", "user end-sessions", "user paper",
    "user remove-second-factor", "user retire-demonstration",
})  # fmt: skip
# Play several parts one after the other, each part by whoever may: no one permission opens them.
PLAYED = frozenset({"month play", "month close", "one-off play"})


@dataclass(frozen=True, slots=True)
class Command:
    """A command's name, the permission it asks for, and its other words; `{…}` is filled in from the things."""

    name: str
    needs: str
    words: str = ""

    def line(self, things: Things) -> list[str]:
        """What is typed, without --as and --json."""
        known = {
            **things.ids, **things.words, "place": things.place, "month": str(things.month), "post": POST,
            "settled": str(things.month + -3), "second": str(things.month + -2), "next": str(things.month + 1),
            "later": str(things.month + 2), "levels_from": str(things.month + 4), "year": str(things.month.year),
            "yaml": str(_LEVELS), "nowhere": os.devnull, "run_document": f"run:{things.ids['issued_run']}",
        }  # fmt: skip
        return [*self.name.split(), *(word.format_map(known) for word in self.words.split())]


_AT = "{month} --place {place}"
_MONEY = f"{_AT} --payer {{post}}"
_SENT = "--voucher UNC-9 --on 2026-01-05"
_PAPER = "--decision-no 5/QĐ --decided-on 2026-01-05 --evidence giấy --reason vì"


def _change(name: str, words: str, act: str) -> Command:
    return Command(f"change {name}", f"registry.{act}", f"{words} {_PAPER}")


COMMANDS: tuple[Command, ...] = (
    Command("register import", "registry.import_register", "{yaml} --place {place} --month {next}"),
    Command("jobs import-register", "registry.import_register", "{yaml} --place {place} --month {next}"),
    Command("jobs month", "payroll.compute_run", "compute {month} --place {place}"),
    Command("jobs import-results", "reconcile.import_results", "{yaml} --payer {post}"),
    Command("jobs apply-results", "reconcile.apply_results", "{checked_file}"),
    Command("jobs list", "jobs.see_jobs"),
    Command("jobs show", "jobs.see_jobs", "{job}"),
    Command("jobs cancel", "jobs.cancel_job", "{job}"),
    Command("jobs resume", "jobs.resume_job", "{stopped_job}"),
    Command("results import", "reconcile.import_results", "{yaml} --payer {post}"),
    Command("one-off import", "payroll.add_payee", "{occasion} {yaml}"),
    Command("policy simulate", "payroll.see_levels", "{yaml} --place {place} --months 1"),
    Command("policy draft add", "payroll.propose_level_pack", "{yaml} --place {place} --from {levels_from}"),
    Command("audit export", "access.see_audit", "{nowhere}"),
    Command("register place", "registry.place_resident", "{elder} --commune {place} --from {later}"),
    Command("register proposals", "registry.see_registers"),
    Command("register proposals", "registry.accept_proposals", "--accept {proposal}"),
    Command("register upcoming", "payroll.see_lists", "--place {place}"),
    Command("register wording", "registry.add_wording", "nkt-nặng-lắm disabled_severe"),
    _change("adjust", "{disabled} --grant {grant} --from {month}", "adjust_grant"),
    _change("birth", "{elder} --born 1933", "correct_birth"),
    _change("children", "{elder} --on 2026-01-05", "record_children"),
    _change("collector", "{elder} --name Con --from 2026-01-05 --until 2026-12-31", "change_collector"),
    _change("death", "{elder} --on 2026-01-05", "record_death"),
    _change("fact", "{elder} poverty poor --on 2026-01-05", "record_fact"),
    _change("grant", "{elder} disabled_severe", "record_grant"),
    _change("identity", "{elder} --number 006032123456", "correct_identity"),
    _change("merge", "{disabled} {double} --from {month}", "merge_people"),
    _change("missing", "{elder} --on 2026-01-05", "record_missing"),
    _change("move", "{elder} --from {later}", "move_resident"),
    _change("name", "{elder} --to Khác", "correct_name"),
    _change("resume", "{disabled} --grant {grant} --on 2026-01-05", "resume_grant"),
    _change("stop", "{disabled} --grant {grant} --on 2026-01-05", "stop_grant"),
    _change("suspend", "{disabled} --grant {grant} --from {month}", "suspend_grant"),
    _change("undo", "{change}", "undo_change"),
    Command("change known", "registry.see_people", "{elder} --on 2026-01-05"),
    Command("change list", "registry.see_people", "{elder}"),
    Command("month countersign", "payroll.countersign_run", _AT),
    Command("month threshold approve", "payroll.approve_threshold", "{threshold}"),
    Command("month threshold list", "payroll.see_levels"),
    Command("month threshold propose", "payroll.propose_threshold",
            "{levels_from} --place {place} --fund tcxh --amount 1000000 --decision 9/QĐ --decided-on 2026-01-05"),
    Command("month threshold withdraw", "payroll.withdraw_threshold", "{threshold} --reason vì"),
    Command("month approve", "payroll.approve_run", _AT),
    Command("month cancel", "payroll.cancel_run", f"{_AT} --reason vì"),
    Command("month check", "payroll.check_run", _AT),
    Command("month clear", "payroll.clear_finding", f"{{finding}} {_AT} --reason vì"),
    Command("month compare", "payroll.see_lists", _AT),
    Command("month compute", "payroll.compute_run", _AT),
    Command("month issue", "payout.issue_orders", "{next} --place {place}"),
    Command("month open", "payroll.open_run", "{later} --place {place}"),
    Command("month pay-apart", "payroll.pay_apart", f"{_AT} --reason vì"),
    Command("month pay-together", "payroll.pay_together", f"{_AT} --with-month {{next}} --reason vì"),
    Command("month refresh", "payroll.refresh_spans", "{next} --place {place}"),
    Command("month release", "payout.release_batch", _AT),
    Command("month return", "payroll.return_run", f"{_AT} --reason vì"),
    Command("month submit", "payroll.submit_run", _AT),
    Command("one-off add", "payroll.add_payee", "{occasion} {carer}"),
    Command("one-off approve", "payroll.approve_run", "{occasion}"),
    Command("one-off create", "payroll.create_occasion",
            "gift {month} --place {place} --title Quà --decision-no 9/QĐ --decided-on 2026-01-05 "
            "--amount 1000 --age-from 80"),
    Command("one-off issue", "payout.issue_orders", "{occasion}"),
    Command("one-off list", "payroll.see_lists"),
    Command("one-off open", "payroll.open_occasion", "{occasion}"),
    Command("one-off pay-together", "payroll.pay_together", "{occasion} --with-month {next} --reason vì"),
    Command("one-off remove", "payroll.remove_payee", "{occasion} {carer}"),
    Command("one-off show", "payroll.see_lists", "{occasion}"),
    Command("one-off submit", "payroll.submit_run", "{occasion}"),
    Command("results apply", "reconcile.apply_results", "{checked_file}"),
    Command("results discard", "reconcile.discard_results", "{checked_file} --reason vì"),
    Command("results layout", "reconcile.save_layout",
            "{post} --column order_code=Mã --column amount=Tiền --column outcome=KQ --word Rồi=paid"),
    Command("results list", "reconcile.see_results"),
    Command("results resolve", "reconcile.resolve_row", "{row} --dismiss --reason vì"),
    Command("results rows", "reconcile.see_results"),
    Command("funds advance", "funds.record_advance", f"{_MONEY} {_SENT}"),
    Command("funds budget", "funds.assign_budget", "{place} tcxh {year} 1000000 --decision 9/QĐ --on 2026-01-05"),
    Command("funds close-year", "funds.close_year", "{year} --fund tcxh --place {place}"),
    Command("funds contract", "funds.add_contract",
            "{post} --place {place} --number 3/HĐ --signed-on 2026-01-05 --from 2026-01 "
            "--fee-rate 0.001 --channel cash"),
    Command("funds contract-end", "funds.end_contract", "{contract} --from 2099-01 --reason vì"),
    Command("funds fee", "funds.pay_fee", f"{_MONEY} {_SENT}"),
    Command("funds payer", "funds.add_payer", "ngan-hang --name Vietin --kind bank"),
    Command("funds release", "funds.release_reservation", "{run_document} tcxh 1 --reason vì"),
    Command("funds return", "funds.record_return", f"{_MONEY} {_SENT} --reason vì"),
    Command("funds show account", "funds.see_money", "reserved"),
    Command("funds show budgets", "funds.see_money", "{year}"),
    Command("funds show contracts", "funds.see_money"),
    Command("funds show money", "funds.see_money", _AT),
    Command("funds show transfers", "funds.see_money", "{month}"),
    Command("funds transfer cancel", "funds.cancel_transfer", "{transfer} --reason vì"),
    Command("funds transfer request", "funds.request_transfer", _MONEY),
    Command("funds transfer sent", "funds.record_transfer", f"{{transfer}} {_SENT}"),
    Command("recovery decide", "payout.decide_recovery", "{recovery} --way cash --decision 9/QĐ --on 2026-01-05"),
    Command("recovery list", "payout.see_recoveries"),
    Command("recovery reopen", "payout.reopen_recovery", "{decided_recovery} --reason vì"),
    Command("recovery repay", "payout.record_repayment", "{decided_recovery} 10000 --voucher G-1 --on 2026-01-05"),
    Command("recovery show", "payout.see_recoveries", "{recovery}"),
    Command("recovery write-off", "payout.write_off_recovery",
            "{decided_recovery} --decision 9/QĐ --on 2026-01-05 --reason vì"),
    Command("facility add", "registry.add_facility", "Trung-tâm --place {place} --representative Ba"),
    Command("hold lift", "registry.lift_hold", "{hold} --why vì"),
    Command("hold list", "registry.see_people"),
    Command("hold place", "registry.place_hold", "{elder} --kind doubt"),
    Command("uncollected keep", "payout.keep_uncollected", "{absent} --reason vì"),
    Command("uncollected list", "payout.see_uncollected"),
    Command("uncollected suspend", "payout.suspend_uncollected",
            "{absent} --from {later} --decision 9/QĐ --on 2026-01-05"),
    Command("uncollected year-end", "payout.see_uncollected", "{year} --place {place}"),
    Command("user appoint", "access.appoint", "inspector-here --role payer --place 02020 --payer {post}"),
    Command("user borrow", "access.borrow_approver", "approver-next-door --place 02020 --paper 3/CV --reason vì"),
    Command("user deputy", "access.appoint_deputy",
            "inspector-here --for {appointment} --from 2099-01-01 --until 2099-02-01 --reason vì"),
    Command("user end-appointment", "access.end_appointment", "{appointment} --reason vì"),
    Command("user list", "access.see_staff"),
    Command("user retire", "access.retire_user", "inspector-here --reason vì"),
    Command("user show", "access.see_staff", "inspector-here"),
    Command("person access-report", "registry.see_people", "{elder}"),
    Command("person reveal", "registry.reveal_number", "{elder} --reason vì"),
    Command("audit head", "access.see_audit"),
    Command("audit search", "access.see_audit"),
    Command("policy apply-from", "payroll.propose_level_start", "{levels_from} --law nd335 --place {place}"),
    Command("policy draft approve", "payroll.approve_level_pack", "{levels}"),
    Command("policy draft list", "payroll.see_levels"),
    Command("policy draft show", "payroll.see_levels", "{levels}"),
    Command("policy draft withdraw", "payroll.withdraw_level_pack", "{levels} --reason vì"),
    Command("policy explain", "registry.see_people", "--person {elder} --month {month}"),
    Command("policy preview", "payroll.see_levels", "{later} --law nd335 --place {place}"),
    Command("policy schedule", "payroll.see_levels"),
    Command("policy withdraw", "payroll.withdraw_level_start", "{level_start}"),
)  # fmt: skip
