"""Fewer indexes and triggers that wake only on what they refuse: a province's orders move in seconds, in their place."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


_TRIGGERS = """
DROP TRIGGER order_keeps_its_word ON payout_order;
DROP TRIGGER item_keeps_its_word ON payout_batchitem;
DROP FUNCTION payout_keep_order(), payout_keep_item();

CREATE FUNCTION payout_refuse_other_word() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'dòng % của bảng % đã lập, không được sửa', OLD.id, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION payout_refuse_other_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'lệnh chi % không chuyển được từ % (lượt %) sang % (lượt %)', OLD.id, OLD.state, OLD.round,
        NEW.state, NEW.round USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION payout_check_replaced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM payout_order AS replaced
        WHERE replaced.id = NEW.replaces_id AND replaced.state = 'CANCELLED'
            AND (replaced.run_id, replaced.person_id, replaced.amount_dong) = (NEW.run_id, NEW.person_id, NEW.amount_dong)
    ) THEN
        RAISE EXCEPTION 'lệnh chi mới phải thay đúng một lệnh đã hủy (%)', NEW.replaces_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER order_keeps_its_word BEFORE UPDATE ON payout_order FOR EACH ROW
    WHEN (ROW(NEW.id, NEW.run_id, NEW.month, NEW.person_id, NEW.commune_code, NEW.amount_dong, NEW.payer,
            NEW.contract_id, NEW.channel, NEW.collector_name, NEW.collector_relation, NEW.authorised_until,
            NEW.replaces_id, NEW.issued_at, NEW.digest)
        IS DISTINCT FROM
        ROW(OLD.id, OLD.run_id, OLD.month, OLD.person_id, OLD.commune_code, OLD.amount_dong, OLD.payer,
            OLD.contract_id, OLD.channel, OLD.collector_name, OLD.collector_relation, OLD.authorised_until,
            OLD.replaces_id, OLD.issued_at, OLD.digest))
    EXECUTE FUNCTION payout_refuse_other_word();
-- The table of states; a new round begins only where a payment that came back is presented again.
CREATE TRIGGER order_moves_by_its_states BEFORE UPDATE ON payout_order FOR EACH ROW
    WHEN ((OLD.state || '>' || NEW.state || (NEW.round - OLD.round)) NOT IN (
        'ISSUED>RELEASED0', 'RELEASED>PAID0', 'RELEASED>UNPAID0', 'UNPAID>PAID0', 'UNPAID>RELEASED0',
        'PAID>RETURNED0', 'RETURNED>RELEASED1', 'ISSUED>CANCELLED0', 'UNPAID>CANCELLED0', 'RETURNED>CANCELLED0'))
    EXECUTE FUNCTION payout_refuse_other_step();
CREATE TRIGGER order_replaces_a_cancelled_one BEFORE INSERT ON payout_order FOR EACH ROW
    WHEN (NEW.replaces_id IS NOT NULL) EXECUTE FUNCTION payout_check_replaced();
CREATE TRIGGER item_keeps_its_word BEFORE UPDATE ON payout_batchitem FOR EACH ROW
    WHEN (NEW.is_waiting
        OR ROW(NEW.id, NEW.batch_id, NEW.order_id, NEW.commune_code, NEW.from_commune_code, NEW.amount_dong,
            NEW.is_carried, NEW.round)
        IS DISTINCT FROM
        ROW(OLD.id, OLD.batch_id, OLD.order_id, OLD.commune_code, OLD.from_commune_code, OLD.amount_dong,
            OLD.is_carried, OLD.round))
    EXECUTE FUNCTION payout_refuse_other_word();

-- Room on each page for what an order becomes.
ALTER TABLE payout_order SET (fillfactor = 60);
"""

_BACK = """
ALTER TABLE payout_order RESET (fillfactor);
DROP TRIGGER item_keeps_its_word ON payout_batchitem;
DROP TRIGGER order_replaces_a_cancelled_one ON payout_order;
DROP TRIGGER order_moves_by_its_states ON payout_order;
DROP TRIGGER order_keeps_its_word ON payout_order;
DROP FUNCTION payout_check_replaced(), payout_refuse_other_step(), payout_refuse_other_word();
CREATE FUNCTION payout_keep_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION payout_keep_item() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER order_keeps_its_word BEFORE UPDATE ON payout_order
    FOR EACH ROW EXECUTE FUNCTION payout_keep_order();
CREATE TRIGGER item_keeps_its_word BEFORE UPDATE ON payout_batchitem
    FOR EACH ROW EXECUTE FUNCTION payout_keep_item();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('payout', '0002_nothing_changes_behind'),
        ('payroll', '0003_level_starts'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='order',
            name='order_person_run_once',
        ),
        migrations.RemoveConstraint(
            model_name='order',
            name='order_code_once',
        ),
        migrations.RemoveIndex(
            model_name='order',
            name='order_batch',
        ),
        migrations.RemoveIndex(
            model_name='order',
            name='order_carried',
        ),
        migrations.RemoveIndex(
            model_name='result',
            name='result_recording',
        ),
        migrations.AlterField(
            model_name='batchitem',
            name='batch',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='payout.batch'),
        ),
        migrations.AlterField(
            model_name='batchitem',
            name='order',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='payout.order'),
        ),
        migrations.AlterField(
            model_name='order',
            name='batch',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='payout.batch'),
        ),
        migrations.AlterField(
            model_name='order',
            name='replaces',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replacements', to='payout.order'),
        ),
        migrations.AlterField(
            model_name='result',
            name='batch',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='results', to='payout.batch'),
        ),
        migrations.AlterField(
            model_name='result',
            name='nonce',
            field=models.CharField(max_length=64),
        ),
        migrations.AlterField(
            model_name='result',
            name='reverses',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversals', to='payout.result'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces__isnull', True)), fields=('run', 'person_id'), name='order_person_run_once'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces__isnull', False)), fields=('replaces',), name='order_replaced_once'),
        ),
        migrations.AddConstraint(
            model_name='result',
            constraint=models.UniqueConstraint(fields=('nonce',), name='result_nonce_once'),
        ),
        migrations.AddConstraint(
            model_name='result',
            constraint=models.UniqueConstraint(condition=models.Q(('reverses__isnull', False)), fields=('reverses',), name='result_reversed_once'),
        ),
        # Taking a foreign key's own index away, Django takes every index of that one column along: this one is put back.
        migrations.RunSQL(
            "CREATE UNIQUE INDEX IF NOT EXISTS batch_item_waits_once ON payout_batchitem (order_id) WHERE is_waiting",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(_TRIGGERS, _BACK),
    ]
