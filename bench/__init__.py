"""Measurements: what things take, beside floors."""
