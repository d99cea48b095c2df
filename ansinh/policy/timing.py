"""From which month a decision pays, and the months at which anything about it can change."""

from __future__ import annotations

from datetime import date

from ansinh.policy.compiled import CHILD_AGES, FIRST_MONTH, Rules
from ansinh.policy.look import LONG_AGO, Look, birth_month, month_index
from ansinh.policy.pack_model import Category, Pack, StartRule
from ansinh.policy.plans import Plan
from ansinh.policy.spells import changes_of, changes_of_child
from ansinh.policy.types import Grant


def first_month(grant: Grant, category: Category, look: Look, pack: Pack) -> int:
    """The first month of a grant: named by the decision, or by the start rule of the law it was signed under.

    LONG_AGO when neither is known: already in payment. The look is at the person whose age and certificate count.
    """
    if grant.starts is not None:
        return grant.starts.index
    if grant.signed_on is None:
        return LONG_AGO
    signed = month_index(grant.signed_on)
    if category.until is not None and signed >= category.until.index:
        received_in_time = grant.applied_on is not None and grant.applied_on < category.until.first_day
        if not received_in_time:
            return signed
    rule = _start_rule(grant, category, pack)
    starts = rule.starts
    if rule.setting is not None:
        starts = getattr(pack.settings, rule.setting)
    if starts == "birthday_month" and look.born is not None and rule.age is not None:
        return look.born + 12 * rule.age
    if starts == "certificate_month":
        return _certificate_month(look, signed)
    return signed


def _start_rule(grant: Grant, category: Category, pack: Pack) -> StartRule:
    day = grant.signed_on or date.min
    new_day = pack.start_rules[-1].from_day
    if day >= new_day and pack.settings.dossiers_received_before_335 == "old_rule":
        day = min(day, grant.applied_on or day)
    found = pack.start_rules[0]
    for rules in pack.start_rules:
        if rules.from_day <= day:
            found = rules
    return found.rules.get(category.code, found.otherwise)


def _certificate_month(look: Look, signed: int) -> int:
    """The month of the certificate in force when the decision was signed; the signing month if its date is unknown."""
    latest = LONG_AGO
    for spell in look.facts.disability or ():
        if spell.value in ("severe", "exceptional") and spell.starts is not None and spell.starts.index <= signed:
            latest = max(latest, spell.starts.index)
    return signed if latest == LONG_AGO else latest


def months_of_change(plans: list[Plan], rules: Rules) -> list[int]:
    """Every month from which the answer for one of the plans can differ from the month before, in order."""
    found = {FIRST_MONTH, rules.new_law_month}
    for plan in plans:
        found.add(plan.start)
        found.update(rules.families[plan.grant.category].months)
        if plan.grant.ends is not None:
            found.add(plan.grant.ends.index)
        found.update(month.index for gap in plan.grant.left_out for month in gap if month is not None)
        _add_person(found, plan, rules)
        if plan.compares_amounts:
            found.update(rules.amount_months)
        # Another place can have other levels to compare with.
        found.update(starts.index for starts, _ in plan.homes)
    if len({plan.grant.person for plan in plans}) < len(plans):
        found.update(rules.amount_months)
    first = max(FIRST_MONTH, min((plan.start for plan in plans), default=FIRST_MONTH))
    return sorted(month for month in found if month >= first)


def _add_person(found: set[int], plan: Plan, rules: Rules) -> None:
    look = plan.look
    facts = look.facts
    if look.born is not None:
        found.add(look.born)
        for age in rules.families[plan.grant.category].age_changes:
            found.add(look.born + age)
    found.update(changes_of(facts))
    if plan.payee is not facts:
        found.update(changes_of(plan.payee))
    for child in facts.children or ():
        born = birth_month(child.born, "day", rules.pack.settings)
        if born is not None:
            found.add(born)
            for age in CHILD_AGES:
                found.add(born + age + 1)
        found.update(changes_of_child(child))
