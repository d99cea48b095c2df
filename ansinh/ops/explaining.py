"""`ansinh policy explain`: why a person's month, or one line of a list, is what it is."""

from __future__ import annotations

from pathlib import Path

from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import looker, now
from ansinh.ops.answer import Answer
from ansinh.ops.preparation import prepared_database


class SayWhat(Refusal):
    """Hãy ghi một trong hai: --person SỐ --month THÁNG (có thể thêm --payroll THÁNG, --pdf TỆP), hoặc --run SỐ --line
    SỐ."""


class SlipUnwritable(Refusal):
    """Không ghi được tệp {path}: {why}. Hãy kiểm tra thư mục và quyền ghi."""


def explain_line(answer: Answer, *, run_id: int, line_id: int, usernames: tuple[str, ...]) -> None:
    """The paragraph of one line of a run."""
    prepared_database(answer.say)
    from ansinh.payroll.queries import explain_line_of_run

    told = explain_line_of_run(run_id, line_id, by=looker("registry.see_people", usernames))
    answer.give({"run": run_id, "line": line_id, "explained": [told]}, told)


def explain_month(
    answer: Answer, *, person_id: int, month: Month, payroll: Month | None, slip: Path | None, names_category: bool,
    usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """The paragraphs of a person's month, or of what one payroll's list gives for it; `slip`: on paper too."""
    prepared_database(answer.say)
    from ansinh.audit.actions import tell_export, tell_look
    from ansinh.payroll.queries import explain_month as told_of
    from ansinh.reports.queries import render_slip

    by = looker("registry.see_people", usernames)
    told = told_of(person_id, month, by=by, payroll=payroll)
    tell_look("payroll.look_month", person_id=person_id, by=by, at=now(), month=month)
    if slip is not None:
        made = render_slip(
            person_id=person_id, month=month, names_category=names_category, by=by, at=now(), payroll=payroll
        )
        tell_export("reports.export_slip", by=by, at=now(), person_id=person_id, month=month)
        try:
            slip.write_bytes(made.content)
        except OSError as fault:
            raise SlipUnwritable(path=slip, why=fault.strerror or type(fault).__name__) from fault
    facts = {**told.facts, "pdf": None if slip is None else str(slip)}
    written = [] if slip is None else [f"Đã ghi phiếu giải thích vào {slip}."]
    answer.give(facts, "\n".join([*told.paragraphs, *written]))
