"""The money of a run, step by step: what was done, what is made of what, what this person may do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.access.types import Actor
from ansinh.funds.queries import Transfer, budget_of, list_needs, list_transfers, reserved_for
from ansinh.funds.types import FUND_NAMES
from ansinh.kernel.money import Dong, total
from ansinh.payout.actions import issue_orders
from ansinh.payout.queries import Batch, list_batches
from ansinh.payroll.queries import Run, get_run, together_with
from ansinh.web.acts import Act, why_not
from ansinh.web.deadlines import DueDay, due_day, report_before, transfer_before
from ansinh.web.desks import batches as batch_desk
from ansinh.web.desks.runs import head_of
from ansinh.web.desks.transfers import request_act, transfer_acts
from ansinh.web.money import MoneySums, done_steps, step_here
from ansinh.web.money_words import STEP_DOERS, STEPS
from ansinh.web.naming import payer_names
from ansinh.web.seeing import acting, does, shows
from ansinh.web.templatetags.office import count, dong
from ansinh.web.wording import ROLES


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount or a number with its name, and where what it is made of is shown."""

    title: str
    said: str
    address: str = ""


@dataclass(slots=True)
class Rung:
    """One of the nine steps as the page shows it. `look`: done, here, ahead."""

    step: str
    title: str
    look: str
    doer: str
    figures: list[Figure] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    note: str = ""
    stop: str = ""
    due: DueDay | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """All that the steps of one run are told from."""

    run: Run
    by: Actor
    sums: MoneySums
    today: date
    batches: list[Batch]
    transfers: list[Transfer]
    payers: dict[str, str]


@require_GET
@shows("funds.see_money")
def money(request: HttpRequest, run_id: int) -> HttpResponse:
    """The nine steps of the money of an approved run."""
    by = acting(request)
    run = get_run(run_id, by=by)
    head = head_of(run, by, "money")
    sums: MoneySums | None = head["head"].money
    # Of lists paid together the money is the leading one's, whichever page it is looked at from.
    lead = together_with(run)[0]
    rungs = [] if sums is None else _rungs(_scene(lead, by, sums))
    return render(request, "web/money/money.html", {**head, "rungs": rungs, "sums": sums})


def _scene(run: Run, by: Actor, sums: MoneySums) -> Scene:
    return Scene(
        run=run,
        by=by,
        sums=sums,
        today=timezone.localdate(),
        batches=[batch for batch in list_batches(by=by, run_id=run.pk) if batch.state != "CANCELLED"],
        transfers=list_transfers(by=by, month=run.month, place_code=run.place_code, kind="transfer"),
        payers=payer_names(),
    )


def _rungs(scene: Scene) -> list[Rung]:
    done, here = done_steps(scene.sums), step_here(scene.sums)
    rungs = []
    for step, title in STEPS.items():
        look = "here" if step == here else "done" if done[step] else "ahead"
        rung = Rung(step, str(title), look, str(ROLES[STEP_DOERS[step]]))
        _TELL[step](rung, scene)
        rungs.append(rung)
    return rungs


def _budget(rung: Rung, scene: Scene) -> None:
    year = scene.run.month.first_day.year
    address = reverse("web:budget", args=[scene.run.place_code, year])
    reserved: Counter[str] = Counter()
    for run in together_with(scene.run):
        reserved.update({fund: held.value for fund, held in reserved_for(f"run:{run.pk}").items()})
    rung.figures.append(Figure(_("Đã giữ cho danh sách này"), dong(sum(reserved.values())), address))
    short = Dong(0)
    for fund in reserved:
        status = budget_of(scene.run.place_code, fund, scene.run.month)
        said = _("Còn được dùng, %(fund)s") % {"fund": str(_(FUND_NAMES[fund])).lower()}
        rung.figures.append(Figure(said, dong(status.available_dong), address))
        short += min(status.available_dong, Dong(0))
    if short and not done_steps(scene.sums)["request"]:
        rung.stop = _("Dự toán thiếu %(missing)s. Hãy giao thêm dự toán trước khi đề nghị cấp tiền.") % {
            "missing": dong(-short)
        }
        rung.acts.append(
            Act(
                key="budget",
                title=_("Giao dự toán"),
                address=address,
                why_not=why_not("funds.assign_budget", scene.by),
                is_link=True,
            )
        )


