"""November 2026: months listed at 500.000 are made good under Decree 335/2026, by hand and by a query of its own."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import connection

import ansinh.policy
from ansinh.kernel.month import Month
from ansinh.payroll.actions import (
    approve_level_start,
    approve_run,
    check_run,
    clear_finding,
    compute_run,
    open_run,
    propose_level_start,
    submit_run,
)
from ansinh.payroll.models import Line, RunFinding
from ansinh.payroll.queries import PROOFS
from ansinh.registry.actions import record_death
from ansinh.registry.models import Person
from ansinh.registry.types import Paper
from tests.payroll.steadiness import same_both_ways
from tests.seeding import Desk, add_person, open_desk

# Xã Chợ Đồn, tỉnh Thái Nguyên.
PLACE = "02020"
JUNE, JULY, SEPTEMBER, NOVEMBER = (Month.of(2026, number) for number in (6, 7, 9, 11))
PACK = Path(ansinh.policy.__file__).parent / "pack"

# What the law's files owe for the lines of four months, less what those lines gave; nothing of the program is asked.
INDEPENDENT = """
WITH standard AS (
    SELECT * FROM jsonb_to_recordset(%(standard)s) AS row (regime text, "from" text, value bigint)
),
band AS (
    SELECT *
    FROM jsonb_to_recordset(%(bands)s) AS row (
        category text, "from" text, value numeric, from_age int, under_age int, from_count int, under_count int,
        each boolean
    )
),
listed AS (
    SELECT
        line.person_id, line.benefit, line.regime, line.grant_id, to_char(line.entitlement_month, 'YYYY-MM') AS month,
        (line.entitlement_month + interval '1 month - 1 day')::date AS last_day, sum(line.amount_dong) AS dong
    FROM payroll_line AS line
    WHERE line.entitlement_month BETWEEN '2026-07-01' AND '2026-10-01' AND line.payroll_month < '2026-11-01'
    GROUP BY line.person_id, line.benefit, line.regime, line.grant_id, line.entitlement_month
),
aged AS (
    SELECT
        listed.*, coalesce(granted.children, 0) AS counted,
        date_part('year', age(listed.last_day, coalesce(cared_for.born_on, payee.born_on))) AS age
    FROM listed
    JOIN registry_grant AS granted ON granted.id = listed.grant_id
    JOIN registry_person AS payee ON payee.id = listed.person_id
    LEFT JOIN registry_person AS cared_for ON cared_for.id = granted.cared_for_id
)
SELECT
    count(*),
    sum(
        (
            SELECT band.value * (CASE WHEN band.each THEN aged.counted ELSE 1 END) FROM band
            WHERE band.category = aged.benefit AND band."from" <= aged.month
                AND aged.age >= coalesce(band.from_age, 0) AND aged.age < coalesce(band.under_age, 999)
                AND aged.counted >= coalesce(band.from_count, 0) AND aged.counted < coalesce(band.under_count, 99)
            ORDER BY band."from" DESC, band.from_age DESC NULLS LAST LIMIT 1
        ) * (
            SELECT standard.value FROM standard
            WHERE standard.regime = aged.regime AND standard."from" <= aged.month
            ORDER BY standard."from" DESC LIMIT 1
        ) - aged.dong
    )
