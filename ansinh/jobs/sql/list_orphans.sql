-- what: jobs nobody works on and nobody will: begun by a worker that is dead (its lock is free), or waiting with no entry
--       in the queue, or with one a silent worker took
-- reads: jobs_job, procrastinate_jobs, procrastinate_workers, pg_locks, pg_database
-- writes: nothing
-- safe to repeat: yes
SELECT
    job.id,
    job.state,
    job.attempts,
    job.cancel_asked_at IS NOT NULL AS cancelled,
    queued.id AS queue_id,
    queued.status::text AS queue_status
FROM jobs_job AS job
LEFT JOIN procrastinate_jobs AS queued ON job.queue_id = queued.id
LEFT JOIN procrastinate_workers AS worker ON queued.worker_id = worker.id
WHERE
    job.state IN ('WAITING', 'RUNNING')
    AND NOT EXISTS (
        SELECT 1
        FROM pg_locks AS held
        WHERE
            held.locktype = 'advisory' AND held.granted
            AND held.database = (SELECT own.oid FROM pg_database AS own WHERE own.datname = current_database())
            AND held.classid::bigint = %(lock)s AND held.objid::bigint = job.id AND held.objsubid = 2
    )
    AND (
        job.state = 'RUNNING'
        OR NOT (
            coalesce(queued.status = 'todo', FALSE)
            OR coalesce(
                queued.status = 'doing' AND worker.last_heartbeat > now() - make_interval(secs => %(stalled)s), FALSE
            )
        )
    )
ORDER BY job.id
FOR UPDATE OF job SKIP LOCKED
