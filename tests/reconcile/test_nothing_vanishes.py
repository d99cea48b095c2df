"""Over random dirty files against real orders: rows = applied + repeats + set aside + unreported, always."""

from __future__ import annotations

from collections import Counter

from django.db import transaction
from hypothesis import HealthCheck, given, settings

from ansinh.reconcile.models import ResultsRow
from tests.reconcile.conftest import Office, check, take
from tests.reconcile.dirt import Dirty, dirty_files


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(file=dirty_files())
def test_every_row_is_accounted_for_and_applied_as_forecast(office: Office, file: Dirty) -> None:
    numbers = {number: office.item(number).order_code for number in range(1, 7)}
    content, name = file.about(numbers)
    with transaction.atomic():
        forecast = check(office, content, name=name)
        applied = take(office, content, name=name)
        again = take(office, content, name=name)
        kept = Counter(ResultsRow.objects.filter(file_id=applied.file_id).values_list("verdict", flat=True))
        transaction.set_rollback(True)
    for answer in (forecast, applied, again):
        assert answer.rows == len(file.rows)
        assert answer.rows == answer.applied + answer.repeats + answer.set_aside + answer.unreported
        assert (answer.applied, answer.repeats, answer.set_aside) == (
            kept["applied"], kept["repeat"], kept["set_aside"],
        )  # fmt: skip
        assert answer.unreported == kept["unreported"] == sum(line.kind == "silent" for line in file.rows)
    assert (applied.already_known, again.already_known) == (False, True)
