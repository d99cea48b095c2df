"""Who sees an entry of the audit trail: whoever did it, whose places it concerns; acts about users name no person."""

from __future__ import annotations

from django.db import migrations

from ansinh.platform.policies import in_holders, in_places, own, secured, unsecured

_TRAIL = "platform_auditentry"
_OF_STAFF = "(@.person_id IS NULL AND starts_with(@.action, 'access.'))"


class Migration(migrations.Migration):
    dependencies = [("platform", "0006_only_work_writes_the_trail")]

    operations = [
        migrations.RunSQL(
            secured(_TRAIL, own("actor_id"), in_places("place_code"), in_holders("place_code"), _OF_STAFF),
            unsecured(_TRAIL),
        )
    ]
