-- what: every index and foreign key of some tables but their primary keys, with the statements that drop and make it
-- reads: pg_constraint, pg_index, pg_class
-- writes: nothing
-- safe to repeat: yes
SELECT
    found.conname::text AS name,
    found.contype::text AS kind,
    format('ALTER TABLE %%s DROP CONSTRAINT %%I', found.conrelid::regclass, found.conname) AS drop,
    format(
        'ALTER TABLE %%s ADD CONSTRAINT %%I %%s', found.conrelid::regclass, found.conname, pg_get_constraintdef(found.oid)
    ) AS make
FROM pg_constraint AS found
INNER JOIN pg_class AS holder ON found.conrelid = holder.oid
WHERE
    holder.relnamespace = 'public'::regnamespace
    AND holder.relname = ANY(%(tables)s::text [])
    AND found.contype IN ('f', 'u', 'x')
UNION ALL
SELECT
    named.relname::text,
    'i',
    format('DROP INDEX %%I', named.relname),
    pg_get_indexdef(made.indexrelid)
FROM pg_index AS made
INNER JOIN pg_class AS holder ON made.indrelid = holder.oid
INNER JOIN pg_class AS named ON made.indexrelid = named.oid
WHERE
    holder.relnamespace = 'public'::regnamespace
    AND holder.relname = ANY(%(tables)s::text [])
    AND NOT EXISTS (SELECT FROM pg_constraint AS found WHERE found.conindid = made.indexrelid AND found.contype <> 'f')
