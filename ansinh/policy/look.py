"""One person looked at in one month: the shared sub-conditions that clauses are made of.

Ages follow one rule of months. "Đủ N tuổi" upward: the birthday anywhere in the month counts. Losing at an age: the
birthday month is the last. A birthday of 29 February falls on the last day of February in common years (khoản 4 Điều
148 Bộ luật Dân sự 2015), so the month never moves. Who died earlier in the month than the birthday never reached it.
"""

from __future__ import annotations

import calendar
from datetime import date

from ansinh.policy.answers import YES, Answer, all_of, no, unknown
from ansinh.policy.settings import Settings
from ansinh.policy.spells import barred, bars, covers, held, held_without_break
from ansinh.policy.types import Child, Insurance, PersonFacts, Precision

LONG_AGO = -1


def month_index(day: date) -> int:
    """A day's month, counted in months as Month.index counts."""
    return day.year * 12 + day.month - 1


def birth_month(born: date | None, precision: Precision, settings: Settings) -> int | None:
    """The month of birth the law reads; of a year only, January or by the setting December."""
    if born is None:
        return None
    if precision == "year" and settings.unknown_birth_day == "last_day":
        return born.year * 12 + 11
    return month_index(born)


class Look:
    """A person's facts at `month`, under one grant. `granted_from`: first month of the grant, LONG_AGO if unknown.

    `handed_over`: the grant has passed into this category from the one it names. `count`: children counted by the
    clause last asked, for coefficients that depend on it.
    """

    __slots__ = (
        "also_granted", "born", "count", "facts", "granted_children", "granted_from", "handed_over", "month",
        "new_law_month", "pension_level", "settings", "unreached_birthday",
    )  # fmt: skip

    def __init__(self, facts: PersonFacts, settings: Settings, granted_children: int | None, new_law: int) -> None:
        self.facts = facts
        self.settings = settings
        self.born = birth_month(facts.born, facts.born_precision, settings)
        self.granted_children = granted_children
        # First entitlement month of Decree 335's rules, for what was begun before it.
        self.new_law_month = new_law
        self.granted_from = LONG_AGO
        # Categories the same person is granted, this one included.
        self.also_granted: frozenset[str] = frozenset()
        # The month of death where the birthday of that month was never reached.
        self.unreached_birthday = _unreached_birthday(facts, settings)
        self.handed_over = False
        self.month = 0
        self.count = 0
        # The social pension level of `month` in đồng, set by the engine where an insurance sum must be compared.
        self.pension_level = 0

    def aged(self, years: int) -> Answer:
        """Từ đủ `years` tuổi."""
        if self.born is None:
            return unknown("born")
        return YES if self.age_months(self.born) >= 12 * years else no("too_young_for_category")

    def age_months(self, born: int) -> int:
        """Months from the month of birth, by which ages and bands are told."""
        return self.month - born - (self.month == self.unreached_birthday)

    def within(self, years: int) -> Answer:
        """Chưa quá `years` tuổi: tháng sinh nhật là tháng cuối được hưởng."""
        if self.born is None:
            return unknown("born")
        if self.month < self.born:
            return no("too_young_for_category")
        return YES if self.month <= self.born + 12 * years else no("too_old_for_category")

    def born_by_now(self) -> Answer:
        """Đã sinh ra."""
        return YES if self.born is None or self.month >= self.born else no("too_young_for_category")

    def of_student_age(self) -> Answer:
        """Không quá 22 tuổi."""
        return self.within(_student_years(self.settings))

    def poor(self) -> Answer:
        """Thuộc hộ nghèo."""
        return _answer(held(self.facts.poverty, self.month, ("poor",)), "not_poor", "poverty")

    def poor_or_near(self) -> Answer:
        """Thuộc hộ nghèo, hộ cận nghèo."""
        found = held(self.facts.poverty, self.month, ("poor", "near_poor"))
        return _answer(found, "not_poor_nor_near_poor", "poverty")

    def in_special_area(self) -> Answer:
        """Sống tại xã, thôn vùng đồng bào dân tộc thiểu số và miền núi đặc biệt khó khăn."""
        return _answer(held(self.facts.special_area, self.month, (True,)), "not_special_area", "special_area")

    def without_supporter(self) -> Answer:
        """Không có người có nghĩa vụ và quyền phụng dưỡng."""
        return _answer(held(self.facts.supporter, self.month, ("none",)), "has_supporter", "supporter")

    def without_able_supporter(self) -> Answer:
        """Không có người phụng dưỡng, hoặc người đó đang hưởng trợ cấp xã hội hằng tháng."""
        found = held(self.facts.supporter, self.month, ("none", "on_assistance"))
        return _answer(found, "has_supporter", "supporter")

    def outside_point_a(self) -> Answer:
        """Không thuộc diện quy định tại điểm a khoản 5 Điều 5.

        Asked only of who is also granted point a: who is granted point b or c alone keeps it until the decision is
        changed, for point a would pay more.
        """
        if "elderly_poor_no_carer" not in self.also_granted:
            return YES
        inside = all_of(self.poor(), self.without_able_supporter())
        return no("belongs_to_point_a") if inside is YES else YES

    def without_source_of_care(self) -> Answer:
        """Thuộc một trường hợp không có nguồn nuôi dưỡng tại khoản 1 Điều 5."""
        spells = self.facts.no_care_ground
        if spells is None:
            return unknown("no_care_ground")
        found: bool | None = False
        for spell in spells:
            if covers(spell, self.month):
                found = True if spell.value is not None else None
                if found:
                    break
        return _answer(found, "no_ground", "no_care_ground")

    def was_without_source_of_care(self) -> Answer:
        """Đang hưởng theo khoản 1 Điều 5 khi đủ 16 tuổi."""
        if self.handed_over:
            return YES
        return _answer(self.facts.was_child_no_care, "was_not_child_no_care", "was_child_no_care")

    def studying(self) -> Answer:
        """Đang học."""
        spells = self.facts.studying
        found = None if spells is None else held_without_break(spells, self.month, self.month)
        return _answer(found, "not_studying", "studying")

    def studying_without_break(self, from_age: int) -> Answer:
        """Đang học liên tục từ khi quá `from_age` tuổi (và từ khi Nghị định 335/2026/NĐ-CP áp dụng)."""
        since = self.new_law_month
        if self.born is not None:
            since = max(since, self.born + 12 * from_age + 1)
        found = held_without_break(self.facts.studying, min(since, self.month), self.month)
        return _answer(found, "study_broken", "studying")

    def was_in_payment_or_studies(self) -> Answer:
        """A line the old cap of 22 had ended is not revived by an unknown study, only by a known one."""
        if self.facts.studying is not None or self.born is None:
            return YES
        last = self.born + 12 * _student_years(self.settings)
        return YES if last >= self.new_law_month - 1 else no("too_old_for_category")

    def infected(self) -> Answer:
        """Nhiễm HIV."""
        return _answer(held(self.facts.hiv, self.month, (True,)), "not_hiv", "hiv")

    def without_insurance(self) -> Answer:
        """Không có lương hưu, trợ cấp bảo hiểm xã hội hằng tháng."""
        spells = self.facts.insurance_income
        if spells is None:
            return unknown("insurance_income")
        for spell in spells:
            if bars(spell, self.month):
                return no("has_insurance") if spell.value is not None else unknown("insurance_income")
        return YES

    def insurance(self) -> Insurance | None:
        """The insurance sum that bars this month, the first if there are several."""
        for spell in self.facts.insurance_income or ():
            if spell.value is not None and bars(spell, self.month):
                return spell.value
        return None

    def insurance_below_pension_level(self) -> Answer:
        """Không hưởng lương hưu, trợ cấp BHXH hằng tháng, hoặc mức hưởng thấp hơn mức trợ cấp hưu trí xã hội."""
        plain = self.without_insurance()
        if plain.truth is not False:
            return plain
        found = self.insurance()
        if found is None or found.monthly is None:
            return unknown("insurance_income")
        return YES if found.monthly.value < self.pension_level else no("insurance_not_lower")

    def without_stable_income(self) -> Answer:
        """Không có nguồn thu nhập ổn định hằng tháng về tiền lương, tiền công."""
        if self.facts.stable_income is None:
            # Wages are hardly ever recorded; only a known wage bars.
            return YES
        return no("has_income") if barred(self.facts.stable_income, self.month) else YES

    def lone_parent(self) -> Answer:
        """Chưa có chồng, vợ; hoặc chồng, vợ đã chết, mất tích."""
        found = held(self.facts.single_parent, self.month, ("never_married", "spouse_dead", "spouse_missing"))
        return _answer(found, "not_lone_parent", "single_parent")

    def graded(self, grade: str) -> Answer:
        """Mức độ khuyết tật đang ghi trên giấy xác nhận (giấy sau thay giấy trước từ tháng cấp)."""
        spells = self.facts.disability
        if spells is None:
            return unknown("disability")
        latest, current = -2, None
        for spell in spells:
            if covers(spell, self.month):
                starts = LONG_AGO if spell.starts is None else spell.starts.index
                if starts > latest:
                    latest, current = starts, spell
        if current is None:
            return no("not_disabled")
        if current.value is None:
            return unknown("disability")
        if current.value == grade:
            return YES
        return no("not_disabled" if current.value == "mild" else "other_grade")

    def held_grade(self, *grades: str) -> Answer:
        """Có giấy xác nhận một trong các mức độ đó vào bất kỳ ngày nào trong tháng."""
        spells = self.facts.disability
        if spells is None:
            return unknown("disability")
        answer = no("not_disabled")
        for spell in spells:
            if covers(spell, self.month):
                if spell.value in grades:
                    return YES
                if spell.value is None:
                    answer = unknown("disability")
        return answer

    def cared_for_at_home(self) -> Answer:
        """Được chính hộ gia đình trực tiếp chăm sóc."""
        return _answer(held(self.facts.cared_at_home, self.month, (True,)), "not_cared_at_home", "cared_at_home")

    def taken_in(self) -> Answer:
        """Được hộ gia đình, cá nhân khác nhận chăm sóc, nuôi dưỡng."""
        return _answer(held(self.facts.taken_in, self.month, (True,)), "not_taken_in", "taken_in")

    def not_known_taken_in(self) -> Answer:
        """Chưa có hộ khác nhận chăm sóc (an unknown taking-in is not asked: it would pay more, never less)."""
        return no("taken_in") if held(self.facts.taken_in, self.month, (True,)) else YES

    def in_facility(self) -> Answer:
        """Được nuôi dưỡng trong cơ sở trợ giúp xã hội."""
        return _answer(held(self.facts.in_facility, self.month, (True,)), "not_in_facility", "in_facility")

    def raising(self, students: bool, only_continuing: bool = False) -> Answer:
        """Đang nuôi con dưới 16 tuổi, hoặc con từ đủ 16 tuổi đang học; sets `count` to the number of them."""
        if self.facts.children is None:
            self.count = self.granted_children or 1
            return unknown("children")
        open_on: list[Answer] = []
        self.count = 0
        for child in self.facts.children:
            answer = _raised(self, child, students, only_continuing)
            if answer.truth is not False:
                self.count += 1
                open_on.append(answer)
        if not self.count:
            return no("no_children")
        return all_of(*open_on)

    def carrying_or_nursing(self) -> Answer:
        """Đang mang thai hoặc nuôi con dưới 36 tháng tuổi; sets `count`, a pregnancy counting as one child."""
        pregnant = held(self.facts.pregnant, self.month, (True,))
        self.count = 1 if pregnant else 0
        if self.facts.children is None:
            if pregnant:
                return YES
            self.count = self.granted_children or 1
            return unknown("children")
        unborn = 0
        for child in self.facts.children:
            if _alive_and_raised(child, self.month):
                if child.born is None:
                    unborn += 1
                elif month_index(child.born) <= self.month <= month_index(child.born) + 36:
                    self.count += 1
        if self.count:
            return YES
        self.count = 1
        if unborn:
            return unknown("children")
        return unknown("pregnant") if pregnant is None else no("no_child_under_36_months")


