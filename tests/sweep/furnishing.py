"""A commune furnished with one of everything there is to look at and to do, brought about by the real actions."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from ansinh.access.actions import add_user
from ansinh.access.types import SYSTEM, Role
from ansinh.funds.actions import add_contract, assign_budget, record_transfer, request_transfer
from ansinh.jobs.actions import cancel_job, start_job
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payout.actions import (
    cancel_order,
    decide_recovery,
    hold_order,
    issue_orders,
    release_batch,
)
from ansinh.payout.models import Batch, Order, Recovery
from ansinh.payroll.actions import (
    add_payee,
    approve_run,
    approve_threshold,
    check_run,
    clear_finding,
    compute_run,
    create_occasion,
    open_occasion,
    open_run,
    pay_together,
    propose_level_pack,
    propose_threshold,
    submit_run,
)
from ansinh.payroll.models import LevelStart, Line, RunFinding
from ansinh.payroll.types import Criteria
from ansinh.platform.models import AuditEntry
from ansinh.reconcile.actions import apply_results, import_results
from ansinh.reconcile.models import ResultsRow
from ansinh.registry.actions import correct_identity, import_register, place_hold, record_death
from ansinh.registry.models import Change, Grant, Person, Proposal, SealedNumber
from ansinh.registry.types import Paper
from ansinh.reports.actions import export_payer_list
from ansinh.settlement.actions import close_month, confirm_month
from tests.registry.conftest import register
from tests.seeding import Desk, add_person
from tests.web.paying import filled, written

POST = "buu-dien"
STEPS = ("OPEN", "COMPUTED", "CHECKED", "SUBMITTED")
_LEVELS = (
    "title: Nghị quyết {name}\nlevels: [{{regime: tcxh, area: '{place}', from: '{month}', value: 700000, law: NQ}}]\n"
)


@dataclass(frozen=True, slots=True)
class Folk:
    """A commune, and what the people and papers there are called: in no other commune's words."""

    place: str
    family: str
    # Ends every identity number and account of the commune.
    digits: str
    gift_dong: int

    def called(self, given: str) -> str:
        """A full name."""
        return f"{self.family} {given}"


@dataclass(slots=True)
class Things:
    """One of everything in a commune: what addresses, commands and actions are given."""

    place: str
    month: Month
    names: tuple[str, ...]
    # Figures, codes and numbers nobody elsewhere may be told.
    secrets: list[str] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def months() -> tuple[Month, ...]:
    """The months of the world: three gone by, this one, the next."""
    first = Month.containing(timezone.localdate()) + -3
    return tuple(first + number for number in range(5))


def furnish(desk: Desk, folk: Folk) -> Things:
    """Everything, in the order it happens."""
    furnishing = _Furnishing(desk, folk)
    furnishing.settle()
    furnishing.pay_months()
    furnishing.give_once()
    furnishing.take_registers()
    furnishing.propose_levels()
    furnishing.take_on()
    return furnishing.things


