"""Merit given once: worship money of a year for each martyr, and grants by a decision; paid from the merit fund."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


_FROZEN = """
CREATE FUNCTION payroll_refuse_martyr_of_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wanted bigint := CASE TG_OP WHEN 'INSERT' THEN NEW.payee_id ELSE OLD.payee_id END;
BEGIN
    IF EXISTS (
        SELECT 1
        FROM payroll_oneoffpayee AS payee
        INNER JOIN payroll_run AS run ON payee.occasion_id = run.occasion_id
        WHERE payee.id = wanted AND run.state IN ('SUBMITTED', 'APPROVED')
    ) THEN
        RAISE EXCEPTION 'danh sách thờ cúng liệt sĩ đã trình hoặc đã duyệt, không được sửa'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER signed_martyr_never_changes BEFORE INSERT OR UPDATE OR DELETE ON payroll_worshippedmartyr
    FOR EACH ROW EXECUTE FUNCTION payroll_refuse_martyr_of_signed();
"""

_BACK = """
DROP TRIGGER signed_martyr_never_changes ON payroll_worshippedmartyr;
DROP FUNCTION payroll_refuse_martyr_of_signed();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('payroll', '0008_given_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='WorshippedMartyr',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('for_year', models.PositiveSmallIntegerField()),
                ('martyr_no', models.CharField(max_length=60)),
                ('full_name', models.CharField(max_length=200)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='occasion',
            name='occasion_kind',
        ),
        migrations.AddField(
            model_name='occasion',
            name='article',
            field=models.CharField(blank=True, db_default='', default='', max_length=100),
        ),
        migrations.AddField(
            model_name='occasion',
            name='for_year',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='occasion',
            name='law',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
        migrations.AlterField(
            model_name='occasion',
            name='kind',
            field=models.CharField(max_length=20),
        ),
        migrations.AlterField(
            model_name='oneoffpayee',
            name='kind',
            field=models.CharField(max_length=20),
        ),
        migrations.AddConstraint(
            model_name='occasion',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('gift', 'emergency', 'funeral', 'merit_yearly', 'merit_once'))), name='occasion_kind'),
        ),
        migrations.AddConstraint(
            model_name='occasion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'merit_yearly'), ('for_year__isnull', False)), models.Q(models.Q(('kind', 'merit_yearly'), _negated=True), ('for_year__isnull', True)), _connector='OR'), name='occasion_worship_has_year'),
        ),
        migrations.AddConstraint(
            model_name='occasion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'merit_once'), _negated=True), models.Q(('article', ''), _negated=True), _connector='OR'), name='occasion_merit_has_article'),
        ),
        migrations.AddField(
            model_name='worshippedmartyr',
            name='payee',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='martyrs', to='payroll.oneoffpayee'),
        ),
        migrations.AddConstraint(
            model_name='worshippedmartyr',
            constraint=models.UniqueConstraint(fields=('for_year', 'martyr_no'), name='martyr_worshipped_once_a_year'),
        ),
        migrations.AddConstraint(
            model_name='worshippedmartyr',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('martyr_no', ''), _negated=True), models.Q(('full_name', ''), _negated=True)), name='martyr_is_named'),
        ),
        migrations.RunSQL(_FROZEN, _BACK),
    ]
