"""One-time papers by which people choose a password: fingerprints of their codes, until when, whether used."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0006_ended_before_it_counted'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignInPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_digest', models.CharField(max_length=64, unique=True)),
                ('issued_by', models.BigIntegerField()),
                ('issued_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_in_papers', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('issued_at'))), name='sign_in_paper_has_hours'), models.CheckConstraint(condition=models.Q(('used_at', None), ('ended_at', None), _connector='OR'), name='sign_in_paper_used_or_ended'), models.UniqueConstraint(condition=models.Q(('ended_at', None), ('used_at', None)), fields=('user',), name='sign_in_paper_one_open')],
            },
        ),
        # At the door nobody has signed in yet: the web itself notes that a paper was used.
        migrations.RunSQL(
            'GRANT UPDATE (used_at) ON access_signinpaper TO ansinh_web',
            'REVOKE UPDATE (used_at) ON access_signinpaper FROM ansinh_web',
        ),
    ]
