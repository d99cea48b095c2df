-- what: a job given up long ago is not resumed any more: its file goes
-- reads: jobs_job
-- writes: jobs_job
-- safe to repeat: yes
UPDATE jobs_job
SET sealed_input = ''::bytea
WHERE
    state IN ('FAILED', 'CANCELLED') AND ended_at < now() - make_interval(days => %(days)s)
    AND octet_length(sealed_input) > 0
