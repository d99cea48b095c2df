"""A register of any size in seconds: people with ordinary names, spread over every commune of the country."""

from __future__ import annotations

import re

from django.db import connection

_FAMILIES = """nguyen tran le pham hoang phan vu dang bui do ho ngo duong ly nong trieu ban ma luc be vi chu hua la dam
luong mac truong dinh lam trinh mai dao cao"""
_MIDDLES = "van thi xuan ngoc duc minh quang thanh huu dinh kim hong thu my viet"
_GIVEN = "an binh chi dung giang ha hai hanh hoa hung huong khanh lan linh long mai minh nam nga phong quyen son tam"

_PEOPLE = """
WITH named AS (
    SELECT
        number,
        (%(family)s::text [])[1 + (number * 7919) %% %(families)s] || ' '
        || (%(middle)s::text [])[1 + (number * 104729) %% %(middles)s] || ' '
        || (%(given)s::text [])[1 + (number * 1299709) %% %(givens)s] AS name
    FROM generate_series(1, %(count)s::bigint) AS number
)
INSERT INTO registry_person (full_name, name_key, sort_key, born_on, birth_precision, sex, facts_version, recorded_at)
SELECT initcap(name), name, split_part(name, ' ', 3) || ' ' || name, date '1930-01-01' + (number %% 25000)::int,
    'day', '', 1, now()
FROM named
"""
_HOMES = """
WITH communes AS (
    SELECT array_agg(code ORDER BY code) AS codes FROM places_unit WHERE kind = 'commune' AND validity @> %(on)s::date
)
INSERT INTO registry_residence (person_id, commune_code, hamlet, starts, recorded_at)
SELECT person.id, communes.codes[1 + (person.id * 31) %% cardinality(communes.codes)], '', %(on)s::date, now()
FROM registry_person AS person CROSS JOIN communes
WHERE NOT EXISTS (SELECT 1 FROM registry_residence AS known WHERE known.person_id = person.id)
"""


def add_many_people(count: int, *, on: str = "2026-01-01") -> None:
    """So many people more, each at home in one commune from that day on; the planner is told."""
    with connection.cursor() as cursor:
        words = {"family": _FAMILIES.split(), "middle": _MIDDLES.split(), "given": _GIVEN.split()}
        sizes = {"families": len(words["family"]), "middles": len(words["middle"]), "givens": len(words["given"])}
        cursor.execute(_PEOPLE, {**words, **sizes, "count": count})
        cursor.execute(_HOMES, {"on": on})
        cursor.execute("ANALYZE registry_person, registry_residence")


def plan_of_search(asked: str, communes: list[str], on: str = "2026-07-01") -> str:
    """How PostgreSQL carries out the statement of `registry_find_people` for that name and those communes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'registry_find_people'")
        body = str(cursor.fetchone()[0])
        statement = body.rsplit("RETURN QUERY", 1)[1].split(";", maxsplit=1)[0]
        values = {"asked": f"'{asked}'", "in_month": f"date '{on}'", "most": "50"}
        values["reached"] = "ARRAY[" + ",".join(f"'{code}'" for code in communes) + "]::text[]"
        for name, value in values.items():
            statement = re.sub(rf"\b{name}\b", value, statement)
        cursor.execute(f"EXPLAIN (ANALYZE) {statement}")
        return "\n".join(line for (line,) in cursor.fetchall())


def homes_unchecked() -> None:
    """Takes away the check of two homes in one month, for this transaction: it costs more than the people."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE registry_residence DROP CONSTRAINT residence_one_at_a_time")


def found(asked: str, communes: list[str], on: str = "2026-07-01") -> int:
    """How many the search finds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registry_find_people(%s, '{}', %s, %s, FALSE, 50)", [asked, on, communes])
        return int(cursor.fetchone()[0])
