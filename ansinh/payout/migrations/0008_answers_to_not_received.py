"""What was answered to money not received: only added to."""

from __future__ import annotations

import ansinh.platform.fields
from django.db import migrations, models

_STILL = """
ALTER TABLE payout_notreceivedanswer
    ADD CONSTRAINT not_received_of_a_person FOREIGN KEY (person_id) REFERENCES registry_person (id);
CREATE TRIGGER not_received_append_only BEFORE UPDATE OR DELETE ON payout_notreceivedanswer
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER not_received_no_truncate BEFORE TRUNCATE ON payout_notreceivedanswer
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
"""

_STILL_BACK = """
DROP TRIGGER not_received_append_only ON payout_notreceivedanswer;
DROP TRIGGER not_received_no_truncate ON payout_notreceivedanswer;
ALTER TABLE payout_notreceivedanswer DROP CONSTRAINT not_received_of_a_person;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('payout', '0007_paid_together'),
    ]

    operations = [
        migrations.CreateModel(
            name='NotReceivedAnswer',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('person_id', models.BigIntegerField()),
                ('answer', models.CharField(max_length=10)),
                ('first_month', ansinh.platform.fields.MonthField()),
                ('through_month', ansinh.platform.fields.MonthField()),
                ('months', models.SmallIntegerField()),
                ('decision_no', models.CharField(blank=True, max_length=60)),
                ('decided_on', models.DateField(null=True)),
                ('reason', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person_id', 'through_month'), name='not_received_answered_once'), models.CheckConstraint(condition=models.Q(('answer__in', ['suspended', 'kept'])), name='not_received_answer'), models.CheckConstraint(condition=models.Q(('months__gt', 0), ('through_month__gte', models.F('first_month'))), name='not_received_months'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'suspended'), ('decided_on__isnull', False), models.Q(('decision_no', ''), _negated=True)), models.Q(('answer', 'kept'), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='not_received_answered_with_why')],
            },
        ),
        migrations.RunSQL(_STILL, _STILL_BACK),
    ]
