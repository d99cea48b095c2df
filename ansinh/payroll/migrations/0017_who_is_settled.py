"""Who may have changed since a list looked at all their months, and the standard amounts each list went by."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import ansinh.platform.fields
from ansinh.platform.policies import one_of, secured, unsecured

_MARKS = """
-- Marks are written for whoever was decided before: nobody else can stand in a list yet. The state of somebody's spans is
-- written after the spans, and whoever writes either, or where somebody lives, holds the person.
CREATE FUNCTION payroll_unsettle_by_spans() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        INSERT INTO payroll_unsettled (person_id, programme)
        SELECT decided.person_id, listed.programme
        FROM entitlement_spanstate AS decided CROSS JOIN (VALUES ('assistance'), ('merit')) AS listed (programme);
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO payroll_unsettled (person_id, programme)
        SELECT DISTINCT changed.person_id, CASE WHEN changed.regime = 'merit' THEN 'merit' ELSE 'assistance' END
        FROM (
            SELECT person_id, regime FROM touched UNION ALL SELECT person_id, regime FROM rewritten
        ) AS changed
        WHERE EXISTS (SELECT 1 FROM entitlement_spanstate AS decided WHERE decided.person_id = changed.person_id);
    ELSE
        INSERT INTO payroll_unsettled (person_id, programme)
        SELECT DISTINCT touched.person_id, CASE WHEN touched.regime = 'merit' THEN 'merit' ELSE 'assistance' END
        FROM touched
        WHERE EXISTS (SELECT 1 FROM entitlement_spanstate AS decided WHERE decided.person_id = touched.person_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER span_added_unsettles AFTER INSERT ON entitlement_span REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION payroll_unsettle_by_spans();
CREATE TRIGGER span_changed_unsettles AFTER UPDATE ON entitlement_span
    REFERENCING OLD TABLE AS touched NEW TABLE AS rewritten
    FOR EACH STATEMENT EXECUTE FUNCTION payroll_unsettle_by_spans();
CREATE TRIGGER span_removed_unsettles AFTER DELETE ON entitlement_span REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION payroll_unsettle_by_spans();
CREATE TRIGGER spans_emptied_unsettles AFTER TRUNCATE ON entitlement_span
    FOR EACH STATEMENT EXECUTE FUNCTION payroll_unsettle_by_spans();

CREATE FUNCTION payroll_unsettle_by_homes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        INSERT INTO payroll_unsettled (person_id, programme)
        SELECT decided.person_id, listed.programme
        FROM entitlement_spanstate AS decided CROSS JOIN (VALUES ('assistance'), ('merit')) AS listed (programme);
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO payroll_unsettled (person_id, programme)
        SELECT DISTINCT changed.person_id, listed.programme
        FROM (SELECT person_id FROM touched UNION ALL SELECT person_id FROM rewritten) AS changed
        CROSS JOIN (VALUES ('assistance'), ('merit')) AS listed (programme)
        WHERE EXISTS (SELECT 1 FROM entitlement_spanstate AS decided WHERE decided.person_id = changed.person_id);
    ELSE
        INSERT INTO payroll_unsettled (person_id, programme)
        SELECT DISTINCT touched.person_id, listed.programme
        FROM touched CROSS JOIN (VALUES ('assistance'), ('merit')) AS listed (programme)
        WHERE EXISTS (SELECT 1 FROM entitlement_spanstate AS decided WHERE decided.person_id = touched.person_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER home_added_unsettles AFTER INSERT ON registry_residence REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION payroll_unsettle_by_homes();
CREATE TRIGGER home_changed_unsettles AFTER UPDATE ON registry_residence
    REFERENCING OLD TABLE AS touched NEW TABLE AS rewritten
    FOR EACH STATEMENT EXECUTE FUNCTION payroll_unsettle_by_homes();
CREATE TRIGGER home_removed_unsettles AFTER DELETE ON registry_residence REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION payroll_unsettle_by_homes();
CREATE TRIGGER homes_emptied_unsettles AFTER TRUNCATE ON registry_residence
    FOR EACH STATEMENT EXECUTE FUNCTION payroll_unsettle_by_homes();

-- Of a decision the subtraction reads its first month paid here alone, of whoever has spans by it: a decision added has none.
CREATE FUNCTION payroll_unsettle_by_opening() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO payroll_unsettled (person_id, programme)
    SELECT DISTINCT whose.person_id, listed.programme
    FROM (VALUES (OLD.person_id), (NEW.person_id)) AS whose (person_id)
    CROSS JOIN (VALUES ('assistance'), ('merit')) AS listed (programme);
    RETURN NULL;
END $$;
CREATE TRIGGER opening_changed_unsettles AFTER UPDATE ON registry_grant
    FOR EACH ROW WHEN (OLD.opening_month IS DISTINCT FROM NEW.opening_month OR OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION payroll_unsettle_by_opening();

-- Who is forgotten here is forgotten for good.
CREATE TRIGGER unsettled_never_changes BEFORE UPDATE ON payroll_unsettled
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER unsettled_no_truncate BEFORE TRUNCATE ON payroll_unsettled
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();

CREATE FUNCTION payroll_refuse_late_amount() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM payroll_run
        WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.run_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.run_id END)
            AND state = 'APPROVED'
    ) THEN
        RAISE EXCEPTION 'mức chuẩn của kỳ chi trả đã phê duyệt không được thêm, sửa hay xóa'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER approved_amount_never_changes BEFORE INSERT OR UPDATE OR DELETE ON payroll_runamount
    FOR EACH ROW EXECUTE FUNCTION payroll_refuse_late_amount();
CREATE TRIGGER run_amounts_no_truncate BEFORE TRUNCATE ON payroll_runamount
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
"""

_MARKS_BACK = """
DROP TRIGGER run_amounts_no_truncate ON payroll_runamount;
DROP TRIGGER approved_amount_never_changes ON payroll_runamount;
DROP TRIGGER unsettled_no_truncate ON payroll_unsettled;
DROP TRIGGER unsettled_never_changes ON payroll_unsettled;
DROP TRIGGER opening_changed_unsettles ON registry_grant;
DROP TRIGGER homes_emptied_unsettles ON registry_residence;
DROP TRIGGER home_removed_unsettles ON registry_residence;
DROP TRIGGER home_changed_unsettles ON registry_residence;
DROP TRIGGER home_added_unsettles ON registry_residence;
DROP TRIGGER spans_emptied_unsettles ON entitlement_span;
DROP TRIGGER span_removed_unsettles ON entitlement_span;
DROP TRIGGER span_changed_unsettles ON entitlement_span;
DROP TRIGGER span_added_unsettles ON entitlement_span;
DROP FUNCTION payroll_refuse_late_amount(), payroll_unsettle_by_opening(), payroll_unsettle_by_homes(),
    payroll_unsettle_by_spans();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("payroll", "0016_money_is_of_the_holder"),
        ("registry", "0011_numbers_of_either_key"),
        ("entitlement", "0002_seen_by_person"),
        ("platform", "0004_what_the_roles_may"),
    ]

    operations = [
        migrations.RunSQL("DELETE FROM payroll_stagedline", migrations.RunSQL.noop),
        migrations.AlterField("stagedline", "run_id", models.BigIntegerField()),
        migrations.AddField(
            "stagedline", "group_name", models.CharField(default="", max_length=200), preserve_default=False
        ),
        migrations.AddField(
            "stagedline", "pack_digest", models.CharField(default="", max_length=64), preserve_default=False
        ),
        migrations.CreateModel(
            name="ComparedPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("run_id", models.BigIntegerField()),
                ("person_id", models.BigIntegerField()),
                ("commune_code", models.CharField(max_length=5)),
                ("home_code", models.CharField(max_length=5)),
                ("is_steady", models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name="Unsettled",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("person_id", models.BigIntegerField()),
                ("programme", models.CharField(max_length=12)),
            ],
            options={"indexes": [models.Index(fields=["person_id", "programme"], name="unsettled_person")]},
        ),
        migrations.CreateModel(
            name="RunAmount",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("commune_code", models.CharField(blank=True, max_length=5)),
                ("amount_key", models.CharField(max_length=40)),
                ("starts", ansinh.platform.fields.MonthField()),
                ("ends", ansinh.platform.fields.MonthField()),
                ("base_dong", ansinh.platform.fields.DongField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="amounts", to="payroll.run"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "commune_code", "amount_key", "starts"), name="run_amount_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("starts"))), name="run_amount_span"
                    ),
                ],
            },
        ),
        migrations.RunSQL(_MARKS, _MARKS_BACK),
        migrations.RunSQL(
            secured("payroll_unsettled")
            + secured("payroll_comparedperson")
            + secured("payroll_runamount", one_of("payroll_run", "run_id")),
            unsecured("payroll_unsettled", "payroll_comparedperson", "payroll_runamount"),
        ),
    ]
