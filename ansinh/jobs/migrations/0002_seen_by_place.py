"""A job is seen by whoever asked for it and by whoever sees its place; the queue itself, by workers alone."""

from __future__ import annotations

from django.db import migrations

from ansinh.platform.policies import in_places, own, secured, unsecured

_QUEUE = ("procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers")
_POLICIES = "\n".join(
    [secured("jobs_job", own("asked_by"), in_places("place_code")), *(secured(table) for table in _QUEUE)]
)


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0001_initial"),
        ("platform", "0004_what_the_roles_may"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [migrations.RunSQL(_POLICIES, unsecured("jobs_job", *_QUEUE))]
