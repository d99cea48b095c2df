"""Who and what results name is looked up once for all results alike; the payment a return reverses, with them."""

from __future__ import annotations

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

_CHECK = """
CREATE OR REPLACE FUNCTION payout_check_results() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told record;
    wrong bigint;
BEGIN
    -- Few recordings, batches and people, however many results.
    SELECT alike.recording_id, alike.batch_id, recording.id IS NULL AS is_of_none INTO told
    FROM (SELECT DISTINCT result.recording_id, result.batch_id, result.recorded_by FROM added AS result) AS alike
    LEFT JOIN payout_recording AS recording ON alike.recording_id = recording.id
    LEFT JOIN payout_batch AS batch ON alike.batch_id = batch.id
    WHERE recording.id IS NULL
        OR alike.recorded_by IN (batch.opened_by, batch.prepared_by, batch.approved_by, batch.issued_by,
            batch.released_by)
        -- Of runs paid together, the people of each.
        OR EXISTS (
            SELECT 1 FROM payroll_run AS run
            WHERE run.paid_with_id = batch.run_id
                AND alike.recorded_by IN (run.opened_by, run.submitted_by, run.approved_by)
        )
    ORDER BY recording.id IS NULL DESC
    LIMIT 1;
    IF FOUND AND told.is_of_none THEN
        RAISE EXCEPTION 'result_of_a_recording: không có lần báo kết quả %', told.recording_id
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'result_of_a_recording';
    ELSIF FOUND THEN
        RAISE EXCEPTION 'kết quả chi của đợt chi %: người lập, duyệt hay xuất chi không được ghi kết quả',
            told.batch_id USING ERRCODE = 'check_violation', CONSTRAINT = 'result_people_differ';
    END IF;
    -- A presentation has its order and its batch (keys of payout_batchitem): one that is there stands for both.
    SELECT result.order_id INTO wrong
    FROM added AS result
    LEFT JOIN payout_batchitem AS item ON result.batch_id = item.batch_id AND result.order_id = item.order_id
    LEFT JOIN payout_batch AS batch ON result.batch_id = batch.id
    LEFT JOIN payout_order AS listed ON result.order_id = listed.id
    WHERE item.id IS NULL OR batch.id IS NULL OR listed.id IS NULL
        OR batch.state <> 'RELEASED' OR listed.state = 'CANCELLED'
        OR result.amount_dong <> item.amount_dong OR result.round <> item.round
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'kết quả của lệnh chi % không khớp lần trình chi', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'result_of_a_presentation';
    END IF;
    SELECT result.order_id INTO wrong
    FROM added AS result
    LEFT JOIN payout_result AS paid ON result.reverses_id = paid.id
    WHERE result.reverses_id IS NOT NULL
        AND (paid.id IS NULL OR paid.kind <> 'paid' OR paid.order_id <> result.order_id
            OR paid.round <> result.round OR paid.amount_dong <> result.amount_dong)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'kết quả trả lại của lệnh chi % không khớp khoản đã chi', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'result_reverses_its_payment';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER result_people_differ_together ON payout_result;
DROP FUNCTION payout_check_results_together();
"""

_CHECK_BACK = (
    import_module("ansinh.payout.migrations.0012_results_are_checked_as_sets").CHECK
    + """
CREATE FUNCTION payout_check_results_together() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong bigint;
BEGIN
    SELECT result.order_id INTO wrong
    FROM added AS result
    INNER JOIN payout_batch AS batch ON result.batch_id = batch.id
    INNER JOIN payroll_run AS run ON batch.run_id = run.paid_with_id
    WHERE result.recorded_by IN (run.opened_by, run.submitted_by, run.approved_by)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'kết quả của lệnh chi %: người lập, duyệt hay xuất chi không được ghi kết quả', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'result_people_differ';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER result_people_differ_together AFTER INSERT ON payout_result
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payout_check_results_together();
"""
)


class Migration(migrations.Migration):
    dependencies = [("payout", "0014_rows_are_judged_as_told")]

    operations = [
        migrations.RunSQL(_CHECK, _CHECK_BACK),
        migrations.AlterField(
            model_name="result",
            name="reverses",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reversals",
                to="payout.result",
            ),
        ),
    ]
