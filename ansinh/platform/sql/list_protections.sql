-- what: triggers, constraints and unique indexes of some tables and their partitions, and whether each still works
-- reads: pg_class, pg_inherits, pg_trigger, pg_proc, pg_constraint, pg_attribute, pg_index
-- writes: nothing
-- safe to repeat: yes
WITH kept AS (
    SELECT
        class.oid,
        class.relname::text AS table_name,
        ''::text AS parent
    FROM pg_catalog.pg_class AS class
    WHERE class.relname = ANY(%(tables)s) AND class.relkind IN ('r', 'p') AND pg_catalog.pg_table_is_visible(class.oid)
    UNION ALL
    SELECT
        class.oid,
        class.relname::text,
        whole.relname::text
    FROM pg_catalog.pg_inherits AS part
    INNER JOIN pg_catalog.pg_class AS class ON part.inhrelid = class.oid
    INNER JOIN pg_catalog.pg_class AS whole ON part.inhparent = whole.oid
    WHERE whole.relname = ANY(%(tables)s) AND whole.relkind = 'p'
)

SELECT
    -- Inner ones are PostgreSQL's own, behind foreign keys and deferred constraints.
    CASE WHEN standing.tgisinternal THEN 'inner trigger' ELSE 'trigger' END AS kind,
    kept.table_name,
    kept.parent,
    standing.tgname::text AS name,
    function.proname::text AS detail,
    '' AS columns,
    standing.tgenabled IN ('O', 'A') AS sound
FROM kept
INNER JOIN pg_catalog.pg_trigger AS standing ON kept.oid = standing.tgrelid
INNER JOIN pg_catalog.pg_proc AS function ON standing.tgfoid = function.oid
UNION ALL
SELECT
    'constraint',
    kept.table_name,
    kept.parent,
    standing.conname::text,
    standing.contype::text,
    coalesce(
        (
            SELECT string_agg(attribute.attname, ',' ORDER BY attribute.attnum)
            FROM pg_catalog.pg_attribute AS attribute
            WHERE attribute.attrelid = kept.oid AND attribute.attnum = ANY(standing.conkey)
        ),
        ''
    ),
    -- PostgreSQL 18 can also keep a constraint without enforcing it; earlier ones have no such column.
    standing.convalidated AND coalesce((to_jsonb(standing) ->> 'conenforced')::boolean, TRUE)
FROM kept
INNER JOIN pg_catalog.pg_constraint AS standing ON kept.oid = standing.conrelid
UNION ALL
SELECT
    'index',
    kept.table_name,
    kept.parent,
    class.relname::text,
    'unique',
    '',
    standing.indisvalid AND standing.indisready
FROM kept
INNER JOIN pg_catalog.pg_index AS standing ON kept.oid = standing.indrelid
INNER JOIN pg_catalog.pg_class AS class ON standing.indexrelid = class.oid
WHERE standing.indisunique
