"""What the tables cannot say by themselves: who may change what, and how money may move, kept by triggers."""

from __future__ import annotations

from django.db import migrations

_KEYS = """
ALTER TABLE payout_order ADD CONSTRAINT order_of_a_person FOREIGN KEY (person_id) REFERENCES registry_person (id);
ALTER TABLE payout_claim ADD CONSTRAINT claim_of_a_person FOREIGN KEY (person_id) REFERENCES registry_person (id);
ALTER TABLE payout_order ADD CONSTRAINT order_of_a_payer FOREIGN KEY (payer) REFERENCES funds_payer (code);
ALTER TABLE payout_order ADD CONSTRAINT order_of_a_contract FOREIGN KEY (contract_id) REFERENCES funds_contract (id);
ALTER TABLE payout_batch ADD CONSTRAINT batch_of_a_payer FOREIGN KEY (payer) REFERENCES funds_payer (code);
ALTER TABLE payout_batch ADD CONSTRAINT batch_of_a_contract FOREIGN KEY (contract_id) REFERENCES funds_contract (id);
ALTER TABLE payout_recording ADD CONSTRAINT recording_of_a_payer FOREIGN KEY (payer) REFERENCES funds_payer (code);
ALTER TABLE payout_reportedrow SET UNLOGGED;
-- Staged rows come and go by the hundred thousand; what they leave is swept early.
ALTER TABLE payout_reportedrow SET (autovacuum_vacuum_scale_factor = 0.05);
"""

_KEYS_BACK = """
ALTER TABLE payout_recording DROP CONSTRAINT recording_of_a_payer;
ALTER TABLE payout_batch DROP CONSTRAINT batch_of_a_contract;
ALTER TABLE payout_batch DROP CONSTRAINT batch_of_a_payer;
ALTER TABLE payout_order DROP CONSTRAINT order_of_a_contract;
ALTER TABLE payout_order DROP CONSTRAINT order_of_a_payer;
ALTER TABLE payout_claim DROP CONSTRAINT claim_of_a_person;
ALTER TABLE payout_order DROP CONSTRAINT order_of_a_person;
"""

_APPEND_ONLY = "\n".join(
    f"""
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON payout_{table}
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON payout_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
"""
    for table in ("orderpart", "claim", "cancellation", "recording", "result")
)

_NOT_DELETED = "\n".join(
    f"""
CREATE TRIGGER {table}_not_deleted BEFORE DELETE ON payout_{table}
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON payout_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
"""
    for table in ("order", "batch", "batchitem")
)

_ORDERS = """
CREATE FUNCTION payout_keep_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.run_id, NEW.month, NEW.person_id, NEW.commune_code, NEW.amount_dong, NEW.payer, NEW.contract_id,
        NEW.channel, NEW.collector_name, NEW.collector_relation, NEW.authorised_until, NEW.replaces_id, NEW.issued_at,
        NEW.digest)
        IS DISTINCT FROM
       (OLD.id, OLD.run_id, OLD.month, OLD.person_id, OLD.commune_code, OLD.amount_dong, OLD.payer, OLD.contract_id,
        OLD.channel, OLD.collector_name, OLD.collector_relation, OLD.authorised_until, OLD.replaces_id, OLD.issued_at,
        OLD.digest)
    THEN
        RAISE EXCEPTION 'lệnh chi % đã lập, không được sửa', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.round < OLD.round OR (NEW.round <> OLD.round AND (OLD.state, NEW.state) <> ('RETURNED', 'RELEASED')) THEN
        RAISE EXCEPTION 'lệnh chi %: chỉ trình lại sau khi tiền bị trả lại mới sang lượt mới', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (OLD.state, NEW.state) NOT IN (
        ('ISSUED', 'RELEASED'), ('RELEASED', 'PAID'), ('RELEASED', 'UNPAID'), ('UNPAID', 'PAID'),
        ('UNPAID', 'RELEASED'), ('PAID', 'RETURNED'), ('RETURNED', 'RELEASED'), ('ISSUED', 'CANCELLED'),
        ('UNPAID', 'CANCELLED'), ('RETURNED', 'CANCELLED')
    ) THEN
        RAISE EXCEPTION 'lệnh chi % không chuyển được từ % sang %', OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER order_keeps_its_word BEFORE UPDATE ON payout_order
    FOR EACH ROW EXECUTE FUNCTION payout_keep_order();

-- A part cannot be added later: parts come with their order and sum to it.
CREATE FUNCTION payout_check_parts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong bigint;
BEGIN
    SELECT part.order_id INTO wrong
    FROM payout_orderpart AS part
    INNER JOIN payout_order AS listed ON part.order_id = listed.id
    WHERE part.order_id IN (SELECT order_id FROM added)
    GROUP BY part.order_id, listed.amount_dong
    HAVING sum(part.amount_dong) <> listed.amount_dong
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'các nguồn kinh phí của lệnh chi % không cộng thành số tiền của lệnh', wrong
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER parts_sum_to_their_order AFTER INSERT ON payout_orderpart
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payout_check_parts();
"""

