-- what: where some of the rows kept of a results file stand in it
-- reads: reconcile_resultsrow
-- writes: nothing
-- safe to repeat: yes
SELECT
    id AS number,
    sheet,
    row
FROM reconcile_resultsrow
WHERE file_id = %(file)s AND id = ANY(%(numbers)s::bigint [])
