-- what: the entry a dead worker had taken leaves the queue, and its lane is free again
-- reads: nothing
-- writes: nothing
-- safe to repeat: no: an entry leaves once
SELECT procrastinate_finish_job_v1(%(queue_id)s::bigint, 'failed'::procrastinate_job_status, TRUE)
