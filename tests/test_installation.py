"""What is installed is told in plain text, whether or not all is there."""

import platform
import subprocess
import sys

import pytest

import hcnn_widgets as hw


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    hw.show_versions()
    lines = capsys.readouterr().out.splitlines()
    width = lines[0].index(hw.__version__)
    return {line[:width].strip(): line[width:] for line in lines}


def test_versions_backend_devices_and_cache_are_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    import keras
    import numpy

    monkeypatch.setenv("HCNN_WIDGETS_CACHE", str(tmp_path))
    said = told(capsys)
    assert said["Python"].startswith(platform.python_version())
    assert (said["keras"], said["numpy"]) == (keras.__version__, numpy.__version__)
    assert said["backend"] == keras.backend.backend()
    assert "cpu" in said["devices"].lower()
    assert said["cache folder"].startswith(str(tmp_path))


def test_a_cache_that_is_off_is_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HCNN_WIDGETS_CACHE", "off")
    assert told(capsys)["cache folder"] == "none: HCNN_WIDGETS_CACHE is off"


WITHOUT = """\
import os, sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split('.')[0] in ('tensorflow', 'jax', 'torch'): raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Missing())
os.environ.pop('KERAS_BACKEND', None)
import hcnn_widgets as hw
hw.show_versions()
for attempt in range(2):
    try: hw.architecture.hcnn().build()
    except ImportError as error: print(error.name, '|', error)
"""


def test_without_a_backend_the_line_that_installs_one_is_named_each_time() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True, timeout=120)
    *versions, first, second = done.stdout.splitlines()
    assert any(line.startswith("backend") and "none: Networks need Keras" in line for line in versions)
    for words in (first, second):
        assert words.startswith(
            "tensorflow | Networks need Keras and a backend that it runs on. Accepted is TensorFlow"
        )
        assert "`pip install keras tensorflow`" in words
        assert words.endswith("received KERAS_BACKEND=tensorflow and no module named 'tensorflow'.")


LATE = """\
import sys, types, importlib.util, importlib.machinery
sys.modules['keras'] = types.ModuleType('keras')
class Loud:
    @staticmethod
    def create_module(spec): return None
    @staticmethod
    def exec_module(module):
        import os
        os.write(2, b'loud')
        if fails: raise ValueError('broken')
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == 'tensorflow': return importlib.machinery.ModuleSpec(name, Loud)
sys.meta_path.insert(0, Finder())
fails = len(sys.argv) > 1
import hcnn_widgets.keras_door
try: import tensorflow
except ValueError as error: print(error)
"""


def test_tensorflow_that_is_loaded_later_is_quiet_too_unless_it_fails() -> None:
    quiet, broken = (
        subprocess.run([sys.executable, "-c", LATE, *words], capture_output=True, text=True, check=True, timeout=60)
        for words in ((), ("fails",))
    )
    assert (quiet.stdout, quiet.stderr) == ("", "")
    assert (broken.stdout, broken.stderr) == ("broken\n", "loud")
