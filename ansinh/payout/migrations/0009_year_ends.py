"""What a year left uncollected and was renewed: only added to."""

from __future__ import annotations

import ansinh.platform.fields
import django.db.models.deletion
from django.db import migrations, models

_TABLES = ("yearend", "yearenditem")

_STILL = "\n".join(
    f"""
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON payout_{table}
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON payout_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
"""
    for table in _TABLES
)

_STILL_BACK = "\n".join(
    f"DROP TRIGGER {table}_append_only ON payout_{table}; DROP TRIGGER {table}_no_truncate ON payout_{table};"
    for table in _TABLES
)


class Migration(migrations.Migration):

    dependencies = [
        ('payout', '0008_answers_to_not_received'),
    ]

    operations = [
        migrations.CreateModel(
            name='YearEnd',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('place_code', models.CharField(max_length=5)),
                ('year', models.SmallIntegerField()),
                ('document_no', models.CharField(max_length=60)),
                ('orders', models.IntegerField()),
                ('amount_dong', ansinh.platform.fields.DongField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_dong__gt', 0), ('orders__gt', 0)), name='year_end_renews_something'), models.CheckConstraint(condition=models.Q(('document_no', ''), _negated=True), name='year_end_has_document')],
            },
        ),
        migrations.CreateModel(
            name='YearEndItem',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('year', models.SmallIntegerField()),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payout.order')),
                ('renewed', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='renewed_by', to='payout.order')),
                ('year_end', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='payout.yearend')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('order', models.F('renewed')), _negated=True), name='year_end_item_is_another')],
            },
        ),
        migrations.RunSQL(_STILL, _STILL_BACK),
    ]
