"""Django's name for this app."""

from __future__ import annotations

from django.apps import AppConfig


class ReconcileConfig(AppConfig):
    name = "ansinh.reconcile"
    label = "reconcile"
    default_auto_field = "django.db.models.BigAutoField"
