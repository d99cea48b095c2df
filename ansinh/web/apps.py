"""The officers' pages: desks of the web door."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ansinh.web"
    label = "web"
    verbose_name = "Trang web"

    def ready(self) -> None:
        from ansinh.web.signing_in import connect

        connect()
