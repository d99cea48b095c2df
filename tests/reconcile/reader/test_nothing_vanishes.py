"""Over random dirty files: every row is there, in order, read as written or set aside; nothing else is a row."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from tests.reconcile.dirt import Dirty, dirty_files
from tests.reconcile.files import code, read


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(dirty_files())
def test_every_row_of_a_dirty_file_is_read_or_set_aside(file: Dirty) -> None:
    content, name = file.about({number: code(number) for number in range(1, 7)})
    reading = read(content, name=name)
    wanted = file.rows
    assert len(reading.rows) == len(wanted)
    unreadable = {line.order for line in wanted if line.kind == "bad" and line.order}
    for read_row, line in zip(reading.rows, wanted, strict=True):
        if line.order:
            assert read_row.order_code == code(line.order)
        if line.kind == "bad":
            assert read_row.fault is not None
        elif line.kind == "silent":
            assert (read_row.outcome, read_row.fault) == ("", None)
        elif line.order in unreadable:
            assert read_row.fault is not None
            assert read_row.fault.code == "unclear_twin"
        else:
            assert (read_row.outcome, read_row.fault) == (line.kind, None)
    told = {(finding.row, finding.code) for finding in reading.findings}
    assert {(r.row, r.fault.code) for r in reading.rows if r.fault} <= told
