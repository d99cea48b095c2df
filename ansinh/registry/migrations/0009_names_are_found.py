"""People are found by any part of their name among millions: one function that asks who looks, and an index for it.

A condition of row-level security is asked before LIKE, which PostgreSQL does not trust with rows nobody may see; an
index on names would then never serve. So the search runs as the tables' owner and asks the same settings itself.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

_FIND = """
CREATE FUNCTION registry_find_people(
    asked text, numbers bytea [], in_month date, communes text [], everywhere boolean, most integer
) RETURNS TABLE (
    id bigint, full_name varchar, born_on date, birth_precision varchar, sex varchar, commune_code varchar, hamlet varchar
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
    reached text [] := CASE WHEN NOT everywhere THEN communes END;
    in_sight text [] := string_to_array(coalesce(current_setting('ansinh.places', TRUE), ''), ',');
BEGIN
    -- The tables' own owner and work that checked who may are asked nothing more; everybody else sees their places.
    IF NOT (
        current_setting('role') = 'ansinh_worker'
        OR (current_setting('role') = 'none' AND session_user = current_user)
        OR current_setting('ansinh.everywhere', TRUE) = 'on'
    ) THEN
        reached := CASE WHEN everywhere THEN in_sight
            ELSE ARRAY(SELECT code FROM unnest(communes) AS code WHERE code = ANY(in_sight)) END;
    END IF;
    IF cardinality(numbers) > 0 THEN
        RETURN QUERY
        SELECT person.id, person.full_name, person.born_on, person.birth_precision, person.sex,
            residence.commune_code, residence.hamlet
        FROM registry_person AS person
        INNER JOIN registry_residence AS residence ON person.id = residence.person_id
        WHERE person.id IN (SELECT held.person_id FROM registry_sealednumber AS held WHERE held.blind_index = ANY(numbers))
            AND residence.starts <= in_month AND (residence.ends IS NULL OR residence.ends > in_month)
            AND (reached IS NULL OR residence.commune_code = ANY(reached))
        ORDER BY person.sort_key, person.id LIMIT most;
        RETURN;
    END IF;
    IF asked = '' THEN RETURN; END IF;
    RETURN QUERY
    SELECT person.id, person.full_name, person.born_on, person.birth_precision, person.sex,
        residence.commune_code, residence.hamlet
    FROM registry_person AS person
    INNER JOIN registry_residence AS residence ON person.id = residence.person_id
    WHERE person.name_key LIKE '%' || asked || '%'
        AND residence.starts <= in_month AND (residence.ends IS NULL OR residence.ends > in_month)
        AND (reached IS NULL OR residence.commune_code = ANY(reached))
    ORDER BY person.sort_key, person.id LIMIT most;
END $$;
REVOKE ALL ON FUNCTION registry_find_people(text, bytea [], date, text [], boolean, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_find_people(text, bytea [], date, text [], boolean, integer)
    TO ansinh_web, ansinh_worker;
"""

_FIND_BACK = "DROP FUNCTION registry_find_people(text, bytea [], date, text [], boolean, integer)"


class Migration(migrations.Migration):
    dependencies = [("registry", "0008_seen_by_place")]

    operations = [
        TrigramExtension(),
        migrations.AddIndex(
            model_name="person",
            index=GinIndex(fields=["name_key"], name="person_name_parts", opclasses=["gin_trgm_ops"]),
        ),
        migrations.RunSQL(_FIND, _FIND_BACK),
    ]
