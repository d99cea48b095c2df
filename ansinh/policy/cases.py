"""Running law cases: what the file says is due against what the engine decides, month by month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from ansinh.kernel.month import Month
from ansinh.policy.case_facts import circle_of
from ansinh.policy.case_reading import CaseFault, DueLine, DueOnce, LawCase, Place, load_cases
from ansinh.policy.pack_loading import load_pack
from ansinh.policy.pack_model import SELF_CARED, Pack
from ansinh.policy.spans import decide
from ansinh.policy.types import Circle, Decision, Entitled, OneOff

__all__ = ["CaseFault", "Failure", "LawCase", "load_cases", "run_case", "run_files"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A month (None: the one-off sums) in which a case is not met."""

    case: str
    month: Month | None
    expected: str
    got: str
    why: str

    def __str__(self) -> str:
        when = "một lần" if self.month is None else str(self.month)
        return f"{self.case} {when}: mong đợi {self.expected}; tính được {self.got}; {self.why}"


def run_files(paths: Iterable[Path], report: Callable[[str], None], *, pack: Pack | None = None) -> tuple[int, int]:
    """Runs every case of every file: (passed, failed). `report` gets one line a failing month of a case; a file or
    case that cannot be read counts as one failure."""
    used = pack or load_pack()
    passed = failed = 0
    for path in paths:
        try:
            cases = load_cases(path)
        except CaseFault as fault:
            report(fault.message)
            failed += 1
            continue
        for case in cases:
            try:
                failures = run_case(case, used, path)
            except CaseFault as fault:
                report(fault.message)
                failed += 1
                continue
            for failure in failures:
                report(str(failure))
            passed, failed = (passed, failed + 1) if failures else (passed + 1, failed)
    return passed, failed


def run_case(case: LawCase, pack: Pack, path: Path = Path("-")) -> list[Failure]:
    """Where the engine differs from the case; empty when it passes. Refuses (CaseFault) facts it cannot read."""
    circle = circle_of(case, pack, Place(path, case.id))
    decision = decide(circle, pack)
    failures = []
    for month, due in case.due.items():
        got = [_Got.of(span, month, pack) for span in decision.spans if span.covers(month)]
        if not _same(due, got, circle):
            expected = _joined(_line_text(line) for line in due)
            why = _why(case, due, decision, month)
            failures.append(Failure(case.id, month, expected, _joined(line.text for line in got), why))
    if case.one_off is not None:
        once = [_once(support, pack) for support in decision.one_off]
        if sorted(once, key=_order) != sorted(case.one_off, key=_order):
            expected, found = _joined(map(_once_text, case.one_off)), _joined(map(_once_text, once))
            failures.append(Failure(case.id, None, expected, found, case.law))
    return failures


@dataclass(frozen=True, slots=True)
class _Got:
    """A line the engine owes in one month."""

    person: str
    category: str
    coefficient: Decimal
    base: int
    amount: int

    @classmethod
    def of(cls, span: Entitled, month: Month, pack: Pack) -> _Got:
        base = pack.standard_amount(pack.category(span.benefit).amount_key, month).dong
        amount = base.times(span.coefficient) - span.deducted
        return cls(span.person, span.benefit, span.coefficient, base.value, amount.value)

    @property
    def text(self) -> str:
        return f"{self.person} {self.category} {self.coefficient} × {self.base} = {self.amount}"


def _same(due: Sequence[DueLine], got: Sequence[_Got], circle: Circle) -> bool:
    """Every line due found once and none left over; lines that name a person are matched first."""
    left = list(got)
    for line in sorted(due, key=lambda line: line.person is None):
        match = next((found for found in left if _meets(line, found, circle)), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def _meets(line: DueLine, found: _Got, circle: Circle) -> bool:
    person = line.person in (None, found.person)
    if not person and line.category == SELF_CARED:
        # A couple's one share may stand on either of them.
        person = circle.people[found.person].spouse == line.person
    same = (line.category, line.coefficient, line.base, line.amount)
    return person and same == (found.category, found.coefficient, found.base, found.amount)


def _why(case: LawCase, due: Sequence[DueLine], decision: Decision, month: Month) -> str:
    """What the engine says of the categories expected, else of those it pays, else the case's own words."""
    paid = {span.benefit: span for span in decision.spans if span.covers(month)}
    wanted = {line.category for line in due}
    texts = [f"{lost.benefit}: {lost.text}" for lost in decision.lost if lost.covers(month) and lost.benefit in wanted]
    texts += [f"{code}: {span.reason} ({span.article})" for code, span in paid.items() if code not in wanted]
    return "; ".join(dict.fromkeys(texts)) or f"{case.law} {case.why}".strip()


def _once(support: OneOff, pack: Pack) -> DueOnce:
    base = pack.standard_amount(support.regime, support.base_month).dong
    return DueOnce(support.kind, support.multiplier, base.value, base.times(support.multiplier).value)


def _order(once: DueOnce) -> tuple[str, Decimal, int, int]:
    return (once.kind, once.multiplier, once.base, once.amount)


def _once_text(once: DueOnce) -> str:
    return f"{once.kind} {once.multiplier} × {once.base} = {once.amount}"


def _line_text(line: DueLine) -> str:
    return f"{line.person or '*'} {line.category} {line.coefficient} × {line.base} = {line.amount}"


def _joined(texts: Iterable[str]) -> str:
    return ", ".join(texts) or "không có gì"