FROM aged
"""


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    """The place lists by Decree 335 only from its list of November."""
    desk = open_desk()
    proposed = propose_level_start(
        place_code=PLACE, law="nd335", first_payroll=NOVEMBER, reason="CV 412/SYT", by=desk.officer, at=at_of(JUNE)
    )
    approve_level_start(level_start_id=proposed.level_start_id, by=desk.approver, at=at_of(JUNE))
    return desk


def at_of(month: Month) -> datetime:
    """Lists are made on the 20th of the month before."""
    before = month + -1
    return datetime(before.year, before.number, 20, 2, 0, tzinfo=UTC)


def listed(desk: Desk, month: Month) -> int:
    """The run of the month, from open to approved."""
    run_id = open_run(place_code=PLACE, month=month, by=desk.officer, at=at_of(month)).run_id
    compute_run(run_id=run_id, by=desk.officer, at=at_of(month))
    # Nearly everybody is steady, and in November months whose amount changed are looked at again.
    assert same_both_ways(run_id) > 0 or month == JUNE
    check_run(run_id=run_id, by=desk.officer, at=at_of(month))
    for finding in RunFinding.objects.filter(run_id=run_id, severity="blocking", cleared_at=None):
        clear_finding(run_id=run_id, finding_id=finding.pk, reason="đã xác minh", by=desk.officer, at=at_of(month))
    submit_run(run_id=run_id, by=desk.officer, at=at_of(month))
    approve_run(run_id=run_id, by=desk.approver, at=at_of(month))
    return run_id


def resident(name: str, born: date, category: str, **more: Any) -> Person:
    more = {"opening": JUNE, "commune": PLACE, "sex": "female" if " Thị " in name else "male", **more}
    return add_person(name, born=born, category=category, **more)


def november(person: Person) -> dict[str, list[int]]:
    """Đồng of a person's lines in November's list, by kind, the months in order."""
    found: dict[str, list[int]] = {}
    for line in Line.objects.filter(payroll_month=NOVEMBER, person_id=person.pk).order_by("entitlement_month"):
        found.setdefault(line.kind, []).append(line.amount_dong.value)
    return found


def independent() -> tuple[int, int]:
    """How many months of lines the query looked at, and the sum still owed for them."""
    standard = yaml.safe_load((PACK / "standard_amounts.yaml").read_text(encoding="utf-8"))
    files = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in (PACK / "categories").glob("*.yaml")]
    given = {
        "standard": [{"regime": regime, **row} for regime, rows in standard.items() for row in rows],
        "bands": [
            {"category": code, **row} for file in files for code, one in file.items() for row in one.get("values", ())
        ],
    }
    with connection.cursor() as cursor:
        cursor.execute(INDEPENDENT, {name: json.dumps(rows) for name, rows in given.items()})
        lines, dong = cursor.fetchone()
    return lines, int(dong)


def arrears() -> int:
    """Đồng of November's list for the months before it."""
    late = Line.objects.filter(payroll_month=NOVEMBER, entitlement_month__lt=NOVEMBER)
    return sum(line.amount_dong.value for line in late)


def people_and_their_money() -> dict[Person, tuple[list[int], int]]:
    """Those of the test below: the arrears of their months up to October, and the line of November."""
    child = resident("Đàm Công Bảo", date(2016, 9, 10), "disabled_exceptional")
    return {
        resident("Nông Văn Nặng", date(1975, 3, 2), "disabled_severe"): ([60_000] * 4, 810_000),
        resident("Ma Văn Sáu", date(1958, 4, 4), "elderly_poor_no_carer"): ([60_000] * 4, 810_000),
        resident("Ma Văn Bảy", date(1949, 3, 10), "elderly_poor_no_carer"): ([330_000] * 4, 1_080_000),
        resident("Ma Thị Lăm", date(1951, 9, 15), "elderly_poor_no_carer"):
            ([60_000, 60_000, 330_000, 330_000], 1_080_000),
        resident("Ma Thị Tám", date(1946, 8, 20), "elderly_poor_no_carer"):
            ([330_000, 80_000, 80_000, 80_000], 1_080_000),
        resident("Lý Ngọc An", date(1940, 1, 1), "social_pension"): ([40_000] * 4, 540_000),
        resident("Ma Thị Đơn", date(1990, 5, 6), "single_parent_poor", children=2): ([80_000] * 4, 1_080_000),
        child: ([100_000] * 4, 1_350_000),
        resident("Trần Xuân Dương", date(1982, 1, 9), "carer_household_exceptional", cared_for=child):
            ([40_000] * 4, 540_000),
        resident("Lê Thị Côi", date(2022, 9, 9), "child_no_care"): ([100_000, 100_000, 60_000, 60_000], 810_000),
        resident("Vi Thị Mới", date(1988, 2, 2), "disabled_severe", opening=SEPTEMBER, starts=SEPTEMBER):
            ([60_000] * 2, 810_000),
    }  # fmt: skip


