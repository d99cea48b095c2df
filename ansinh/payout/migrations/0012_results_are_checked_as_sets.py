"""What a result names is looked up once a statement, by joins, not three times a row when the transaction ends.

Nothing is checked less: an order, a batch and a recording are never deleted and never change their number (triggers of
migration 0002), so what was there when the result came in stays there.
"""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

CHECK = """
CREATE OR REPLACE FUNCTION payout_check_results() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong bigint;
BEGIN
    SELECT told.recording_id INTO wrong
    FROM (SELECT DISTINCT result.recording_id FROM added AS result) AS told
    LEFT JOIN payout_recording AS recording ON told.recording_id = recording.id
    WHERE recording.id IS NULL
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'result_of_a_recording: không có lần báo kết quả %', wrong
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'result_of_a_recording';
    END IF;
    SELECT told.batch_id INTO wrong
    FROM (SELECT DISTINCT result.batch_id, result.recorded_by FROM added AS result) AS told
    INNER JOIN payout_batch AS batch ON told.batch_id = batch.id
    WHERE told.recorded_by IN (batch.opened_by, batch.prepared_by, batch.approved_by, batch.issued_by,
        batch.released_by)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'kết quả chi của đợt chi %: người lập, duyệt hay xuất chi không được ghi kết quả', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'result_people_differ';
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
    INNER JOIN payout_result AS paid ON result.reverses_id = paid.id
    WHERE paid.kind <> 'paid' OR paid.order_id <> result.order_id OR paid.round <> result.round
        OR paid.amount_dong <> result.amount_dong
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'kết quả trả lại của lệnh chi % không khớp khoản đã chi', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'result_reverses_its_payment';
    END IF;
    RETURN NULL;
END $$;
"""

_CHECK_BACK = """
CREATE OR REPLACE FUNCTION payout_check_results() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong bigint;
BEGIN
    SELECT result.order_id INTO wrong
    FROM added AS result
    INNER JOIN payout_batch AS batch ON result.batch_id = batch.id
    WHERE result.recorded_by IN (batch.opened_by, batch.prepared_by, batch.approved_by, batch.issued_by,
        batch.released_by)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'kết quả của lệnh chi %: người lập, duyệt hay xuất chi không được ghi kết quả', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'result_people_differ';
    END IF;
    SELECT result.order_id INTO wrong
    FROM added AS result
    LEFT JOIN payout_batchitem AS item ON result.batch_id = item.batch_id AND result.order_id = item.order_id
    LEFT JOIN payout_batch AS batch ON result.batch_id = batch.id
    LEFT JOIN payout_order AS listed ON result.order_id = listed.id
    WHERE item.id IS NULL OR batch.state <> 'RELEASED' OR listed.state = 'CANCELLED'
        OR result.amount_dong <> item.amount_dong OR result.round <> item.round
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'kết quả của lệnh chi % không khớp lần trình chi', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'result_of_a_presentation';
    END IF;
    SELECT result.order_id INTO wrong
    FROM added AS result
    INNER JOIN payout_result AS paid ON result.reverses_id = paid.id
    WHERE paid.kind <> 'paid' OR paid.order_id <> result.order_id OR paid.round <> result.round
        OR paid.amount_dong <> result.amount_dong
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'kết quả trả lại của lệnh chi % không khớp khoản đã chi', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'result_reverses_its_payment';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("payout", "0011_hands_are_kept_apart")]

    operations = [
        migrations.AlterField(
            model_name="reportedrow",
            name="row",
            field=models.BigIntegerField(),
        ),
        migrations.AlterField(
            model_name="result",
            name="order",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="results",
                to="payout.order",
            ),
        ),
        migrations.AlterField(
            model_name="result",
            name="batch",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="results",
                to="payout.batch",
            ),
        ),
        migrations.AlterField(
            model_name="result",
            name="recording",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="results",
                to="payout.recording",
            ),
        ),
        migrations.RunSQL(CHECK, _CHECK_BACK),
    ]
