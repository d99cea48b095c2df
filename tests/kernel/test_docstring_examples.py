"""The examples in the kernel's docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import ansinh.kernel

MODULES = [module.name for module in pkgutil.iter_modules(ansinh.kernel.__path__, "ansinh.kernel.")]


@pytest.mark.parametrize("module", MODULES)
def test_examples(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0
