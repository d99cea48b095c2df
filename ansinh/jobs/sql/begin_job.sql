-- what: a worker that holds the job's lock begins it: one more attempt
-- reads: jobs_job
-- writes: jobs_job
-- safe to repeat: yes, counted as a further attempt
UPDATE jobs_job
SET state = 'RUNNING', attempts = attempts + 1, started_at = now(), told_at = now(), done = 0, total = 0
WHERE id = %(job_id)s AND state = ANY(%(sources)s) AND cancel_asked_at IS NULL
RETURNING id, kind, arguments, file_name, sealed_input, asked_at, asked_by, origin, attempts
