"""How a run is drawn: its five steps with who and when, its due days, what may be done with it now. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise

from ansinh.payroll.queries import Run, SecondApproval
from ansinh.payroll.types import ASSISTANCE, StepOffer
from ansinh.web import wording
from ansinh.web.deadlines import DueDay, approve_by, due_day, report_before, transfer_before
from ansinh.web.money import MoneySums, done_steps, money_marks
from ansinh.web.types import Mark, RunSums


@dataclass(frozen=True, slots=True)
class Button:
    """A step as the page offers it; not allowed: greyed, with the reason beside it."""

    action: str
    title: str
    hint: str
    allowed: bool
    why_not: str
    needs_reason: bool
    look: str


@dataclass(frozen=True, slots=True)
class Progress:
    """All that the head of a run shows."""

    run: Run
    place: str
    sums: RunSums
    marks: tuple[Mark, ...]
    due: tuple[tuple[str, DueDay], ...]
    buttons: tuple[Button, ...]
    # How far the money has come, once the list is approved.
    money: MoneySums | None = None
    is_settled: bool = False
    # Why the list needs two approvals, where it is above a threshold; and who gave the first.
    second: SecondApproval | None = None
    approved_by: str = ""

    @property
    def programme(self) -> str:
        """What the list is of, where it is not social assistance."""
        return "" if self.run.programme == ASSISTANCE else str(wording.PROGRAMMES[self.run.programme])

    @property
    def money_marks(self) -> tuple[Mark, ...]:
        """The nine steps of the money; none before approval."""
        return () if self.money is None else money_marks(self.money)


def marks_of(run: Run, names: Mapping[int, str]) -> tuple[Mark, ...]:
    """The five steps, a sixth above a threshold; a cancelled run has none to do."""
    done = wording.STEPS_DONE[run.state] + (run.countersigned_by is not None)
    facts = [
        (run.opened_at, names.get(run.opened_by, "")),
        (run.computed_at, ""),
        (run.checked_at, ""),
        (run.submitted_at, names.get(run.submitted_by or 0, "")),
        (run.approved_at, names.get(run.approved_by or 0, "")),
    ]
    titles = [*wording.STEPS]
    if run.threshold_id is not None:
        titles.append(wording.SECOND_STEP)
        facts.append((run.countersigned_at, names.get(run.countersigned_by or 0, "")))
    marks = []
    for number, (title, (at, by)) in enumerate(zip(titles, facts, strict=True)):
        if number < done:
            marks.append(Mark(str(title), "done", at, by))
        else:
            look = "off" if run.state == "CANCELLED" else "here" if number == done else "ahead"
            marks.append(Mark(str(title), look))
    return tuple(marks)


def due_days_of(run: Run, today: date, money: MoneySums | None = None) -> tuple[tuple[str, DueDay], ...]:
    """When the list should be signed, when the money should be with the payer, when results should be back."""
    approved_at = run.approved_at if run.threshold_id is None else run.countersigned_at
    approved_on = None if approved_at is None else timezone.localdate(approved_at)
    approval = ("approve", due_day(approve_by(run.month), today=today, done_on=approved_on))
    sent_on = money.sent_on if money is not None and done_steps(money)["transfer"] else None
    transfer = ("transfer", due_day(transfer_before(run.month), today=today, done_on=sent_on))
    if money is None:
        return (approval, transfer)
    report = ("report", due_day(report_before(run.month), today=today, done_on=None))
    # A day missed so long ago that nobody is helped by it is no news; nor is what already came back.
    reported = done_steps(money)["results"]
    return tuple(one for one in (transfer, report) if one[1].state != "past" and not (one is report and reported))


def buttons_of(run: Run, offers: Sequence[StepOffer]) -> tuple[Button, ...]:
    """The steps on offer, the one that leads on first and strongest; that one also when refused, with its reason."""
    done = wording.STEPS_DONE[run.state]
    forward = ("compute_run", "check_run", "submit_run", "approve_run", "countersign_run")
    leading = forward[done - 1] if 0 < done < 6 and run.state != "APPROVED" else ""
    buttons = [
        Button(
            action=offer.action,
            title=str(_title(offer.action, done)),
            hint=str(wording.BUTTON_HINTS[offer.action]),
            allowed=offer.allowed,
            why_not=offer.why_not,
            needs_reason=offer.action in wording.NEEDS_REASON,
            look=_look(offer.action, leading),
        )
        for offer in offers
        if offer.allowed or offer.action == leading
    ]
    return tuple(sorted(buttons, key=lambda button: (button.look != "primary", button.needs_reason)))


def _title(action: str, done: int) -> Promise:
    first_done = {"compute_run": 2, "check_run": 3}
    if done >= first_done.get(action, 9):
        return wording.BUTTONS_AGAIN[action]
    return wording.BUTTONS[action]


def _look(action: str, leading: str) -> str:
    if action == leading:
        return "primary"
    return "danger" if action == "cancel_run" else "plain"
