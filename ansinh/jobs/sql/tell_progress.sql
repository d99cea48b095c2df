-- what: how far an attempt is, and whether it shall stop; no row when the job is another worker's by now
-- reads: jobs_job
-- writes: jobs_job
-- safe to repeat: yes
UPDATE jobs_job
SET done = %(done)s, total = %(total)s, told_at = now()
WHERE id = %(job_id)s AND attempts = %(attempt)s AND state = 'RUNNING'
RETURNING cancel_asked_at IS NOT NULL AS cancelled
