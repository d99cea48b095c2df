-- what: an attempt has ended, said by whoever made it; what is done needs its file no more
-- reads: jobs_job
-- writes: jobs_job
-- safe to repeat: yes, it has then ended already
UPDATE jobs_job
SET
    state = %(state)s, ended_at = now(), result = %(result)s::jsonb, fault_code = %(fault_code)s, fault = %(fault)s,
    sealed_input = CASE WHEN %(state)s = 'DONE' THEN ''::bytea ELSE sealed_input END,
    done = CASE WHEN %(state)s = 'DONE' THEN total ELSE done END
WHERE id = %(job_id)s AND attempts = %(attempt)s AND state = ANY(%(sources)s)
RETURNING id
