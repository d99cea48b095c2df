"""What an importer asks of the law about one row: coefficients known, the one expected, why a category fails."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ansinh.kernel.month import Month
from ansinh.policy.compiled import LevelSet, band_for, coefficient_of, rules_of
from ansinh.policy.look import LONG_AGO, Look, birth_month
from ansinh.policy.pack_loading import load_pack
from ansinh.policy.pack_model import SELF_CARED, Pack
from ansinh.policy.timing import first_month
from ansinh.policy.types import Grant, PersonFacts, Precision


def possible_coefficients(category: str, month: Month, *, pack: Pack | None = None) -> frozenset[Decimal]:
    """Every coefficient the law knows for the category in that month; empty when it did not exist then."""
    return (pack or load_pack()).possible_coefficients(category, month)


def expected_coefficient(
    category: str,
    born: date | None,
    month: Month,
    children: int | None = None,
    cared_born: date | None = None,
    *,
    born_precision: Precision = "day",
    pack: Pack | None = None,
) -> Decimal | None:
    """The coefficient the law gives a row of that category in that month; None where it hangs on what is not known.

    `born` is the row's person; of a carer row `cared_born`, the cared-for person's, decides. `children`: children
    raised, or of a disabled parent those under 36 months with a pregnancy counting as one.
    """
    used = pack or load_pack()
    found = used.category(category)
    levels = rules_of(used).levels_at(category, month.index)
    if levels is None or (found.until is not None and month >= found.until):
        return None
    subject = cared_born if found.is_carer and category != SELF_CARED else born
    birth = birth_month(subject, born_precision, used.settings)
    if (levels.by_age and birth is None) or (levels.by_count and children is None):
        return _only_one(levels)
    if levels.by_count and not children:
        return None
    band = band_for(levels, None if birth is None else month.index - birth, children or 0, None)
    return coefficient_of(band, children or 0)


def _only_one(levels: LevelSet) -> Decimal | None:
    """The coefficient all bands share, if they share one."""
    values = {band.level.value for band in levels.bands}
    each = any(band.level.each for band in levels.bands)
    return values.pop() if len(values) == 1 and not each else None


def start_month(grant: Grant, facts: PersonFacts, *, pack: Pack | None = None) -> Month | None:
    """The first month a decision pays by the start rule of the law it was signed under; None: long ago.

    `facts`: of the person whose age and certificate count, the cared-for one of a carer category.
    """
    used = pack or load_pack()
    look = Look(facts, used.settings, grant.children, rules_of(used).new_law_month)
    found = first_month(grant, used.category(grant.category), look, used)
    return None if found == LONG_AGO else Month(found)


def why_not(category: str, facts: PersonFacts, month: Month, *, pack: Pack | None = None) -> tuple[str, str] | None:
    """Why what is known of a person contradicts a category in that month: (code, Vietnamese text), or None.

    Unknown facts contradict nothing. For a carer category the facts are those of the cared-for person. Codes are
    those of pack/reasons.yaml, such as too_young_for_category and too_old_for_category.
    """
    used = pack or load_pack()
    rules = rules_of(used)
    active = rules.clause_at(used.category(category).code, month.index)
    if active is None:
        until = used.category(category).until
        code = "abolished" if until is not None and month >= until else "not_in_force"
        return code, used.reasons[code]
    look = Look(facts, used.settings, None, rules.new_law_month)
    look.month = month.index
    if facts.insurance_income:
        look.pension_level = rules.standard("social_pension", month.index, ()) if category == "social_pension" else 0
    answer = active.condition(look)
    if answer.truth is not False:
        return None
    return answer.codes[0], used.reasons[answer.codes[0]]
