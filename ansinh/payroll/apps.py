"""Django's name for this app."""

from __future__ import annotations

from django.apps import AppConfig


class PayrollConfig(AppConfig):
    name = "ansinh.payroll"
    label = "payroll"
    default_auto_field = "django.db.models.BigAutoField"
