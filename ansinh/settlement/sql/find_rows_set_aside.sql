-- what: rows of a payer's recorded files, of a month or earlier, that were set aside and nobody has settled: of orders
--       of some communes; a row of an order nobody knows belongs to every commune its file reports on
-- reads: reconcile_resultsfile, reconcile_resultsrow, payout_order, payout_batchitem
-- writes: nothing
-- safe to repeat: yes
WITH waiting AS (
    SELECT
        told.id,
        told.file_id,
        told.sheet,
        told.row,
        told.order_id,
        told.order_code,
        told.amount_dong,
        told.message,
        file.file_name
    FROM reconcile_resultsrow AS told
    INNER JOIN reconcile_resultsfile AS file ON told.file_id = file.id
    WHERE
        told.verdict = 'set_aside' AND told.resolved_at IS NULL AND file.state = 'APPLIED'
        AND file.payer = %(payer)s AND coalesce(file.month, %(month)s::date) <= %(month)s::date
),

placed AS (
    SELECT
        waiting.id,
        (
            SELECT item.commune_code
            FROM payout_batchitem AS item
            WHERE item.order_id = waiting.order_id
            ORDER BY item.id DESC
            LIMIT 1
        ) AS commune_code
    FROM waiting
    WHERE waiting.order_id IS NOT NULL
),

reported AS (
    SELECT DISTINCT
        told.file_id,
        listed.commune_code
    FROM reconcile_resultsrow AS told
    INNER JOIN payout_order AS listed ON told.order_id = listed.id
    WHERE told.file_id IN (SELECT waiting.file_id FROM waiting)
)

SELECT
    waiting.id AS row_id,
    waiting.file_id,
    waiting.file_name,
    waiting.sheet,
    waiting.row,
    waiting.order_code,
    waiting.amount_dong,
    waiting.message,
    coalesce(placed.commune_code, reported.commune_code, '') AS commune_code
FROM waiting
LEFT JOIN placed ON waiting.id = placed.id
LEFT JOIN reported ON placed.commune_code IS NULL AND waiting.file_id = reported.file_id
WHERE
    coalesce(placed.commune_code, reported.commune_code) = ANY(%(communes)s::text [])
    OR (placed.commune_code IS NULL AND reported.commune_code IS NULL)
ORDER BY waiting.file_id, waiting.id, commune_code
