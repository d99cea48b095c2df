"""Django's name for this app."""

from __future__ import annotations

from django.apps import AppConfig


class PayoutConfig(AppConfig):
    name = "ansinh.payout"
    label = "payout"
    default_auto_field = "django.db.models.BigAutoField"
