"""Computing runs that are locked already, any number at once: staged, and their lines made what staging says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count, Sum

from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.laws import LawBook
from ansinh.payroll.models import Line, Run, RunFinding
from ansinh.payroll.staging import alike, staged_lines
from ansinh.payroll.types import RunComputed
from ansinh.places.queries import path_of
from ansinh.platform import sql
from ansinh.platform.copying import refresh_loaded


class LawChangedSinceOpening(Refusal):
    """Bộ quy định đã thay đổi từ khi mở kỳ chi trả số {run_id}. Hãy hủy kỳ này và mở lại,
    để danh sách được lập theo một bộ quy định duy nhất."""


def must_go_by_law_of_now(runs: Iterable[Run]) -> None:
    """Refuses (LawChangedSinceOpening): levels agreed to or withdrawn since a run was opened make it another law, as a
    new release does."""
    book = LawBook()
    for run in runs:
        path = path_of(run.place_code, run.month.first_day)
        if run.pack_digest != book.law(path, run.month).pack.digest:
            raise LawChangedSinceOpening(run_id=run.pk)


def take_over(runs: Sequence[Run]) -> list[RunComputed]:
    """Make the lines of the runs what is due and not listed; what that changed, in the order of the runs."""
    removed: dict[int, int] = {}
    added: dict[int, int] = {}
    for together in alike(runs):
        asked = {"run_ids": [run.pk for run in together], "month": together[0].month.first_day}
        with staged_lines(together):
            removed |= _counted("payroll/remove_changed_lines", asked)
            added |= _counted("payroll/add_missing_lines", asked)
        if changed := [run for run in together if run.pk in removed or run.pk in added]:
            month = changed[0].month
            refresh_loaded(f"payroll_line_{month.year}{month.number:02d}", loads=Run.objects.all())
    # What was checked is no longer what stands there.
    RunFinding.objects.filter(run_id__in=sorted({*removed, *added})).delete()
    totals = _totals(runs)
    return [
        RunComputed(run.pk, removed.get(run.pk, 0), added.get(run.pk, 0), *totals.get(run.pk, (0, Dong(0))))
        for run in runs
    ]


def _counted(statement: str, asked: Mapping[str, object]) -> dict[int, int]:
    return {row["run_id"]: row["lines"] for row in sql.rows(statement, asked)}


def _totals(runs: Sequence[Run]) -> dict[int, tuple[int, Dong]]:
    lines = Line.objects.filter(payroll_month__in={run.month for run in runs}, run_id__in=[run.pk for run in runs])
    sums = lines.order_by().values_list("run_id").annotate(Count("id"), Sum("amount_dong"))
    return {run_id: (count, Dong(int(total))) for run_id, count, total in sums}