_ORDERS_BACK = """
DROP TRIGGER parts_sum_to_their_order ON payout_orderpart;
DROP TRIGGER order_keeps_its_word ON payout_order;
DROP FUNCTION payout_keep_order(), payout_check_parts();
"""

_BATCHES = """
CREATE FUNCTION payout_keep_batch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.key, NEW.run_id, NEW.month, NEW.place_code, NEW.payer, NEW.contract_id, NEW.channel,
        NEW.declared_count, NEW.declared_dong, NEW.digest, NEW.opened_by, NEW.prepared_by, NEW.approved_by,
        NEW.issued_at, NEW.issued_by)
        IS DISTINCT FROM
       (OLD.id, OLD.key, OLD.run_id, OLD.month, OLD.place_code, OLD.payer, OLD.contract_id, OLD.channel,
        OLD.declared_count, OLD.declared_dong, OLD.digest, OLD.opened_by, OLD.prepared_by, OLD.approved_by,
        OLD.issued_at, OLD.issued_by)
        OR (OLD.state = 'CANCELLED')
        OR (OLD.state = 'RELEASED'
            AND (NEW.state, NEW.released_at, NEW.released_by) IS DISTINCT FROM
                (OLD.state, OLD.released_at, OLD.released_by))
        OR (OLD.handed_over_at IS NOT NULL
            AND (NEW.handed_over_at, NEW.handed_over_by, NEW.file_digest) IS DISTINCT FROM
                (OLD.handed_over_at, OLD.handed_over_by, OLD.file_digest))
    THEN
        RAISE EXCEPTION 'đợt chi % đã chốt, không được sửa', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER batch_keeps_its_word BEFORE UPDATE ON payout_batch
    FOR EACH ROW EXECUTE FUNCTION payout_keep_batch();

CREATE FUNCTION payout_keep_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.batch_id, NEW.order_id, NEW.commune_code, NEW.from_commune_code, NEW.amount_dong, NEW.is_carried,
        NEW.round) IS DISTINCT FROM
       (OLD.id, OLD.batch_id, OLD.order_id, OLD.commune_code, OLD.from_commune_code, OLD.amount_dong, OLD.is_carried,
        OLD.round) OR NEW.is_waiting
    THEN
        RAISE EXCEPTION 'dòng % của đợt chi % đã lập, không được sửa', OLD.id, OLD.batch_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER item_keeps_its_word BEFORE UPDATE ON payout_batchitem
    FOR EACH ROW EXECUTE FUNCTION payout_keep_item();

-- A batch takes no item beyond what it declares, whoever adds it.
CREATE FUNCTION payout_check_items() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong bigint;
BEGIN
    SELECT batch.id INTO wrong
    FROM payout_batch AS batch
    INNER JOIN payout_batchitem AS item ON batch.id = item.batch_id
    WHERE batch.id IN (SELECT batch_id FROM added)
    GROUP BY batch.id
    HAVING count(*) <> batch.declared_count OR sum(item.amount_dong) <> batch.declared_dong
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'đợt chi % không đúng số lệnh và số tiền đã khai', wrong USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER items_are_as_declared AFTER INSERT ON payout_batchitem
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payout_check_items();
"""

_BATCHES_BACK = """
DROP TRIGGER items_are_as_declared ON payout_batchitem;
DROP TRIGGER item_keeps_its_word ON payout_batchitem;
DROP TRIGGER batch_keeps_its_word ON payout_batch;
DROP FUNCTION payout_keep_batch(), payout_keep_item(), payout_check_items();
"""

_RESULTS = """
CREATE FUNCTION payout_check_results() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER results_fit_their_orders AFTER INSERT ON payout_result
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payout_check_results();
"""

_RESULTS_BACK = """
DROP TRIGGER results_fit_their_orders ON payout_result;
DROP FUNCTION payout_check_results();
"""

_TRIGGERS_BACK = "\n".join(
    f"DROP TRIGGER {table}_{kind} ON payout_{table}; DROP TRIGGER {table}_no_truncate ON payout_{table};"
    for kind, tables in (
        ("append_only", ("orderpart", "claim", "cancellation", "recording", "result")),
        ("not_deleted", ("order", "batch", "batchitem")),
    )
    for table in tables
)


class Migration(migrations.Migration):
    dependencies = [
        ("payout", "0001_initial"),
        ("payroll", "0002_partition_lines"),
        ("funds", "0001_initial"),
        ("registry", "0001_initial"),
        ("platform", "0002_roles_and_append_only_audit"),
    ]

    operations = [
        migrations.RunSQL(_KEYS, _KEYS_BACK),
        migrations.RunSQL(_APPEND_ONLY + _NOT_DELETED, _TRIGGERS_BACK),
        migrations.RunSQL(_ORDERS, _ORDERS_BACK),
        migrations.RunSQL(_BATCHES, _BATCHES_BACK),
        migrations.RunSQL(_RESULTS, _RESULTS_BACK),
    ]
