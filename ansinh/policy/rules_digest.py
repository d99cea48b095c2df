"""One fingerprint of all that deciding reads but amounts of money: while it stays, most people's spans stay."""

from __future__ import annotations

from functools import lru_cache

import ansinh.policy.conditions  # noqa: F401 - importing it fills the register of clauses
from ansinh.kernel.digest import digest_of
from ansinh.policy.clauses import REGISTER
from ansinh.policy.pack_model import Category, Pack


@lru_cache(maxsize=64)
def digest_of_rules(pack: Pack, levels_not_taken: frozenset[str] = frozenset()) -> str:
    """Of the categories, their clauses and coefficients, the rules of first months, the readings and the words.

    A new standard amount leaves it as it is: an amount moves nobody's span but where sums are compared (Timelines.owed
    tells of whom they are). A level not taken yet counts as if it were not written.
    """
    cited = {pair[0] for one in pack.categories for clause in one.clauses.values() for pair in clause.beside}
    cited |= {clause.law for one in pack.categories for clause in one.clauses.values()}
    cited |= {level.law for one in pack.categories for level in one.levels}
    clauses = [
        [one.category, one.law, one.since, one.until, one.from_ages, one.to_ages, one.text]
        for one in REGISTER
    ]  # fmt: skip
    return digest_of(
        {
            "categories": {one.code: _read_of(one, levels_not_taken) for one in pack.categories},
            "clauses": clauses,
            "titles": {code: pack.laws[code].title for code in cited},
            "new_law": pack.laws["nd335"].in_force,
            "start_rules": pack.start_rules,
            "reasons": pack.reasons,
            "settings": pack.settings.as_dict(),
        }
    )


def _read_of(category: Category, levels_not_taken: frozenset[str]) -> list[object]:
    """A category without its name, which no span carries."""
    levels = [level for level in category.levels if level.law not in levels_not_taken]
    return [
        category.kind, category.order, category.beside_single_parent, category.until, category.successors,
        category.clauses, levels,
    ]  # fmt: skip
