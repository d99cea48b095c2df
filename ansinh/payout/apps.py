"""Django's name for this app."""

from __future__ import annotations

from django.apps import AppConfig


class PayoutConfig(AppConfig):
    name = "ansinh.payout"
    label = "payout"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Lists are told of those who did not come for their money."""
        from ansinh.payout.queries.not_received import not_received
        from ansinh.payroll.ports import add_check

        add_check(not_received)
