"""Django's name for this app."""

from __future__ import annotations

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "ansinh.platform"
    label = "platform"
    default_auto_field = "django.db.models.BigAutoField"
