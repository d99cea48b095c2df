"""The officers' pages: desks of the web door."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ansinh.web"
    label = "web"
    verbose_name = "Trang web"
