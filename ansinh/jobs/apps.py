"""Django's name for this app."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "ansinh.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
