"""A run may be paid out with an approved run of its place; once submitted, that is signed with the list."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

_KEPT = """
CREATE FUNCTION payroll_check_paid_with() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state NOT IN ('OPEN', 'COMPUTED', 'CHECKED') THEN
        RAISE EXCEPTION 'kỳ chi trả % đã trình, không được đổi kỳ cùng chi', NEW.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'run_paid_with_is_signed';
    END IF;
    IF NEW.paid_with_id IS NULL THEN RETURN NEW; END IF;
    IF NOT EXISTS (
        SELECT 1 FROM payroll_run AS lead
        WHERE lead.id = NEW.paid_with_id AND lead.id <> NEW.id AND lead.state = 'APPROVED'
            AND lead.paid_with_id IS NULL AND lead.place_code = NEW.place_code AND lead.month <= NEW.month
    ) OR EXISTS (SELECT 1 FROM payroll_run AS other WHERE other.paid_with_id = NEW.id) THEN
        RAISE EXCEPTION 'kỳ chi trả % không chi cùng kỳ % được', NEW.id, NEW.paid_with_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'run_paid_with_an_approved_one';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER run_paid_with_is_kept BEFORE UPDATE ON payroll_run FOR EACH ROW
    WHEN ((OLD.paid_with_id, OLD.paid_with_reason) IS DISTINCT FROM (NEW.paid_with_id, NEW.paid_with_reason))
    EXECUTE FUNCTION payroll_check_paid_with();
CREATE TRIGGER run_paid_with_is_right BEFORE INSERT ON payroll_run FOR EACH ROW
    WHEN (NEW.paid_with_id IS NOT NULL) EXECUTE FUNCTION payroll_check_paid_with();
"""

_KEPT_BACK = """
DROP TRIGGER run_paid_with_is_right ON payroll_run;
DROP TRIGGER run_paid_with_is_kept ON payroll_run;
DROP FUNCTION payroll_check_paid_with();
"""


class Migration(migrations.Migration):
    dependencies = [("payroll", "0005_level_packs")]

    operations = [
        migrations.AddField(
            model_name="run",
            name="paid_with",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="paid_with_it", to="payroll.run"
            ),
        ),
        migrations.AddField(model_name="run", name="paid_with_reason", field=models.TextField(blank=True, default="")),
        migrations.AlterField(model_name="run", name="paid_with_reason", field=models.TextField(blank=True)),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=Q(Q(paid_with__isnull=True) & Q(paid_with_reason=""))
                | Q(Q(paid_with__isnull=False) & ~Q(paid_with_reason="") & ~Q(state="CANCELLED")),
                name="run_paid_with_says_why",
            ),
        ),
        migrations.RunSQL(_KEPT, _KEPT_BACK),
    ]
