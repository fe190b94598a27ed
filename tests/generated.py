"""Generated input: hypothesis where it is installed; with `requirements.txt` alone its tests skip, the others run."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

__all__ = ["HealthCheck", "given", "settings", "st"]

if TYPE_CHECKING or importlib.util.find_spec("hypothesis"):
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st
else:

    class Absent:
        """Stands for any strategy while a module is read; nothing draws from it."""

        def __getattr__(self, name: str) -> Absent:
            return self

        def __call__(self, *args: Any, **options: Any) -> Absent:
            return self

        __or__ = __call__

        def __iter__(self) -> Any:
            return iter(())

    def given(*args: Any, **options: Any) -> Callable[[Any], Any]:
        return pytest.mark.skip(reason="the development requirements are not installed (no hypothesis)")

    def settings(*args: Any, **options: Any) -> Callable[[Any], Any]:
        return lambda test: test

    HealthCheck = st = Absent()
