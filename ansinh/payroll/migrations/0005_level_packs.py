"""Levels loaded as data; what was read and agreed to stays as it is, and the runs that used it remember."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import F, Q

import ansinh.platform.fields

_FROZEN = """
CREATE FUNCTION payroll_refuse_level_pack_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'gói mức % không được xóa; hãy rút', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.id, NEW.place_code, NEW.title, NEW.file_name, NEW.text, NEW.digest, NEW.first_payroll, NEW.decision_no,
        NEW.decided_on, NEW.proposed_at, NEW.proposed_by)
        IS DISTINCT FROM
        (OLD.id, OLD.place_code, OLD.title, OLD.file_name, OLD.text, OLD.digest, OLD.first_payroll, OLD.decision_no,
        OLD.decided_on, OLD.proposed_at, OLD.proposed_by)
        OR OLD.state = 'WITHDRAWN'
        OR (OLD.approved_by IS NOT NULL AND NEW.approved_by IS DISTINCT FROM OLD.approved_by) THEN
        RAISE EXCEPTION 'gói mức % đã ghi thì không sửa được; hãy rút rồi ghi gói khác', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state = 'WITHDRAWN' AND EXISTS (
        SELECT 1 FROM payroll_run
        WHERE state <> 'CANCELLED' AND OLD.id::text = ANY(string_to_array(level_packs, ','))
    ) THEN
        RAISE EXCEPTION 'gói mức % đã có kỳ chi trả lập theo, không rút được', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER level_pack_stays BEFORE UPDATE OR DELETE ON payroll_levelpack
    FOR EACH ROW EXECUTE FUNCTION payroll_refuse_level_pack_change();
CREATE TRIGGER level_packs_no_truncate BEFORE TRUNCATE ON payroll_levelpack
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
"""

_BACK = """
DROP TRIGGER level_packs_no_truncate ON payroll_levelpack;
DROP TRIGGER level_pack_stays ON payroll_levelpack;
DROP FUNCTION payroll_refuse_level_pack_change();
"""


class Migration(migrations.Migration):
    dependencies = [("payroll", "0004_programmes"), ("platform", "0002_roles_and_append_only_audit")]

    operations = [
        migrations.AddField(
            model_name="run", name="level_packs", field=models.CharField(blank=True, db_default="", default="", max_length=200)
        ),
        migrations.AddField(
            model_name="run", name="horizon_months", field=models.PositiveSmallIntegerField(db_default=24, default=24)
        ),
        migrations.CreateModel(
            name="LevelPack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place_code", models.CharField(max_length=5)),
                ("title", models.CharField(max_length=300)),
                ("file_name", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("first_payroll", ansinh.platform.fields.MonthField()),
                ("decision_no", models.CharField(max_length=100)),
                ("decided_on", models.DateField()),
                ("state", models.CharField(default="PROPOSED", max_length=10)),
                ("proposed_at", models.DateTimeField()),
                ("proposed_by", models.BigIntegerField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("approved_by", models.BigIntegerField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.BigIntegerField(null=True)),
                ("withdrawn_reason", models.TextField(blank=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(state__in=("PROPOSED", "APPROVED", "WITHDRAWN")), name="level_pack_state"
                    ),
                    models.UniqueConstraint(
                        condition=~Q(state="WITHDRAWN"), fields=["place_code", "digest"], name="level_pack_once"
                    ),
                    models.CheckConstraint(
                        condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                        name="level_pack_four_eyes",
                    ),
                    models.CheckConstraint(
                        condition=~Q(state="APPROVED") | (Q(approved_by__isnull=False) & Q(approved_at__isnull=False)),
                        name="level_pack_is_approved",
                    ),
                    models.CheckConstraint(condition=~Q(decision_no=""), name="level_pack_has_paper"),
                ],
            },
        ),
        migrations.RunSQL(_FROZEN, _BACK),
    ]
