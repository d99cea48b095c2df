"""A number is found under the key of either column: the search asked the first alone, and a new key hid people."""

from __future__ import annotations

from django.db import migrations

_FIND = """
CREATE OR REPLACE FUNCTION registry_find_people(
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
        WHERE person.id IN (
                SELECT held.person_id FROM registry_sealednumber AS held
                WHERE held.blind_index = ANY(numbers) OR held.blind_index_even = ANY(numbers)
            )
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
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0010_who_told")]

    # Nothing to go back to: the function before found less.
    operations = [migrations.RunSQL(_FIND, migrations.RunSQL.noop)]
