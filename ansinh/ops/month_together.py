"""`ansinh month pay-together|pay-apart`: a month's lists paid out in the payment of another month, or by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import now, preparer
from ansinh.ops.answer import Answer
from ansinh.ops.month_runs import month_options, runs_of
from ansinh.ops.options import MONTH
from ansinh.ops.preparation import prepared_database
from ansinh.payroll.actions import pay_apart, pay_together
from ansinh.payroll.queries import Run, get_run
from ansinh.payroll.types import ASSISTANCE, PaidTogether
from ansinh.places.queries import get_place


class NoListToPayWith(Refusal):
    """{place} chưa có danh sách tháng {month} để chi chung. Hãy lập và duyệt danh sách tháng đó trước, hoặc chi
    riêng."""


@click.command("pay-together")
@click.option(
    "--with-month", type=MONTH, required=True, help="Tháng đã duyệt, chưa lập lệnh chi, mà tiền chi chung vào."
)
@click.option(
    "--with-programme", default=ASSISTANCE, show_default=True, help="Chương trình của danh sách mà tiền chi chung vào."
)
@click.option("--reason", required=True, help="Văn bản hoặc lý do chi chung, ví dụ công văn chi trước Tết.")
@month_options
def together(
    answer: Answer, *, with_month: Month, with_programme: str, reason: str, month: Month, place_code: str,
    programme: str, usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Chi danh sách tháng MONTH chung một lần với danh sách tháng khác: mỗi người một lệnh chi."""
    prepared_database(answer.say)
    by = preparer(usernames)
    leads = runs_of(place_code, with_month, by, with_programme)
    done = join_runs(runs_of(place_code, month, by, programme), leads, reason, by)
    told = [f"Kỳ chi trả {one.run_id} chi chung với kỳ {one.paid_with_id} (tháng {with_month.vi})." for one in done]
    told.append(f"Trình và duyệt xong, hãy lập lệnh chi: ansinh month issue {with_month} --place {place_code}")
    _give(answer, done, told)


@click.command("pay-apart")
@click.option("--reason", required=True, help="Vì sao không chi chung nữa.")
@month_options
def apart(
    answer: Answer, *, reason: str, month: Month, place_code: str, programme: str, usernames: tuple[str, ...]
) -> None:
    """Tách danh sách tháng MONTH ra chi riêng, khi chưa trình duyệt."""
    prepared_database(answer.say)
    by = preparer(usernames)
    runs = runs_of(place_code, month, by, programme)
    done = [pay_apart(run_id=run.pk, reason=reason, by=by, at=now()) for run in runs]
    _give(answer, done, [f"Kỳ chi trả {one.run_id} chi riêng." for one in done])


def join_runs(runs: Iterable[Run], leads: Iterable[Run], reason: str, by: Actor) -> list[PaidTogether]:
    """Each run paid with the leading one of its own place; refuses (NoListToPayWith) a place without one."""
    lead_of = {lead.place_code: lead for lead in leads}
    pairs = []
    for run in runs:
        if run.place_code not in lead_of:
            month = next(iter(lead_of.values())).month if lead_of else run.month
            raise NoListToPayWith(place=get_place(run.place_code, run.month.first_day), month=month.vi)
        pairs.append((run, lead_of[run.place_code]))
    return [pay_together(run_id=run.pk, with_run_id=lead.pk, reason=reason, by=by, at=now()) for run, lead in pairs]


def joined(run_id: int, leads: Sequence[Run], reason: str, by: Actor) -> None:
    """The run paid with the leading one of its place, unless its list is past preparing."""
    run = get_run(run_id, by=by)
    if run.state not in ("SUBMITTED", "APPROVED"):
        join_runs([run], leads, reason, by)


def _give(answer: Answer, done: Sequence[PaidTogether], told: Sequence[str]) -> None:
    facts = [{"run_id": one.run_id, "paid_with": one.paid_with_id, "reason": one.reason} for one in done]
    answer.give({"runs": facts}, "\n".join(told))
