-- what: what some views ask, as the database holds it
-- reads: pg_class
-- writes: nothing
-- safe to repeat: yes
SELECT
    class.relname::text AS name,
    pg_catalog.pg_get_viewdef(class.oid) AS body
FROM pg_catalog.pg_class AS class
WHERE class.relname = ANY(%(names)s) AND class.relkind = 'v' AND pg_catalog.pg_table_is_visible(class.oid)
