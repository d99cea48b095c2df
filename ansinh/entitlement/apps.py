"""Django's name for this app."""

from __future__ import annotations

from django.apps import AppConfig


class EntitlementConfig(AppConfig):
    name = "ansinh.entitlement"
    label = "entitlement"
    default_auto_field = "django.db.models.BigAutoField"
