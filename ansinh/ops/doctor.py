"""`ansinh doctor`: is this installation well, and how to mend what is not."""

from __future__ import annotations

from dataclasses import asdict

import click

from ansinh.ops.answer import Answer, json_option

_MARKS = {"ok": "tốt", "warning": "lưu ý", "fault": "HỎNG"}


@click.command("doctor")
@json_option
@click.pass_obj
def command(answer: Answer) -> int:
    """Khám máy; mỗi chỗ hỏng kèm cách sửa."""
    from ansinh.ops.checks import State, findings
    from ansinh.platform.home import current_home

    found = findings(current_home())
    well = all(finding.state is not State.FAULT for finding in found)
    lines = [f"{_MARKS[f.state]:>6}  {f.check}: {f.text}" + (f"\n        → {f.mend}" if f.mend else "") for f in found]
    answer.give({"well": well, "findings": [asdict(f) for f in found]}, "\n".join(lines))
    return 0 if well else 1
