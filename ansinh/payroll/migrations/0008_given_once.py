"""Lines given once rest on no span; whom an occasion gives what is frozen with its list."""

from __future__ import annotations

from django.db import migrations

_GIVEN_ONCE = """
ALTER TABLE payroll_line ALTER COLUMN grant_id DROP NOT NULL;
ALTER TABLE payroll_line ALTER COLUMN span_id DROP NOT NULL;
ALTER TABLE payroll_line DROP CONSTRAINT payroll_line_kind_check;
ALTER TABLE payroll_line ADD CONSTRAINT payroll_line_kind
    CHECK (kind IN ('regular', 'arrears', 'recovery', 'one_off'));
ALTER TABLE payroll_line ADD CONSTRAINT payroll_line_rests_on_span
    CHECK ((kind = 'one_off') = (span_id IS NULL) AND (kind = 'one_off') = (grant_id IS NULL));
ALTER TABLE payroll_line ADD CONSTRAINT payroll_line_one_off_is_whole
    CHECK (kind <> 'one_off' OR (amount_dong = coefficient * base_dong AND entitlement_month = payroll_month));

ALTER TABLE payroll_oneoffpayee ADD CONSTRAINT one_off_is_whole
    CHECK (amount_dong > 0 AND amount_dong = coefficient * base_dong);

CREATE FUNCTION payroll_refuse_payee_of_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wanted bigint := CASE TG_OP WHEN 'INSERT' THEN NEW.occasion_id ELSE OLD.occasion_id END;
BEGIN
    IF EXISTS (SELECT 1 FROM payroll_run WHERE occasion_id = wanted AND state IN ('SUBMITTED', 'APPROVED')) THEN
        RAISE EXCEPTION 'danh sách của đợt chi một lần % đã trình hoặc đã duyệt, không được sửa', wanted
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER signed_payee_never_changes BEFORE INSERT OR UPDATE OR DELETE ON payroll_oneoffpayee
    FOR EACH ROW EXECUTE FUNCTION payroll_refuse_payee_of_signed();

-- What was decided is written once: a mistake is another occasion.
CREATE TRIGGER occasion_never_changes BEFORE UPDATE OR DELETE ON payroll_occasion
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
"""

_BACK = """
DROP TRIGGER occasion_never_changes ON payroll_occasion;
DROP TRIGGER signed_payee_never_changes ON payroll_oneoffpayee;
DROP FUNCTION payroll_refuse_payee_of_signed();
ALTER TABLE payroll_oneoffpayee DROP CONSTRAINT one_off_is_whole;
ALTER TABLE payroll_line DROP CONSTRAINT payroll_line_one_off_is_whole;
ALTER TABLE payroll_line DROP CONSTRAINT payroll_line_rests_on_span;
ALTER TABLE payroll_line DROP CONSTRAINT payroll_line_kind;
ALTER TABLE payroll_line ADD CONSTRAINT payroll_line_kind_check CHECK (kind IN ('regular', 'arrears', 'recovery'));
ALTER TABLE payroll_line ALTER COLUMN span_id SET NOT NULL;
ALTER TABLE payroll_line ALTER COLUMN grant_id SET NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("payroll", "0007_occasions"),
        ("platform", "0002_roles_and_append_only_audit"),
    ]

    operations = [migrations.RunSQL(_GIVEN_ONCE, _BACK)]
