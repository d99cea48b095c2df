"""Rows of a results file come in as one set: their file is looked up once, and an index that said nothing new is gone."""

from __future__ import annotations

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from ansinh.kernel.names import folded
from ansinh.platform.policies import secured, unsecured

# Of nobody but the work that takes a file in.
_STAGED = f"""
ALTER TABLE reconcile_readrow SET UNLOGGED;
ALTER TABLE reconcile_saidrow SET UNLOGGED;
{secured("reconcile_readrow")}
{secured("reconcile_saidrow")}
"""

_CHECKS = "\n".join(
    f"""
CREATE TRIGGER {name}_of_a_file AFTER INSERT ON reconcile_{table}
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION reconcile_check_file();
CREATE TRIGGER {name}_keeps_its_file BEFORE UPDATE ON reconcile_{table} FOR EACH ROW
    WHEN (NEW.file_id <> OLD.file_id) EXECUTE FUNCTION platform_refuse_change();
"""
    for name, table in (("row", "resultsrow"), ("finding", "resultsfinding"))
)

_FILES = (
    """
CREATE FUNCTION reconcile_check_file() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong bigint;
BEGIN
    SELECT told.file_id INTO wrong
    FROM (SELECT DISTINCT one.file_id FROM added AS one) AS told
    LEFT JOIN reconcile_resultsfile AS file ON told.file_id = file.id
    WHERE file.id IS NULL
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'row_of_a_results_file: không có tệp kết quả %', wrong
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'row_of_a_results_file';
    END IF;
    RETURN NULL;
END $$;
"""
    + _CHECKS
    + """
-- What a row was of when it came in, it is of for good.
CREATE TRIGGER results_file_stays BEFORE DELETE ON reconcile_resultsfile
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER results_file_no_truncate BEFORE TRUNCATE ON reconcile_resultsfile
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER results_file_keeps_its_number BEFORE UPDATE ON reconcile_resultsfile FOR EACH ROW
    WHEN (NEW.id <> OLD.id) EXECUTE FUNCTION platform_refuse_change();
-- Sealed bytes cannot be made shorter: nobody tries.
ALTER TABLE reconcile_resultsfile ALTER COLUMN sealed_original SET STORAGE EXTERNAL;
"""
)

_FILES_BACK = """
ALTER TABLE reconcile_resultsfile ALTER COLUMN sealed_original SET STORAGE EXTENDED;
DROP TRIGGER results_file_keeps_its_number ON reconcile_resultsfile;
DROP TRIGGER results_file_no_truncate ON reconcile_resultsfile;
DROP TRIGGER results_file_stays ON reconcile_resultsfile;
DROP TRIGGER finding_keeps_its_file ON reconcile_resultsfinding;
DROP TRIGGER finding_of_a_file ON reconcile_resultsfinding;
DROP TRIGGER row_keeps_its_file ON reconcile_resultsrow;
DROP TRIGGER row_of_a_file ON reconcile_resultsrow;
DROP FUNCTION reconcile_check_file();
"""


def _key_names(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Names in files that are checked and not applied yet: those rows will be judged once more."""
    rows = apps.get_model("reconcile", "ResultsRow").objects
    for row in rows.filter(file__state="CHECKED", judged=True).exclude(receiver_name="").iterator():
        rows.filter(pk=row.pk).update(receiver_key=folded(row.receiver_name))


class Migration(migrations.Migration):
    dependencies = [
        ("reconcile", "0003_seen_by_place"),
        ("platform", "0004_what_the_roles_may"),
    ]

    operations = [
        migrations.AddField(
            model_name="resultsrow",
            name="receiver_key",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.RunPython(_key_names, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="resultsrow",
            name="file",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="results_rows",
                to="reconcile.resultsfile",
            ),
        ),
        migrations.AlterField(
            model_name="resultsfinding",
            name="file",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="findings",
                to="reconcile.resultsfile",
            ),
        ),
        migrations.CreateModel(
            name="ReadRow",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("sheet", models.TextField()),
                ("row", models.IntegerField()),
                ("written", models.TextField()),
                ("order_code", models.TextField()),
                ("told_id", models.BigIntegerField(null=True)),
                ("outcome", models.TextField()),
                ("amount_dong", models.BigIntegerField(null=True)),
                ("happened_on", models.DateField(null=True)),
                ("receiver_name", models.TextField()),
                ("receiver_key", models.TextField()),
                ("relation", models.TextField()),
                ("authorised_until", models.DateField(null=True)),
                ("proof", models.TextField()),
                ("reference", models.TextField()),
                ("reason", models.TextField()),
                ("because", models.TextField()),
                ("message", models.TextField()),
                ("fault_column", models.TextField()),
                ("fault_index", models.IntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SaidRow",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("because", models.TextField()),
                ("message", models.TextField()),
                ("fault_column", models.TextField()),
                ("fault_index", models.IntegerField(null=True)),
            ],
        ),
        migrations.RunSQL(_STAGED, unsecured("reconcile_readrow", "reconcile_saidrow")),
        # Taking a foreign key's own index away, Django takes every index of that one column along: this one is put back.
        migrations.RunSQL(
            "CREATE INDEX IF NOT EXISTS results_row_open ON reconcile_resultsrow (file_id) "
            "WHERE verdict = 'set_aside' AND resolved_at IS NULL",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(_FILES, _FILES_BACK),
    ]
