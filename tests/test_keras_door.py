"""TensorFlow's library is linked before it is imported, and what stands in for it need not be there."""

import importlib.util
import shutil
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

from hcnn_widgets import keras_door

MAPS = Path("/proc/self/maps")
linux = pytest.mark.skipif(not MAPS.exists(), reason="what is linked into a process is read where Linux lists it")
PACKAGE = f"""
from pathlib import Path
linked = str(Path(__path__[0], "libtensorflow_cc.so.2").resolve()) in Path("{MAPS}").read_text()
"""


def loaded(folder: Path) -> ModuleType:
    """Load a package that says whether the library in its folder was linked when it ran, as TensorFlow is loaded."""
    file = folder / "__init__.py"
    file.write_text(PACKAGE)
    loader = keras_door._QuietLoader(SourceFileLoader("stand_in", str(file)))
    spec = importlib.util.spec_from_file_location(
        "stand_in", file, loader=loader, submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@linux
def test_the_library_is_in_the_process_before_the_package_runs(tmp_path: Path) -> None:
    import _ctypes

    shutil.copy(_ctypes.__file__, tmp_path / "libtensorflow_cc.so.2")
    assert loaded(tmp_path).linked


@linux
def test_a_package_without_a_library_or_with_a_broken_one_is_left_to_say_so_itself(tmp_path: Path) -> None:
    assert keras_door.linked_ahead(tmp_path) == 0
    (tmp_path / "libtensorflow_cc.so.2").write_bytes(b"no library")
    assert keras_door.linked_ahead(tmp_path) == 0
    assert not loaded(tmp_path).linked


def test_who_only_looks_for_tensorflow_leaves_it_to_be_loaded_in_the_same_way(monkeypatch: pytest.MonkeyPatch) -> None:
    found = lambda name: ModuleSpec(name, SourceFileLoader(name, "nowhere"))  # noqa: E731
    monkeypatch.setattr(importlib.util, "find_spec", found)
    finder = keras_door._QuietTensorFlow()
    for _ in range(2):
        spec = finder.find_spec("tensorflow", None)
        assert spec is not None
        assert isinstance(spec.loader, keras_door._QuietLoader)
    assert finder.find_spec("keras", None) is None
