"""One read row against the law and against itself: level, age, dates, carers. It looks at no other row."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

from ansinh.kernel.money import Dong, NotWholeDong
from ansinh.kernel.month import Month
from ansinh.registry.workbook.layout import Layout
from ansinh.registry.workbook.noting import Findings, Here
from ansinh.registry.workbook.types import RegisterRow, Surroundings

# Nobody of the register is likely to be older; the oldest person on record anywhere reached 122.
_OLDEST = 115


def decimal_vi(value: Decimal) -> str:
    """A coefficient as Vietnamese papers write it: "1,5"."""
    return f"{value.normalize():f}".replace(".", ",")


class RowChecks:
    """Checks rows of one file and keeps the count of amounts that are right only for another base."""

    def __init__(self, around: Surroundings, findings: Findings) -> None:
        self._around = around
        self._findings = findings
        self._first_day, self._last_day = around.month.first_day, around.month.last_day
        self._all_coefficients = around.law.all_coefficients(around.month)
        self._coefficients: dict[str, frozenset[Decimal]] = {}
        self._known_of: dict[tuple[str, ...], tuple[list[str], frozenset[Decimal]]] = {}
        self._products_of: dict[tuple[tuple[Dong, ...], Decimal], list[Dong]] = {}
        # (regime, base) → rows whose amount is right for that base of the last twelve months only.
        self.at_another_base: Counter[tuple[str, Dong]] = Counter()

    def check(self, row: RegisterRow, layout: Layout) -> None:
        """Notes everything wrong or doubtful about the row."""
        here = Here(self._findings, row.sheet, row.row, layout)
        fits = self._check_age_and_coefficient(here, row) if row.categories else True
        if fits:
            self._check_amount(here, row)
        self._check_dates(here, row)
        self._check_carer(here, row)

    def _known(self, categories: tuple[str, ...]) -> tuple[list[str], frozenset[Decimal]]:
        """Those of a row's categories that the law of the month has, and every coefficient they can give together."""
        if categories not in self._known_of:
            known = [code for code in categories if self.in_law(code)]
            self._known_of[categories] = known, _sums([self.in_law(code) for code in known])
        return self._known_of[categories]

    def in_law(self, category: str) -> frozenset[Decimal]:
        """Every coefficient of a category in the file's month, asked of the law once."""
        if category not in self._coefficients:
            self._coefficients[category] = self._around.law.coefficients(category, self._around.month)
        return self._coefficients[category]

    def _check_age_and_coefficient(self, here: Here, row: RegisterRow) -> bool:
        """Whether the coefficient is one to multiply with; a coefficient the law knows nowhere is not."""
        law, month = self._around.law, self._around.month
        known, possible = self._known(row.categories)
        if not known:
            here.note("category_not_in_force", "category", month=month.vi)
        self._check_age(here, row, known)
        coefficient = row.coefficient
        if coefficient is None:
            return False
        if coefficient not in possible and coefficient not in self._all_coefficients:
            here.note(
                "coefficient_not_in_law", "coefficient", coefficient=decimal_vi(coefficient), month=month.vi,
                fitting=self._fitting(row, possible),
            )  # fmt: skip
            return False
        if known and row.birth is not None:
            own = [law.coefficients_for(c, month, born=row.birth, children=row.children) for c in known]
            expected = _sums(own) or possible
            if coefficient not in expected:
                self._note_coefficient(here, row, expected)
        return True

    def _note_coefficient(self, here: Here, row: RegisterRow, expected: frozenset[Decimal]) -> None:
        facts = {
            "coefficient": decimal_vi(row.coefficient or Decimal(0)),
            "expected": " hoặc ".join(decimal_vi(value) for value in sorted(expected)),
        }
        if row.children is not None and row.coefficient in self.in_law(row.categories[0]):
            here.note("children_contradict_coefficient", "coefficient", children=row.children, **facts)
        else:
            here.note("coefficient_not_for_this_person", "coefficient", month=self._around.month.vi, **facts)

    def _fitting(self, row: RegisterRow, possible: frozenset[Decimal]) -> str:
        """The coefficient of the law that the row's amount stands for, "" when none."""
        if row.amount is None:
            return ""
        for base in self._bases(row):
            for value in possible:
                if Decimal(base.value) * value == row.amount.value:
                    return decimal_vi(value)
        return ""

    def _check_age(self, here: Here, row: RegisterRow, known: list[str]) -> None:
        if row.birth is None:
            return
        month = self._around.month
        age = row.birth.age_on(self._last_day)
        field = _birth_field(here.layout, row)
        if age > _OLDEST:
            here.note("birth_too_long_ago", field, birth=row.birth.vi, age=age)
        for code in known:
            low, high = self._around.law.age_span(code, month)
            if low is not None and age < low:
                here.note("too_young_for_category", field, age=age, month=month.vi, low=low)
            # The month in which the limit is reached is still paid.
            elif high is not None and row.birth.anniversary(high) < self._first_day:
                here.note("too_old_for_category", field, age=age, month=month.vi, high=high)

    def _bases(self, row: RegisterRow) -> tuple[Dong, ...]:
        regime = self._around.law.regime(row.categories[0]) if row.categories else None
        bases = self._around.bases
        own = bases.get(regime or "tcxh", ())
        # A category whose law has ended is paid on under its successor's regime.
        if row.categories and not self.in_law(row.categories[0]):
            return tuple(dict.fromkeys((*own, *(base for others in bases.values() for base in others))))
        return own

    def _check_amount(self, here: Here, row: RegisterRow) -> None:
        if row.amount is None or row.coefficient is None:
            return
        bases = self._bases(row)
        products = self._products(bases, row.coefficient)
        if not products or row.amount == products[0]:
            return
        if row.amount in products:
            regime = self._around.law.regime(row.categories[0]) if row.categories else None
            self.at_another_base[regime or "tcxh", bases[products.index(row.amount)]] += 1
            return
        here.note(
            "amount_not_coefficient_times_base", "amount", amount=str(row.amount), base=str(bases[0]),
            coefficient=decimal_vi(row.coefficient), expected=str(products[0]),
        )  # fmt: skip

    def _products(self, bases: tuple[Dong, ...], coefficient: Decimal) -> list[Dong]:
        """Base × coefficient for each base in turn; empty where a product is not whole đồng."""
        key = (bases, coefficient)
        if key not in self._products_of:
            try:
                self._products_of[key] = [base.times(coefficient) for base in bases]
            except NotWholeDong:
                self._products_of[key] = []
        return self._products_of[key]

    def _check_dates(self, here: Here, row: RegisterRow) -> None:
        month, starts, day = self._around.month, row.from_month, row.decided_on
        born = row.birth.first_day if row.birth else None
        if day is not None:
            if day > self._last_day:
                here.note("decided_after_month", "decided_on", day=_day_vi(day), month=month.vi)
            if born and day < born:
                here.note("decided_before_birth", "decided_on", day=_day_vi(day))
            if starts is not None and starts < Month.containing(day):
                here.note("from_month_before_decision", "from_month", from_month=starts.vi, day=_day_vi(day))
        if starts is not None:
            if starts > month:
                here.note("from_month_after_month", "from_month", from_month=starts.vi, month=month.vi)
            if born and starts < Month.containing(born):
                here.note("from_month_before_birth", "from_month", from_month=starts.vi)
        if row.ends_month is not None and row.ends_month < month:
            here.note("ended_before_month", "ends_month", ends_month=row.ends_month.vi, month=month.vi)

    def _check_carer(self, here: Here, row: RegisterRow) -> None:
        if "cared_for" not in here.layout.columns or not row.categories:
            return
        carer = any(code.startswith("carer_") for code in row.categories)
        own_care = "carer_disabled_parent" in row.categories
        if carer and not own_care and not row.cared_for:
            here.note("carer_without_cared_for", "cared_for")
        elif row.cared_for and not carer:
            here.note("cared_for_without_carer", "cared_for")

    def finish(self) -> None:
        """One finding for the file where amounts are right for another base of the last twelve months."""
        for (regime, base), count in sorted(self.at_another_base.items()):
            current = self._around.bases[regime][0]
            self._findings.about_sheet(
                "amounts_at_another_base", "", count=count, base=str(base), current=str(current),
                month=self._around.month.vi,
            )  # fmt: skip


def _day_vi(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def _birth_field(layout: Layout, row: RegisterRow) -> str:
    if row.sex == "female" and "birth_female" in layout.columns:
        return "birth_female"
    return next(
        (name for name in ("birth", "birth_male", "birth_female", "birth_year") if name in layout.columns), "birth"
    )


def _sums(parts: list[frozenset[Decimal]]) -> frozenset[Decimal]:
    """The sums one coefficient of each part can give; of one part, the part."""
    if not parts:
        return frozenset()
    sums = parts[0]
    for part in parts[1:]:
        sums = frozenset(one + other for one in sums for other in part)
    return sums