def _student_years(settings: Settings) -> int:
    return 22 if settings.study_cap == "birthday_22" else 23


def _answer(found: bool | None, code: str, fact: str) -> Answer:
    if found:
        return YES
    return unknown(fact) if found is None else no(code)


def _alive_and_raised(child: Child, month: int) -> bool:
    return (
        (child.born is None or month_index(child.born) <= month)
        and (child.died_on is None or month <= month_index(child.died_on))
        and (child.starts is None or child.starts.index <= month)
        and (child.ends is None or month < child.ends.index)
    )


def _raised(look: Look, child: Child, students: bool, only_continuing: bool) -> Answer:
    """Whether a child counts: under 16; or a student to the cap; or, continuing, a student raised since before 16."""
    if not _alive_and_raised(child, look.month):
        return no("no_children")
    if child.born is None:
        return unknown("children")
    born = month_index(child.born)
    if look.month <= born + 192:
        return YES
    if not students:
        return no("no_children")
    return _continuing_student(look, child, born) if only_continuing else _student_to_cap(look, child, born)


def _student_to_cap(look: Look, child: Child, born: int) -> Answer:
    """Con từ 16 đến 22 tuổi đang học."""
    if look.month > born + 12 * _student_years(look.settings):
        return no("no_children")
    return _answer(held_without_break(child.studying, look.month, look.month), "no_children", "children")


