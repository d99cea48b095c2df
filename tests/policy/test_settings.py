"""Every unsettled reading changes a result: one test for each setting, both ways."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.policy import (
    MeritTableNotPublished,
    NoEmergencyLevel,
    NoSuchSetting,
    decide,
    emergency_amount,
    load_pack,
    merit_amount,
    passes_on,
    resumes_from,
)
from ansinh.policy.types import Child, Circle, Decision, Entitled, Grant, Insurance, PersonFacts, always, between

PACK = load_pack()


def under(setting: str, value: str, facts: PersonFacts, *grants: Grant) -> Decision:
    return decide(Circle({"p": facts}, grants), PACK, {setting: value})


def in_month(decision: Decision, month: str) -> list[Entitled]:
    return [span for span in decision.spans if span.covers(Month.parse(month))]


def grant(category: str, signed: str | None = None, applied: str | None = None) -> Grant:
    days = [None if day is None else date.fromisoformat(day) for day in (signed, applied)]
    return Grant(category, "p", category, signed_on=days[0], applied_on=days[1])


def test_downward_band_month() -> None:
    facts = PersonFacts(born=date(2008, 5, 10), disability=always("severe"))
    for value, expected in (("birthday_month", "1.5"), ("month_after", "2.0")):
        (line,) = in_month(under("downward_band_month", value, facts, grant("disabled_severe")), "2024-05")
        assert str(line.coefficient) == expected


def test_resume_before_335() -> None:
    since = Month.of(2022, 3)
    for value, expected in (("from_resumption", Month.of(2022, 6)), ("from_suspension", since)):
        pack = PACK.with_settings({"resume_before_335": value})
        assert resumes_from(suspended_from=since, resumed_on=date(2022, 6, 9), pack=pack).month == expected
        after = resumes_from(suspended_from=since, resumed_on=date(2026, 10, 5), pack=pack)
        assert (after.month, after.article) == (since, "khoản 4 Điều 9 Nghị định 335/2026/NĐ-CP")


def test_study_cap() -> None:
    facts = PersonFacts(born=date(2001, 5, 10), was_child_no_care=True, studying=always("university"))
    for value, expected in (("birthday_22", 0), ("through_22", 1)):
        decision = under("study_cap", value, facts, grant("youth_16_plus_study"))
        assert len(in_month(decision, "2023-06")) == expected


def test_merit_overlap_before_335() -> None:
    facts = PersonFacts(born=date(1980, 1, 1), disability=always("severe"), merit=always(Dong(2_789_000)))
    for value, expected in (("highest_only", 0), ("both", 1)):
        decision = under("merit_overlap_before_335", value, facts, grant("disabled_severe"))
        assert len(in_month(decision, "2025-01")) == expected
        assert len(in_month(decision, "2026-10")) == 1


def test_single_parent_with_social_pension() -> None:
    facts = PersonFacts(
        born=date(1949, 1, 1),
        poverty=always("poor"),
        single_parent=always("spouse_dead"),
        children=(Child(date(2015, 1, 1)),),
        insurance_income=(),
    )
    for value, expected in (
        ("highest_only", ["single_parent_poor"]),
        ("both", ["single_parent_poor", "social_pension"]),
    ):
        grants = grant("single_parent_poor"), grant("social_pension")
        decision = under("single_parent_with_social_pension", value, facts, *grants)
        assert [line.benefit for line in in_month(decision, "2025-08")] == expected


def test_lower_insurance_sum() -> None:
    facts = PersonFacts(born=date(1944, 1, 1), insurance_income=always(Insurance("survivor", Dong(300_000))))
    for value, deducted in (("full", 0), ("difference", 300_000)):
        (line,) = in_month(under("lower_insurance_sum", value, facts, grant("social_pension")), "2025-08")
        assert line.deducted == Dong(deducted)


def test_funeral_base_2026() -> None:
    facts = PersonFacts(born=date(1944, 1, 1), died_on=date(2026, 8, 2))
    for value, base_month in (("new", "2026-08"), ("old", "2026-06")):
        (support,) = under("funeral_base_2026", value, facts, grant("social_pension")).one_off
        assert str(support.base_month) == base_month


def test_dossiers_received_before_335() -> None:
    facts = PersonFacts(born=date(1990, 1, 1), disability=between("severe", date(2026, 8, 12)))
    for value, starts in (("old_rule", "2026-08"), ("new_rule", "2026-10")):
        signed = grant("disabled_severe", "2026-10-20", "2026-09-20")
        decision = under("dossiers_received_before_335", value, facts, signed)
        assert str(decision.spans[0].starts) == starts


def test_nd136_elderly_80_start() -> None:
    facts = PersonFacts(born=date(1938, 5, 10), insurance_income=())
    for value, starts in (("birthday_month", "2018-05"), ("signing_month", "2018-08")):
        decision = under("nd136_elderly_80_start", value, facts, grant("elderly_80_no_pension", "2018-08-12"))
        assert str(decision.spans[0].starts) == starts


def test_nd20_carer_start() -> None:
    facts = PersonFacts(
        born=date(1990, 1, 1), disability=between("exceptional", date(2024, 3, 15)), cared_at_home=always(True)
    )
    carer = Grant("c", "p", "carer_household_exceptional", for_person="p", signed_on=date(2024, 5, 6))
    for value, starts in (("signing_month", "2024-05"), ("certificate_month", "2024-03")):
        assert str(under("nd20_carer_start", value, facts, carer).spans[0].starts) == starts


def test_nd335_facility_levels() -> None:
    facts = PersonFacts(born=date(1990, 1, 1), in_facility=always(True))
    for value, expected in (("as_nd20", 1), ("not_known", 0)):
        decision = under("nd335_facility_levels", value, facts, grant("facility_care"))
        assert len(in_month(decision, "2026-11")) == expected
        assert len(in_month(decision, "2026-09")) == 1


def test_unknown_birth_day() -> None:
    facts = PersonFacts(born=date(1944, 1, 1), born_precision="year", insurance_income=())
    for value, starts in (("first_day", "2024-01"), ("last_day", "2024-12")):
        decision = under("unknown_birth_day", value, facts, grant("elderly_80_no_pension"))
        assert str(decision.spans[0].starts) == starts


def test_provincial_levels() -> None:
    month, secure = Month.of(2025, 8), PACK.with_settings({"provincial_levels": "secure_only"})
    assert PACK.standard_amount("tcxh", month, ("01",)).dong == Dong(650_000)
    assert secure.standard_amount("tcxh", month, ("01",)).dong == Dong(500_000)
    assert secure.standard_amount("social_pension", month, ("01",)).dong == Dong(650_000)


def test_nd335_injury_multiplier() -> None:
    day = date(2026, 11, 1)
    assert emergency_amount("serious_injury", day, PACK) == Dong(5_400_000)
    with pytest.raises(NoEmergencyLevel):
        emergency_amount("serious_injury", day, PACK.with_settings({"nd335_injury_multiplier": "not_known"}))


def test_merit_tables_2026() -> None:
    month = Month.of(2026, 8)
    with pytest.raises(MeritTableNotPublished):
        merit_amount("thuong_binh_21", month, PACK)
    scaled = PACK.with_settings({"merit_tables_2026": "scaled"})
    assert merit_amount("thuong_binh_21", month, scaled) == Dong(2_028_000)
    assert merit_amount("thuong_binh_21", Month.of(2026, 6), PACK) == Dong(1_878_000)


def test_unpaid_at_year_end() -> None:
    december, january = Month.of(2026, 12), Month.of(2027, 1)
    assert passes_on(december, january, PACK)
    returned = PACK.with_settings({"unpaid_at_year_end": "returned"})
    assert not passes_on(december, january, returned)
    assert passes_on(Month.of(2026, 11), december, returned)
    assert not passes_on(january, december, PACK)


def test_recovery_share() -> None:
    assert PACK.settings.recovery_share == "30"
    assert PACK.with_settings({"recovery_share": "50"}).settings.recovery_share == "50"


def test_every_setting_has_its_test() -> None:
    assert set(PACK.setting_texts) == {
        name.removeprefix("test_") for name in globals() if name.removeprefix("test_") in PACK.setting_texts
    }


def test_a_setting_changes_the_digest_and_a_wrong_one_is_refused() -> None:
    assert PACK.with_settings({"study_cap": "through_22"}).digest != PACK.digest
    assert PACK.with_settings({}).digest == PACK.digest
    with pytest.raises(NoSuchSetting, match="birthday_22"):
        PACK.with_settings({"study_cap": "forever"})
    with pytest.raises(NoSuchSetting, match="study_cap"):
        PACK.with_settings({"study": "forever"})


def test_a_coefficient_is_a_decimal_never_a_float() -> None:
    assert all(type(level.value) is Decimal for category in PACK.categories for level in category.levels)
