"""Orders of runs paid together: each points to its person's roster entry, and no run is issued half or twice."""

from __future__ import annotations

from django.db import migrations, models

_ROSTER = """
ALTER TABLE payout_order DISABLE TRIGGER order_moves_by_its_states;
UPDATE payout_order AS listed SET roster_id = roster.id
FROM payroll_rosterentry AS roster
WHERE listed.run_id = roster.run_id AND listed.person_id = roster.person_id;
ALTER TABLE payout_order ENABLE TRIGGER order_moves_by_its_states;
"""

_ROSTER_KEPT = """
CREATE TRIGGER order_keeps_its_roster_entry BEFORE UPDATE ON payout_order FOR EACH ROW
    WHEN (NEW.roster_id IS DISTINCT FROM OLD.roster_id) EXECUTE FUNCTION payout_refuse_other_word();
"""

_ROSTER_KEPT_BACK = "DROP TRIGGER order_keeps_its_roster_entry ON payout_order;"

_TOGETHER = """
-- Whoever issues the leading run holds the same lock: a run joins before that, or not at all.
CREATE FUNCTION payout_check_joined() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('payout.issue_orders'), NEW.paid_with_id::int);
    IF EXISTS (SELECT 1 FROM payout_order AS made WHERE made.run_id = NEW.paid_with_id)
        OR EXISTS (SELECT 1 FROM payout_claim AS claim WHERE claim.run_id = NEW.paid_with_id)
        OR EXISTS (SELECT 1 FROM payout_recoveryentry AS entry WHERE entry.run_id = NEW.paid_with_id)
    THEN
        RAISE EXCEPTION 'run_paid_with_is_not_issued: kỳ chi trả % đã lập lệnh chi', NEW.paid_with_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'run_paid_with_is_not_issued';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER run_paid_with_is_not_issued BEFORE INSERT OR UPDATE OF paid_with_id ON payroll_run FOR EACH ROW
    WHEN (NEW.paid_with_id IS NOT NULL) EXECUTE FUNCTION payout_check_joined();

CREATE FUNCTION payout_check_leading() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong bigint;
BEGIN
    SELECT run.id INTO wrong
    FROM payroll_run AS run
    WHERE (run.id IN (SELECT run_id FROM added) AND run.paid_with_id IS NOT NULL)
        OR (run.paid_with_id IN (SELECT run_id FROM added) AND run.state <> 'APPROVED')
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'kỳ chi trả % chi chung với kỳ khác: lệnh chi chỉ lập một lần, khi mọi danh sách đã duyệt', wrong
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'order_of_a_leading_run';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER orders_are_of_leading_runs AFTER INSERT ON payout_order
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payout_check_leading();
CREATE TRIGGER claims_are_of_leading_runs AFTER INSERT ON payout_claim
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payout_check_leading();

-- Who listed and approved the runs paid with a batch's own: they do no other step with its money either.
CREATE FUNCTION payout_check_batch_together() RETURNS trigger LANGUAGE plpgsql AS $$
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
        RAISE EXCEPTION 'đợt chi %: một người không làm hai bước của cùng một khoản tiền', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_people_differ';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER batch_people_differ_together BEFORE INSERT OR UPDATE OF released_by, handed_over_by ON payout_batch
    FOR EACH ROW EXECUTE FUNCTION payout_check_batch_together();

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

_TOGETHER_BACK = """
DROP TRIGGER result_people_differ_together ON payout_result;
DROP TRIGGER batch_people_differ_together ON payout_batch;
DROP TRIGGER claims_are_of_leading_runs ON payout_claim;
DROP TRIGGER orders_are_of_leading_runs ON payout_order;
DROP TRIGGER run_paid_with_is_not_issued ON payroll_run;
DROP FUNCTION payout_check_results_together(), payout_check_batch_together(), payout_check_leading(),
    payout_check_joined();
"""


class Migration(migrations.Migration):
    dependencies = [("payout", "0006_holds"), ("payroll", "0006_paid_together")]

    operations = [
        migrations.AddField(model_name="order", name="roster_id", field=models.BigIntegerField(null=True)),
        migrations.RunSQL(_ROSTER, migrations.RunSQL.noop),
        migrations.AlterField(model_name="order", name="roster_id", field=models.BigIntegerField()),
        migrations.RunSQL(_ROSTER_KEPT, _ROSTER_KEPT_BACK),
        migrations.RunSQL(_TOGETHER, _TOGETHER_BACK),
    ]
