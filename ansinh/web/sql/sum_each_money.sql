-- what: how far the money of each of some approved runs has come: reserved, ordered, asked for, sent, released, reported
-- reads: payroll_run, funds_reservation, funds_transfer, payout_order, payout_batch, payout_batchitem, reconcile_resultsfile, reconcile_resultsrow
-- writes: nothing
-- safe to repeat: yes
SELECT
    run.id AS run_id,
    reserved.amount_dong AS reserved_dong,
    asked.requested_dong,
    asked.sent_dong,
    asked.sent_on,
    batches.live AS batches,
    batches.released AS batches_released,
    batches.handed_over AS batches_handed_over,
    batches.declared_dong,
    ordered.orders,
    ordered.orders_dong,
    shown.new_dong,
    shown.presented,
    shown.presented_dong,
    shown.waiting,
    shown.waiting_dong,
    shown.paid,
    shown.paid_dong,
    shown.unpaid,
    shown.unpaid_dong,
    aside.rows AS set_aside
FROM payroll_run AS run
CROSS JOIN LATERAL (
    SELECT coalesce(sum(reservation.amount_dong), 0)::bigint AS amount_dong
    FROM payroll_run AS listed
    INNER JOIN funds_reservation AS reservation
        ON reservation.document = 'run:' || listed.id OR reservation.document LIKE 'run:' || listed.id || '/%%'
    WHERE listed.id = run.id OR listed.paid_with_id = run.id
) AS reserved
CROSS JOIN LATERAL (
    SELECT
        coalesce(sum(transfer.amount_dong) FILTER (WHERE transfer.state = 'REQUESTED'), 0)::bigint AS requested_dong,
        coalesce(sum(transfer.amount_dong) FILTER (WHERE transfer.state = 'SENT'), 0)::bigint AS sent_dong,
        max(transfer.sent_on) AS sent_on
    FROM funds_transfer AS transfer
    WHERE transfer.month = run.month AND transfer.place_code = run.place_code AND transfer.kind = 'transfer'
) AS asked
CROSS JOIN LATERAL (
    SELECT
        count(*) FILTER (WHERE batch.state <> 'CANCELLED') AS live,
        count(*) FILTER (WHERE batch.state = 'RELEASED') AS released,
        count(*) FILTER (WHERE batch.handed_over_at IS NOT NULL) AS handed_over,
        coalesce(sum(batch.declared_dong) FILTER (WHERE batch.state <> 'CANCELLED'), 0)::bigint AS declared_dong
    FROM payout_batch AS batch
    WHERE batch.run_id = run.id
) AS batches
CROSS JOIN LATERAL (
    SELECT
        count(*) AS orders,
        coalesce(sum(payment.amount_dong), 0)::bigint AS orders_dong
    FROM payout_order AS payment
    WHERE payment.run_id = run.id AND payment.state <> 'CANCELLED'
) AS ordered
CROSS JOIN LATERAL (
    -- What a later batch presents again was not collected here; a cancelled order waits for nobody.
    SELECT
        coalesce(sum(item.amount_dong) FILTER (WHERE NOT item.is_carried), 0)::bigint AS new_dong,
        count(*) FILTER (WHERE is_out) AS presented,
        coalesce(sum(item.amount_dong) FILTER (WHERE is_out), 0)::bigint AS presented_dong,
        count(*) FILTER (WHERE is_out AND is_last AND payment.state = 'RELEASED') AS waiting,
        coalesce(
            sum(item.amount_dong) FILTER (WHERE is_out AND is_last AND payment.state = 'RELEASED'), 0
        )::bigint AS waiting_dong,
        count(*) FILTER (WHERE is_out AND is_last AND payment.state = 'PAID') AS paid,
        coalesce(
            sum(item.amount_dong) FILTER (WHERE is_out AND is_last AND payment.state = 'PAID'), 0
        )::bigint AS paid_dong,
        count(*) FILTER (
            WHERE is_out AND (NOT is_last OR payment.state IN ('UNPAID', 'RETURNED', 'CANCELLED'))
        ) AS unpaid,
        coalesce(
            sum(item.amount_dong) FILTER (
                WHERE is_out AND (NOT is_last OR payment.state IN ('UNPAID', 'RETURNED', 'CANCELLED'))
            ),
            0
        )::bigint AS unpaid_dong
    FROM payout_batch AS batch
    INNER JOIN payout_batchitem AS item ON batch.id = item.batch_id
    INNER JOIN payout_order AS payment ON item.order_id = payment.id
    CROSS JOIN LATERAL (
        SELECT
            batch.state = 'RELEASED' AS is_out,
            payment.batch_id = batch.id AS is_last
    ) AS standing
    WHERE batch.run_id = run.id AND batch.state <> 'CANCELLED'
) AS shown
CROSS JOIN LATERAL (
    -- A row of nobody's order belongs to every run its file may speak of.
    SELECT count(DISTINCT reported.id) AS rows
    FROM payout_batch AS batch
    INNER JOIN reconcile_resultsfile AS file ON batch.payer = file.payer
    INNER JOIN reconcile_resultsrow AS reported ON file.id = reported.file_id
    LEFT JOIN payout_order AS told ON reported.order_id = told.id
    WHERE
        batch.run_id = run.id
        AND batch.state = 'RELEASED'
        AND file.state = 'APPLIED'
        AND reported.verdict = 'set_aside'
        AND reported.resolved_at IS NULL
        AND (
            batch.id = told.batch_id
            OR (
                told.id IS NULL
                AND (file.month IS NULL OR file.month = batch.month)
                AND batch.released_at < file.uploaded_at
            )
        )
) AS aside
WHERE run.id = ANY(%(run_ids)s)
