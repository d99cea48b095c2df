"""Django's name for this app."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "ansinh.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
