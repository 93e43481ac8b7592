"""What the tests of the readers share."""

import importlib
from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def without(monkeypatch) -> Callable[[str], None]:
    """Give a function that hides a library, as if it were not installed."""

    def hide(name: str) -> None:
        real = importlib.import_module

        def import_module(wanted: str, package: str | None = None) -> Any:
            if wanted.split(".")[0] == name:
                raise ModuleNotFoundError(f"No module named {wanted!r}", name=wanted)
            return real(wanted, package)

        monkeypatch.setattr("hcnn_widgets.records.optional_package.import_module", import_module)

    return hide
