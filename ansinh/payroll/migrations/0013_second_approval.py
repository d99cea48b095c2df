"""Which thresholds a list is above, said by the database itself; a list above one is approved by two people or not at
all, and what was signed once waits as it is."""

from __future__ import annotations

from django.db import migrations

# The thresholds known at an instant that a run's lines are above: of each place and fund the row in force in the run's
# month, its place holding the commune in that month. The first says who signs: what asks for the province before the
# rest, then the highest place.
_ABOVE = """
CREATE FUNCTION payroll_thresholds_above(wanted bigint, known_at timestamptz) RETURNS TABLE (
    threshold_id bigint, place_code varchar, fund varchar, amount_dong bigint, listed_dong bigint, turn bigint
) LANGUAGE sql STABLE AS $$
    WITH asked AS (
        SELECT run.id, run.month FROM payroll_run AS run WHERE run.id = wanted
    ),

    in_force AS (
        SELECT DISTINCT ON (threshold.place_code, threshold.fund) threshold.*
        FROM payroll_threshold AS threshold
        INNER JOIN asked ON threshold.starts <= asked.month
        WHERE threshold.state = 'APPROVED' AND threshold.approved_at <= known_at
        ORDER BY threshold.place_code, threshold.fund, threshold.starts DESC
    ),

    listed AS (
        SELECT line.commune_code, line.regime, sum(line.amount_dong) AS dong
        FROM asked
        INNER JOIN payroll_line AS line ON line.payroll_month = asked.month AND line.run_id = asked.id
        WHERE EXISTS (SELECT 1 FROM in_force)
        GROUP BY line.commune_code, line.regime
    )

    SELECT
        in_force.id, in_force.place_code, in_force.fund, in_force.amount_dong, sum(listed.dong)::bigint,
        row_number() OVER (
            ORDER BY in_force.countersigner <> 'province', length(in_force.place_code), in_force.place_code, in_force.fund
        )
    FROM in_force
    INNER JOIN listed ON in_force.fund = listed.regime
    CROSS JOIN asked
    INNER JOIN places_unit AS unit ON listed.commune_code = unit.code AND unit.validity @> asked.month
    WHERE in_force.amount_dong IS NOT NULL AND in_force.place_code = ANY (string_to_array(unit.path, '/'))
    GROUP BY in_force.id, in_force.place_code, in_force.fund, in_force.amount_dong, in_force.countersigner
    HAVING sum(listed.dong) > in_force.amount_dong
$$;

CREATE FUNCTION payroll_check_above() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.threshold_id IS DISTINCT FROM (
        SELECT above.threshold_id FROM payroll_thresholds_above(NEW.id, 'infinity') AS above WHERE above.turn = 1
    ) THEN
        RAISE EXCEPTION 'run_says_its_threshold: kỳ chi trả % vượt ngưỡng thì phải có hai người phê duyệt, không vượt thì không', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'run_says_its_threshold';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER run_says_its_threshold BEFORE UPDATE ON payroll_run FOR EACH ROW
    WHEN (NEW.state IN ('ENDORSED', 'APPROVED') AND OLD.state NOT IN ('ENDORSED', 'APPROVED'))
    EXECUTE FUNCTION payroll_check_above();

-- Between two signatures: the second is added, or the list goes back with both taken out. Nothing else.
CREATE FUNCTION payroll_keep_endorsed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    signed text[] := ARRAY['state', 'countersigned_at', 'countersigned_by'];
    returned text[] := ARRAY['state', 'returned_reason', 'submitted_at', 'submitted_by', 'approved_at', 'approved_by',
        'threshold_id'];
    moving text[] := CASE NEW.state WHEN 'APPROVED' THEN signed WHEN 'CHECKED' THEN returned ELSE ARRAY['none'] END;
BEGIN
    IF (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving) THEN
        RAISE EXCEPTION 'run_endorsed_waits: kỳ chi trả % đã duyệt lần một, chỉ duyệt lần hai hoặc trả lại', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'run_endorsed_waits';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER run_endorsed_waits BEFORE UPDATE ON payroll_run FOR EACH ROW
    WHEN (OLD.state = 'ENDORSED') EXECUTE FUNCTION payroll_keep_endorsed();
CREATE TRIGGER run_endorsed_stays BEFORE DELETE ON payroll_run FOR EACH ROW
    WHEN (OLD.state = 'ENDORSED') EXECUTE FUNCTION payroll_refuse_unsigning();
"""

