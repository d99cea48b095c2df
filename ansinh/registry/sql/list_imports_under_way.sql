-- what: the provinces for which a register is being imported or waits its turn, and since when the first of them is
-- reads: pg_locks, pg_stat_activity, pg_database
-- writes: nothing
-- safe to repeat: yes
SELECT
    held.objid::int AS province,
    min(activity.xact_start) AS since,
    count(*) FILTER (WHERE NOT held.granted) AS waiting
FROM pg_locks AS held
INNER JOIN pg_stat_activity AS activity ON held.pid = activity.pid
INNER JOIN pg_database AS here ON held.database = here.oid
WHERE
    here.datname = current_database()
    AND held.locktype = 'advisory'
    AND held.classid = %(lock)s
    AND held.objsubid = 2
GROUP BY held.objid
ORDER BY held.objid
