"""Run every check over a computed run."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from ansinh.access.types import Actor
from ansinh.payroll.checks import CHECKS
from ansinh.payroll.models import RunFinding
from ansinh.payroll.ports import added_checks
from ansinh.payroll.runs import lock_run, move_run, stamped
from ansinh.payroll.types import CheckedList, Found, RunChecked
from ansinh.platform.action import action


@action(permission="payroll.check_run", name="Kiểm tra danh sách")
def check_run(*, run_id: int, by: Actor, at: datetime) -> RunChecked:
    """Write down what the checks see. What was cleared with a reason and is still seen stays cleared."""
    run = lock_run(run_id, by=by)
    move_run(run, "check_run", by=by, **stamped(at, by, "checked"))
    found = [finding for check in CHECKS for finding in check(run)]
    listed = CheckedList(run.pk, run.place_code, run.month, run.programme)
    found += [finding for check in added_checks() for finding in check(listed)]
    known = {(row.code, row.person_id, row.message): row for row in RunFinding.objects.filter(run=run)}
    still_seen = {_key(finding) for finding in found}
    RunFinding.objects.filter(pk__in=[row.pk for key, row in known.items() if key not in still_seen]).delete()
    RunFinding.objects.bulk_create(
        [
            RunFinding(
                run=run,
                person_id=finding.person_id,
                commune_code=finding.commune_code,
                code=finding.code,
                severity=finding.severity,
                message=finding.message,
            )
            for finding in dict.fromkeys(found)
            if _key(finding) not in known
        ],
        batch_size=2_000,
    )
    counted = Counter(RunFinding.objects.filter(run=run).values_list("severity", flat=True))
    still_open = RunFinding.objects.filter(run=run, severity="blocking", cleared_at__isnull=True).count()
    return RunChecked(run.pk, counted["blocking"], counted["warning"], counted["info"], still_open)


def _key(finding: Found) -> tuple[str, int | None, str]:
    return finding.code, finding.person_id, finding.message
