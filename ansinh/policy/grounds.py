"""Where the law says that a granted benefit is not paid in a month, and why a decision pays months before it."""

from __future__ import annotations

from datetime import date

from ansinh.kernel.month import Month
from ansinh.policy.citations import cited
from ansinh.policy.compiled import rules_of
from ansinh.policy.pack_model import Pack
from ansinh.policy.turning import decision_rule
from ansinh.policy.uncollected import uncollected_rule

_STOPPED = frozenset({"dead", "missing", "imprisoned", "cared_for_dead"})
# By reason and by the decree of the month: Decree 335 is cited by its article alone where its clause was not read.
_CHOSEN = {"nd136": "d6.k2", "nd20": "d6.k2", "nd335": "d6"}
_SHARED = {"nd20": "d20.k2", "nd335": "d17.k2"}
_PLACES = {
    "highest_only": _CHOSEN,
    "merit_higher": _CHOSEN,
    "assistance_higher": _CHOSEN,
    "one_carer_support": _SHARED,
    "couple_one_share": _SHARED,
}
# What the pack or the register lacks; the law writes nothing of it.
_UNWRITTEN = frozenset(
    {"same_benefit", "not_handed_over", "abolished", "not_in_force", "no_level", "coefficient_not_in_law"}
)


def place_of_loss(because: str, benefit: str, month: Month, pack: Pack) -> str:
    """Where it is written that the benefit is not paid that month for a reason of `reasons.yaml`; empty: nowhere."""
    if because in _UNWRITTEN:
        return ""
    if because in _STOPPED:
        # Merit allowances stop by a law of their own, which the pack does not hold.
        return "" if pack.category(benefit).regime == "merit" else decision_rule("stop", month, pack)
    if because in _PLACES:
        law = _decree_of(month, pack)
        article = _PLACES[because].get(law)
        return cited([(pack.laws[law].title, article)]) if article else ""
    active = rules_of(pack).clause_at(benefit, month.index)
    return cited([(pack.laws[active.clause.law].title, active.clause.article)]) if active else ""


def why_before_signing(category: str, signed_on: date, pack: Pack) -> str:
    """The rule by which a decision pays months before its signing, with its article; empty: it pays none."""
    found = [rules for rules in pack.start_rules if rules.from_day <= signed_on]
    if not found:
        return ""
    rule = found[-1].rules.get(category, found[-1].otherwise)
    starts = getattr(pack.settings, rule.setting) if rule.setting is not None else rule.starts
    place = cited([(pack.laws[found[-1].law].title, found[-1].article)])
    if starts == "certificate_month":
        return f"diện này hưởng từ tháng được cấp giấy xác nhận khuyết tật ({place})"
    if starts == "birthday_month":
        return f"diện này hưởng từ tháng đủ {rule.age} tuổi ({place})"
    return ""


def place_of_suspension(month: Month, pack: Pack) -> str:
    """Where it is written when an allowance is suspended that month; empty before Decree 20."""
    return uncollected_rule(month, pack).article


def _decree_of(month: Month, pack: Pack) -> str:
    """The decree on social assistance in force in the month."""
    begun = [code for code in ("nd136", "nd20", "nd335") if Month.containing(pack.laws[code].in_force) <= month]
    return begun[-1] if begun else "nd136"
