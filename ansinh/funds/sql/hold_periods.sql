-- what: hold payers' communes until the transaction ends: shared by whoever books, alone by whoever closes
-- reads: nothing
-- writes: nothing
-- safe to repeat: yes; a lock held is held
SELECT
    CASE
        WHEN %(alone)s THEN pg_advisory_xact_lock(hashtextextended('funds.period:' || wanted.period, 0))
        ELSE pg_advisory_xact_lock_shared(hashtextextended('funds.period:' || wanted.period, 0))
    END AS held
FROM (
    SELECT unnest(%(periods)s::text []) AS period
    ORDER BY 1
) AS wanted
