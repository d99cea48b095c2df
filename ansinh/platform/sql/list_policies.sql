-- what: whether rows of some tables are secured, and their policies; a table without any comes once, unnamed
-- reads: pg_class, pg_policy, pg_roles
-- writes: nothing
-- safe to repeat: yes
SELECT
    class.relname::text AS table_name,
    class.relrowsecurity AS secured,
    coalesce(policy.polname::text, '') AS name,
    CASE policy.polcmd WHEN 'r' THEN 'SELECT' WHEN '*' THEN 'ALL' ELSE coalesce(policy.polcmd::text, '') END AS command,
    coalesce(
        (
            SELECT string_agg(role.rolname, ',' ORDER BY role.rolname)
            FROM pg_catalog.pg_roles AS role
            WHERE role.oid = ANY(policy.polroles)
        ),
        ''
    ) AS roles,
    coalesce(pg_catalog.pg_get_expr(policy.polqual, policy.polrelid), '') AS condition
FROM pg_catalog.pg_class AS class
LEFT JOIN pg_catalog.pg_policy AS policy ON class.oid = policy.polrelid
WHERE class.relname = ANY(%(tables)s) AND class.relkind IN ('r', 'p') AND pg_catalog.pg_table_is_visible(class.oid)
ORDER BY class.relname, policy.polname
