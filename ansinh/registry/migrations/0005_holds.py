"""Money kept back: a hold is told once and lifted once; nothing else of it changes and none is taken away."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

_STILL = """
CREATE TRIGGER hold_only_lifted BEFORE UPDATE ON registry_hold FOR EACH ROW
    WHEN (OLD.lifted_at IS NOT NULL OR NEW.lifted_at IS NULL
        OR ROW(NEW.id, NEW.person_id, NEW.order_id, NEW.kind, NEW.note, NEW.evidence, NEW.since_on, NEW.recorded_at,
            NEW.recorded_by)
        IS DISTINCT FROM
        ROW(OLD.id, OLD.person_id, OLD.order_id, OLD.kind, OLD.note, OLD.evidence, OLD.since_on, OLD.recorded_at,
            OLD.recorded_by))
    EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER hold_not_deleted BEFORE DELETE ON registry_hold
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER hold_no_truncate BEFORE TRUNCATE ON registry_hold
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
"""

_STILL_BACK = """
DROP TRIGGER hold_only_lifted ON registry_hold;
DROP TRIGGER hold_not_deleted ON registry_hold;
DROP TRIGGER hold_no_truncate ON registry_hold;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0004_changes_only_added'),
        ('platform', '0002_roles_and_append_only_audit'),
    ]

    operations = [
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('order_id', models.BigIntegerField(null=True)),
                ('kind', models.CharField(max_length=20)),
                ('note', models.TextField(blank=True)),
                ('evidence', models.TextField(blank=True)),
                ('since_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField()),
                ('lifted_at', models.DateTimeField(null=True)),
                ('lifted_by', models.BigIntegerField(null=True)),
                ('lifted_why', models.TextField(blank=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='registry.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['death_report', 'doubt', 'complaint', 'other'])), name='hold_kind'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'other'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='hold_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_at__isnull', True), ('lifted_by__isnull', True), ('lifted_why', '')), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False), models.Q(('lifted_why', ''), _negated=True)), _connector='OR'), name='hold_lifted_with_reason'), models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True), ('order_id__isnull', True)), fields=('person',), name='hold_person_once'), models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True), ('order_id__isnull', False)), fields=('order_id',), name='hold_order_once')],
            },
        ),
        migrations.RunSQL(_STILL, _STILL_BACK),
    ]
