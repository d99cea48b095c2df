"""Runs paid out in one payment: one leads, the others of the same place are paid with it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from ansinh.kernel.refusal import Refusal
from ansinh.payroll.models import Run, RunHand
from ansinh.payroll.states import PREPARING_ACTS, SIGNING_ACTS


class SamePersonPaidTogether(Refusal):
    """{who} đã lập, trình hoặc duyệt một danh sách chi chung trong lần này ({lists}), nên một mình sẽ vừa lập vừa duyệt
    cùng một khoản tiền. Hãy để người khác làm bước này, hoặc chi riêng từng danh sách."""


def list_paid_together(lead_ids: Iterable[int]) -> list[Run]:
    """These runs and all that are paid with them: of each the leading one first, then by month."""
    ids = list(lead_ids)
    runs = Run.objects.filter(Q(pk__in=ids) | Q(paid_with_id__in=ids)).exclude(state="CANCELLED")
    return sorted(runs, key=lambda run: (run.paid_with_id or run.pk, run.paid_with_id is not None, run.month, run.pk))


def together_with(run: Run) -> list[Run]:
    """All runs paid out in one payment with this one, the leading one first; the run alone if it is paid alone."""
    return list_paid_together([run.paid_with_id or run.pk])


def must_not_have_prepared(runs: Iterable[Run], user_id: int, *, name: str) -> None:
    """Refuses (SamePersonPaidTogether) whoever prepared any run paid together with one of these."""
    together = list_paid_together({run.paid_with_id or run.pk for run in runs})
    _refuse(_touched(together, user_id, PREPARING_ACTS), name)


def must_not_have_approved(runs: Iterable[Run], user_id: int, *, name: str) -> None:
    """Refuses (SamePersonPaidTogether) whoever approved any of these runs."""
    _refuse(_touched(runs, user_id, SIGNING_ACTS), name)


def _touched(runs: Iterable[Run], user_id: int, acts: tuple[str, ...]) -> list[Run]:
    """Those of the runs the person did one of the acts to, in whatever round of submission."""
    found = list(runs)
    hands = RunHand.objects.filter(run_id__in=[run.pk for run in found], user_id=user_id, did__in=acts)
    touched = set(hands.values_list("run_id", flat=True))
    return [run for run in found if run.pk in touched]


def _refuse(own: list[Run], name: str) -> None:
    if own:
        lists = ", ".join(f"kỳ số {run.pk} tháng {run.month.vi}" for run in own)
        raise SamePersonPaidTogether(who=name, lists=lists)
