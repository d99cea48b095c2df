"""Lists paid out in one payment: what a run's page says of it, and choosing it or taking it back."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.access.types import Actor
from ansinh.payout.queries import issued_among
from ansinh.payroll.actions import pay_apart, pay_together
from ansinh.payroll.queries import Run, list_leads, together_with
from ansinh.payroll.types import ASSISTANCE, FUNERAL, PREPARED_STATES, PROGRAMME_NAMES
from ansinh.web.seeing import acting, does


@dataclass(frozen=True, slots=True)
class Joined:
    """A list named where it is paid together: its run and what it is called."""

    run: Run
    title: str


@dataclass(frozen=True, slots=True)
class Together:
    """How a run is paid: with which leading one, which are paid with it, and what may be chosen now."""

    lead: Joined | None
    others: tuple[Joined, ...]
    offered: tuple[Joined, ...]
    may_part: bool

    @property
    def waiting(self) -> tuple[Joined, ...]:
        """Those paid with it that are not approved yet: until then nothing is issued."""
        return tuple(one for one in self.others if one.run.state != "APPROVED")


def together_of(run: Run, by: Actor) -> Together:
    """What the head of a run's page says of the payment."""
    runs = together_with(run)
    is_prepared = run.state in PREPARED_STATES
    offered: tuple[Joined, ...] = ()
    is_funeral = run.occasion is not None and run.occasion.kind == FUNERAL
    if is_prepared and not is_funeral and run.paid_with_id is None and by.may("payroll.pay_together"):
        leads = list_leads(run, by=by)
        issued = issued_among(one.pk for one in leads)
        offered = tuple(_joined(one) for one in leads if one.pk not in issued)
    return Together(
        lead=_joined(runs[0]) if run.paid_with_id is not None else None,
        others=() if run.paid_with_id is not None else tuple(_joined(one) for one in runs if one.pk != run.pk),
        offered=offered,
        may_part=is_prepared and run.paid_with_id is not None and by.may("payroll.pay_apart"),
    )


def _joined(run: Run) -> Joined:
    if run.occasion is not None:
        return Joined(run, f"{run.month.vi}, {run.occasion.title}")
    if run.programme == ASSISTANCE:
        return Joined(run, run.month.vi)
    return Joined(run, f"{run.month.vi}, {str(_(PROGRAMME_NAMES[run.programme])).lower()}")


@require_POST
@does("payroll.pay_together")
def join(request: HttpRequest, run_id: int) -> HttpResponse:
    """The run's money into the payment of the chosen one."""
    wanted = request.POST.get("with", "")
    done = pay_together(
        run_id=run_id,
        with_run_id=int(wanted) if wanted.isdecimal() else 0,
        reason=request.POST.get("reason", "")[:1000],
        by=acting(request),
        at=timezone.now(),
    )
    said = _("Sẽ chi chung với kỳ số %(lead)s: mỗi người một lệnh chi. Người duyệt danh sách này duyệt cả cách chi.")
    messages.success(request, said % {"lead": done.paid_with_id})
    return redirect("web:run", run_id)


@require_POST
@does("payroll.pay_apart")
def part(request: HttpRequest, run_id: int) -> HttpResponse:
    """The run paid by itself again."""
    reason = request.POST.get("reason", "")[:1000]
    pay_apart(run_id=run_id, reason=reason, by=acting(request), at=timezone.now())
    messages.success(request, _("Đã tách ra: danh sách này chi riêng."))
    return redirect("web:run", run_id)
