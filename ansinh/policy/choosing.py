"""Who is paid what when several categories hold in one month: the highest only, the single exception, carer shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from ansinh.policy.clauses import MERIT
from ansinh.policy.compiled import Rules
from ansinh.policy.pack_model import SELF_CARED
from ansinh.policy.plans import Candidate, merit_sum
from ansinh.policy.types import PersonFacts

SINGLE_PARENT = "single_parent_poor"


def choose(candidates: Sequence[Candidate], month: int, rules: Rules) -> None:
    """Marks the candidates that are not paid with why (`lost`) and to what (`lost_to`)."""
    if len(candidates) > 1:
        by_person: dict[str, list[Candidate]] = {}
        carers: list[Candidate] = []
        honours: dict[tuple[str, str], list[Candidate]] = {}
        for candidate in candidates:
            if candidate.category.is_carer:
                carers.append(candidate)
            elif candidate.category.kind == MERIT:
                honours.setdefault((candidate.plan.grant.person, candidate.category.code), []).append(candidate)
            else:
                by_person.setdefault(candidate.plan.grant.person, []).append(candidate)
        for own in by_person.values():
            if len(own) > 1:
                _highest_only(own, month, rules)
        if len(carers) > 1:
            _carer_shares(carers)
        # Each merit allowance stands by its own decision; only the same one is not paid twice.
        for same in honours.values():
            _keep_highest(same, "same_benefit")
    if month < rules.new_law_month and rules.pack.settings.merit_overlap_before_335 == "highest_only":
        for person in {found.plan.grant.person for found in candidates if found.category.kind == "tcxh"}:
            _against_merit([found for found in candidates if found.plan.grant.person == person], month, rules)


def _worth(month: int, rules: Rules) -> Callable[[Candidate], Decimal]:
    """The monthly đồng of a candidate at the standard amount of its regime and place."""

    def worth(candidate: Candidate) -> Decimal:
        standard = rules.standard(candidate.category.regime, month, candidate.plan.areas_in(month))
        return candidate.coefficient * standard - candidate.deducted

    return worth


def _highest_only(own: list[Candidate], month: int, rules: Rules) -> None:
    """Chỉ được hưởng một mức cao nhất; riêng người đơn thân nghèo đang nuôi con thuộc khoản 5, 6 hoặc 8 thì hưởng cả
    chế độ khoản 4 và một chế độ khoản 5, 6, 8 (khoản 2 Điều 6). Equal sums: the lowest clause."""
    worth = _worth(month, rules)

    def rank(candidate: Candidate) -> tuple[int, Decimal, int, bool, int]:
        # Care in a facility excludes monthly assistance whatever the sums.
        outside = 0 if candidate.category.kind == "facility" else 1
        other = candidate.category is not candidate.plan.category
        return (outside, -worth(candidate), candidate.category.order, other, candidate.plan.index)

    own.sort(key=rank)
    best = own[0]
    paid = [best]
    parent = next((found for found in own if found.category.code == SINGLE_PARENT), None)
    if parent is not None and best.category.kind != "facility":
        beside = next((found for found in own if _stands_beside(found, rules)), None)
        if beside is not None and (best in (parent, beside) or worth(parent) + worth(beside) > worth(best)):
            paid = [parent, beside]
    for candidate in own:
        if candidate not in paid:
            winner = next((found for found in paid if found.category is candidate.category), paid[-1])
            same = winner.category is candidate.category
            candidate.lost = "same_benefit" if same else "highest_only"
            candidate.lost_to = winner.category.code
            if winner.category.kind == "facility" and not same:
                candidate.lost = "in_facility"


def _stands_beside(candidate: Candidate, rules: Rules) -> bool:
    if candidate.category.kind == "social_pension":
        return rules.pack.settings.single_parent_with_social_pension == "both"
    return candidate.category.beside_single_parent


def _carer_shares(carers: list[Candidate]) -> None:
    """One support a cared-for person (taking in replaces household care); one share for a disabled couple."""
    by_cared: dict[str, list[Candidate]] = {}
    parents: list[Candidate] = []
    for candidate in carers:
        if candidate.category.code == SELF_CARED:
            parents.append(candidate)
        elif candidate.plan.grant.for_person is not None:
            by_cared.setdefault(candidate.plan.grant.for_person, []).append(candidate)
    for group in by_cared.values():
        _keep_highest(group, "one_carer_support")
    by_person: dict[str, list[Candidate]] = {}
    for candidate in parents:
        by_person.setdefault(candidate.plan.grant.person, []).append(candidate)
    for group in by_person.values():
        _keep_highest(group, "one_carer_support")
    left = [candidate for candidate in parents if candidate.lost is None]
    for candidate in left:
        for other in left:
            if candidate.lost is None and other.lost is None and candidate is not other and _couple(candidate, other):
                _keep_highest([candidate, other], "couple_one_share")


def _couple(one: Candidate, other: Candidate) -> bool:
    first: PersonFacts = one.plan.payee
    second: PersonFacts = other.plan.payee
    return first.spouse == other.plan.grant.person or second.spouse == one.plan.grant.person


def _keep_highest(group: list[Candidate], because: str) -> None:
    if len(group) < 2:
        return
    group.sort(key=lambda found: (-found.coefficient, found.category.order, found.plan.index))
    for candidate in group[1:]:
        candidate.lost = "same_benefit" if because != "couple_one_share" and _twin(candidate, group[0]) else because
        candidate.lost_to = group[0].category.code


def _twin(one: Candidate, other: Candidate) -> bool:
    return one.category is other.category


def _against_merit(own: Sequence[Candidate], month: int, rules: Rules) -> None:
    """One person's assistance and merit allowances: "hoặc tại các văn bản khác nhau thì chỉ được hưởng một mức cao
    nhất" (khoản 2 Điều 6). Equal sums: the merit allowance, which is for life.

    What the register's own decisions grant is compared; only without any, the sum somebody noted as a fact.
    """
    assisted = [found for found in own if found.lost is None and found.category.kind == "tcxh"]
    honours = [found for found in own if found.lost is None and found.category.kind == MERIT]
    if not assisted:
        return
    amounts = {found.category.code: rules.merit_amount(found.category.code, month) for found in honours}
    merit = sum(amounts.values()) or merit_sum(assisted[0].plan, month)
    worth = _worth(month, rules)
    if merit and merit >= sum(map(worth, assisted)):
        to = max(amounts, key=lambda code: amounts[code], default="merit")
        for candidate in assisted:
            candidate.lost, candidate.lost_to = "merit_higher", to
    else:
        best = max(assisted, key=worth)
        for candidate in honours:
            candidate.lost, candidate.lost_to = "assistance_higher", best.category.code
