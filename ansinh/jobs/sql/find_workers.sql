-- what: workers that told lately that they live
-- reads: procrastinate_workers
-- writes: nothing
-- safe to repeat: yes
SELECT worker.id
FROM procrastinate_workers AS worker
WHERE worker.last_heartbeat > now() - %(seconds)s::interval
