"""A page's comm and a shell, so that no test needs a kernel or a browser."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from stand_in_kernel import Comm, Events


@pytest.fixture
def comm() -> Comm:
    return Comm()


@pytest.fixture
def shell() -> SimpleNamespace:
    return SimpleNamespace(user_ns={}, events=Events())
