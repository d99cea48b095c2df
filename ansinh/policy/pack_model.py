"""The law as loaded from the pack: categories with their clauses and dated coefficients, standard amounts, groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from ansinh.kernel.digest import digest_of, short_digest
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.policy.amounts import AmountRow, Merit
from ansinh.policy.settings import Settings, SettingText, chosen
from ansinh.policy.types import Regime, StandardAmount

Kind = Literal["tcxh", "social_pension", "carer", "facility", "merit"]
# A raising of children counts at most so many when listing what coefficients are possible at all.
MOST_CHILDREN = 12
# The clause whose subject is the payee: a disabled person who is pregnant or raises a small child.
SELF_CARED = "carer_disabled_parent"


class NoSuchCategory(Refusal):
    """Không có diện hưởng mang mã "{category}" trong gói chính sách."""


class NoStandardAmount(Refusal):
    """Chưa có mức chuẩn của chế độ "{regime}" cho tháng {month}."""


@dataclass(frozen=True, slots=True)
class Law:
    """An instrument: `in_force` the day its text took effect, `money_from` the first month its amounts are owed."""

    code: str
    title: str
    in_force: date
    money_from: Month
    out_of_force: date | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """Where one law version writes who belongs to a category, and that said as a reason."""

    law: str
    article: str
    reason: str
    beside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """One coefficient in the law: from which month, for which ages or numbers of children, where it is written."""

    starts: int
    value: Decimal
    law: str
    article: str
    confidence: str
    from_age: int | None = None
    under_age: int | None = None
    from_count: int | None = None
    under_count: int | None = None
    each: bool = False
    says: str = ""


@dataclass(frozen=True, slots=True)
class Successor:
    """A category a grant lawfully passes into: at an age, after a month, or by the grade on record (known only)."""

    category: str
    at_age: int | None = None
    after_month: Month | None = None
    known_only: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Category:
    """A category of beneficiaries. `order` is the clause order that breaks ties; `until`: abolished from."""

    code: str
    name_vi: str
    kind: Kind
    order: int
    is_hiv: bool
    beside_single_parent: bool
    until: Month | None
    successors: tuple[Successor, ...]
    clauses: Mapping[str, Clause]
    levels: tuple[Level, ...]

    @property
    def is_carer(self) -> bool:
        return self.kind == "carer"

    @property
    def cares_for_another(self) -> bool:
        """Whether its clauses speak of somebody else than who is paid."""
        return self.kind == "carer" and self.code != SELF_CARED

    @property
    def regime(self) -> Regime:
        return self.kind if self.kind in ("social_pension", "merit") else "tcxh"

    @property
    def amount_key(self) -> str:
        """What its amount a month is looked up by: the regime's standard amount, of a merit item its own."""
        return self.code if self.kind == "merit" else self.regime


@dataclass(frozen=True, slots=True)
class StartRule:
    """How a decision's first month is found for a category; `setting` names the reading that may change it."""

    starts: Literal["signing_month", "birthday_month", "certificate_month"]
    age: int | None = None
    setting: str | None = None


@dataclass(frozen=True, slots=True)
class StartRules:
    """The start rules of one law version, for decisions signed from `from_day`."""

    from_day: date
    law: str
    article: str
    rules: Mapping[str, StartRule]
    otherwise: StartRule


@dataclass(frozen=True, slots=True)
class FuneralRule:
    """Who is covered by funeral support for deaths from `from_day`."""

    from_day: date
    law: str
    article: str
    age_with_other_allowance: int
    poor_age: int | None
    applied_counts: bool


@dataclass(frozen=True, slots=True)
class Multiple:
    """A multiple or a fixed sum of the law with the place it is written in."""

    value: Decimal
    law: str
    article: str
    from_day: date | None = None
    setting: str | None = None


@dataclass(frozen=True, slots=True)
class ArguableBase:
    """Deaths between a level's first month and the day its text took effect."""

    from_month: Month
    until_day: date
    earlier_month: Month


@dataclass(frozen=True, slots=True)
class SuspendsAfter:
    """From that month the law has an allowance suspended that was not received so many months in a row."""

    from_month: Month
    law: str
    article: str
    months: int


