"""What all tests share: where recordings lie, no network, nothing kept on disk that was drawn, and what tests cost."""

import gc
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.doctest import DoctestModule
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))

from untraced import examples_alone, leave_alone, leave_imports_alone

RECORDINGS = Path(__file__).parents[2] / "shared" / "data"

if RECORDINGS.is_dir():
    os.environ.setdefault("HCNN_WIDGETS_DATA", str(RECORDINGS))
os.environ.setdefault("HCNN_WIDGETS_CACHE", "off")

# How many examples a property gets that says nothing else; no example is held to a time.
settings.register_profile("house", max_examples=40, deadline=None)
settings.load_profile("house")
leave_imports_alone()


def pytest_configure(config: pytest.Config) -> None:
    """Stop what pytest-cov begins before it knows that its process is one of several: `no_cover` would leave it on."""
    counting = config.pluginmanager.getplugin("_cov")
    if hasattr(config, "workerinput") and counting is not None and counting.cov_controller is not None:
        counting.cov_controller.cov.stop()


def pytest_collection_finish() -> None:
    """Leave what imports and collection have made, which stays anyway, out of every later search for garbage."""
    gc.collect()
    gc.freeze()
    leave_alone()


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Count lines in the examples of a property, and not in what draws them."""
    with examples_alone(pyfuncitem.obj):
        return (yield)


@pytest.fixture
def uncompiled() -> Iterator[None]:
    """Have training steps done one by one: to compile them takes a hundred times as long as to do one."""
    import hcnn_widgets.keras_door  # noqa: F401  # silences TensorFlow's start-up lines

    tf = pytest.importorskip("tensorflow")
    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


@pytest.hookimpl(wrapper=True)
def pytest_collect_file() -> Generator[None, list[Any], list[Any]]:
    """Look for doctests in the package alone, and not in each of the modules of tests, where there are none."""
    return [found for found in (yield) if not isinstance(found, DoctestModule)]