def _orders(rung: Rung, scene: Scene) -> None:
    sums, run = scene.sums, scene.run
    listed = reverse("web:run", args=[run.pk])
    rung.figures.append(Figure(_("Danh sách đã duyệt"), dong(sums.listed_dong), listed))
    if sums.orders:
        address = f"{reverse('web:orders')}?run={run.pk}"
        rung.figures.append(Figure(_("Lệnh chi"), count(sums.orders), address))
        rung.figures.append(Figure(_("Tổng lệnh chi"), dong(sums.orders_dong), address))
    owed_back = sums.orders_dong - sums.listed_dong
    if sums.batches and owed_back > Dong(0):
        rung.note = _("Chênh %(owed)s với danh sách là tiền người hưởng còn phải hoàn lại.") % {"owed": dong(owed_back)}
    left = sums.orders_dong - sums.new_dong
    unsigned = [one for one in together_with(run) if one.state != "APPROVED"]
    if not sums.batches or left > Dong(0):
        if sums.orders and left > Dong(0):
            rung.note = _("Còn %(left)s chưa nằm trong đợt chi nào.") % {"left": dong(left)}
        rung.acts.append(
            Act(
                key="issue",
                title=_("Lập lệnh chi"),
                address=reverse("web:issue_orders", args=[run.pk]),
                hint=_("Mỗi người một lệnh; lệnh chưa lĩnh của kỳ trước được trình lại trong cùng đợt."),
                why_not=_not_signed(unsigned) or why_not("payout.issue_orders", scene.by),
                busy=_("Đang lập lệnh cho từng người trong danh sách."),
            )
        )


def _not_signed(unsigned: list[Run]) -> str:
    """Which of the lists paid together are not approved yet; nothing when all are."""
    months = ", ".join(run.month.vi for run in unsigned)
    return _("Chờ duyệt danh sách chi chung: tháng %(months)s.") % {"months": months} if months else ""


def _request(rung: Rung, scene: Scene) -> None:
    run, sums = scene.run, scene.sums
    address = reverse("web:transfers", args=[run.place_code, run.month])
    if sums.requested_dong or sums.sent_dong:
        rung.figures.append(Figure(_("Đã đề nghị"), dong(sums.requested_dong + sums.sent_dong), address))
    for payer in dict.fromkeys(batch.payer for batch in scene.batches):
        needed = total(row.dong for row in list_needs(payer=payer, place_code=run.place_code, month=run.month))
        if needed > Dong(0):
            rung.figures.append(Figure(_("Còn cần cấp"), dong(needed), address))
            rung.acts.append(request_act(run.place_code, run.month, payer, needed, scene.by))
    rung.due = _due(transfer_before(run.month), scene, done_on=sums.sent_on if rung.look == "done" else None)


def _transfer(rung: Rung, scene: Scene) -> None:
    run, sums = scene.run, scene.sums
    address = reverse("web:transfers", args=[run.place_code, run.month])
    if sums.sent_dong:
        rung.figures.append(Figure(_("Đã chuyển"), dong(sums.sent_dong), address))
    if sums.requested_dong:
        rung.figures.append(Figure(_("Đã đề nghị, chờ Kho bạc"), dong(sums.requested_dong), address))
    for transfer in scene.transfers:
        if transfer.state == "REQUESTED":
            rung.acts += transfer_acts(transfer, scene.by)


def _release(rung: Rung, scene: Scene) -> None:
    for batch in scene.batches:
        payer = scene.payers.get(batch.payer, batch.payer)
        title = _("Đợt %(number)s, %(payer)s") % {"number": batch.pk, "payer": payer}
        address = reverse("web:batch", args=[batch.pk])
        said = _("%(count)s lệnh, %(total)s") % {
            "count": count(batch.declared_count),
            "total": dong(batch.declared_dong),
        }
        rung.figures.append(Figure(title, said, address))
        acts = batch_desk.acts_of(batch, scene.by, is_paid_for=done_steps(scene.sums)["transfer"])
        rung.acts += [act for act in acts if act.look == "primary"]