@dataclass(frozen=True, slots=True)
class Uncollected:
    """Money nobody comes for: months in a row after which offices ask, and the law's rules, oldest first."""

    warns_at: int
    suspends: tuple[SuspendsAfter, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """The whole law of one edition under one choice of settings. `digest` changes with any value or setting."""

    version: str
    file_digest: str
    laws: Mapping[str, Law]
    categories_by_code: Mapping[str, Category]
    amounts: Mapping[str, tuple[AmountRow, ...]]
    provincial: Mapping[str, tuple[AmountRow, ...]]
    groups_from: tuple[tuple[Month, Mapping[str, str]], ...]
    start_rules: tuple[StartRules, ...]
    funeral_rules: tuple[FuneralRule, ...]
    funeral_multipliers: Mapping[str, Multiple]
    arguable_base: ArguableBase
    emergency: Mapping[str, tuple[Multiple, ...]]
    emergency_kinds: Mapping[str, str]
    merit: Merit
    uncollected: Uncollected
    reasons: Mapping[str, str]
    fact_names: Mapping[str, str]
    setting_texts: Mapping[str, SettingText]
    settings: Settings
    digest: str = field(default="")

    def __str__(self) -> str:
        return f"{self.version} {short_digest(self.digest)}"

    @property
    def categories(self) -> tuple[Category, ...]:
        """Every category, in clause order."""
        return tuple(sorted(self.categories_by_code.values(), key=lambda category: category.order))

    def category(self, code: str) -> Category:
        """The category of that code; refuses (NoSuchCategory)."""
        found = self.categories_by_code.get(code)
        if found is None:
            raise NoSuchCategory(category=code)
        return found

    def with_settings(self, overrides: Mapping[str, str]) -> Pack:
        """The same law under other readings; refuses (NoSuchSetting) what settings.yaml does not allow."""
        settings = chosen(self.setting_texts, {**self.settings.as_dict(), **overrides})
        return replace(self, settings=settings, digest=digest_of([self.file_digest, settings.as_dict()]))

    @property
    def amount_keys(self) -> tuple[str, ...]:
        """All that amounts a month are looked up by: the regimes, and the categories of merit items."""
        merit = (code for code, category in self.categories_by_code.items() if category.kind == "merit")
        return (*self.amounts, *merit)

    def standard_amount(
        self, key: str, month: Month, areas: Sequence[str] = (), levels_not_taken: frozenset[str] = frozenset()
    ) -> StandardAmount:
        """The standard amount of a regime (of a merit item: its own) in a month at a place: the higher of the national
        and provincial levels.

        `areas`: codes of the place and of all above it. `levels_not_taken`: laws whose amounts the place does not
        list yet. Refuses (NoStandardAmount) a month before the regime began or without a published table.
        """
        found = self.find_amount(key, month, areas, levels_not_taken)
        if found is None:
            raise NoStandardAmount(regime=key, month=month.vi)
        return found

    def find_amount(
        self, key: str, month: Month, areas: Sequence[str] = (), levels_not_taken: frozenset[str] = frozenset()
    ) -> StandardAmount | None:
        """As standard_amount; None where the law knows no amount."""
        of_merit = key not in self.amounts and key in self.categories_by_code
        national = self.amounts.get("merit" if of_merit else key, ())
        rows = [row for row in national if row.starts <= month and row.law not in levels_not_taken]
        if of_merit:
            return self.merit.amount(key, month, rows, self.settings.merit_tables_2026 == "scaled")
        if not rows:
            return None
        best = rows[-1]
        for row in self.provincial.get(key, ()) if areas else ():
            secure = self.settings.provincial_levels == "all" or row.confidence != "memory_unsure"
            covers = row.starts <= month and (row.ends is None or month < row.ends)
            if secure and covers and row.dong > best.dong and row.area in areas and row.except_areas.isdisjoint(areas):
                best = row
        return StandardAmount(best.dong, best.law, best.article, best.area)

    def group_of(self, category: str, month: Month) -> str:
        """The printed group of a category in that month's lists; its own name where the table has none."""
        found = own = self.merit.groups.get(category, self.category(category).name_vi)
        for starts, groups in self.groups_from:
            if starts <= month:
                found = groups.get(category, own)
        return found

    def list_groups(self, month: Month) -> tuple[str, ...]:
        """The printed groups of that month, in printed order."""
        tables = [groups for starts, groups in self.groups_from if starts <= month]
        return tuple(dict.fromkeys(tables[-1].values())) if tables else ()

    def levels_in(
        self, category: str, month: Month, levels_not_taken: frozenset[str] = frozenset()
    ) -> tuple[Level, ...]:
        """The coefficients of a category in force in a month; none when it did not exist or is abolished."""
        found = self.category(category)
        if found.until is not None and month >= found.until:
            return ()
        rows = [row for row in found.levels if row.starts <= month.index and row.law not in levels_not_taken]
        latest = max((row.starts for row in rows), default=0)
        return tuple(row for row in rows if row.starts == latest)

    def possible_coefficients(self, category: str, month: Month) -> frozenset[Decimal]:
        """Every coefficient the law knows for the category in that month."""
        possible: set[Decimal] = set()
        for row in self.levels_in(category, month):
            possible.update(row.value * n for n in range(1, MOST_CHILDREN + 1)) if row.each else possible.add(row.value)
        return frozenset(possible)
