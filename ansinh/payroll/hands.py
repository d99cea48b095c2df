"""Whose hands a list went through, and who told what it says: they do nothing else with its money."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.models import Run, RunHand
from ansinh.payroll.states import PREPARING_ACTS, SIGNING_ACTS
from ansinh.platform import sql


class TellerSigns(Refusal):
    """{who} đã ghi biến động, nhập sổ, nhận đề nghị thay đổi hoặc lập đợt chi một lần của người trong danh sách này từ
    kỳ duyệt trước, nên không được phê duyệt. Danh sách phải do một người khác duyệt."""


class SignerPrepares(Refusal):
    """{who} đã phê duyệt danh sách này hoặc một danh sách chi chung, nên không được lập, tính, kiểm tra hay trình lại.
    Việc này phải do một người khác làm."""


def hands_of(run_ids: Iterable[int], acts: Iterable[str] = (*PREPARING_ACTS, *SIGNING_ACTS)) -> set[int]:
    """Who did these acts to the runs, or to any paid out together with them."""
    ids = list(run_ids)
    leads = Run.objects.filter(pk__in=ids, paid_with__isnull=False).values_list("paid_with_id", flat=True)
    together = {*ids, *leads}
    found = RunHand.objects.filter(Q(run_id__in=together) | Q(run__paid_with_id__in=together), did__in=list(acts))
    return set(found.values_list("user_id", flat=True))


def told_by(run_ids: Iterable[int], user_id: int) -> bool:
    """Whether somebody told what any of the lists says, since the last list of the person that others approved: a
    change, a register file, a proposal taken over; or made the occasion or its payees."""
    return bool(told_among(run_ids, user_id))


def told_among(run_ids: Iterable[int], user_id: int) -> frozenset[int]:
    """Those of the runs of which `told_by` is true."""
    rows = sql.rows("payroll/find_told", {"run_ids": sorted(run_ids), "user_id": user_id})
    return frozenset(row["id"] for row in rows)


def prepared_among(run_ids: Iterable[int], user_id: int) -> frozenset[int]:
    """Those of the lists the person opened, computed, checked or submitted, or settled a finding of."""
    hands = RunHand.objects.filter(run_id__in=list(run_ids), user_id=user_id, did__in=PREPARING_ACTS)
    return frozenset(hands.values_list("run_id", flat=True))


def must_not_sign(run_ids: Iterable[int], by: Actor) -> None:
    """Refuses (TellerSigns) whoever told what one of the lists says."""
    if told_by(run_ids, by.user_id):
        raise TellerSigns(who=by.name)


def must_not_have_signed(run_ids: Iterable[int], by: Actor) -> None:
    """Refuses (SignerPrepares) whoever signed one of the lists, or one paid with it, now or before it came back."""
    if by.user_id in hands_of(run_ids, SIGNING_ACTS):
        raise SignerPrepares(who=by.name)
