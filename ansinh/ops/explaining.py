"""`ansinh policy explain`: why a person's month, or one line of a list, is what it is."""

from __future__ import annotations

from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import preparer
from ansinh.ops.answer import Answer
from ansinh.ops.preparation import prepared_database


class SayWhat(Refusal):
    """Hãy ghi một trong hai: --person SỐ --month THÁNG (có thể thêm --payroll THÁNG), hoặc --run SỐ --line SỐ."""


def explain_line(answer: Answer, *, run_id: int, line_id: int, usernames: tuple[str, ...]) -> None:
    """The paragraph of one line of a run."""
    prepared_database(answer.say)
    from ansinh.payroll.queries import explain_line_of_run

    told = explain_line_of_run(run_id, line_id, by=preparer(usernames))
    answer.give({"run": run_id, "line": line_id, "explained": [told]}, told)


def explain_month(
    answer: Answer, *, person_id: int, month: Month, payroll: Month | None, usernames: tuple[str, ...]
) -> None:
    """The paragraphs of a person's month, or of what one payroll's list gives for it."""
    prepared_database(answer.say)
    from ansinh.payroll.queries import explain_month as told_of

    told = told_of(person_id, month, by=preparer(usernames), payroll=payroll)
    facts = {
        "person": told.person_id,
        "full_name": told.full_name,
        "month": str(told.month),
        "due_dong": told.due_dong.value,
        "listed_dong": told.listed_dong.value,
        "explained": list(told.paragraphs),
    }
    answer.give(facts, "\n".join(told.paragraphs))