_ABOVE_BACK = """
DROP TRIGGER run_endorsed_stays ON payroll_run;
DROP TRIGGER run_endorsed_waits ON payroll_run;
DROP TRIGGER run_says_its_threshold ON payroll_run;
DROP FUNCTION payroll_keep_endorsed(), payroll_check_above(), payroll_thresholds_above(bigint, timestamptz);
"""


def _frozen(sealed: str, signed: str) -> str:
    """The states in which lines, and in which names, may not be touched."""
    return f"""
CREATE OR REPLACE FUNCTION payroll_refuse_approved_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM payroll_run WHERE id = OLD.run_id AND state IN ({sealed})) THEN
        RAISE EXCEPTION 'danh sách của kỳ chi trả % đã trình hoặc đã duyệt, không được sửa dòng %', OLD.run_id, OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE OR REPLACE FUNCTION payroll_refuse_approved_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM payroll_run WHERE id IN (SELECT DISTINCT run_id FROM added)
        AND state IN ({sealed}, 'CANCELLED')
    ) THEN
        RAISE EXCEPTION 'kỳ chi trả đã trình, đã duyệt hoặc đã hủy, không được thêm dòng'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION payroll_refuse_signed_paper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM payroll_run WHERE id = OLD.run_id
        AND (state = 'APPROVED' OR (state IN ({signed}) AND TG_TABLE_NAME = 'payroll_rosterentry'))
    ) THEN
        RAISE EXCEPTION 'danh sách của kỳ chi trả % đã được phê duyệt, không được sửa', OLD.run_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""


_THRESHOLDS = """
CREATE FUNCTION payroll_keep_threshold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := CASE NEW.state
        WHEN 'APPROVED' THEN ARRAY['state', 'approved_at', 'approved_by']
        WHEN 'WITHDRAWN' THEN ARRAY['state', 'withdrawn_at', 'withdrawn_by', 'withdrawn_reason']
        ELSE ARRAY['none'] END;
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state <> 'PROPOSED'
        OR (to_jsonb(NEW) - moving) IS DISTINCT FROM (to_jsonb(OLD) - moving)
    THEN
        RAISE EXCEPTION 'threshold_keeps_its_word: ngưỡng % đã ghi thì không sửa hay xóa được; hãy đề nghị ngưỡng mới', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'threshold_keeps_its_word';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER threshold_keeps_its_word BEFORE UPDATE OR DELETE ON payroll_threshold
    FOR EACH ROW EXECUTE FUNCTION payroll_keep_threshold();
CREATE TRIGGER thresholds_no_truncate BEFORE TRUNCATE ON payroll_threshold
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
"""

_THRESHOLDS_BACK = """
DROP TRIGGER thresholds_no_truncate ON payroll_threshold;
DROP TRIGGER threshold_keeps_its_word ON payroll_threshold;
DROP FUNCTION payroll_keep_threshold();
"""


class Migration(migrations.Migration):
    dependencies = [("payroll", "0012_thresholds"), ("places", "0001_initial")]

    operations = [
        migrations.RunSQL(_ABOVE, _ABOVE_BACK),
        migrations.RunSQL(
            _frozen("'SUBMITTED', 'ENDORSED', 'APPROVED'", "'ENDORSED', 'APPROVED'"),
            _frozen("'SUBMITTED', 'APPROVED'", "'APPROVED'"),
        ),
        migrations.RunSQL(_THRESHOLDS, _THRESHOLDS_BACK),
    ]