def _hand_over(rung: Rung, scene: Scene) -> None:
    for batch in scene.batches:
        if batch.state != "RELEASED":
            continue
        address = reverse("web:batch", args=[batch.pk])
        if batch.handed_over_at is not None:
            on = timezone.localtime(batch.handed_over_at).strftime("%H:%M %d/%m/%Y")
            rung.figures.append(Figure(_("Đợt %(number)s đã giao") % {"number": batch.pk}, on, address))
        else:
            hindrance = why_not("payout.hand_over_batch", scene.by)
            title = _("Nhận danh sách đợt %(number)s") % {"number": batch.pk}
            rung.acts.append(Act(f"take-{batch.pk}", title, address, why_not=hindrance, is_link=True))


def _results(rung: Rung, scene: Scene) -> None:
    sums, run = scene.sums, scene.run
    where = reverse("web:batch", args=[scene.batches[0].pk]) + "?" if len(scene.batches) == 1 else ""
    base = where or f"{reverse('web:orders')}?run={run.pk}&"
    if sums.presented:
        said = _("%(number)s người, %(total)s")
        for title, state, number, amount in (
            (_("Đã trả"), "PAID", sums.paid, sums.paid_dong),
            (_("Chưa lĩnh"), "UNPAID", sums.unpaid, sums.unpaid_dong),
            (_("Chưa có kết quả"), "RELEASED", sums.waiting, sums.waiting_dong),
        ):
            if number or state == "PAID":
                facts = {"number": count(number), "total": dong(amount)}
                rung.figures.append(Figure(title, said % facts, f"{base}state={state}"))
    if sums.set_aside:
        rung.figures.append(Figure(_("Dòng để riêng"), count(sums.set_aside), reverse("web:set_aside")))
    if sums.batches_released and (sums.waiting or sums.set_aside):
        hindrance = why_not("reconcile.import_results", scene.by)
        rung.acts.append(Act("results", _("Nhập tệp kết quả"), reverse("web:results"), why_not=hindrance, is_link=True))
    rung.due = _due(report_before(run.month), scene, done_on=None)


def _settlement(permission: str, title: Callable[[], str]) -> Callable[[Rung, Scene], None]:
    def tell(rung: Rung, scene: Scene) -> None:
        sums, run = scene.sums, scene.run
        address = reverse("web:settlement", args=[run.place_code, run.month])
        number = sums.confirmed if rung.step == "confirm" else sums.closed
        if sums.batches:
            facts = {"number": count(number), "all": count(sums.communes)}
            rung.figures.append(Figure(_("Số xã"), _("%(number)s / %(all)s") % facts, address))
        if rung.look == "here":
            hindrance = why_not(permission, scene.by)
            rung.acts.append(Act(rung.step, title(), address, why_not=hindrance, is_link=True))

    return tell


def _due(on: date, scene: Scene, *, done_on: date | None) -> DueDay | None:
    """A day still to come, or missed while it can be helped; nothing for months long past."""
    due = due_day(on, today=scene.today, done_on=done_on)
    return None if due.state == "past" else due


_TELL: dict[str, Callable[[Rung, Scene], None]] = {
    "budget": _budget,
    "orders": _orders,
    "request": _request,
    "transfer": _transfer,
    "release": _release,
    "hand_over": _hand_over,
    "results": _results,
    "confirm": _settlement("settlement.confirm_month", lambda: _("Mở bảng để xác nhận")),
    "settle": _settlement("settlement.close_month", lambda: _("Mở bảng quyết toán")),
}


@require_POST
@does("payout.issue_orders")
def issue(request: HttpRequest, run_id: int) -> HttpResponse:
    """Make the orders of an approved run."""
    issued = issue_orders(run_id=run_id, by=acting(request), at=timezone.now())
    said = _("Đã lập %(orders)s lệnh chi mới trong %(batches)s đợt, tổng %(total)s.")
    facts = {"orders": count(issued.new_orders), "batches": len(issued.batch_ids), "total": dong(issued.total_dong)}
    text = said % facts
    if issued.carried_orders:
        text += " " + _("Trình lại %(number)s lệnh chưa lĩnh.") % {"number": count(issued.carried_orders)}
    if issued.left_out:
        said = _("%(number)s lệnh chưa lĩnh còn chờ vì tổ chức chi trả của họ không có hợp đồng tháng này.")
        text += " " + said % {"number": count(issued.left_out)}
    messages.success(request, text)
    return redirect("web:money", run_id)
