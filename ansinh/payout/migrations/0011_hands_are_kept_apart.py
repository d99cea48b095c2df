"""Who releases, hands over or reports money had no hand in its lists, told nothing they say, and collects no debt they
decided on."""

from __future__ import annotations

from django.db import migrations

_BATCHES = """
-- The runs whose money a batch holds: its own, those its orders were listed in, and all paid together with them.
CREATE FUNCTION payout_runs_of(wanted bigint, own bigint) RETURNS TABLE (run_id bigint) LANGUAGE sql STABLE AS $$
    WITH lead AS (
        SELECT own AS id
        UNION
        SELECT listed.run_id
        FROM payout_batchitem AS item
        INNER JOIN payout_order AS listed ON item.order_id = listed.id
        WHERE item.batch_id = wanted
    )

    SELECT run.id
    FROM payroll_run AS run
    INNER JOIN lead ON lead.id IN (run.id, run.paid_with_id)
$$;

CREATE OR REPLACE FUNCTION payout_check_batch_together() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1
        FROM payout_runs_of(NEW.id, NEW.run_id) AS paid
        INNER JOIN payroll_runhand AS hand ON paid.run_id = hand.run_id
        WHERE hand.user_id IN (NEW.released_by, NEW.handed_over_by)
            OR (hand.user_id IN (NEW.opened_by, NEW.prepared_by, NEW.issued_by)
                AND hand.did IN ('approve_run', 'countersign_run'))
            OR (hand.user_id = NEW.approved_by AND hand.did NOT IN ('approve_run', 'countersign_run'))
    ) THEN
        RAISE EXCEPTION 'batch_people_differ: đợt chi %: một người không làm hai bước của cùng một khoản tiền', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_people_differ';
    END IF;
    IF EXISTS (
        SELECT 1
        FROM payout_runs_of(NEW.id, NEW.run_id) AS paid
        WHERE (NEW.released_by IS NOT NULL AND payroll_told_by(paid.run_id, NEW.released_by))
            OR (NEW.handed_over_by IS NOT NULL AND payroll_told_by(paid.run_id, NEW.handed_over_by))
    ) THEN
        RAISE EXCEPTION 'batch_not_by_its_teller: đợt chi %: người ghi biến động, nhập sổ không xuất chi, không nhận danh sách lập từ đó', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_not_by_its_teller';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION payout_check_results_together() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong bigint;
BEGIN
    SELECT told.run_id INTO wrong
    FROM (
        SELECT DISTINCT listed.run_id, result.recorded_by
        FROM added AS result
        INNER JOIN payout_order AS listed ON result.order_id = listed.id
    ) AS told
    INNER JOIN payroll_run AS run ON told.run_id IN (run.id, run.paid_with_id)
    INNER JOIN payroll_runhand AS hand ON run.id = hand.run_id AND told.recorded_by = hand.user_id
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'result_people_differ: kết quả chi của kỳ %: người lập, duyệt hay xuất chi không được ghi kết quả', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'result_people_differ';
    END IF;
    RETURN NULL;
END $$;
"""

_BATCHES_BACK = """
CREATE OR REPLACE FUNCTION payout_check_batch_together() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM payroll_run AS run
        WHERE run.paid_with_id = NEW.run_id AND (
            run.approved_by IN (NEW.opened_by, NEW.prepared_by, NEW.issued_by)
            OR NEW.approved_by IN (run.opened_by, run.submitted_by)
            OR NEW.released_by IN (run.opened_by, run.submitted_by, run.approved_by)
            OR NEW.handed_over_by IN (run.opened_by, run.submitted_by, run.approved_by)
        )
    ) THEN
        RAISE EXCEPTION 'batch_people_differ: đợt chi %: một người không làm hai bước của cùng một khoản tiền', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_people_differ';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION payout_check_results_together() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong bigint;
BEGIN
    SELECT result.order_id INTO wrong
    FROM added AS result
    INNER JOIN payout_batch AS batch ON result.batch_id = batch.id
    INNER JOIN payroll_run AS run ON batch.run_id = run.paid_with_id
    WHERE result.recorded_by IN (run.opened_by, run.submitted_by, run.approved_by)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'result_people_differ: kết quả của lệnh chi %: người lập, duyệt hay xuất chi không được ghi kết quả', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'result_people_differ';
    END IF;
    RETURN NULL;
END $$;
DROP FUNCTION payout_runs_of(bigint, bigint);
"""

_RECOVERIES = """
-- Who decides how a debt comes back, or that it is given up, receives none of it.
CREATE FUNCTION payout_check_repayer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1
        FROM payout_recoverydecision AS decision
        INNER JOIN payout_repayment AS repayment ON decision.recovery_id = repayment.recovery_id
        WHERE decision.recovery_id = NEW.recovery_id AND decision.recorded_by = repayment.recorded_by
    ) THEN
        RAISE EXCEPTION 'recovery_people_differ: khoản thu hồi %: người quyết định không ghi nhận tiền nộp lại', NEW.recovery_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'recovery_people_differ';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER repayment_people_differ AFTER INSERT ON payout_repayment
    FOR EACH ROW EXECUTE FUNCTION payout_check_repayer();
CREATE TRIGGER decision_people_differ AFTER INSERT ON payout_recoverydecision
    FOR EACH ROW EXECUTE FUNCTION payout_check_repayer();
"""

_RECOVERIES_BACK = """
DROP TRIGGER decision_people_differ ON payout_recoverydecision;
DROP TRIGGER repayment_people_differ ON payout_repayment;
DROP FUNCTION payout_check_repayer();
"""


class Migration(migrations.Migration):
    dependencies = [("payout", "0010_seen_by_place"), ("payroll", "0015_hands_are_kept_apart")]

    operations = [
        migrations.RunSQL(_BATCHES, _BATCHES_BACK),
        migrations.RunSQL(_RECOVERIES, _RECOVERIES_BACK),
    ]
