"""Every column that holds sealed bytes is declared, so that keys can be changed under it and verify opens it."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from ansinh.ops.keys import every_sealed_column


def test_every_binary_column_is_declared() -> None:
    declared = {(one.table, one.column) for one in every_sealed_column()}
    binary = {
        (model._meta.db_table, field.column)
        for config in apps.get_app_configs()
        if config.name.startswith("ansinh.")
        for model in config.get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.BinaryField) and not field.name.startswith("blind_index")
    }
    assert binary - declared == set()