def _continuing_student(look: Look, child: Child, born: int) -> Answer:
    """Đang hưởng mà con đủ 16 tuổi vẫn học liên tục (khoản 4 Điều 5 Nghị định 335/2026/NĐ-CP)."""
    receiving_since = max(born + 192, look.new_law_month - 1)
    # What the old cap of 22 had ended is not revived by an unknown study, only by a known one.
    ended_by_cap = born + 12 * _student_years(look.settings) < look.new_law_month - 1
    if look.granted_from > receiving_since or (child.studying is None and ended_by_cap):
        return no("no_children")
    since = min(max(born + 193, look.new_law_month), look.month)
    return _answer(held_without_break(child.studying, since, look.month), "no_children", "children")


def _unreached_birthday(facts: PersonFacts, settings: Settings) -> int | None:
    """The month of death when it is the month of birth by name but the death came before the day."""
    born, died = facts.born, facts.died_on
    if born is None or died is None:
        return None
    birth = birth_month(born, facts.born_precision, settings) or 0
    if birth % 12 + 1 != died.month or died.year * 12 + died.month - 1 == birth:
        return None
    day = born.day
    if facts.born_precision != "day":
        day = 31 if settings.unknown_birth_day == "last_day" else 1
    last_of_month = calendar.monthrange(died.year, died.month)[1]
    return month_index(died) if died.day < min(day, last_of_month) else None
