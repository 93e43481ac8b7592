"""A misspelt name of a public package is told the nearest, without anything heavy being loaded."""

import importlib

import pytest

import hcnn_widgets as hw

PACKAGES = ["", "activations", "architecture", "explorer", "goal", "learning", "mapping", "stimuli", "widgets"]


@pytest.mark.parametrize("package", PACKAGES)
def test_every_public_package_names_the_nearest(package: str) -> None:
    part = importlib.import_module(f"hcnn_widgets.{package}".rstrip("."))
    name = max(part.__all__, key=len)
    words = rf"`{name}e` is no name in {part.__name__}\. Accepted are those of dir\(.*\); the nearest is '{name}'\."
    with pytest.raises(AttributeError, match=words):
        getattr(part, f"{name}e")
    assert sorted(dir(part)) == sorted(part.__all__)


@pytest.mark.parametrize(
    ("get", "nearest"),
    [
        (lambda: hw.widget, "widgets"),
        (lambda: hw.Stimulusset, "StimulusSet"),
        (lambda: hw.mapping.predictivty, "predictivity"),
        (lambda: hw.stimuli.object, "objects"),
        (lambda: hw.widgets.BrainMaps, "BrainMap"),
    ],
)
def test_what_beginners_misspell(get, nearest: str) -> None:
    with pytest.raises(AttributeError, match=rf"the nearest is '{nearest}'"):
        get()


def test_a_name_that_is_near_to_nothing_has_no_nearest() -> None:
    with pytest.raises(AttributeError, match=r"`xyz` is no name in hcnn_widgets\. .* dir\(hcnn_widgets\)\.$"):
        _ = hw.xyz
    assert not hasattr(hw, "__wrapped__")