class _Furnishing:
    def __init__(self, desk: Desk, folk: Folk) -> None:
        self.desk, self.folk = desk, folk
        self.months = months()
        given = ("Sình Cao", "Sình Nặng", "Sình Chăm", "Sình Kín", "Sình Vắng", "Sình Mất", "Sình Khuất", "Sình Giữ")
        self.things = Things(folk.place, self.months[3], tuple(folk.called(name) for name in given))
        self.people: dict[str, Person] = {}

    def at(self, month: Month, day: int = 20) -> datetime:
        """Nine in the morning of a day of the month before: when its list is drawn up."""
        before = month + -1
        return datetime(before.year, before.number, day, 2, 0, tzinfo=timezone.get_current_timezone())

    def settle(self) -> None:
        """Who lives there, and the year's money."""
        first, place = self.months[0], self.folk.place
        cao, nang, cham, kin, vang, mat, khuat, giu = self.things.names
        self._add("elder", cao, date(1932, 1, 1), "elderly_80_no_pension")
        cared = self._add("disabled", nang, date(1981, 2, 27), "disabled_exceptional")
        self._add("carer", cham, date(1982, 1, 9), "carer_household_exceptional", cared_for=cared)
        self._add("veiled", kin, date(1985, 3, 2), "adult_hiv_poor")
        self._add("absent", vang, date(1984, 8, 13), "disabled_severe")
        self._add("dead", mat, date(1975, 5, 5), "disabled_severe")
        self._add("buried", khuat, date(1976, 6, 6), "disabled_severe")
        self._add("held", giu, date(1977, 7, 7), "disabled_severe")
        double = add_person(nang, born=date(1981, 2, 27), category="disabled_severe", commune=place, opening=first)
        self.things.ids["double"] = double.pk
        self.things.words["identity"] = f"006032{self.folk.digits}"
        correct_identity(person_id=self.things.ids["elder"], number=self.things.words["identity"],
                         paper=Paper("", None, "thẻ căn cước", "nhập thiếu"), by=self.desk.officer,
                         at=self.at(first))  # fmt: skip
        self.things.ids["number"] = SealedNumber.objects.filter(person=self.people["elder"]).latest("pk").pk
        for year in {month.year for month in self.months}:
            for fund in ("tcxh", "social_pension", "gift"):
                assign_budget(
                    place_code=place, fund=fund, year=year, amount_dong=Dong(90_000_000 + self.folk.gift_dong),
                    decision_no=f"{self.folk.family}/QĐ", decided_on=date(year, 1, 2), by=self.desk.finance,
                    at=self.at(first),
                )  # fmt: skip
        self.things.secrets += [self.folk.family, f"{90_000_000 + self.folk.gift_dong:,}".replace(",", ".")]

    def _add(self, key: str, name: str, born: date, category: str, cared_for: Person | None = None) -> Person:
        person = add_person(name, born=born, category=category, commune=self.folk.place, opening=self.months[0],
                            cared_for=cared_for)  # fmt: skip
        self.people[key] = person
        self.things.ids[key] = person.pk
        return person

    def pay_months(self) -> None:
        """Three months in the payer's hands, the first settled; this month's orders; the next month approved."""
        first, second, third, this, following = self.months
        absent = self.things.names[4]
        self.things.ids["settled_run"] = self._released(first)
        self._report(first, unpaid=(absent,))
        asked: dict[str, Any] = {"payer": POST, "place_code": self.folk.place, "month": first}
        confirm_month(**asked, by=self.desk.officer, at=self.at(first + 1, 20))
        close_month(**asked, by=self.desk.finance, at=self.at(first + 1, 21))
        self._released(second)
        self.things.ids["applied_file"] = self._report(second, unpaid=(absent,), wrong=self.things.names[0])
        self.things.ids["row"] = ResultsRow.objects.get(
            file_id=self.things.ids["applied_file"], verdict="set_aside"
        ).pk  # fmt: skip
        run_id = self.things.ids["released_run"] = self._released(third)
        batch = self.things.ids["released_batch"] = Batch.objects.get(run_id=run_id).pk
        self.things.ids["checked_file"] = self._checked(batch, unpaid=(absent,), wrong=self.things.names[1])
        self.things.words["released_code"] = Order.objects.get(person_id=self.people["absent"].pk, month=third).code
        self._bury(third)
        self.things.ids["issued_run"] = self._issued(this)
        self.things.ids["batch"] = Batch.objects.get(run_id=self.things.ids["issued_run"]).pk
        asked["month"] = this
        moved = request_transfer(**asked, by=self.desk.finance, at=self.at(this, 25))
        self.things.ids["transfer"] = moved.transfer_id
        order = Order.objects.get(person_id=self.people["absent"].pk, month=this)
        self.things.ids["order"], self.things.words["order_code"] = order.pk, order.code
        held = hold_order(order_id=Order.objects.get(person_id=self.people["veiled"].pk, month=this).pk, kind="doubt",
                          since_on=self.at(this).date(), by=self.desk.officer, at=self.at(this, 25))  # fmt: skip
        self.things.ids["hold"] = held.hold_id
        self.things.ids["run"] = self._approved(following)
        self.things.ids["line"] = Line.objects.filter(
            run_id=self.things.ids["issued_run"], person_id=self.people["elder"].pk
        ).values_list("id", flat=True)[0]  # fmt: skip

    def _bury(self, month: Month) -> None:
        """Two deaths told late; what both were paid since is to be got back."""
        for number, key in enumerate(("dead", "buried")):
            record_death(
                person_id=self.people[key].pk, died_on=self.at(self.months[0], 1).date(),
                paper=Paper(f"3{number}/QĐ-{self.folk.family}", self.at(month).date(), "", ""),
                by=self.desk.officer, at=self.at(month, 25),
            )  # fmt: skip
        self.things.ids["grant"] = Grant.objects.get(person=self.people["disabled"]).pk
        self.things.ids["change"] = Change.objects.filter(person=self.people["dead"]).latest("pk").pk

    def _approved(self, month: Month) -> int:
        at, run_id = self.at(month), 0
        run_id = open_run(place_code=self.folk.place, month=month, by=self.desk.officer, at=at).run_id
        compute_run(run_id=run_id, by=self.desk.officer, at=at)
        check_run(run_id=run_id, by=self.desk.officer, at=at)
        self._clear(run_id, at)
        submit_run(run_id=run_id, by=self.desk.officer, at=at)
        approve_run(run_id=run_id, by=self.desk.approver, at=at)
        return run_id

    def _clear(self, run_id: int, at: datetime) -> None:
        for finding in RunFinding.objects.filter(run_id=run_id, severity="blocking", cleared_at=None):
            clear_finding(run_id=run_id, finding_id=finding.pk, reason="đã xác minh", by=self.desk.officer, at=at)

    def _issued(self, month: Month) -> int:
        run_id = self._approved(month)
        issue_orders(run_id=run_id, by=self.desk.officer, at=self.at(month, 22))
        return run_id

    def _released(self, month: Month) -> int:
        run_id, at = self._issued(month), self.at(month, 23)
        asked = request_transfer(payer=POST, place_code=self.folk.place, month=month, by=self.desk.finance, at=at)
        record_transfer(transfer_id=asked.transfer_id, voucher_no=f"UNC-{self.folk.family}-{month}",
                        sent_on=at.date(), by=self.desk.finance, at=at)  # fmt: skip
        for batch in Batch.objects.filter(run_id=run_id):
            release_batch(batch_id=batch.pk, by=self.desk.finance, at=at)
        return run_id

    def _checked(self, batch_id: int, *, unpaid: tuple[str, ...], wrong: str = "") -> int:
        """The post's file on a batch, looked through."""
        batch = Batch.objects.get(pk=batch_id)
        made = export_payer_list(batch_id=batch_id, form="csv", by=self.desk.payer, at=self.at(batch.month, 24))
        rows = list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"))))
        content = filled(rows, unpaid=unpaid, day=f"{self.at(batch.month, 25):%d/%m/%Y}")
        for row in rows:
            if row["Họ và tên"] == wrong:
                row["Số tiền"] = "1"
        if wrong:
            content = written(rows)
        return import_results(content=content, file_name=f"ket-qua-{self.folk.family}.csv", payer=POST,
                              by=self.desk.payer, at=self.at(batch.month, 26)).file_id  # fmt: skip

    def _report(self, month: Month, *, unpaid: tuple[str, ...], wrong: str = "") -> int:
        """The post's file on a month, recorded."""
        file_id = 0
        for batch in Batch.objects.filter(month=month, place_code=self.folk.place):
            file_id = self._checked(batch.pk, unpaid=unpaid, wrong=wrong)
            apply_results(file_id=file_id, by=self.desk.payer, at=self.at(month, 27))
        return file_id

    def give_once(self) -> None:
        """Gifts at every step from a decision to a list that waits for approval; what is owed back, decided or not."""
        this = self.months[3]
        dead, buried = (Recovery.objects.get(person_id=self.people[key].pk) for key in ("dead", "buried"))
        self.things.ids["recovery"], self.things.ids["decided_recovery"] = dead.pk, buried.pk
        decide_recovery(recovery_id=buried.pk, way="cash", decision_no="41/QĐ", decided_on=self.at(this, 25).date(),
                        by=self.desk.approver, at=self.at(this, 26))  # fmt: skip
        place_hold(person_id=self.people["held"].pk, kind="death_report", since_on=self.at(this, 25).date(),
                   by=self.desk.officer, at=self.at(this, 26))  # fmt: skip
        self.things.ids["occasion"] = self._occasion("Nháp")
        add_payee(occasion_id=self.things.ids["occasion"], person_id=self.people["absent"].pk, by=self.desk.officer,
                  at=self.at(this, 22))  # fmt: skip
        for number, step in enumerate(STEPS):
            self.things.ids[step.lower()] = self._given(number)
        self.things.ids["ready"] = self._given(2, "soát xong")
        self._clear(self.things.ids["ready"], self.at(this, 22))
        self._give_out(this)
        self._sign_twice(this)
        self._give_together(self.months[4])
        self.things.ids["finding"] = RunFinding.objects.filter(run_id=self.things.ids["checked"]).earliest("pk").pk

    def _give_out(self, month: Month) -> None:
        """A gift whose money is there and may be released; another that waits for money, an order of it cancelled; a
        third without orders yet.
        """
        at, by = self.at(month, 24), self.desk.finance
        approved, paid, later = (self._given(3, called, also=("absent", "disabled")) for called in ("I", "II", "III"))
        for run_id in (approved, paid, later):
            approve_run(run_id=run_id, by=self.desk.approver, at=at)
        self.things.ids["approved_gift"] = approved
        issue_orders(run_id=paid, by=self.desk.officer, at=at)
        self.things.ids["gift_batch"] = Batch.objects.get(run_id=paid).pk
        moved = request_transfer(payer=POST, place_code=self.folk.place, month=month, by=by, at=at)
        record_transfer(transfer_id=moved.transfer_id, voucher_no=f"UNC-quà-{self.folk.family}", sent_on=at.date(),
                        by=by, at=at)  # fmt: skip
        issue_orders(run_id=later, by=self.desk.officer, at=at)
        cancelled = Order.objects.get(run_id=later, person_id=self.people["absent"].pk)
        cancel_order(order_id=cancelled.pk, reason="ghi nhầm", by=self.desk.approver, at=at)
        self.things.ids["cancelled_order"] = cancelled.pk

    def _sign_twice(self, month: Month) -> None:
        """A gift's list above a threshold, signed once."""
        at = self.at(month, 25)
        made = propose_threshold(
            place_code=self.folk.place, fund="gift", amount_dong=Dong(1_000), starts=month,
            decision_no=f"79/QĐ-{self.folk.family}", decided_on=at.date(), by=self.desk.officer, at=at,
        )  # fmt: skip
        approve_threshold(threshold_id=made.threshold_id, by=self.desk.approver, at=at)
        run_id = self.things.ids["signed_once"] = self._given(3, "hai chữ ký")
        approve_run(run_id=run_id, by=self.desk.approver, at=at)

    def _give_together(self, month: Month) -> None:
        """A gift's list to be paid out with the month's, and one that already is."""
        self.things.ids["beside"] = self._given(1, "để riêng", month=month)
        run_id = self.things.ids["joined"] = self._given(1, "chi chung", month=month)
        pay_together(run_id=run_id, with_run_id=self.things.ids["run"], reason="cùng kỳ", by=self.desk.officer,
                     at=self.at(month, 22))  # fmt: skip

    def _occasion(self, called: str, month: Month | None = None, *, by_list: bool = False) -> int:
        return create_occasion(
            kind="gift", title=f"Quà {called} {self.folk.family}", place_code=self.folk.place,
            month=month or self.months[3],
            decision_no=f"7/QĐ-{self.folk.family}", decided_on=self.at(self.months[3]).date(),
            amount_dong=Dong(self.folk.gift_dong),
            criteria=None if by_list else Criteria(age_from=80), by=self.desk.officer,
            at=self.at(self.months[3], 21),
        ).occasion_id  # fmt: skip

    def _given(self, number: int, called: str = "", *, also: tuple[str, ...] = (), month: Month | None = None) -> int:
        """A gift's list at a step, to the oldest or to these."""
        at, by = self.at(self.months[3], 22), self.desk.officer
        occasion_id = self._occasion(called or f"thứ {number}", month, by_list=bool(also))
        for key in also:
            add_payee(occasion_id=occasion_id, person_id=self.people[key].pk, by=by, at=at)
        run_id = open_occasion(occasion_id=occasion_id, by=by, at=at).run_id
        for act in (compute_run, check_run, submit_run)[:number]:
            if act is submit_run:
                self._clear(run_id, at)
            act(run_id=run_id, by=by, at=at)
        return run_id

    def take_registers(self) -> None:
        """A register taken in, and a later one that says otherwise."""
        row = (f"{self.folk.family} Thị Sổ", "1932", "Nữ", f"006132{self.folk.digits}", "0912345678", "Nà Pài",
               "Người khuyết tật nặng", "2,0", "", f"12/QĐ-{self.folk.family}",
               "01/06/2019", "06/2019", "")  # fmt: skip
        asked: dict[str, Any] = {"place_code": self.folk.place, "month": self.months[4], "by": self.desk.officer}
        first = import_register(content=register(row), file_name=f"so-{self.folk.family}.xlsx",
                                at=self.at(self.months[4], 2), **asked)  # fmt: skip
        changed = (*row[:5], "Bản Khác", *row[6:])
        import_register(content=register(changed), file_name="so-sau.xlsx", at=self.at(self.months[4], 3), **asked)
        self.things.ids["register"] = first.file_id
        self.things.ids["proposal"] = Proposal.objects.filter(file__place_code=self.folk.place).latest("pk").pk
        waiting: dict[str, Any] = {
            "kind": "register_import", "arguments": {"place_code": self.folk.place, "month": str(self.months[4])},
            "content": register(row), "file_name": f"so-lon-{self.folk.family}.xlsx", "by": self.desk.officer,
        }  # fmt: skip
        self.things.ids["job"] = start_job(at=self.at(self.months[4], 4), **waiting).job_id
        self.things.ids["stopped_job"] = start_job(at=self.at(self.months[4], 5), **waiting).job_id
        cancel_job(job_id=self.things.ids["stopped_job"], by=self.desk.officer, at=self.at(self.months[4], 6))
        self.things.ids["listed"] = Person.objects.get(full_name=row[0]).pk

    def propose_levels(self) -> None:
        """Levels of its own, loaded and not yet approved."""
        month = self.months[4] + 2
        text = _LEVELS.format(name=self.folk.family, place=self.folk.place, month=month)
        self.things.ids["levels"] = propose_level_pack(
            content=text.encode(), file_name="muc.yaml", place_code=self.folk.place, first_payroll=month,
            decision_no=f"77/QĐ-{self.folk.family}", decided_on=self.at(self.months[4]).date(), by=self.desk.officer,
            at=self.at(self.months[4]),
        ).level_pack_id  # fmt: skip
        self.things.ids["level_start"] = LevelStart.objects.create(
            place_code=self.folk.place, law="nd335", first_payroll=month, reason="theo nghị quyết",
            proposed_at=self.at(self.months[4]), proposed_by=self.desk.officer.user_id,
        ).pk  # fmt: skip
        self.things.ids["threshold"] = propose_threshold(
            place_code=self.folk.place, fund="tcxh", amount_dong=Dong(900_000_000), starts=month,
            decision_no=f"78/QĐ-{self.folk.family}", decided_on=self.at(self.months[4]).date(), by=self.desk.officer,
            at=self.at(self.months[4]),
        ).threshold_id  # fmt: skip
        self.things.ids["entry"] = AuditEntry.objects.filter(place_code=self.folk.place).latest("number").number
        self.things.ids["contract"] = add_contract(
            payer=POST, place_code=self.folk.place, number=f"02/HĐ-{self.folk.family}",
            signed_on=self.months[0].first_day, starts=self.months[4], fee_rate=Decimal("0.001"), channels=("cash",),
            by=self.desk.finance, at=self.at(self.months[4]),
        ).contract_id  # fmt: skip

    def take_on(self) -> None:
        """Somebody new in the office, as the administrators' trail tells."""
        add_user(username=f"moi-{self.folk.place}", full_name=self.folk.called("Thị Mới"), role=Role.INSPECTOR,
                 area=self.folk.place, by=SYSTEM, at=self.at(self.months[4]))  # fmt: skip
        self.things.ids["staff_entry"] = AuditEntry.objects.filter(action="access.add_user").latest("number").number
