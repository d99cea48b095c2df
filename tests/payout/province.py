"""A province's approved list made by SQL: people, grants, spans, roster and lines by the hundred thousand."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Max

from ansinh.entitlement.models import Span
from ansinh.payroll.models import Run
from ansinh.places.queries import list_commune_codes
from ansinh.registry.models import Grant, Person
from tests.seeding import AT, AUGUST, CHO_DON, Desk

# Money is held by districts in 2020: one with as many people as a province.
PROVINCE = CHO_DON

_NUMBERED = (Person, Grant, Span)
_STATEMENTS = (
    """
    INSERT INTO registry_person (id, full_name, name_key, sort_key, born_on, birth_precision, sex, facts_version,
        recorded_at)
    SELECT %(first)s + n, 'Nông Thị ' || n, 'nong thi ' || n, lpad(n::text, 9, '0') || ' nong thi', '1935-01-01',
        'year', '', 1, %(at)s
    FROM generate_series(1, %(people)s) AS n
    """,
    """
    INSERT INTO registry_grant (id, person_id, category, starts, opening_month, decision_no, book_no, cared_for_name,
        recorded_at)
    SELECT person.id, person.id, 'elderly_80_no_pension', '2019-01-01', '2020-08-01', '', '', '', %(at)s
    FROM registry_person AS person WHERE person.id > %(first)s
    """,
    """
    INSERT INTO entitlement_span (id, person_id, grant_id, benefit, regime, coefficient, starts, law, article, reason,
        for_person_id, deducted_dong, assumed, pack_digest, recorded_at)
    SELECT person.id, person.id, person.id, 'elderly_80_no_pension', 'tcxh', 1.0, '2019-01-01', 'nd136', 'd5', 'x', 0,
        0, '', repeat('0', 64), %(at)s
    FROM registry_person AS person WHERE person.id > %(first)s
    """,
    """
    INSERT INTO payroll_rosterentry (run_id, month, person_id, commune_code, full_name, name_key, sort_key, born_on,
        birth_precision, sex, hamlet, programme)
    SELECT %(run)s, '2020-08-01', person.id,
        (%(communes)s::text [])[1 + person.id %% array_length(%(communes)s::text [], 1)], person.full_name,
        person.name_key, person.sort_key, person.born_on, 'year', '', 'Thôn ' || person.id %% 7, 'assistance'
    FROM registry_person AS person WHERE person.id > %(first)s
    """,
    """
    INSERT INTO payroll_line (payroll_month, run_id, person_id, grant_id, span_id, benefit, for_person_id, regime,
        kind, entitlement_month, coefficient, base_dong, deducted_dong, amount_dong, law, article, group_name,
        commune_code, pack_digest)
    SELECT '2020-08-01', %(run)s, roster.person_id, roster.person_id, roster.person_id, 'elderly_80_no_pension', 0,
        'tcxh', 'regular', '2020-08-01', 1.0, 271000, 0, 271000, 'nd136', 'd5', 'nhóm', roster.commune_code,
        repeat('0', 64)
    FROM payroll_rosterentry AS roster WHERE roster.run_id = %(run)s
    """,
    """
    INSERT INTO payroll_communelist (run_id, commune_code, people, lines, total_dong, digest)
    SELECT line.run_id, line.commune_code, count(*), count(*), sum(line.amount_dong), repeat('0', 64)
    FROM payroll_line AS line WHERE line.run_id = %(run)s GROUP BY line.run_id, line.commune_code
    """,
    """
    UPDATE payroll_run SET state = 'APPROVED', submitted_by = %(officer)s, approved_by = %(approver)s,
        list_digest = repeat('0', 64) WHERE id = %(run)s
    """,
    "ANALYZE registry_person, payroll_rosterentry, payroll_line",
)


def approve_province(desk: Desk, people: int) -> Run:
    """An approved run of a province with that many people, each with one line."""
    run = Run.objects.create(
        place_code=PROVINCE, month=AUGUST, opened_at=AT, opened_by=desk.officer.user_id, pack_digest="0" * 64
    )
    facts: dict[str, Any] = {
        "at": AT,
        "people": people,
        # Beyond whatever is there already: a person, their grant and their span have one number.
        "first": max(
            1_000_000, *(kind.objects.aggregate(last=Max("id"))["last"] or 0 for kind in (Person, Grant, Span))
        ),
        "run": run.pk,
        "communes": list(list_commune_codes(PROVINCE, AUGUST.first_day)),
        "officer": desk.officer.user_id,
        "approver": desk.approver.user_id,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT payroll_add_partition('2020-08-01')")
        for statement in _STATEMENTS:
            cursor.execute(statement, facts)
    run.refresh_from_db()
    return run
