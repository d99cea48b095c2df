"""Django's name for this app."""

from __future__ import annotations

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "ansinh.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
