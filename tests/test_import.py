"""The door: light to open, and every public name is behind it."""

import json
import subprocess
import sys

import pytest

import hcnn_widgets as hw

HEAVY = ("keras", "tensorflow", "sklearn", "scipy", "ipywidgets", "PIL", "matplotlib", "pandas")


def in_fresh_interpreter(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stderr == ""
    return done.stdout


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, json, hcnn_widgets; print(json.dumps(sorted(sys.modules)))"
    loaded = {name.split(".")[0] for name in json.loads(in_fresh_interpreter(code))}
    assert not loaded & set(HEAVY)


def test_importing_the_package_loads_none_of_pythons_own_modules_that_take_longer_than_it() -> None:
    code = (
        "import sys, json; before = {*sys.modules}; import hcnn_widgets; print(json.dumps([*{*sys.modules} - before]))"
    )
    assert not {"difflib", "typing"} & {*json.loads(in_fresh_interpreter(code))}


def test_the_mapping_needs_neither_keras_nor_tensorflow() -> None:
    code = (
        "import sys, hcnn_widgets as hw; [getattr(hw.mapping, name) for name in dir(hw.mapping)];"
        "print('keras' in sys.modules, 'tensorflow' in sys.modules)"
    )
    assert in_fresh_interpreter(code).split() == ["False", "False"]


def test_loading_keras_through_the_door_prints_nothing() -> None:
    assert in_fresh_interpreter("import hcnn_widgets as hw; hw.architecture.hcnn().build()") == ""


@pytest.mark.parametrize("name", hw.__all__)
def test_every_public_name_can_be_reached(name: str) -> None:
    part = getattr(hw, name)
    for inner in getattr(part, "__all__", []):
        assert getattr(part, inner) is not None
