-- what: the text of some functions as the database holds it
-- reads: pg_proc
-- writes: nothing
-- safe to repeat: yes
SELECT
    function.proname::text AS name,
    function.prosrc AS body
FROM pg_catalog.pg_proc AS function
WHERE function.proname = ANY(%(names)s) AND pg_catalog.pg_function_is_visible(function.oid)
