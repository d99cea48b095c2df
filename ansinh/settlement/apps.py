"""Django's name for this app."""

from __future__ import annotations

from django.apps import AppConfig


class SettlementConfig(AppConfig):
    name = "ansinh.settlement"
    label = "settlement"
    default_auto_field = "django.db.models.BigAutoField"