def test_each_month_is_made_good_at_its_own_band(desk: Desk) -> None:
    """Listed for 7–10/2026 at 500.000 (Nghị định 76/2024; hưu trí xã hội: Nghị định 176/2025); owed at 540.000 from
    7/2026 (khoản 2 Điều 4, Điều 32 Nghị định 335/2026). The elderly poor without a supporter: 1,5 from 60, 2,0 from 80
    under Decree 20 (điểm đ khoản 1 Điều 6); 2,0 from 75 under Decree 335 (Điều 6).

    severe, 51: 1,5 × 40.000 = 60.000 × 4; 11/2026 1,5 × 540.000 = 810.000; elderly poor, 68: the same
    elderly poor, 77: 2,0 × 540.000 − 1,5 × 500.000 = 330.000 × 4; 11/2026 1.080.000
    elderly poor, 75 on 15/9/2026: 60.000 for 7 and 8; from the birthday month 1.080.000 − 750.000 = 330.000 × 2
    elderly poor, 80 on 20/8/2026: 330.000 for 7; then 1.080.000 − 2,0 × 500.000 = 80.000 × 3
    social pension: 1,0 × 40.000 × 4 (Điều 31); 11/2026 540.000
    single parent of two: 2 × 1,0 × 40.000 = 80.000 × 4; 11/2026 1.080.000
    child of 10, exceptional: 2,5 × 40.000 = 100.000 × 4; its household: 40.000 × 4; 11/2026 1.350.000 and 540.000
    child without care, 4 on 9/9/2026: 2,5 × 40.000 = 100.000 × 2, from the birthday month 1,5: 60.000 × 2
    severe, granted from 9/2026: 60.000 × 2
    severe, 61, died 8/8/2026, known in time for 9/2026: 2,0 × 40.000 for 7 and 8, no more (khoản 2 Điều 8 Decree 20)

    240.000 × 2 + 1.320.000 + 780.000 + 570.000 + 160.000 + 320.000 + 400.000 + 160.000 + 320.000 + 120.000 + 160.000.
    """
    by_hand = people_and_their_money()
    dead = resident("Vi Văn Chết", date(1965, 5, 5), "disabled_severe")
    for month in JUNE.until(SEPTEMBER):
        listed(desk, month)
    record_death(person_id=dead.pk, died_on=date(2026, 8, 8), paper=Paper("90/QĐ-UBND", date(2026, 8, 12)),
                 by=desk.officer, at=at_of(SEPTEMBER))  # fmt: skip
    for month in SEPTEMBER.until(NOVEMBER):
        listed(desk, month)
    assert independent() == (44, 4_790_000)
    run_id = listed(desk, NOVEMBER)
    found = {person.full_name: november(person) for person in by_hand}
    assert found == {one.full_name: {"arrears": late, "regular": [now]} for one, (late, now) in by_hand.items()}
    assert november(dead) == {"arrears": [80_000, 80_000]}
    assert arrears() == 4_790_000
    assert Line.objects.filter(run_id=run_id).exclude(kind__in=("arrears", "regular")).count() == 0
    december = open_run(place_code=PLACE, month=NOVEMBER + 1, by=desk.officer, at=at_of(NOVEMBER + 1))
    compute_run(run_id=december.run_id, by=desk.officer, at=at_of(NOVEMBER + 1))
    assert set(Line.objects.filter(payroll_month=NOVEMBER + 1).values_list("kind", flat=True)) == {"regular"}


SPREAD = (
    ("elderly_poor_no_carer", range(1940, 1966, 2)),
    ("disabled_severe", range(1962, 1970)),
    ("disabled_severe", range(2008, 2014)),
    ("disabled_exceptional", range(1964, 1968)),
    ("disabled_exceptional", range(2009, 2012)),
    ("child_no_care", range(2020, 2025)),
    ("social_pension", range(1938, 1951, 3)),
)


def test_at_any_age_the_sum_is_that_of_the_laws_files(desk: Desk) -> None:
    """One of each category born in each of many months, so that every band is met and left within the four months."""
    for number, (category, years) in enumerate(SPREAD):
        for year in years:
            for born in (3, 7, 8, 9, 10, 12):
                resident(f"Nông Văn {number} {year} {born}", date(year, born, 15), category)
    for children in (1, 2, 3):
        resident(f"Ma Thị {children} con", date(1990, 5, 6), "single_parent_poor", children=children)
    for month in JUNE.until(NOVEMBER):
        listed(desk, month)
    lines, dong = independent()
    assert lines > 800
    listed(desk, NOVEMBER)
    assert arrears() == dong > 50_000_000
    assert {proof.code: proof.find() for proof in PROOFS if proof.find()} == {}
