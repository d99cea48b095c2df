"""Django's name for this app."""

from __future__ import annotations

from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "ansinh.funds"
    label = "funds"
    default_auto_field = "django.db.models.BigAutoField"
